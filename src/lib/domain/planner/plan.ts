import { solveDual } from './bound';
import { construct, placeLeftovers } from './construct';
import { Crews, NOWHERE } from './crews';
import { relocate } from './improve';
import { SMALL, closeEnough, improve, type Progress } from './search';
import { makeInstance, nearPoints, toolsMet, wishMet, type Instance } from './instance';
import type { Plan, PlanInput, Score } from './model';
import { PLACED, TOOLS, UNBALANCED, WISH, stayedPoints } from './weights';

/** The bound says little about a small evening, so its search starts from several first plans. */
const STARTS = 3;

/** Rounds in which the bound is sought. */
const ROUNDS = { least: 120, most: 160 };

/**
 * Makes crews: the best plan that a fixed amount of search finds, and a bound that no plan can pass.
 * The input must be free of problems (see `findProblems`). The same input and seed give the same plan.
 * @param onProgress told from 0 to 1; return false to stop early with the best plan so far
 */
export function makePlan(input: PlanInput, onProgress: Progress = () => true): Plan {
	let stopped = false;
	const goOn = (done: number): boolean => {
		stopped ||= onProgress(done) === false;
		return !stopped;
	};
	const instance = makeInstance(input);
	const cells = instance.parties.length * instance.tasks.length;
	const rounds = Math.max(ROUNDS.least, Math.min(ROUNDS.most, Math.round(4e7 / (cells + 1))));
	const starts: { crews: Crews; total: number }[] = [];
	const best = () => starts[0]?.total ?? 0;
	const keep = (crews: Crews) => {
		const total = crews.total();
		if (starts.some((start) => Math.abs(start.total - total) < 1e-6)) return;
		starts.push({ crews, total });
		starts.sort((a, b) => b.total - a.total);
		starts.length = Math.min(starts.length, cells < SMALL ? STARTS : 1);
	};
	const order = Int32Array.from(instance.parties, (_, p) => p);
	const dual = solveDual(instance, 0, rounds, cells < SMALL ? 0 : closeEnough(cells), (prices, round) => {
		// Building costs as much as a few rounds: now and then is enough.
		if (round !== 0 && round % 12 !== 11) return best();
		const crews = construct(instance, prices);
		if (cells >= SMALL) relocate(crews, order, { left: 4 * cells });
		keep(crews);
		// Nothing is left to be found for somebody who waits no longer.
		return goOn((0.4 * round) / rounds) ? best() : Infinity;
	});
	keep(construct(instance, dual.prices));
	for (const [n, { crews }] of starts.entries()) {
		if (stopped) break;
		improve(crews, (input.seed ?? 1) + n, dual.bound, (done) =>
			goOn(0.4 + (0.6 * (n + done)) / starts.length)
		);
	}
	const winner = starts.reduce((a, b) => (b.crews.total() > a.crews.total() ? b : a)).crews;
	placeLeftovers(winner);
	return toPlan(input, instance, winner, dual.bound);
}

function toPlan(input: PlanInput, instance: Instance, crews: Crews, bound: number): Plan {
	const assignments = new Map<string, string>();
	crews.at.forEach((t, p) => {
		if (t !== NOWHERE) assignments.set(instance.parties[p]!.id, instance.tasks[t]!.id);
	});
	const leaders = new Map<string, string>();
	for (const [t, crew] of crews.members.entries()) {
		const isLeader = (p: number) => Number(instance.parties[p]!.id === instance.tasks[t]!.leader);
		const able = crew.filter((p) => instance.leads[p] === 1);
		// Who leads already goes on; who was pinned was meant to be here; who came alone has their hands free.
		able.sort(
			(a, b) =>
				isLeader(b) - isLeader(a) ||
				Number(instance.pin[b]! >= 0) - Number(instance.pin[a]! >= 0) ||
				instance.heads[a]! - instance.heads[b]! ||
				a - b
		);
		if (able[0] !== undefined) leaders.set(instance.tasks[t]!.id, instance.parties[able[0]]!.id);
	}
	const score = partsOf(input, instance, assignments);
	return { assignments, leaders, score, bound: Math.max(bound, score.total) };
}

/** What a plan is worth, part by part, computed from nothing but the input and who is where. */
export const scoreOf = (input: PlanInput, assignments: ReadonlyMap<string, string>): Score =>
	partsOf(input, makeInstance(input), assignments);

function partsOf(input: PlanInput, instance: Instance, assignments: ReadonlyMap<string, string>): Score {
	const crews = new Crews(instance);
	const index = new Map(instance.tasks.map((task, t) => [task.id, t]));
	const stayed = stayedPoints(input.stability ?? 'normal');
	const score: Score = {
		staffed: 0,
		placed: 0,
		wishes: 0,
		near: 0,
		tools: 0,
		stayed: 0,
		withoutLeader: 0,
		unbalanced: 0,
		total: 0
	};
	instance.parties.forEach((party, p) => {
		const t = index.get(assignments.get(party.id) ?? '');
		if (t === undefined) return;
		const task = instance.tasks[t]!;
		crews.move(p, t);
		score.placed += PLACED * party.heads;
		if (wishMet(party, task)) score.wishes += WISH * party.heads;
		if (toolsMet(party, task)) score.tools += TOOLS * party.heads;
		score.near += nearPoints(party, task) * party.heads;
		if (party.previous === task.id) score.stayed += stayed * party.heads;
	});
	for (let t = 0; t < instance.tasks.length; t++) {
		const heads = crews.heads[t]!;
		if (heads === 0) continue;
		if (heads >= instance.min[t]! && crews.adults[t]! >= instance.minAdults[t]!)
			score.staffed += instance.staffed[t]!;
		if (crews.leaders[t] === 0) score.withoutLeader -= instance.leaderless[t]!;
		score.unbalanced -= UNBALANCED * Math.max(0, heads - instance.middle[t]!);
	}
	score.total =
		score.staffed +
		score.placed +
		score.wishes +
		score.near +
		score.tools +
		score.stayed +
		score.withoutLeader +
		score.unbalanced;
	return score;
}
