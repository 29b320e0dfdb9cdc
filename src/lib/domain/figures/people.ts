/*
 * Distinct people (人数), which is another number than participations (人次): each person counted with the largest party they
 * brought in the period. An estimate, because whom a person brings is not asked by name; say so wherever it is shown.
 */

export interface Presence {
	person: string;
	/** The largest headcount of their party really present on one labour day. */
	heads: number;
}

/** Heads each time they came: participations. */
export function participations(days: Iterable<Presence>): number {
	let sum = 0;
	for (const { heads } of days) sum += heads;
	return sum;
}

/** Heads once: every person's largest party. Never more than the participations. */
export function distinctPeople(days: Iterable<Presence>): number {
	const largest = new Map<string, number>();
	for (const { person, heads } of days) largest.set(person, Math.max(largest.get(person) ?? 0, heads));
	return [...largest.values()].reduce((sum, heads) => sum + heads, 0);
}
