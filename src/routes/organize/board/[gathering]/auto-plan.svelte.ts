import { listAreas, type PlacedArea } from '$lib/data/areas';
import { conflictsOf, type BoardParty, type PlanConflict } from '$lib/data/board';
import { browserClient } from '$lib/data/client';
import { changeOf, type PlanChange } from '$lib/domain/board';
import { findProblems, whyHere, type PartyReason, type PlanInput, type Problem } from '$lib/domain/planner';
import { orphanedOf, presentOf, toPlanInput, type PlanScope } from '$lib/planner/board-input';
import { knowingly, present, propose, standingPlan, type Made, type Step } from '$lib/planner/proposal';
import { startPlanning } from '$lib/planner/start-planning';
import type { Batch, Board } from './board.svelte';

/** Making a plan by the planner: chosen, made, looked at, taken or left, taken back. */
export class AutoPlan {
	open = $state(false);
	#scope = $state<PlanScope>('all');
	#done = $state<number | null>(null);
	#made = $state.raw<Made | null>(null);
	#problems = $state.raw<Problem[]>([]);
	#failure = $state.raw<unknown>();
	#saving = $state(false);
	/** The plan that was taken last, and what takes it back (not what took one back). */
	#taken = $state.raw<{ batch: Batch; undo: PlanChange[] | null; steps: readonly Step[] } | null>(null);
	#knownAreas = $state.raw<PlacedArea[]>([]);
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
		const refusal = this.#taken?.batch.refusal;
		return refusal ? conflictsOf(refusal) : [];
	}

	get failure(): unknown {
		return this.#failure ?? this.#taken?.batch.refusal ?? undefined;
	}

	get saving(): boolean {
		return this.#saving;
	}

	/** How many parties the plan that was taken last had changed; 0 when there is nothing to take back. */
	get undoable(): number {
		const { batch, undo } = this.#taken ?? {};
		return batch && undo && !batch.refusal ? undo.length : 0;
	}

	/** The plan that was taken, or its taking back, has no signal yet. */
	get waiting(): boolean {
		return this.#taken?.batch.waiting === true && !this.#saving;
	}

	/** What the plan that was taken last did. */
	get steps(): readonly Step[] {
		return this.#taken?.steps ?? [];
	}

	/** Whether it is the day, and there is something to be done about it. */
	get #today(): boolean {
		const { data, editable, tasks } = this.board;
		return data !== undefined && editable && tasks.length > 0 && data.today === data.day.date;
	}

	/** On the day itself: who came and stands in no crew. */
	get stranded(): BoardParty[] {
		return this.#today ? this.board.unassigned.filter((party) => party.attended) : [];
	}

	/** On the day itself: crews whose leader did not come, while somebody is there who could lead. */
	get orphaned(): string[] {
		return this.#today ? orphanedOf(this.board.parties) : [];
	}

	/** Parties that a person pinned to their crew. */
	get pinned(): number {
		return this.board.parties.filter((party) => party.pinned).length;
	}

	/** What planning needs beside the board is fetched while there is a signal. */
	async prepare(): Promise<void> {
		await this.#areas();
	}

	start(): void {
		const someAssigned = this.board.parties.some((party) => party.task_id !== null);
		const someLeft = this.board.unassigned.length > 0;
		// Where everybody has a crew, something must have come up since: those who were told are moved as little as may be.
		this.choose(!someAssigned ? 'all' : someLeft ? 'rest' : 'fewest');
		this.open = true;
	}

	/** Chooses how much to plan, and says what stands in the way. */
	choose(scope: PlanScope): void {
		this.#scope = scope;
		this.#forget();
		if (this.#taken?.batch.refusal) this.#taken = null;
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
			if (plan) this.#made = present(parties, tasks, input, plan);
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

	/**
	 * On the day itself, at once: those who came get the places of those who did not, and a crew whose leader did not come
	 * is led by somebody who did. Nobody who has a crew is moved. Returns how many parties that changed.
	 */
	async place(): Promise<number> {
		this.#saving = true;
		try {
			// Who came is known best now; without a signal, as it was last known.
			await this.board.load();
			const { parties, tasks } = this.board;
			const here = presentOf(parties);
			const input = toPlanInput(here, tasks, await this.#areas(), 'rest');
			if (findProblems(input).some(({ blocking }) => blocking)) {
				this.choose('rest');
				this.open = true;
				return 0;
			}
			const plan = await startPlanning(input, () => {}).plan;
			if (!plan) return 0;
			const { steps, undo } = propose(here, tasks, plan);
			if (steps.length > 0) await this.#save(knowingly(steps, parties, tasks), undo);
			return steps.length;
		} finally {
			this.#saving = false;
		}
	}

	/** Why a party stands in its crew, as the planner sees it. */
	reasonsFor(party: BoardParty): PartyReason[] {
		if (party.task_id === null) return [];
		const { parties, tasks } = this.board;
		const input = toPlanInput([party], tasks, this.#knownAreas, 'all');
		const [only] = input.parties;
		// That it stands there already is no reason for standing there.
		return only ? whyHere(input, standingPlan(parties), { ...only, previous: null }) : [];
	}

	/** Takes the plan; without a signal it waits for one, and shows already. */
	async take(): Promise<void> {
		const made = this.#made;
		if (!made) return;
		await this.#save(made.steps, made.undo);
	}

	/** Puts back what the plan had changed. */
	async takeBack(): Promise<void> {
		const { batch, undo } = this.#taken ?? {};
		if (!batch || !undo) return;
		if (await this.board.withdraw(batch)) this.#taken = null;
		else await this.#put(undo, null, []);
	}

	/** What was taken stays. */
	keep(): void {
		this.#taken = null;
	}

	/** Lets the planner move everybody again. */
	async unpin(): Promise<void> {
		const { parties } = this.board;
		const pinned = parties.filter((party) => party.pinned && party.status === 'confirmed');
		const changes = pinned.map((party) =>
			changeOf(party, { to: party.task_id, leads: party.leads, pinned: false }, parties)
		);
		this.#saving = true;
		try {
			const batch = await this.board.apply(changes);
			this.#failure = batch.refusal ?? undefined;
		} finally {
			this.#saving = false;
		}
	}

	#save(steps: readonly Step[], undo: PlanChange[]): Promise<void> {
		return this.#put(
			steps.map(({ change }) => change),
			undo,
			steps
		);
	}

	async #put(
		changes: readonly PlanChange[],
		undo: PlanChange[] | null,
		steps: readonly Step[]
	): Promise<void> {
		this.#saving = true;
		try {
			const batch = await this.board.apply(changes);
			this.#forget();
			this.#taken = { batch, undo, steps };
			// What a refusal met is told where the plan was taken; it may come much later, when the signal is back.
			this.open = batch.refusal !== null;
			if (batch.waiting) void batch.settled.then(() => this.#answered(batch));
			else this.#answered(batch);
		} finally {
			this.#saving = false;
		}
	}

	#answered(batch: Batch): void {
		if (this.#taken?.batch !== batch) return;
		if (batch.refusal) this.open = true;
		else if (!this.#taken.undo) this.#taken = null;
	}

	#input(areas: readonly PlacedArea[]): PlanInput {
		return toPlanInput(this.board.parties, this.board.tasks, areas, this.#scope);
	}

	/** The way from home counts for less without them, but a plan needs no line. */
	async #areas(): Promise<PlacedArea[]> {
		if (this.#knownAreas.length === 0)
			this.#knownAreas = await browserClient()
				.then(listAreas)
				.catch(() => []);
		return this.#knownAreas;
	}

	#forget(): void {
		this.#made = null;
		this.#problems = [];
		this.#failure = undefined;
	}
}
