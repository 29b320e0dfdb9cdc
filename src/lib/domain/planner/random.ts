/** Chance that falls the same way for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), state | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

/** Puts the items in a random order, in place. */
export function shuffle<T extends number[] | Int32Array>(items: T, random: () => number): T {
	for (let n = items.length - 1; n > 0; n--) {
		const other = Math.floor(random() * (n + 1));
		[items[n], items[other]] = [items[other]!, items[n]!];
	}
	return items;
}
