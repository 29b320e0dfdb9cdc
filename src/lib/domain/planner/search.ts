import type { Crews } from './crews';
import { giveWay } from './give-way';
import { openAndClose, rebuild, relocate, swap, type Budget } from './improve';
import { seeded, shuffle } from './random';

/** Told how far the search is, from 0 to 1; answers whether to go on. */
export type Progress = (done: number) => boolean | void;

/** Share of the bound that a large plan may lie below it before the search goes on: as good as the best. */
const CLOSE = 0.001;
/** Below so many parties × tasks an evening is searched to the end. */
export const SMALL = 3000;

export const closeEnough = (cells: number): number => (cells < SMALL ? 1e-6 : CLOSE);

/** Searches on from a possible plan, in place. The amount of search grows with parties × tasks and nothing else. */
export function improve(crews: Crews, seed: number, bound: number, onProgress: Progress): void {
	const { parties, tasks } = crews.instance;
	const random = seeded(seed);
	const cells = parties.length * tasks.length;
	const order = Int32Array.from(parties, (_, p) => p);
	const close = closeEnough(cells);
	const good = () => bound - crews.total() <= close * Math.max(1, Math.abs(bound));

	const climb: Budget = { left: 5 * cells + 350_000 };
	const whole = climb.left;
	for (;;) {
		if (good()) break;
		shuffle(order, random);
		let better = relocate(crews, order, climb);
		if (good()) break;
		better = swap(crews, order, climb, random, Math.min(tasks.length, 12)) || better;
		if (good()) break;
		better = giveWay(crews, order, climb) || better;
		if (good()) break;
		better = openAndClose(crews, climb) || better;
		if (onProgress(0.6 * (1 - Math.max(0, climb.left) / whole)) === false) return;
		if (!better || climb.left <= 0 || good()) break;
	}
	const rest = cells < SMALL ? 20 * cells + 100_000 : 4 * cells + 150_000;
	const slices = 6;
	for (let slice = 0; slice < slices && !good(); slice++) {
		rebuild(crews, { left: rest / slices }, random);
		if (onProgress(0.6 + (0.4 * (slice + 1)) / slices) === false) return;
	}
}
