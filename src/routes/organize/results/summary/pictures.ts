/** Released photos in the form that Word can show: it knows no WebP. */
import type { Picture } from '$lib/documents/summary-docx';
import type { SummaryPair } from '$lib/domain/summary';
import { Route } from '$lib/route';

/** Large enough for half a page's width in print. */
const LONG_SIDE = 900;

/** By SHA-256; a photo that cannot be had now is left out, and the document goes without it. */
export async function picturesOf(pairs: readonly SummaryPair[]): Promise<Map<string, Picture>> {
	const found = new Map<string, Picture>();
	await Promise.all(
		pairs
			.flatMap(({ before, after }) => [before, after])
			.map(async (sha) => {
				const response = await fetch(Route.photo(sha)).catch(() => null);
				if (response?.ok) found.set(sha, await toJpeg(await response.blob()));
			})
	);
	return found;
}

async function toJpeg(photo: Blob): Promise<Picture> {
	const image = await createImageBitmap(photo);
	const scale = Math.min(1, LONG_SIDE / Math.max(image.width, image.height));
	const canvas = document.createElement('canvas');
	canvas.width = Math.round(image.width * scale);
	canvas.height = Math.round(image.height * scale);
	canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
	image.close();
	const jpeg = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
	if (!jpeg) throw new Error('The browser made no JPEG.');
	return { jpeg: new Uint8Array(await jpeg.arrayBuffer()), width: canvas.width, height: canvas.height };
}
