import { listAreas, type PlacedArea } from '$lib/data/areas';
import { readBoard, savePlan, type BoardData, type BoardParty } from '$lib/data/board';
import { browserClient } from '$lib/data/client';
import type { PlannedGathering } from '$lib/data/labour-days';
import type { PlanChange } from '$lib/domain/board';
import { findProblems, suggestHelp, type Problem } from '$lib/domain/planner';
import { toPlanInput, type PlanScope } from '$lib/planner/board-input';
import { present, type Made as Proposal } from '$lib/planner/proposal';
import { startPlanning } from '$lib/planner/start-planning';

interface Made extends Proposal {
	board: BoardData;
}

/** How far one gathering is. */
export type RowState = 'waiting' | 'working' | 'made' | 'saved' | 'taken_back' | 'stopped' | 'failed';

/** One gathering among those that are planned together: its plan is its own, and is saved or refused by itself. */
export class Row {
	state = $state<RowState>('waiting');
	made = $state.raw<Made | null>(null);
	/** What must be put right first. */
	problems = $state.raw<{ board: BoardData; list: Problem[] } | null>(null);
	failure = $state.raw<unknown>();

	constructor(readonly gathering: PlannedGathering) {}
}

/** Someone to ask, with what one needs for asking. */
export interface Ask {
	party: BoardParty;
	from: BoardData['gathering'];
	to: BoardData['gathering'];
	task: string;
	distance: number | null;
}

/** Plans several gatherings one after the other, shows what would change, saves each by itself. */
export class ManyPlans {
	rows = $state.raw<Row[]>([]);
	#done = $state<number | null>(null);
	#saving = $state(false);
	#stopped = false;
	#cancel: () => void = () => {};

	/** From 0 to 1 while planning. */
	get done(): number | null {
		return this.#done;
	}

	get saving(): boolean {
		return this.#saving;
	}

	readonly ready = $derived(
		this.rows.filter(({ state, made }) => state === 'made' && made!.steps.length > 0)
	);
	readonly saved = $derived(this.rows.filter(({ state }) => state === 'saved'));

	/** Whom one could ask to help a neighbour, once all are planned. */
	readonly asks = $derived.by((): Ask[] => {
		const planned = this.rows.flatMap(({ made }) => made ?? []);
		const boards = new Map(planned.map(({ board }) => [board.gathering.id, board]));
		const places = planned.map(({ board: { gathering }, input, plan }) => ({
			id: gathering.id,
			place:
				gathering.lng !== null && gathering.lat !== null ? { lng: gathering.lng, lat: gathering.lat } : null,
			input,
			assignments: plan.assignments
		}));
		return suggestHelp(places).flatMap(({ party, from, to, task, distance }): Ask[] => {
			const [home, there] = [boards.get(from), boards.get(to)];
			const who = home?.parties.find(({ id }) => id === party);
			const what = there?.tasks.find(({ id }) => id === task);
			if (!home || !there || !who || !what) return [];
			return [{ party: who, from: home.gathering, to: there.gathering, task: what.name, distance }];
		});
	});

	async make(gatherings: readonly PlannedGathering[], scope: PlanScope): Promise<void> {
		this.rows = gatherings.map((gathering) => new Row(gathering));
		this.#stopped = false;
		this.#done = 0;
		const areas = await browserClient()
			.then(listAreas)
			.catch((): PlacedArea[] => []);
		for (const [n, row] of this.rows.entries()) {
			await this.#plan(row, areas, scope, (part) => (this.#done = (n + part) / this.rows.length));
		}
		this.#done = null;
	}

	/** Stops planning; what is planned stays. */
	cancel(): void {
		this.#stopped = true;
		this.#cancel();
	}

	/** Takes every plan that changes something: each gathering whole or not at all. */
	async take(): Promise<void> {
		await this.#save(this.ready, 'saved', ({ steps }) => steps.map(({ change }) => change));
	}

	async takeBack(): Promise<void> {
		await this.#save(this.saved, 'taken_back', ({ undo }) => undo);
	}

	async #plan(
		row: Row,
		areas: readonly PlacedArea[],
		scope: PlanScope,
		ondone: (part: number) => void
	): Promise<void> {
		if (this.#stopped) {
			row.state = 'stopped';
			return;
		}
		row.state = 'working';
		try {
			const board = await readBoard(await browserClient(), row.gathering.id);
			const input = toPlanInput(board.parties, board.tasks, areas, scope);
			const list = findProblems(input).filter(({ blocking }) => blocking);
			if (list.length > 0) {
				row.problems = { board, list };
				row.state = 'failed';
				return;
			}
			const planning = startPlanning(input, ondone);
			this.#cancel = planning.cancel;
			const plan = await planning.plan;
			if (plan) row.made = { board, ...present(board.parties, board.tasks, input, plan) };
			row.state = plan ? 'made' : 'stopped';
		} catch (error) {
			row.failure = error;
			row.state = 'failed';
		}
	}

	async #save(rows: readonly Row[], then: RowState, changesOf: (made: Made) => PlanChange[]): Promise<void> {
		this.#saving = true;
		try {
			for (const row of rows) {
				if (!row.made) continue;
				try {
					await savePlan(await browserClient(), row.gathering.id, changesOf(row.made));
					row.state = then;
				} catch (error) {
					row.failure = error;
					row.state = 'failed';
				}
			}
		} finally {
			this.#saving = false;
		}
	}
}
