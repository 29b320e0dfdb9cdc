import { describe, expect, it } from 'vitest';
import { navigationLinks, type MapApp, type Place } from './map-links';

const IPHONE =
	'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1';
const ANDROID =
	'Mozilla/5.0 (Linux; Android 9; V1816A) AppleWebKit/537.36 Chrome/87.0.4280.141 Mobile Safari/537.36';
const HARMONY =
	'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114.0.0.0 Mobile ArkWeb/4.1.6.1';
const DESKTOP = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36';
const WECHAT = ' MicroMessenger/8.0.50 NetType/WIFI Language/zh_CN';

/** Near the old town of Honghuagang. */
const square: Place = { lng: 106.9, lat: 27.69, name: '府后山社区广场 (东门)&' };
const somerville: Place = { lng: -71.0995, lat: 42.3876, name: 'Drain 12' };
const seoul: Place = { lng: 126.978, lat: 37.5665, name: '시청' };

async function link(place: Place, userAgent: string, app: MapApp, zone?: string): Promise<string> {
	const links = await navigationLinks(place, userAgent, zone);
	return links.find((candidate) => candidate.app === app)!.href;
}

const apps = async (...args: Parameters<typeof navigationLinks>) =>
	(await navigationLinks(...args)).map(({ app }) => app);

/** Metres between two points close to each other. */
function metres(place: Place, lng: number, lat: number): number {
	const north = (lat - place.lat) * 111_195;
	const east = (lng - place.lng) * 111_195 * Math.cos((place.lat * Math.PI) / 180);
	return Math.hypot(north, east);
}

describe('the datum of a map', () => {
	it('is GCJ-02 for Amap and Apple, some 500 m from GPS', async () => {
		const amap = new URL(await link(square, ANDROID, 'amap'));
		const [lng, lat] = amap.searchParams.get('position')!.split(',').map(Number);
		expect(metres(square, lng!, lat!)).toBeGreaterThan(300);
		expect(metres(square, lng!, lat!)).toBeLessThan(700);
		const apple = new URL(await link(square, IPHONE, 'apple'));
		expect(apple.searchParams.get('ll')).toBe(`${lat},${lng}`);
	});

	it('is BD-09 for Baidu, farther off still', async () => {
		const baidu = new URL(await link(square, ANDROID, 'baidu'));
		const [lat, lng] = baidu.searchParams.get('location')!.split(',').map(Number);
		expect(baidu.searchParams.get('coord_type')).toBe('bd09ll');
		expect(metres(square, lng!, lat!)).toBeGreaterThan(700);
		expect(metres(square, lng!, lat!)).toBeLessThan(1600);
	});

	it('agrees with another library’s published example', async () => {
		// From the readme of coordtransform: GPS 116.404, 39.915.
		const example = { lng: 116.404, lat: 39.915, name: '天安门' };
		const amap = new URL(await link(example, ANDROID, 'amap')).searchParams
			.get('position')!
			.split(',')
			.map(Number);
		expect(amap[0]).toBeCloseTo(116.41024449916938, 4);
		expect(amap[1]).toBeCloseTo(39.91640428150164, 4);
	});

	it('is GPS itself for geo:, and outside China for all', async () => {
		expect(await link(square, ANDROID, 'system')).toMatch(/^geo:27\.69,106\.9\?q=27\.69,106\.9\(/);
		expect(await link(somerville, IPHONE, 'apple')).toContain('ll=42.3876%2C-71.0995');
		expect(await link(somerville, IPHONE, 'apple', 'America/New_York')).toContain('ll=42.3876%2C-71.0995');
	});

	it('is not taken for Chinese where the district is not, though the box says so', async () => {
		expect(await link(seoul, IPHONE, 'apple', 'Asia/Seoul')).toContain('ll=37.5665%2C126.978');
		expect(await apps(seoul, ANDROID, 'Asia/Seoul')).toEqual(['system', 'web']);
	});
});

describe('the map that opens', () => {
	it('suits the phone', async () => {
		expect(await apps(square, IPHONE)).toEqual(['apple', 'amap', 'baidu']);
		expect(await apps(square, ANDROID)).toEqual(['amap', 'baidu', 'system']);
		expect(await apps(square, HARMONY)).toEqual(['amap', 'baidu', 'system']);
		expect(await apps(square, DESKTOP)).toEqual(['amap', 'baidu']);
		expect(await apps(square, '')).toEqual(['amap', 'baidu']);
	});

	it('is a web page inside WeChat, which refuses the rest', async () => {
		for (const phone of [IPHONE, ANDROID]) {
			const links = await navigationLinks(square, phone + WECHAT);
			expect(links.map(({ app }) => app)).toEqual(['amap', 'baidu']);
			for (const { href } of links) expect(href).toMatch(/^https:/);
		}
	});

	it('is no Chinese map where Chinese maps are empty', async () => {
		expect(await apps(somerville, IPHONE)).toEqual(['apple', 'web']);
		expect(await apps(somerville, ANDROID)).toEqual(['system', 'web']);
		expect(await apps(somerville, DESKTOP)).toEqual(['web']);
	});
});

describe('the name of a place', () => {
	it('survives, whatever signs it holds', async () => {
		for (const [agent, app, field] of [
			[ANDROID, 'amap', 'name'],
			[ANDROID, 'baidu', 'title'],
			[IPHONE, 'apple', 'q']
		] as const) {
			expect(new URL(await link(square, agent, app)).searchParams.get(field)).toBe(square.name);
		}
		expect(decodeURIComponent(await link(square, ANDROID, 'system'))).toMatch(
			/\(府后山社区广场 {2}东门 &\)$/
		);
	});
});
