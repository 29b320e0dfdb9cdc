import { listAreas, type Area } from '$lib/data/areas';
import { conflictsOf, type PlanConflict } from '$lib/data/board';
import { browserClient } from '$lib/data/client';
import { DataError } from '$lib/data/errors';
import type { PlanChange } from '$lib/domain/board';
import { findProblems, type Plan, type PlanInput, type Problem } from '$lib/domain/planner';
import { toPlanInput, type PlanScope } from '$lib/planner/board-input';
import { propose, type Proposal } from '$lib/planner/proposal';
import { startPlanning } from '$lib/planner/start-planning';
import type { Board } from './board.svelte';

/** A plan that was made and is looked at. */
export interface Made extends Proposal {
	input: PlanInput;
	plan: Plan;
}

/** Making a plan by the planner: chosen, made, looked at, taken or left, taken back. */
export class AutoPlan {
	open = $state(false);
	#scope = $state<PlanScope>('all');
	#done = $state<number | null>(null);
	#made = $state.raw<Made | null>(null);
	#problems = $state.raw<Problem[]>([]);
	#conflicts = $state.raw<PlanConflict[]>([]);
	#failure = $state.raw<unknown>();
	#saving = $state(false);
	#undo = $state.raw<PlanChange[] | null>(null);
	#cancel: () => void = () => {};

	constructor(private readonly board: Board) {}

	get scope(): PlanScope {
		return this.#scope;
	}

	/** From 0 to 1 while a plan is being made; null otherwise. */
	get done(): number | null {
		return this.#done;
	}

	get made(): Made | null {
		return this.#made;
	}

	/** What must be put right before a plan can be made. */
	get problems(): readonly Problem[] {
		return this.#problems;
	}

	/** What others changed, so that the plan was refused. */
	get conflicts(): readonly PlanConflict[] {
		return this.#conflicts;
	}

	get failure(): unknown {
		return this.#failure;
	}

	get saving(): boolean {
		return this.#saving;
	}

	/** How many parties the plan that was taken last had changed; 0 when there is nothing to take back. */
	get undoable(): number {
		return this.#undo?.length ?? 0;
	}

	start(): void {
		const someAssigned = this.board.parties.some((party) => party.task_id !== null);
		const someLeft = this.board.unassigned.length > 0;
		this.choose(someAssigned && someLeft ? 'rest' : 'all');
		this.open = true;
	}

	/** Chooses how much to plan, and says what stands in the way. */
	choose(scope: PlanScope): void {
		this.#scope = scope;
		this.#forget();
		this.#problems = findProblems(this.#input([])).filter(({ blocking }) => blocking);
	}

	async make(): Promise<void> {
		this.choose(this.#scope);
		if (this.#problems.length > 0) return;
		this.#done = 0;
		let cancelled = false;
		this.#cancel = () => (cancelled = true);
		try {
			const areas = await this.#areas();
			if (cancelled) return;
			const { parties, tasks } = this.board;
			const input = this.#input(areas);
			const planning = startPlanning(input, (done) => (this.#done = done));
			this.#cancel = planning.cancel;
			const plan = await planning.plan;
			if (plan) this.#made = { input, plan, ...propose(parties, tasks, plan) };
		} catch (error) {
			this.#failure = error;
		} finally {
			this.#done = null;
		}
	}

	/** Stops the making, or leaves the plan that was made. */
	cancel(): void {
		this.#cancel();
		this.#forget();
	}

	/** Takes the plan. */
	async take(): Promise<void> {
		const made = this.#made;
		if (!made) return;
		await this.#save(
			made.steps.map(({ change }) => change),
			made.undo
		);
	}

	/** Puts back what the plan had changed. */
	async takeBack(): Promise<void> {
		if (this.#undo) await this.#save(this.#undo, null);
	}

	/** What was taken stays. */
	keep(): void {
		this.#undo = null;
	}

	async #save(changes: PlanChange[], undo: PlanChange[] | null): Promise<void> {
		this.#saving = true;
		try {
			await this.board.apply(changes);
			this.#undo = undo;
			this.#forget();
			this.open = false;
		} catch (error) {
			this.#made = null;
			this.#undo = null;
			this.#failure = error;
			this.#conflicts = error instanceof DataError ? conflictsOf(error) : [];
			this.open = true;
		} finally {
			this.#saving = false;
		}
	}

	#input(areas: readonly Area[]): PlanInput {
		return toPlanInput(this.board.parties, this.board.tasks, areas, this.#scope);
	}

	/** The way from home counts for less without them, but a plan needs no line. */
	async #areas(): Promise<Area[]> {
		try {
			return await listAreas(await browserClient());
		} catch {
			return [];
		}
	}

	#forget(): void {
		this.#made = null;
		this.#problems = [];
		this.#conflicts = [];
		this.#failure = undefined;
	}
}
