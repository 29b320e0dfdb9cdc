/** Turns pictures into files on this device: nothing is sent anywhere. Browser only. */

/** An SVG as a PNG of its own size. */
export async function svgToPng(
	svg: string,
	{ width, height }: { width: number; height: number }
): Promise<Blob> {
	const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
	try {
		const image = new Image();
		image.src = url;
		await image.decode();
		const canvas = document.createElement('canvas');
		[canvas.width, canvas.height] = [width, height];
		const context = canvas.getContext('2d');
		if (!context) throw new Error('The browser has no canvas.');
		context.drawImage(image, 0, 0, width, height);
		const png = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
		if (!png) throw new Error('The browser made no PNG.');
		return png;
	} finally {
		URL.revokeObjectURL(url);
	}
}

/** What an address holds, as a data: address; an SVG drawn as a picture may load nothing else. */
export async function dataAddress(url: string): Promise<string> {
	const response = await fetch(url);
	if (!response.ok) throw new Error(`${url}: ${response.status}`);
	const blob = await response.blob();
	return new Promise((done, fail) => {
		const reader = new FileReader();
		reader.onload = () => done(String(reader.result));
		reader.onerror = () => fail(new Error('The photo could not be read.'));
		reader.readAsDataURL(blob);
	});
}
