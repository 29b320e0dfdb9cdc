/**
 * Prices of heads at each task by Lagrangian relaxation. At any prices the relaxed plan, in which every party and every
 * task decides alone, is worth at least as much as the best real one: the least such value found is the bound that a
 * plan is measured by, and the prices that gave it say where heads are scarce.
 *
 * Relaxed are, per task: at most max heads (price λ), at least min heads (μ) and adults (α) when staffed, a leader (ν, at
 * most what lacking one costs), heads above the middle (β, at most their penalty). The dual is solved by subgradient
 * steps of Polyak's length; at its optimum it equals the bound of the linear relaxation.
 */
import type { Instance } from './instance';
import { UNBALANCED } from './weights';

export interface Prices {
	/** Per head, per adult and per leader, by task: what a place there costs (or, negative, brings). */
	head: Float64Array;
	adult: Float64Array;
	leader: Float64Array;
}

export interface Dual {
	bound: number;
	prices: Prices;
}

interface Multipliers {
	cap: Float64Array;
	min: Float64Array;
	adult: Float64Array;
	leader: Float64Array;
	balance: Float64Array;
}

const copy = (m: Multipliers): Multipliers => ({
	cap: m.cap.slice(),
	min: m.min.slice(),
	adult: m.adult.slice(),
	leader: m.leader.slice(),
	balance: m.balance.slice()
});

function toPrices(m: Multipliers): Prices {
	return {
		head: m.cap.map((cap, t) => cap - m.min[t]! + m.balance[t]!),
		adult: m.adult.map((value) => -value),
		leader: m.leader.map((value) => -value)
	};
}

/** What each kind of party pays at each task, `[kind * tasks + task]`. */
export function priceTerms({ kinds, tasks }: Instance, { head, adult, leader }: Prices): Float64Array {
	const T = tasks.length;
	const terms = new Float64Array(kinds.length * T);
	kinds.forEach(({ heads, adults, leads }, k) => {
		for (let t = 0; t < T; t++) terms[k * T + t] = heads * head[t]! + adults * adult[t]! + leads * leader[t]!;
	});
	return terms;
}

/**
 * @param floor points of a plan that is known to be possible: steers the step length
 * @param onRound called with each round's prices; may build a plan from them and return a better floor, or Infinity to end
 */
export function solveDual(
	instance: Instance,
	floor: number,
	rounds: number,
	/** Share of the bound that may lie between it and the plan: then it is known well enough. */
	close: number,
	onRound?: (prices: Prices, round: number) => number
): Dual {
	const {
		parties,
		tasks,
		heads,
		adults,
		leads,
		worth,
		min,
		max,
		minAdults,
		middle,
		staffed,
		leaderless,
		forced,
		pin,
		kind
	} = instance;
	const T = tasks.length;
	const zero = () => new Float64Array(T);
	const m: Multipliers = { cap: zero(), min: zero(), adult: zero(), leader: zero(), balance: zero() };
	let best = { bound: Infinity, multipliers: copy(m) };
	let lower = floor;
	let theta = 1;
	let stale = 0;
	const sumHeads = new Float64Array(T);
	const sumAdults = new Float64Array(T);
	const sumLeads = new Float64Array(T);

	for (let round = 0; round < rounds; round++) {
		const prices = toPrices(m);
		const terms = priceTerms(instance, prices);
		sumHeads.fill(0);
		sumAdults.fill(0);
		sumLeads.fill(0);
		let value = 0;
		for (let p = 0, row = 0; p < parties.length; p++, row += T) {
			const base = kind[p]! * T;
			let bestTask = -1;
			let bestValue = 0;
			if (pin[p]! >= 0) {
				bestTask = pin[p]!;
				bestValue = worth[row + bestTask]! - terms[base + bestTask]!;
			} else
				for (let t = 0; t < T; t++) {
					const reduced = worth[row + t]! - terms[base + t]!;
					if (reduced > bestValue) {
						bestValue = reduced;
						bestTask = t;
					}
				}
			if (bestTask < 0) continue;
			value += bestValue;
			sumHeads[bestTask]! += heads[p]!;
			sumAdults[bestTask]! += adults[p]!;
			sumLeads[bestTask]! += leads[p]!;
		}
		// Each task decides: staffed or not (a forced one is open anyway and only decides whether it counts as staffed).
		let norm = 0;
		const step = { cap: zero(), min: zero(), adult: zero(), leader: zero(), balance: zero() };
		for (let t = 0; t < T; t++) {
			const open = m.cap[t]! * max[t]! - m.leader[t]! + m.balance[t]! * middle[t]!;
			const staff = staffed[t]! - m.min[t]! * min[t]! - m.adult[t]! * minAdults[t]!;
			const y = forced[t] ? (staff > 0 ? 1 : 0) : staff + open > 0 ? 1 : 0;
			const o = forced[t] ? 1 : y;
			value += y * staff + o * open;
			step.cap[t] = sumHeads[t]! - o * max[t]!;
			step.min[t] = y * min[t]! - sumHeads[t]!;
			step.adult[t] = y * minAdults[t]! - sumAdults[t]!;
			// Where lacking a leader or being above the middle is as dear as its price, it is bought.
			step.leader[t] = o - sumLeads[t]!;
			step.balance[t] = sumHeads[t]! - o * middle[t]!;
			for (const key of ['cap', 'min', 'adult', 'leader', 'balance'] as const) {
				const at = m[key][t]!;
				const by = step[key][t]!;
				const top = key === 'leader' ? leaderless[t]! : key === 'balance' ? UNBALANCED : Infinity;
				if ((at <= 0 && by < 0) || (at >= top && by > 0)) step[key][t] = 0;
				else norm += by * by;
			}
		}
		if (value < best.bound - 1e-9) {
			best = { bound: value, multipliers: copy(m) };
			stale = 0;
		} else if (++stale >= 6) {
			theta = Math.max(theta / 1.6, 1e-4);
			stale = 0;
		}
		if (onRound) lower = Math.max(lower, onRound(prices, round));
		if (norm === 0 || best.bound - lower <= Math.max(1e-6, close * best.bound)) break;
		const length = (theta * Math.max(value - lower, 1)) / norm;
		for (let t = 0; t < T; t++) {
			m.cap[t] = Math.max(0, m.cap[t]! + length * step.cap[t]!);
			m.min[t] = Math.max(0, m.min[t]! + length * step.min[t]!);
			m.adult[t] = Math.max(0, m.adult[t]! + length * step.adult[t]!);
			m.leader[t] = Math.min(leaderless[t]!, Math.max(0, m.leader[t]! + length * step.leader[t]!));
			m.balance[t] = Math.min(UNBALANCED, Math.max(0, m.balance[t]! + length * step.balance[t]!));
		}
	}
	return { bound: best.bound, prices: toPrices(best.multipliers) };
}
