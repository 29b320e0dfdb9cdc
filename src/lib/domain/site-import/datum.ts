import gcoord from 'gcoord';
import type { Point } from '../sites/geometry';

/** Coordinates people hand out: GPS, Chinese maps (AMap, Tencent), Baidu. Stored is always WGS-84. */
export const DATUMS = ['wgs84', 'gcj02', 'bd09'] as const;
export type Datum = (typeof DATUMS)[number];

const CRS = { gcj02: gcoord.GCJ02, bd09: gcoord.BD09 } as const;

/** A point of any datum in WGS-84, to a centimetre; WGS-84 itself stays as typed. */
export function toWgs84(point: Point, datum: Datum): Point {
	if (datum === 'wgs84') return { lng: point.lng, lat: point.lat };
	const [lng, lat] = gcoord.transform([point.lng, point.lat], CRS[datum], gcoord.WGS84);
	return { lng: Number(lng.toFixed(7)), lat: Number(lat.toFixed(7)) };
}

/** The way back of {@link toWgs84}: for maps and for files that want their own datum. */
export function fromWgs84(point: Point, datum: Datum): Point {
	if (datum === 'wgs84') return { lng: point.lng, lat: point.lat };
	const [lng, lat] = gcoord.transform([point.lng, point.lat], gcoord.WGS84, CRS[datum]);
	return { lng: Number(lng.toFixed(7)), lat: Number(lat.toFixed(7)) };
}
