/** A first plan from prices: whoever has least choice goes first; crews that stay too small are filled up or closed. */
import { priceTerms, type Prices } from './bound';
import { Crews, NOWHERE } from './crews';
import type { Instance } from './instance';

/** More than any party regrets. */
const LAST = 1e6;

/** Builds a possible plan. Costs parties × tasks. */
export function construct(instance: Instance, prices: Prices): Crews {
	const crews = new Crews(instance);
	const { parties, tasks, pin, heads, kind, worth, max } = instance;
	const T = tasks.length;
	const terms = priceTerms(instance, prices);
	const regret = new Float64Array(parties.length);
	const free: number[] = [];
	for (let p = 0; p < parties.length; p++) {
		if (pin[p]! >= 0) {
			crews.move(p, pin[p]!);
			continue;
		}
		let first = 0;
		let second = 0;
		const row = p * T;
		const base = kind[p]! * T;
		for (let t = 0; t < T; t++) {
			const value = worth[row + t]! - terms[base + t]!;
			if (value > second) {
				if (value > first) {
					second = first;
					first = value;
				} else second = value;
			}
		}
		// Large parties are hard to place late; so are those with one good place. Who is worth the price nowhere goes last.
		regret[p] = first === 0 ? heads[p]! - LAST : first - second + 20 * heads[p]!;
		free.push(p);
	}
	free.sort((a, b) => regret[b]! - regret[a]! || a - b);
	const taken = crews.heads;
	for (const p of free) {
		let best = NOWHERE;
		let bestValue = -Infinity;
		const h = heads[p]!;
		const row = p * T;
		const base = kind[p]! * T;
		for (let t = 0; t < T; t++) {
			const value = worth[row + t]! - terms[base + t]!;
			if (value > bestValue && taken[t]! + h <= max[t]!) {
				bestValue = value;
				best = t;
			}
		}
		if (best !== NOWHERE) crews.move(p, best);
	}
	settle(crews);
	return crews;
}

/** Whether the crew, if there is one, may be sent. */
const stands = (crews: Crews, t: number): boolean => crews.now(t) !== -Infinity;

/** Makes every crew one that may be sent: the dearest first is filled up from elsewhere, the hopeless are closed. */
export function settle(crews: Crews): void {
	const { staffed, tasks } = crews.instance;
	const order = tasks.map((_, t) => t).sort((a, b) => staffed[b]! - staffed[a]! || a - b);
	for (const t of order) {
		if (!stands(crews, t) && !fill(crews, t)) close(crews, t);
	}
	placeLeftovers(crews);
}

/**
 * Brings a crew to its minimum from those without a crew and from crews that can spare somebody, with the least loss
 * per head; undone when it does not pay. Costs as much as there are parties.
 */
export function fill(crews: Crews, t: number): boolean {
	const { heads, adults, parties, min, minAdults, pin, staffed } = crews.instance;
	const short = () => crews.heads[t]! < min[t]! || crews.adults[t]! < minAdults[t]!;
	if (!short()) return stands(crews, t);
	const headsShort = crews.heads[t]! < min[t]!;
	const most = staffed[t]!;
	const candidates: Candidate[] = [];
	for (let p = 0; p < parties.length; p++) {
		const from = crews.at[p]!;
		if (from === t || pin[p]! >= 0 || !crews.fits(p, t)) continue;
		const useful = headsShort ? heads[p]! : adults[p]!;
		if (useful === 0) continue;
		let loss = crews.worth(p, from) - crews.worth(p, t);
		if (loss >= most) continue;
		if (from !== NOWHERE) {
			const now = crews.now(from);
			if (now !== -Infinity) loss += now - crews.after(from, p, NOWHERE);
			if (loss >= most) continue;
		}
		candidates.push({ p, loss: loss / useful });
	}
	const next = cheapestFirst(candidates);
	const filled = crews.attempt(() => {
		let gain = most;
		for (let one = next(); one && short(); one = next()) {
			const { p } = one;
			const from = crews.at[p]!;
			if (!crews.fits(p, t)) continue;
			const now = crews.now(from);
			const after = crews.after(from, p, NOWHERE);
			// A crew that stands must not fall for this one.
			if (now !== -Infinity && after === -Infinity) continue;
			gain -= crews.worth(p, from) - crews.worth(p, t) + (now === -Infinity ? 0 : now - after);
			crews.move(p, t);
		}
		return stands(crews, t) && gain > 0;
	});
	return filled || stands(crews, t);
}

interface Candidate {
	p: number;
	loss: number;
}

/** Takes candidates out one by one, the least loss first (a heap in place: few of many are needed). */
function cheapestFirst(heap: Candidate[]): () => Candidate | undefined {
	const before = (a: Candidate, b: Candidate) => a.loss < b.loss || (a.loss === b.loss && a.p < b.p);
	const sink = (n: number) => {
		const item = heap[n]!;
		for (;;) {
			let child = 2 * n + 1;
			if (child >= heap.length) break;
			if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
			if (!before(heap[child]!, item)) break;
			heap[n] = heap[child]!;
			n = child;
		}
		heap[n] = item;
	};
	for (let n = (heap.length >> 1) - 1; n >= 0; n--) sink(n);
	return () => {
		const first = heap[0];
		const last = heap.pop();
		if (heap.length > 0 && last) {
			heap[0] = last;
			sink(0);
		}
		return first;
	};
}

/** Sends a crew home that cannot be sent out. */
export function close(crews: Crews, t: number): void {
	const { pin } = crews.instance;
	for (const p of crews.members[t]!.slice()) {
		if (pin[p]! >= 0) continue;
		crews.move(p, NOWHERE);
	}
	if (!stands(crews, t)) throw new Error('A closed crew must stand.');
}

/** Everybody without a crew goes where they are worth most, if there is room, the largest first; `among` all tasks or these. */
export function placeLeftovers(crews: Crews, among?: readonly number[]): void {
	const { parties, tasks, heads, max } = crews.instance;
	const all = among ?? tasks.map((_, t) => t);
	const roomLeft = () => all.reduce((most, t) => Math.max(most, max[t]! - crews.heads[t]!), 0);
	let room = roomLeft();
	if (room === 0) return;
	const left: number[] = [];
	for (let p = 0; p < parties.length; p++) if (crews.at[p] === NOWHERE && heads[p]! <= room) left.push(p);
	left.sort((a, b) => heads[b]! - heads[a]! || a - b);
	for (const p of left) {
		if (heads[p]! > room) continue;
		let best = NOWHERE;
		let bestGain = 0;
		for (const t of all) {
			if (!crews.fits(p, t)) continue;
			const gain = crews.worth(p, t) + crews.after(t, NOWHERE, p) - crews.now(t);
			if (gain > bestGain) {
				bestGain = gain;
				best = t;
			}
		}
		if (best === NOWHERE) continue;
		crews.move(p, best);
		room = roomLeft();
		if (room === 0) return;
	}
}
