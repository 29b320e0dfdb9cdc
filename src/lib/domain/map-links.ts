/*
 * Links that open the phone's map app at a place. Places are kept in WGS-84, as GPS gives them; maps of mainland China
 * are drawn in GCJ-02 (Amap, Apple) or BD-09 (Baidu), some 500 m off, so each link is given its own map's datum.
 */

export interface Place {
	lng: number;
	lat: number;
	name: string;
}

/** 'system' hands the place to whatever map app the phone has; 'web' is a page that any browser shows. */
export type MapApp = 'amap' | 'baidu' | 'apple' | 'system' | 'web';

export interface MapLink {
	app: MapApp;
	href: string;
}

/** Mainland China by its time zones, old names included. Hong Kong, Macau and Taipei have zones of their own. */
const MAINLAND = new Set(
	['Shanghai', 'Urumqi', 'Chongqing', 'Chungking', 'Harbin', 'Kashgar']
		.map((city) => `Asia/${city}`)
		.concat('PRC')
);

/**
 * Links for a place, the most useful on this phone first: the first is the button, the others are "other maps".
 *
 * The district's zone says whether Chinese datums apply. Coordinates alone cannot: gcoord's idea of China is a box that
 * holds Seoul, Delhi and Bangkok too. Where a Chinese district has a place far outside that box, nothing is shifted and
 * Chinese maps, which are empty there, are left out.
 * gcoord (3 kB compressed) is loaded by the first call, with the tap or on the server, not with the page.
 */
export async function navigationLinks(
	place: Place,
	userAgent: string,
	zone = 'Asia/Shanghai'
): Promise<MapLink[]> {
	const { default: gcoord } = await import('gcoord');
	const wgs: Position = [place.lng, place.lat];
	const gcj: Position = MAINLAND.has(zone) ? gcoord.transform(wgs, gcoord.WGS84, gcoord.GCJ02) : wgs;
	const inChina = gcj[0] !== wgs[0] || gcj[1] !== wgs[1];
	const bd: Position = inChina ? gcoord.transform(gcj, gcoord.GCJ02, gcoord.BD09) : wgs;
	const links: Record<MapApp, string> = {
		amap: amap(gcj, place.name),
		baidu: baidu(bd, place.name),
		apple: apple(gcj, place.name),
		system: geo(wgs, place.name),
		web: openStreetMap(wgs)
	};
	return choose(userAgent, inChina).map((app) => ({ app, href: links[app] }));
}

type Position = [lng: number, lat: number];

/**
 * WeChat opens web addresses only. Every iPhone has Apple's maps. In China an Android phone's `geo:` comes last: Chinese
 * map apps disagree about which datum it is in.
 */
function choose(userAgent: string, inChina: boolean): MapApp[] {
	const wechat = /MicroMessenger/i.test(userAgent);
	const apple = /iPhone|iPad|iPod|Macintosh/.test(userAgent) && !wechat;
	const android = /Android|OpenHarmony|HarmonyOS/i.test(userAgent) && !wechat;
	const own: MapApp[] = apple ? ['apple'] : [];
	const any: MapApp[] = android ? ['system'] : [];
	return inChina ? [...own, 'amap', 'baidu', ...any] : [...own, ...any, 'web'];
}

function amap([lng, lat]: Position, name: string): string {
	const query = new URLSearchParams({
		position: `${degrees(lng)},${degrees(lat)}`,
		name,
		src: 'last-friday',
		coordinate: 'gaode',
		callnative: '1'
	});
	return `https://uri.amap.com/marker?${query}`;
}

function baidu([lng, lat]: Position, name: string): string {
	const query = new URLSearchParams({
		location: `${degrees(lat)},${degrees(lng)}`,
		title: name,
		content: name,
		output: 'html',
		coord_type: 'bd09ll',
		src: 'webapp.last-friday'
	});
	return `https://api.map.baidu.com/marker?${query}`;
}

function apple([lng, lat]: Position, name: string): string {
	return `https://maps.apple.com/?${new URLSearchParams({ ll: `${degrees(lat)},${degrees(lng)}`, q: name })}`;
}

/** Android's form of RFC 5870: the name in brackets is the pin's label, so it may hold no brackets itself. */
function geo([lng, lat]: Position, name: string): string {
	const point = `${degrees(lat)},${degrees(lng)}`;
	return `geo:${point}?q=${point}(${encodeURIComponent(name.replace(/[()]/g, ' ').trim())})`;
}

function openStreetMap([lng, lat]: Position): string {
	const [y, x] = [degrees(lat), degrees(lng)];
	return `https://www.openstreetmap.org/?mlat=${y}&mlon=${x}#map=18/${y}/${x}`;
}

/** Six decimals are a hand's breadth. */
function degrees(value: number): string {
	return String(Number(value.toFixed(6)));
}
