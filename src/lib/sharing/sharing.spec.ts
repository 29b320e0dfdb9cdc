import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { qrPath } from '$lib/components/qr-path';
import jsQR from 'jsqr';
import { card, linkPreview, poster, sizeOf, type PosterWords } from './poster';
import { cut, emsOf, wrap } from './svg';

const words = (some: Partial<PosterWords> = {}): PosterWords => ({
	lang: 'zh-CN',
	district: '红花岗区',
	rule: '每月最后一个星期五 · 全民义务劳动',
	headline: '一起清洁家园',
	date: '11月27日',
	time: '周五 上午 8:30–11:00',
	places: [{ area: '老城街道', place: '府后山社区广场', time: '上午 8:30–11:00' }],
	more: (count) => `还有 ${count} 个`,
	scan: '扫码报名',
	scanHint: '不用注册，带上家人邻居一起来',
	address: 'friday.example.org',
	...some
});

describe('text on a picture', () => {
	it('breaks Chinese anywhere and English at spaces', () => {
		expect(wrap('不用注册带上家人', 4)).toEqual(['不用注册', '带上家人']);
		expect(wrap('No account needed', 6)).toEqual(['No account', 'needed']);
		expect(wrap('一二三四五六七八九十', 4, 2)).toEqual(['一二三四', '五六七…']);
	});

	it('never gives a line wider than asked, unless one word alone is', () => {
		fc.assert(
			fc.property(fc.string({ maxLength: 60 }), fc.integer({ min: 4, max: 30 }), (text, ems) => {
				expect(emsOf(cut(text, ems))).toBeLessThanOrEqual(ems);
				for (const row of wrap(text, ems, 3)) if (/\s/.test(row)) expect(emsOf(row)).toBeLessThanOrEqual(ems);
			})
		);
	});
});

describe('a poster', () => {
	it.each(['a4', 'phone'] as const)(
		'(%s) is a picture of its size whose code can be scanned',
		async (format) => {
			const address = 'https://friday.example.org/days/4d7b1c1e-0c1f-4c9f-8f6e-0f6a5f3f3b1a';
			const svg = poster(format, words(), qrPath(address));
			const image = sharp(Buffer.from(svg)).ensureAlpha();
			const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
			expect(info).toMatchObject(sizeOf(format));
			expect(jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data).toBe(address);
		}
	);

	it('is drawn whatever was pasted into the name of a place', async () => {
		const pasted = '广场\u000b东门\u0001\ufffe\ud83d <&> "引"';
		const svg = poster('phone', words({ places: [{ area: pasted, place: pasted, time: '' }] }), qrPath('x'));
		const { width } = await sharp(Buffer.from(svg)).metadata();
		expect(width).toBe(sizeOf('phone').width);
		expect(svg).toContain('广场东门');
	});

	it('names as many places as fit and counts the others', () => {
		const places = Array.from({ length: 23 }, (_, n) => ({
			area: `第${n}街道`,
			place: '广场',
			time: '8:30'
		}));
		const svg = poster('phone', words({ places }), qrPath('x'));
		const shown = places.filter(({ area }) => svg.includes(`>${area}<`)).length;
		expect(shown).toBeGreaterThan(2);
		expect(svg).toContain(`还有 ${23 - shown} 个`);
	});

	it('says across it that the day does not take place', () => {
		expect(poster('a4', words({ cancelled: '已取消' }), qrPath('x'))).toContain('>已取消<');
		expect(poster('a4', words(), qrPath('x'))).not.toContain('已取消');
		expect(linkPreview(words({ cancelled: '已取消' }))).toContain('>已取消<');
	});

	it('takes no name for markup', async () => {
		const evil = '"><script>alert(1)</script>&';
		const svg = poster(
			'a4',
			words({ district: evil, places: [{ area: evil, place: evil, time: evil }] }),
			qrPath('x')
		);
		expect(svg).not.toContain('<script');
		await expect(sharp(Buffer.from(svg)).metadata()).resolves.toMatchObject({ format: 'svg' });
		await expect(
			sharp(Buffer.from(linkPreview(words({ headline: evil })))).metadata()
		).resolves.toMatchObject({
			width: 1200,
			height: 630
		});
	});
});

it('a card shows every figure it is given, with and without photos', async () => {
	const figures = ['2,063', '20.4', '1,025'].map((value) => ({ value, unit: '人次' }));
	const base = {
		lang: 'zh-CN',
		district: '红花岗区',
		date: '10月30日',
		headline: '我们做到了',
		figures,
		scan: '扫码',
		address: 'x'
	};
	const pixel = `data:image/png;base64,${(
		await sharp({ create: { width: 2, height: 2, channels: 3, background: '#f00' } })
			.png()
			.toBuffer()
	).toString('base64')}`;
	for (const photos of [
		undefined,
		{ before: pixel, after: pixel, beforeWord: '前', afterWord: '后', site: '官井沟渠' }
	]) {
		const svg = card({ ...base, photos }, qrPath('x'));
		for (const { value } of figures) expect(svg).toContain(`>${value}<`);
		expect(svg.match(/<image /g)?.length ?? 0).toBe(photos ? 2 : 0);
		await expect(sharp(Buffer.from(svg)).png().toBuffer()).resolves.toBeInstanceOf(Buffer);
	}
});
