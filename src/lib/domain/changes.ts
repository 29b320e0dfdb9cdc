/**
 * The fields of `after` that differ from `before`: what a dialog saves, so that what others changed while it was open stays.
 * Values are compared as JSON.
 */
export function changesOf<Fields extends object>(before: Fields, after: Fields): Partial<Fields> {
	const keys = Object.keys(after) as (keyof Fields)[];
	const changed = keys.filter((key) => JSON.stringify(after[key]) !== JSON.stringify(before[key]));
	return Object.fromEntries(changed.map((key) => [key, after[key]])) as Partial<Fields>;
}
