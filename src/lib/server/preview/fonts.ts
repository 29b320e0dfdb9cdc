/** Whether this server can draw Chinese: that depends on the fonts its machine has, and a picture full of boxes is worse than none. */
import sharp from 'sharp';
import { FONTS } from '$lib/sharing/svg';

export type Script = 'chinese' | 'latin' | 'none';

/**
 * Draws two signs whose shape is known: 一 is one flat stroke, l one upright one. A missing sign becomes a box, which is
 * neither.
 */
export async function scriptHere(): Promise<Script> {
	const [one, l] = await Promise.all([inkOf('一'), inkOf('l')]);
	if (one && one.height < one.width * 0.4) return 'chinese';
	return l && l.width < l.height * 0.4 ? 'latin' : 'none';
}

/** The bounds of what is drawn of one sign; null when nothing is. */
async function inkOf(sign: string): Promise<{ width: number; height: number } | null> {
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><rect width="300" height="300" fill="#fff"/><text x="90" y="190" font-size="120" font-family="${FONTS}">${sign}</text></svg>`;
	const { data, info } = await sharp(Buffer.from(svg))
		.greyscale()
		.raw()
		.toBuffer({ resolveWithObject: true });
	let [left, right, top, bottom] = [info.width, -1, info.height, -1];
	for (let y = 0; y < info.height; y++)
		for (let x = 0; x < info.width; x++) {
			if ((data[(y * info.width + x) * info.channels] ?? 255) > 128) continue;
			[left, right] = [Math.min(left, x), Math.max(right, x)];
			[top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
		}
	return right < 0 ? null : { width: right - left + 1, height: bottom - top + 1 };
}
