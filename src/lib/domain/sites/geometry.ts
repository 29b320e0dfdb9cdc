/** A point as stored: WGS-84 degrees. */
export interface Point {
	lng: number;
	lat: number;
}

/** Mean radius of the earth in metres (IUGG). */
const EARTH_RADIUS = 6_371_008.8;

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Metres between two points along the great circle (haversine: exact enough at every distance a crew walks). */
export function distanceBetween(a: Point, b: Point): number {
	const dLat = radians(b.lat - a.lat);
	const dLng = radians(b.lng - a.lng);
	const h =
		Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLng / 2) ** 2;
	return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Metres along a line of points, as one walks a drain. Fewer than two points have no length. */
export function lengthOfLine(points: readonly Point[]): number {
	let metres = 0;
	for (let i = 1; i < points.length; i++) {
		const from = points[i - 1];
		const to = points[i];
		if (from && to) metres += distanceBetween(from, to);
	}
	return metres;
}
