import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { makePhoto, NotAnImage } from './image';

/** A picture with something to see: its left half dark, its right half light. */
function picture(width: number, height: number) {
	const half = { create: { width: width >> 1, height, channels: 3 as const, background: '#dddddd' } };
	return sharp({ create: { width, height, channels: 3, background: '#222222' } }).composite([
		{ input: half, left: width >> 1, top: 0 }
	]);
}

/** A white PNG of so many pixels each way, one bit each: almost no bytes, and far too large to decode. */
function hugePng(side: number): Buffer {
	const chunk = (type: string, data: Uint8Array) => {
		const content = Buffer.concat([Buffer.from(type), data]);
		const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
		length.writeUInt32BE(data.byteLength);
		sum.writeUInt32BE(crc32(content));
		return Buffer.concat([length, content, sum]);
	};
	const header = Buffer.alloc(13);
	header.writeUInt32BE(side, 0);
	header.writeUInt32BE(side, 4);
	header.set([1, 0, 0, 0, 0], 8);
	const rows = deflateSync(Buffer.alloc(side * (1 + Math.ceil(side / 8))), { level: 1 });
	const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
	return Buffer.concat([
		signature,
		chunk('IHDR', header),
		chunk('IDAT', rows),
		chunk('IEND', Buffer.alloc(0))
	]);
}

const WITH_PLACE = {
	IFD0: { Make: 'Secret Phone', Model: 'K7' },
	IFD3: {
		GPSLatitudeRef: 'N',
		GPSLatitude: '27/1 42/1 1234/100',
		GPSLongitudeRef: 'E',
		GPSLongitude: '106/1 55/1 0/1'
	}
};

describe('a photo', () => {
	it('loses its place, its camera and everything else that came with it', async () => {
		const sent = await picture(800, 600)
			.withExif(WITH_PLACE)
			.withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret/></x:xmpmeta>')
			.jpeg()
			.toBuffer();
		expect((await sharp(sent).metadata()).exif?.toString('latin1')).toContain('Secret Phone');
		const { full, small } = await makePhoto(sent);
		for (const kept of [full, small]) {
			const { exif, xmp, iptc, icc, format } = await sharp(kept).metadata();
			expect({ exif, xmp, iptc, icc, format }).toEqual({ format: 'webp' });
			expect(Buffer.from(kept).toString('latin1')).not.toMatch(/Secret Phone|GPS|xmpmeta/);
		}
	});

	it('is at most 1600 pixels long and never enlarged', async () => {
		expect(await makePhoto(await picture(4000, 3000).jpeg().toBuffer())).toMatchObject({
			width: 1600,
			height: 1200
		});
		const tiny = await makePhoto(await picture(300, 200).png().toBuffer());
		expect(tiny).toMatchObject({ width: 300, height: 200 });
		expect((await sharp(tiny.small).metadata()).width).toBe(300);
	});

	it('stands upright, whichever way the phone was held', async () => {
		const sent = await picture(800, 600).withMetadata({ orientation: 6 }).jpeg().toBuffer();
		const { full, width, height } = await makePhoto(sent);
		expect({ width, height }).toEqual({ width: 600, height: 800 });
		// Turned clockwise, what was left is on top.
		const top = await sharp(full).extract({ left: 300, top: 10, width: 1, height: 1 }).raw().toBuffer();
		expect(top[0]).toBeLessThan(90);
	});

	it('has the same name each time it is sent', async () => {
		const sent = await picture(500, 400).jpeg().toBuffer();
		const [once, again] = [await makePhoto(sent), await makePhoto(sent)];
		expect(again.sha256).toBe(once.sha256);
		expect(once.sha256).toMatch(/^[0-9a-f]{64}$/);
	});
});

describe('what is no photo', () => {
	const refused = async (sent: Uint8Array) => expect(makePhoto(sent)).rejects.toBeInstanceOf(NotAnImage);

	it('is refused: text with another name, a document, nothing', async () => {
		await refused(Buffer.from('Dear all, this is not a photo.'));
		await refused(Buffer.from('%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF'));
		await refused(new Uint8Array());
	});

	it('is refused: a drawing, which could hold scripts', async () => {
		await refused(
			Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script/></svg>')
		);
	});

	it('is refused: a film', async () => {
		const frames = Buffer.alloc(10 * 20 * 3, 99).fill(20, 300);
		const film = sharp(frames, { raw: { width: 10, height: 20, channels: 3, pageHeight: 10 } });
		await refused(
			await film
				.clone()
				.gif({ delay: [100, 100] })
				.toBuffer()
		);
		await refused(
			await film
				.clone()
				.webp({ delay: [100, 100] })
				.toBuffer()
		);
	});

	it('is refused: half a photo', async () => {
		const whole = await picture(800, 600).jpeg().toBuffer();
		await refused(whole.subarray(0, whole.byteLength / 2));
	});

	it('is refused before it is decoded: a small file of a billion pixels', async () => {
		const bomb = hugePng(30_000);
		expect(bomb.byteLength).toBeLessThan(500_000);
		const before = process.memoryUsage().rss;
		await refused(bomb);
		expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
	});
});

it('makes several photos at once and loses none', async () => {
	const sent = await Promise.all(
		[1, 2, 3, 4, 5].map((n) =>
			picture(100 * n, 90)
				.jpeg()
				.toBuffer()
		)
	);
	const made = await Promise.all(sent.map((one) => makePhoto(one)));
	expect(made.map(({ width }) => width)).toEqual([100, 200, 300, 400, 500]);
});
