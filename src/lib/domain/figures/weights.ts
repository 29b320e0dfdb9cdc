/*
 * Rubbish by weight. What went over a scale and what somebody estimated are different kinds of knowledge: they are
 * shown apart, and never turned into one number without saying how much of it was weighed.
 */

export interface WeightEntry {
	kilograms: number;
	method: 'weighed' | 'estimated';
}

export interface Weights {
	weighed: number;
	estimated: number;
}

/** Kilograms by method, exact to the gram. */
export function sumWeights(entries: Iterable<WeightEntry>): Weights {
	const grams: Weights = { weighed: 0, estimated: 0 };
	for (const { kilograms, method } of entries) grams[method] += Math.round(kilograms * 1000);
	return { weighed: grams.weighed / 1000, estimated: grams.estimated / 1000 };
}

export function tonnesOf(kilograms: number): number {
	return kilograms / 1000;
}

/** How many tenths of the whole were weighed (七成过磅), cut; null when there is nothing. */
export function weighedTenths({ weighed, estimated }: Weights): number | null {
	const total = weighed + estimated;
	return total > 0 ? Math.floor(Number(((weighed / total) * 10).toPrecision(12))) : null;
}
