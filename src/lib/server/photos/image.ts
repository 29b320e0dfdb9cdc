/**
 * Makes of whatever was sent a photo that is safe to keep and to show: decoded, turned upright, made smaller and encoded
 * anew, so that nothing of the sent file survives, neither its place and camera (EXIF) nor anything hidden in it.
 */
import { createHash } from 'node:crypto';
import sharp from 'sharp';

export const MAX_BYTES = 8 * 1024 * 1024;
const MAX_PIXELS = 40_000_000;
const LONG_SIDE = 1600;
const SMALL_WIDTH = 400;
/** What phones take and browsers shrink to. Drawings, documents and films are no photos. */
const FORMATS = new Set(['jpeg', 'png', 'webp', 'heif']);
/** A photo of 40 million pixels needs 160 MB while it is decoded: one after the other. */
const AT_ONCE = 2;

export interface Photo {
	sha256: string;
	width: number;
	height: number;
	full: Uint8Array;
	/** For lists, 400 pixels wide. */
	small: Uint8Array;
}

/** What was sent is no photo, or one that nobody can mean. */
export class NotAnImage extends Error {}

let running = 0;
const queue: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
	if (running >= AT_ONCE) await new Promise<void>((next) => queue.push(next));
	running += 1;
	try {
		return await work();
	} finally {
		running -= 1;
		queue.shift()?.();
	}
}

/** @throws NotAnImage */
export function makePhoto(sent: Uint8Array): Promise<Photo> {
	return inTurn(async () => {
		try {
			return await encode(sent);
		} catch (cause) {
			throw cause instanceof NotAnImage ? cause : new NotAnImage('not an image', { cause });
		}
	});
}

async function encode(sent: Uint8Array): Promise<Photo> {
	const options = { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 } as const;
	const { format, pages = 1 } = await sharp(sent, { ...options, pages: -1 }).metadata();
	if (!format || !FORMATS.has(format) || pages > 1) throw new NotAnImage(`no photo: ${format}`);

	const { data: full, info } = await sharp(sent, options)
		.autoOrient()
		.resize({ width: LONG_SIDE, height: LONG_SIDE, fit: 'inside', withoutEnlargement: true })
		.webp({ quality: 80 })
		.toBuffer({ resolveWithObject: true });
	const small = await sharp(full)
		.resize({ width: SMALL_WIDTH, withoutEnlargement: true })
		.webp({ quality: 70 })
		.toBuffer();
	const sha256 = createHash('sha256').update(full).digest('hex');
	return { sha256, width: info.width, height: info.height, full, small };
}
