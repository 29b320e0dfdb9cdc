/** The crew planner: how far from the best, and how long, by family of evening and by size. */
import loadHighs from 'highs';
import { beforeAll, it } from 'vitest';
import { listAreas } from '$lib/data/areas';
import { readBoard } from '$lib/data/board';
import type { PlanInput } from '$lib/domain/planner';
import { toPlanInput } from '$lib/planner/board-input';
import { startDemo } from '../db/demo';
import { loadShippedPlanner } from './shipped-planner';

const SEEDS = 40;
const percent = (share: number) => (100 * share).toFixed(3);
/** Processor time, so that a busy machine does not count against the planner. */
const timed = <T>(work: () => T): [T, number] => {
	const start = process.cpuUsage();
	const result = work();
	return [result, process.cpuUsage(start).user / 1000];
};
const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

let planner: Awaited<ReturnType<typeof loadShippedPlanner>>;
let highs: Awaited<ReturnType<typeof loadHighs>>;
beforeAll(async () => {
	planner = await loadShippedPlanner();
	highs = await loadHighs();
}, 120_000);

/** One line of the table: each input's plan against what the solver proves of it. */
function against(family: string, inputs: PlanInput[], relaxed = false) {
	const gaps: number[] = [];
	let [time, unproven] = [0, 0];
	for (const input of inputs) {
		const [plan, ms] = timed(() => planner.makePlan(input));
		time += ms;
		const { Status, ObjectiveValue: best } = highs.solve(planner.toLinearProgram(input, relaxed), {
			mip_rel_gap: 0,
			time_limit: 300
		});
		if (Status === 'Optimal') gaps.push((best - plan.score.total) / Math.abs(best));
		else unproven++;
	}
	return {
		family,
		evenings: inputs.length,
		'mean gap %': gaps.length ? percent(mean(gaps)) : '–',
		'worst gap %': gaps.length ? percent(Math.max(...gaps)) : '–',
		unproven,
		'ms each': Math.round(time / inputs.length)
	};
}

it('gap to the proven optimum', { timeout: 3_000_000 }, () => {
	const seeds = Array.from({ length: SEEDS }, (_, n) => n + 1);
	const rows = Object.entries(planner.FAMILIES).map(([family, shape]) =>
		against(
			family,
			seeds.map((seed) => planner.makeFamily(shape, seed))
		)
	);
	const told = seeds.map((seed): PlanInput => {
		const base = planner.makeFamily(planner.FAMILIES.usual!, seed);
		const before = planner.makePlan(base).assignments;
		const parties = base.parties.slice(2).map((party, n) => {
			const previous = before.get(party.id) ?? null;
			return { ...party, previous, pinned: n % 7 === 0 ? previous : null };
		});
		return { ...base, parties, stability: 'fewest-moves' };
	});
	rows.push(against('planned anew after cancellations, with pins', told));
	console.table(rows);
});

it('gap on the evenings of the demo', { timeout: 1_200_000 }, async () => {
	const { engine, client, gatherings } = await startDemo();
	const areas = await listAreas(client);
	const boards = await Promise.all(gatherings.map((id) => readBoard(client, id)));
	await engine.close();
	const inputs = boards.map(({ parties, tasks }) => toPlanInput(parties, tasks, areas, 'all'));
	console.table([against('the demo day', inputs)]);
});

it('gap to the linear bound, large evenings', { timeout: 3_000_000 }, () => {
	const sizes = [
		[200, 20, 5],
		[500, 40, 3],
		[2000, 120, 1]
	] as const;
	const hard = [
		'many families',
		'scarce leaders',
		'many hazards, many minors',
		'far more people than places'
	];
	console.table(
		sizes.flatMap(([parties, tasks, seeds]) => {
			const evenings = (make: (seed: number) => PlanInput) =>
				Array.from({ length: seeds }, (_, n) => make(n + 1));
			const size = `${parties} × ${tasks}`;
			return [
				against(
					size,
					evenings((seed) => planner.sized(parties, tasks, seed)),
					true
				),
				...hard.map((family) => {
					const shape = { ...planner.FAMILIES[family]!, parties, tasks };
					return against(
						`${size}, ${family}`,
						evenings((seed) => planner.makeFamily(shape, seed)),
						true
					);
				})
			];
		})
	);
});

it('time by size', { timeout: 1_200_000 }, () => {
	const sizes = [
		[200, 20],
		[500, 40],
		[2000, 120],
		[5000, 250],
		[10_000, 350],
		[20_000, 500]
	] as const;
	const rows = sizes.map(([parties, tasks]) => {
		const runs = [7, 8, 9].map((seed) => {
			const [plan, ms] = timed(() => planner.makePlan(planner.sized(parties, tasks, seed)));
			return { ms, distance: planner.distanceFromBest(plan) };
		});
		return {
			parties,
			tasks,
			cells: parties * tasks,
			'ms (worst of 3)': Math.round(Math.max(...runs.map(({ ms }) => ms))),
			ms: Math.round(mean(runs.map(({ ms }) => ms))),
			'below own bound %': percent(Math.max(...runs.map(({ distance }) => distance)))
		};
	});
	console.table(rows);
	const [small, large] = [rows[2]!, rows.at(-1)!];
	const exponent = Math.log(large.ms / small.ms) / Math.log(large.cells / small.cells);
	console.log(`Growth from 2,000 × 120 to 20,000 × 500: time ~ (parties × tasks)^${exponent.toFixed(2)}`);
});
