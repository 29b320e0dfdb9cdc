/** The tree of areas as lists: in reading order, and what lies below one. */

/** What the rules need of an area. */
export interface TreeArea {
	id: string;
	parent_id: string | null;
}

/** An area in reading order with its depth: 0 for the topmost. */
export type Placed<T> = T & { depth: number };

/** Every area after its parent, siblings in the given order. What has no parent in the list is topmost. */
export function inTreeOrder<T extends TreeArea>(areas: readonly T[]): Placed<T>[] {
	const known = new Set(areas.map((area) => area.id));
	const children = new Map<string | null, T[]>();
	for (const area of areas) {
		const parent = area.parent_id !== null && known.has(area.parent_id) ? area.parent_id : null;
		children.set(parent, [...(children.get(parent) ?? []), area]);
	}
	const below = (parent: string | null, depth: number): Placed<T>[] =>
		(children.get(parent) ?? []).flatMap((area) => [{ ...area, depth }, ...below(area.id, depth + 1)]);
	return below(null, 0);
}

/** The given areas and all below them, in reading order. */
export function subtree<T extends TreeArea>(areas: readonly T[], roots: readonly string[]): Placed<T>[] {
	const inside = new Set(roots);
	const ordered = inTreeOrder(areas);
	for (const { id, parent_id } of ordered) if (parent_id !== null && inside.has(parent_id)) inside.add(id);
	return inTreeOrder(ordered.filter(({ id }) => inside.has(id)));
}
