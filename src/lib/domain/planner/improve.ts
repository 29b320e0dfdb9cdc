/** Makes a possible plan better, step by step: nobody's move makes it worse, and it stays possible throughout. */
import { NOWHERE, type Crews } from './crews';
import { close, fill, placeLeftovers } from './construct';
import { NEVER } from './instance';
import { shuffle } from './random';

/** How much may be tried, in evaluated moves: the measure of time that is the same on every machine. */
export interface Budget {
	left: number;
}

/** A gain below this is a rounding error. */
export const EPSILON = 1e-7;

/** Points that a rebuilt plan may be worse at first. */
const PATIENCE = 1500;

/** Moves single parties to better places until nobody gains, or the budget ends. */
export function relocate(crews: Crews, order: Int32Array, budget: Budget): boolean {
	const { tasks, pin, heads, leads, worth, min, max, leaderless } = crews.instance;
	const T = tasks.length;
	let better = false;
	for (const p of order) {
		if (budget.left <= 0) break;
		if (pin[p]! >= 0) continue;
		const from = crews.at[p]!;
		const leave = from === NOWHERE ? 0 : crews.after(from, p, NOWHERE) - crews.now(from);
		budget.left -= T / 4;
		if (leave === -Infinity) continue;
		const h = heads[p]!;
		const row = p * T;
		const stay = crews.worth(p, from) - leave;
		let best = from;
		let bestGain = EPSILON;
		for (let t = 0; t < T; t++) {
			if (crews.heads[t]! + h > max[t]!) continue;
			// Most tasks are out of the question at a glance: what a crew gains by one party is at most its leader.
			if (crews.heads[t]! >= min[t]! && crews.heads[t]! > 0) {
				const most = worth[row + t]! - stay + (leads[p] && crews.leaders[t] === 0 ? leaderless[t]! : 0);
				if (most <= bestGain && crews.now(t) !== -Infinity && !crews.instance.forced[t]) continue;
			} else if (crews.heads[t]! + h < min[t]! && !crews.instance.forced[t]) continue;
			if (t === from || worth[row + t] === NEVER) continue;
			const gain = worth[row + t]! - stay + crews.after(t, NOWHERE, p) - crews.now(t);
			if (gain > bestGain) {
				bestGain = gain;
				best = t;
			}
		}
		if (best !== from) {
			crews.move(p, best);
			better = true;
		}
	}
	return better;
}

/** Lets party p change places with a party of a crew where p would be worth more. */
export function swap(
	crews: Crews,
	order: Int32Array,
	budget: Budget,
	random: () => number,
	width: number
): boolean {
	const { instance } = crews;
	const { tasks, pin, heads, max } = instance;
	let better = false;
	for (const p of order) {
		if (budget.left <= 0) break;
		if (pin[p]! >= 0) continue;
		for (let tries = 0; tries < width; tries++) {
			const t = Math.floor(random() * tasks.length);
			const from = crews.at[p]!;
			if (t === from || crews.worth(p, t) === NEVER) continue;
			const crew = crews.members[t]!;
			const start = Math.floor(random() * crew.length);
			for (let n = 0; n < Math.min(crew.length, 12); n++) {
				const q = crew[(start + n) % crew.length]!;
				budget.left--;
				if (pin[q]! >= 0 || (from !== NOWHERE && crews.worth(q, from) === NEVER)) continue;
				if (crews.heads[t]! - heads[q]! + heads[p]! > max[t]!) continue;
				const gain =
					crews.worth(p, t) -
					crews.worth(p, from) +
					crews.worth(q, from) -
					crews.worth(q, t) +
					crews.after(t, q, p) -
					crews.now(t) +
					crews.after(from, p, q) -
					crews.now(from);
				if (gain > EPSILON) {
					crews.move(p, NOWHERE);
					crews.move(q, from);
					crews.move(p, t);
					better = true;
					break;
				}
			}
		}
	}
	return better;
}

/** So many closed tasks are tried in place of one that is closed. */
const INSTEAD = 4;

