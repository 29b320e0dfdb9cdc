/*
 * Streets side by side. What is ranked is work per labour day, so that a street is not ahead because it began earlier; and
 * only what has been seen often enough is ranked at all: one lucky day wins nothing.
 */

/** Labour days with somebody present that an area needs before it gets a place. */
export const LEAST_DAYS = 3;

export interface Measured {
	/** The sum of the figure in the period. */
	value: number;
	/** Labour days on which somebody came. */
	days: number;
}

export type Ranked<T> = T & {
	/** Per labour day. */
	average: number;
	/** 1 is first; equal averages share a place. Null: too few days to say. */
	place: number | null;
};

/** In order of place; what has no place follows, by its sum. */
export function rank<T extends Measured>(areas: readonly T[]): Ranked<T>[] {
	const averaged = areas.map((area) => ({
		...area,
		average: area.days > 0 ? Number((area.value / area.days).toPrecision(12)) : 0
	}));
	const enough = averaged.filter(({ days }) => days >= LEAST_DAYS).toSorted((a, b) => b.average - a.average);
	const few = averaged.filter(({ days }) => days < LEAST_DAYS).toSorted((a, b) => b.value - a.value);
	return [
		...enough.map((area) => ({
			...area,
			place: 1 + enough.filter(({ average }) => average > area.average).length
		})),
		...few.map((area) => ({ ...area, place: null }))
	];
}
