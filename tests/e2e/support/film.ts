/** A browser whose camera is a film: one picture, held before it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, devices, type BrowserContext } from '@playwright/test';
import sharp from 'sharp';
import { findChromium } from '../../../src/cli/chromium.ts';

const [WIDTH, HEIGHT, FRAMES] = [640, 480, 10];

/** YUV4MPEG2, uncompressed: the picture in black and white in the middle of a bright frame. */
async function filmOf(picture: Buffer): Promise<Buffer> {
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

/** A phone, signed in as nobody, that sees this picture when it opens its camera. */
export async function phoneThatSees(
	picture: Buffer,
	baseURL: string
): Promise<{ context: BrowserContext; close: () => Promise<void> }> {
	const folder = await mkdtemp(join(tmpdir(), 'last-friday-film-'));
	const film = join(folder, 'picture.y4m');
	await writeFile(film, await filmOf(picture));
	const executablePath = findChromium();
	const browser = await chromium.launch({
		...(executablePath && { executablePath }),
		args: [
			'--no-sandbox',
			'--use-fake-ui-for-media-stream',
			'--use-fake-device-for-media-stream',
			`--use-file-for-fake-video-capture=${film}`
		]
	});
	const context = await browser.newContext({
		...devices['Pixel 5'],
		viewport: { width: 360, height: 740 },
		baseURL,
		locale: 'zh-CN',
		permissions: ['camera']
	});
	return {
		context,
		close: async () => {
			await browser.close();
			await rm(folder, { recursive: true, force: true });
		}
	};
}
