/** A film for Chromium's camera that is none: one picture, held before it. */
import sharp from 'sharp';

const [WIDTH, HEIGHT, FRAMES] = [640, 480, 10];

/** YUV4MPEG2, uncompressed: the picture in black and white in the middle of a bright frame. */
export async function filmOf(picture: Buffer): Promise<Buffer> {
	const held = await sharp(picture).resize({ height: 400 }).flatten({ background: 'white' }).toBuffer();
	const luma = await sharp({
		create: { width: WIDTH, height: HEIGHT, channels: 3, background: 'white' }
	})
		.composite([{ input: held, gravity: 'centre' }])
		.greyscale()
		.raw()
		.toBuffer();
	// In film white is 235 and black 16, and grey has no colour.
	const frame = Buffer.concat([
		Buffer.from('FRAME\n'),
		Buffer.from(luma.map((light) => 16 + Math.round((light * 219) / 255))),
		Buffer.alloc((WIDTH * HEIGHT) / 2, 128)
	]);
	const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
	return Buffer.concat([head, ...Array.from({ length: FRAMES }, () => frame)]);
}
