/** The crew planner: how far from the best, and how long, by family of evening and by size. */
import loadHighs from 'highs';
import { it } from 'vitest';
import { FAMILIES, makeFamily, sized } from '$lib/domain/planner/families';
import { distanceFromBest, makePlan } from '$lib/domain/planner';
import { toLinearProgram } from '$lib/domain/planner/oracle';

const percent = (share: number) => (100 * share).toFixed(3);
/** Processor time, so that a busy machine does not count against the planner. */
const timed = <T>(work: () => T): [T, number] => {
	const start = process.cpuUsage();
	const result = work();
	return [result, process.cpuUsage(start).user / 1000];
};

it('gap to the proven optimum, 40 seeds each', { timeout: 1_200_000 }, async () => {
	const highs = await loadHighs();
	const rows = Object.entries(FAMILIES).map(([family, shape]) => {
		const gaps: number[] = [];
		let time = 0;
		for (let seed = 1; seed <= 40; seed++) {
			const input = makeFamily(shape, seed);
			const [plan, ms] = timed(() => makePlan(input));
			const best = highs.solve(toLinearProgram(input), { mip_rel_gap: 0 }).ObjectiveValue;
			gaps.push((best - plan.score.total) / best);
			time += ms;
		}
		const mean = gaps.reduce((a, b) => a + b, 0) / gaps.length;
		return {
			family,
			'mean gap %': percent(mean),
			'worst gap %': percent(Math.max(...gaps)),
			'ms each': Math.round(time / 40)
		};
	});
	console.table(rows);
});

it('time by size', { timeout: 1_200_000 }, () => {
	const sizes = [
		[200, 20],
		[500, 40],
		[2000, 120],
		[5000, 250],
		[20_000, 500]
	] as const;
	const rows = sizes.map(([parties, tasks]) => {
		const [plan, ms] = timed(() => makePlan(sized(parties, tasks, 7)));
		return {
			parties,
			tasks,
			cells: parties * tasks,
			ms: Math.round(ms),
			'below own bound %': percent(distanceFromBest(plan))
		};
	});
	console.table(rows);
	const [small, large] = [rows[2]!, rows[4]!];
	const exponent = Math.log(large.ms / small.ms) / Math.log(large.cells / small.cells);
	console.log(`Growth from 2,000 × 120 to 20,000 × 500: time ~ (parties × tasks)^${exponent.toFixed(2)}`);
});
