import { NOWHERE, type Crews } from './crews';
import { EPSILON, type Budget } from './improve';
import { NEVER } from './instance';
import { OWN_COMMUNITY, PLACED, TOOLS, WISH, stayedPoints } from './weights';

/** Points that a head is worth at most. */
const MOST = PLACED + WISH + OWN_COMMUNITY + TOOLS + stayedPoints('fewest-moves');

/**
 * Makes room in full crews for parties that are worth more there, or are wanted as the leader: those worth least to the
 * crew give way and take the party's old places, and what room is left goes to people without a crew. This exchanges one
 * party for several, which neither single moves nor swaps can.
 */
export function giveWay(crews: Crews, order: Int32Array, budget: Budget): boolean {
	const { tasks, pin, heads, leads, worth, max, leaderless, parties } = crews.instance;
	const T = tasks.length;
	const each = (q: number, t: number) => worth[q * T + t]! / heads[q]!;

	/** Who gives way first, by crew; made anew when the crew changed. */
	const giving: (number[] | undefined)[] = [];
	/** Without a crew, and some who have one again. */
	const waiting = Array.from(order).filter((q) => crews.at[q] === NOWHERE);
	/** Who of them fits best, by crew and heads that have room. */
	const fitting: number[][] = [];
	budget.left -= parties.length / 8;
	const givingOf = (t: number): number[] => {
		const known = giving[t];
		if (known) return known;
		const crew = crews.members[t]!.filter((q) => pin[q]! < 0);
		budget.left -= crew.length;
		return (giving[t] = crew.sort((a, b) => each(a, t) - each(b, t) || a - b));
	};
	/** Who without a crew suits this one best, of no more heads than so many; NOWHERE when there is nobody. */
	const fittest = (t: number, room: number): number => {
		const known = (fitting[t] ??= [])[room];
		if (known === NOWHERE || (known !== undefined && crews.at[known] === NOWHERE)) return known;
		budget.left -= waiting.length / 2;
		let [best, top] = [NOWHERE, 0];
		for (const q of waiting) {
			if (crews.at[q] !== NOWHERE || heads[q]! > room) continue;
			// Of two as fit, the larger leaves less room empty.
			const value = each(q, t) + heads[q]! / 8;
			if (value > top) [best, top] = [q, value];
		}
		return (fitting[t]![room] = best);
	};
	/** About what such people would bring: nobody is asked whether they are counted twice. */
	const wouldBring = (t: number, room: number): number => {
		let sum = 0;
		while (room > 0) {
			const q = fittest(t, room);
			if (q === NOWHERE) break;
			sum += worth[q * T + t]!;
			room -= heads[q]!;
		}
		return sum;
	};
	const fillUp = (t: number) => {
		for (;;) {
			const q = fittest(t, max[t]! - crews.heads[t]!);
			if (q === NOWHERE) return;
			crews.move(q, t);
		}
	};

	let better = false;
	for (const p of order) {
		if (budget.left <= 0) break;
		if (pin[p]! >= 0) continue;
		const h = heads[p]!;
		budget.left -= T / 4;
		for (let t = 0; t < T; t++) {
			const from = crews.at[p]!;
			const value = worth[p * T + t]!;
			if (t === from || value === NEVER || crews.heads[t] === 0) continue;
			const short = crews.heads[t]! + h - max[t]!;
			if (short <= 0) continue;
			const wanted = leads[p] && crews.leaders[t] === 0 ? leaderless[t]! : 0;
			const here = crews.worth(p, from);
			if (wanted === 0 && from !== NOWHERE && value <= here) continue;

			const out: number[] = [];
			let room = -short;
			for (const q of givingOf(t)) {
				if (room >= 0) break;
				out.push(q);
				room += heads[q]!;
			}
			budget.left -= 1 + out.length;
			if (room < 0) continue;
			// Who was asked early may stay after all.
			for (let n = out.length - 1; n >= 0 && room > 0; n--)
				if (heads[out[n]!]! <= room) room -= heads[out.splice(n, 1)[0]!]!;

			let gain = value - here + wanted;
			for (const q of out) gain -= worth[q * T + t]!;
			let back = from === NOWHERE ? 0 : max[from]! - crews.heads[from]! + h;
			if (from !== NOWHERE)
				for (const q of out) {
					if (heads[q]! > back || worth[q * T + from] === NEVER) continue;
					gain += worth[q * T + from]!;
					back -= heads[q]!;
				}
			// Looking for people to fill up with costs more: only where it can still decide.
			if (gain + MOST * (room + back) <= EPSILON) continue;
			gain += wouldBring(t, room);
			if (from !== NOWHERE) gain += wouldBring(from, back);
			if (gain <= EPSILON) continue;

			const total = crews.total();
			budget.left -= 20 + 10 * out.length;
			const gained = crews.attempt(() => {
				crews.move(p, NOWHERE);
				for (const q of out) crews.move(q, from !== NOWHERE && crews.fits(q, from) ? from : NOWHERE);
				crews.move(p, t);
				fillUp(t);
				if (from !== NOWHERE) fillUp(from);
				return crews.total() > total + EPSILON;
			});
			if (!gained) continue;
			better = true;
			giving[t] = undefined;
			if (from !== NOWHERE) giving[from] = undefined;
			for (const q of out) if (crews.at[q] === NOWHERE) waiting.push(q);
		}
	}
	return better;
}