/** Opens closed tasks and closes open ones where that pays. */
export function openAndClose(crews: Crews, budget: Budget): boolean {
	const { tasks, staffed, forced, parties } = crews.instance;
	let better = false;
	const order = tasks.map((_, t) => t).sort((a, b) => staffed[b]! - staffed[a]! || a - b);
	for (const t of order) {
		if (budget.left <= 0) break;
		const total = crews.total();
		const shut = crews.heads[t] === 0;
		// Only for another task is it worth closing one.
		const others = shut ? [] : order.filter((other) => crews.heads[other] === 0).slice(0, INSTEAD);
		if (!shut && (forced[t] || others.length === 0)) continue;
		budget.left -= parties.length * 4 * (1 + others.length);
		const gained = crews.attempt(() => {
			if (shut) fill(crews, t);
			else {
				close(crews, t);
				for (const other of others) fill(crews, other);
				placeLeftovers(crews);
			}
			return crews.total() > total + EPSILON;
		});
		better ||= gained;
	}
	return better;
}

/**
 * Takes a few crews apart and puts them together anew, a little at random; keeps what is no worse. This finds what single
 * moves and swaps cannot: chains of parties of different sizes.
 */
export function rebuild(crews: Crews, budget: Budget, random: () => number): void {
	const { tasks, parties, pin, heads, leads, worth } = crews.instance;
	const T = tasks.length;
	let total = crews.total();
	let bestTotal = total;
	let best = crews.snapshot();
	const whole = budget.left;
	const order = Int32Array.from(parties, (_, p) => p);
	while (budget.left > 0) {
		const chosen = new Set<number>();
		const size = Math.min(T, 2 + Math.floor(random() * 3));
		while (chosen.size < size) chosen.add(Math.floor(random() * T));
		const targets = [...chosen];
		const kept = crews.attempt(() => {
			const loose: number[] = [];
			for (const t of targets) {
				for (const p of crews.members[t]!.slice()) {
					if (pin[p]! >= 0 || random() < 0.15) continue;
					crews.move(p, NOWHERE);
					loose.push(p);
				}
			}
			const taken = loose.length;
			const isTaken = taken > 0 ? new Set(loose) : null;
			// Of those without a crew some, from anywhere in the list.
			const start = Math.floor(random() * parties.length);
			for (let n = 0; n < parties.length && loose.length < taken + 200; n++) {
				const p = (start + n) % parties.length;
				if (crews.at[p] === NOWHERE && !isTaken?.has(p)) loose.push(p);
			}
			shuffle(loose, random);
			const noise = new Float64Array(T);
			for (const t of targets) noise[t] = (random() - 0.5) * 40;
			// The order decides: large parties first fill up best, leaders first lead most; and at times the largest stay out.
			const way = random();
			if (way < 0.4) {
				const size = new Map(loose.map((p) => [p, heads[p]! + (random() - 0.5) * 4]));
				loose.sort((a, b) => size.get(b)! - size.get(a)!);
			} else if (way < 0.7) loose.sort((a, b) => leads[b]! - leads[a]!);
			const left = random() < 0.3 ? loose.reduce((most, p) => Math.max(most, heads[p]!), 0) : Infinity;
			for (const p of loose) {
				if (heads[p]! >= left) continue;
				let best = NOWHERE;
				let bestValue = -Infinity;
				for (const t of targets) {
					if (!crews.fits(p, t)) continue;
					const value =
						worth[p * T + t]! / heads[p]! + noise[t]! + (crews.leaders[t] === 0 && leads[p] ? 60 : 0);
					if (value > bestValue) {
						bestValue = value;
						best = t;
					}
				}
				if (best !== NOWHERE) crews.move(p, best);
			}
			budget.left -= loose.length * targets.length + parties.length / 4 + 50;
			for (const t of targets) {
				if (crews.now(t) !== -Infinity) continue;
				budget.left -= parties.length;
				if (!fill(crews, t)) close(crews, t);
			}
			if (crews.total() === -Infinity) return false;
			placeLeftovers(crews, targets);
			if (parties.length <= 400) relocate(crews, order, budget);
			// A little worse is let pass at first and less and less later: the way out of a plan that only looks best nearby.
			const patience = (PATIENCE * Math.max(0, budget.left)) / whole;
			return crews.total() >= total - patience * random();
		});
		if (!kept) continue;
		total = crews.total();
		if (total > bestTotal + EPSILON) [bestTotal, best] = [total, crews.snapshot()];
	}
	crews.restore(best);
}
