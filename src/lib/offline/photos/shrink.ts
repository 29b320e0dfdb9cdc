/** Makes a photo small on the phone before it is kept and sent: upright, at most 1600 pixels, without place and camera. */
import { DataError } from '$lib/data/errors';

const LONG_SIDE = 1600;
const QUALITY = 0.8;

/** Width and height that fit a photo into a square, never larger than it is. */
export function fitInto(width: number, height: number, side = LONG_SIDE): { width: number; height: number } {
	const scale = Math.min(1, side / Math.max(width, height));
	return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** WebP, or JPEG where the browser cannot write WebP. @throws DataError not_an_image */
export async function shrink(file: Blob): Promise<Blob> {
	// The bitmap is turned as EXIF says; what is drawn has no EXIF any more.
	const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {
		throw new DataError('not_an_image');
	});
	const { width, height } = fitInto(bitmap.width, bitmap.height);
	const canvas = document.createElement('canvas');
	[canvas.width, canvas.height] = [width, height];
	canvas.getContext('2d')?.drawImage(bitmap, 0, 0, width, height);
	bitmap.close();
	const blob = (await encode(canvas, 'image/webp')) ?? (await encode(canvas, 'image/jpeg'));
	if (!blob) throw new DataError('not_an_image');
	return blob;
}

async function encode(canvas: HTMLCanvasElement, type: string): Promise<Blob | null> {
	const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, type, QUALITY));
	// A browser that does not know the type writes PNG.
	return blob?.type === type ? blob : null;
}
