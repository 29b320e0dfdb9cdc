/* A map drawn from coordinates alone, for where there is no signal: places on paper, north up, with a measure. */
import { distanceBetween, type Point } from './geometry';

export interface Placed extends Point {
	id: string;
}

export interface Sketch {
	/** In units of the paper, from its top left corner. */
	places: { id: string; x: number; y: number }[];
	/** A round number of metres, and how long it is on the paper. */
	measure: { metres: number; length: number };
}

/** The least stretch of ground that a sketch shows, in metres: places side by side must not seem far apart. */
const LEAST = 120;

/**
 * Places on a paper of width × height with a margin. Over the few kilometres of a gathering the earth is flat: a degree of
 * longitude is a degree of latitude times the cosine of the latitude. No places: no sketch.
 */
export function sketchOf(
	points: readonly Placed[],
	{ width, height, margin }: { width: number; height: number; margin: number }
): Sketch | null {
	if (points.length === 0) return null;
	const lngs = points.map(({ lng }) => lng);
	const lats = points.map(({ lat }) => lat);
	const middle = {
		lng: (Math.min(...lngs) + Math.max(...lngs)) / 2,
		lat: (Math.min(...lats) + Math.max(...lats)) / 2
	};
	const metresPerLat = distanceBetween(
		{ ...middle, lat: middle.lat - 0.5 },
		{ ...middle, lat: middle.lat + 0.5 }
	);
	const metresPerLng = metresPerLat * Math.cos((middle.lat * Math.PI) / 180);
	const wide = Math.max(LEAST, (Math.max(...lngs) - Math.min(...lngs)) * metresPerLng);
	const high = Math.max(LEAST, (Math.max(...lats) - Math.min(...lats)) * metresPerLat);
	const scale = Math.min((width - 2 * margin) / wide, (height - 2 * margin) / high);
	const metres = roundDown(width / 3 / scale);
	return {
		places: points.map(({ id, lng, lat }) => ({
			id,
			x: width / 2 + (lng - middle.lng) * metresPerLng * scale,
			y: height / 2 - (lat - middle.lat) * metresPerLat * scale
		})),
		measure: { metres, length: metres * scale }
	};
}

/** The largest 1, 2 or 5 times a power of ten that is not above. */
function roundDown(value: number): number {
	const power = 10 ** Math.floor(Math.log10(value));
	return ([5, 2, 1].find((step) => step * power <= value) ?? 1) * power;
}
