/** What a phone's camera would read off the screen. */
import type { Locator } from '@playwright/test';
import jsQR from 'jsqr';
import sharp from 'sharp';

/** The text of the QR code that this element shows, as it is painted. */
export async function readQr(element: Locator): Promise<string | undefined> {
	const { data, info } = await sharp(await element.screenshot())
		.ensureAlpha()
		.raw()
		.toBuffer({ resolveWithObject: true });
	return jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data;
}
