/** The planner's plans against the real rules: what it proposes for the demo's boards is saved, and taken back. */
import loadHighs from 'highs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listAreas } from '$lib/data/areas';
import { conflictsOf, readBoard, savePlan, type BoardData } from '$lib/data/board';
import type { Client } from '$lib/data/client';
import { DataError } from '$lib/data/errors';
import { unassigned } from '$lib/domain/board';
import { makePlan } from '$lib/domain/planner';
import { toLinearProgram } from '$lib/domain/planner/oracle';
import { toPlanInput, type PlanScope } from '$lib/planner/board-input';
import { propose } from '$lib/planner/proposal';
import { startDemo } from './demo';
import type { TestEngine } from './engine';

let engine: TestEngine;
let client: Client;
let gatherings: string[];

beforeAll(async () => {
	({ engine, client, gatherings } = await startDemo());
}, 120_000);
afterAll(() => engine.close());

async function planFor(board: BoardData, scope: PlanScope) {
	const input = toPlanInput(board.parties, board.tasks, await listAreas(client), scope);
	return { input, ...propose(board.parties, board.tasks, makePlan(input)) };
}
const standing = ({ parties }: BoardData) =>
	parties.map(({ id, task_id, leads, pinned }) => ({ id, task_id, leads, pinned }));

it('knows where people live and where the work is', async () => {
	const { input } = await planFor(await readBoard(client, gatherings[0]!), 'all');
	expect(input.tasks.every(({ street }) => street !== null)).toBe(true);
	expect(input.parties.some(({ community, street }) => community !== null && street !== null)).toBe(true);
});

it.each<PlanScope>(['rest', 'fewest', 'all'])(
	'saves a plan of %s on every board of the demo as it was shown, and takes it back',
	async (scope) => {
		let changed = 0;
		for (const gathering of gatherings) {
			const before = await readBoard(client, gathering);
			const { steps, undo, after } = await planFor(before, scope);
			changed += steps.length;
			await savePlan(
				client,
				gathering,
				steps.map(({ change }) => change)
			);
			const now = await readBoard(client, gathering);
			const moved = standing(now).filter((row, n) => {
				const was = standing(before)[n];
				return was?.task_id !== row.task_id || was?.leads !== row.leads;
			});
			expect(moved.map(({ id }) => id)).toEqual(steps.map(({ party }) => party.id));
			const assigned = now.parties.filter(({ task_id }) => task_id !== null);
			expect(assigned.reduce((sum, { headcount }) => sum + headcount, 0)).toBe(after.placed);
			const hazardous = new Set(now.tasks.filter(({ hazards }) => hazards.length > 0).map(({ id }) => id));
			expect(assigned.filter(({ minors, task_id }) => minors > 0 && hazardous.has(task_id ?? ''))).toEqual(
				[]
			);

			await savePlan(client, gathering, undo);
			expect(standing(await readBoard(client, gathering))).toEqual(standing(before));
		}
		expect(changed).toBeGreaterThan(0);
	},
	60_000
);

it('is as good on the evenings of the demo as an exact solver says it can be', async () => {
	const highs = await loadHighs();
	const gaps: number[] = [];
	for (const gathering of gatherings) {
		const { input } = await planFor(await readBoard(client, gathering), 'all');
		const best = highs.solve(toLinearProgram(input), { mip_rel_gap: 0 });
		expect(best.Status).toBe('Optimal');
		gaps.push((best.ObjectiveValue - makePlan(input).score.total) / best.ObjectiveValue);
	}
	expect(gaps.length).toBeGreaterThan(3);
	expect(Math.max(...gaps)).toBeLessThan(0.03);
	expect(gaps.reduce((a, b) => a + b) / gaps.length).toBeLessThan(0.01);
}, 120_000);

it('is refused whole when one of its parties was moved meanwhile', async () => {
	const boards = await Promise.all(gatherings.map((gathering) => readBoard(client, gathering)));
	const open = (board: BoardData) => unassigned(board.parties).length;
	const board = boards.toSorted((a, b) => open(b) - open(a))[0]!;
	const { steps } = await planFor(board, 'all');
	const theirs = steps.find(({ change }) => change.was === null && change.task_id !== null);
	expect(theirs).toBeDefined();
	const gathering = board.gathering.id;
	await savePlan(client, gathering, [{ ...theirs!.change, pinned: true }]);
	const standingNow = standing(await readBoard(client, gathering));

	const refusal = await savePlan(
		client,
		gathering,
		steps.map(({ change }) => change)
	).catch((error: unknown) => error);
	expect(refusal).toBeInstanceOf(DataError);
	expect(conflictsOf(refusal as DataError).map(({ signup_id }) => signup_id)).toEqual([theirs!.party.id]);
	expect(standing(await readBoard(client, gathering))).toEqual(standingNow);
}, 60_000);
