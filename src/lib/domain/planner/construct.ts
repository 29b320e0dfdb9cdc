/** A first plan from prices: whoever has least choice goes first; crews that stay too small are filled up or closed. */
import type { Prices } from './bound';
import { Crews, NOWHERE } from './crews';
import { NEVER, type Instance } from './instance';

/** Points of a party at a task less what its places cost there. */
function reduced(instance: Instance, prices: Prices, p: number, t: number): number {
	const points = instance.worth[p * instance.tasks.length + t]!;
	if (points === NEVER) return -Infinity;
	return (
		points -
		instance.heads[p]! * prices.head[t]! -
		instance.adults[p]! * prices.adult[t]! -
		instance.leads[p]! * prices.leader[t]!
	);
}

/** Builds a possible plan. Costs parties × tasks. */
export function construct(instance: Instance, prices: Prices): Crews {
	const crews = new Crews(instance);
	const { parties, tasks, pin, heads } = instance;
	const T = tasks.length;
	const regret = new Float64Array(parties.length);
	const free: number[] = [];
	for (let p = 0; p < parties.length; p++) {
		if (pin[p]! >= 0) {
			crews.move(p, pin[p]!);
			continue;
		}
		let first = 0;
		let second = 0;
		for (let t = 0; t < T; t++) {
			const value = reduced(instance, prices, p, t);
			if (value > first) {
				second = first;
				first = value;
			} else if (value > second) second = value;
		}
		// Large parties are hard to place late; so are those with one good place.
		regret[p] = first - second + 20 * heads[p]!;
		free.push(p);
	}
	free.sort((a, b) => regret[b]! - regret[a]! || a - b);
	for (const p of free) {
		let best = NOWHERE;
		let bestValue = -Infinity;
		for (let t = 0; t < T; t++) {
			if (!crews.fits(p, t)) continue;
			const value = reduced(instance, prices, p, t);
			if (value > bestValue) {
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
 * per head; undone when it does not pay.
 */
export function fill(crews: Crews, t: number): boolean {
	const { heads, adults, parties, min, minAdults, pin, staffed } = crews.instance;
	const before: [number, number][] = [];
	let gain = staffed[t]!;
	const short = () => crews.heads[t]! < min[t]! || crews.adults[t]! < minAdults[t]!;
	if (short()) {
		const candidates: { p: number; loss: number }[] = [];
		for (let p = 0; p < parties.length; p++) {
			const from = crews.at[p]!;
			if (from === t || pin[p]! >= 0 || !crews.fits(p, t)) continue;
			const useful = crews.heads[t]! < min[t]! ? heads[p]! : adults[p]!;
			if (useful === 0) continue;
			const fromNow = crews.now(from);
			const loss =
				crews.worth(p, from) -
				crews.worth(p, t) +
				(from === NOWHERE || fromNow === -Infinity ? 0 : fromNow - crews.after(from, p, NOWHERE));
			if (loss < staffed[t]!) candidates.push({ p, loss: loss / useful });
		}
		candidates.sort((a, b) => a.loss - b.loss || a.p - b.p);
		for (const { p } of candidates) {
			if (!short()) break;
			const from = crews.at[p]!;
			if (!crews.fits(p, t)) continue;
			const fromNow = crews.now(from);
			const fromAfter = crews.after(from, p, NOWHERE);
			// A crew that stands must not fall for this one.
			if (from !== NOWHERE && fromNow !== -Infinity && fromAfter === -Infinity) continue;
			const loss =
				crews.worth(p, from) - crews.worth(p, t) + (fromNow === -Infinity ? 0 : fromNow - fromAfter);
			before.push([p, from]);
			gain -= loss;
			crews.move(p, t);
		}
	}
	if (stands(crews, t) && gain > 0) return true;
	for (const [p, from] of before.reverse()) crews.move(p, from);
	return stands(crews, t);
}

/** Sends a crew home that cannot be sent out; its parties go where there is room. */
export function close(crews: Crews, t: number): void {
	const { pin } = crews.instance;
	for (const p of crews.members[t]!.slice()) {
		if (pin[p]! >= 0) continue;
		crews.move(p, NOWHERE);
	}
	if (!stands(crews, t)) throw new Error('A closed crew must stand.');
}

/** Everybody without a crew goes where they are worth most, if there is room. */
export function placeLeftovers(crews: Crews): void {
	const { parties, tasks, heads } = crews.instance;
	const left: number[] = [];
	for (let p = 0; p < parties.length; p++) if (crews.at[p] === NOWHERE) left.push(p);
	left.sort((a, b) => heads[b]! - heads[a]! || a - b);
	for (const p of left) {
		let best = NOWHERE;
		let bestGain = 0;
		for (let t = 0; t < tasks.length; t++) {
			if (!crews.fits(p, t)) continue;
			const gain = crews.worth(p, t) + crews.after(t, NOWHERE, p) - crews.now(t);
			if (gain > bestGain) {
				bestGain = gain;
				best = t;
			}
		}
		if (best !== NOWHERE) crews.move(p, best);
	}
}
