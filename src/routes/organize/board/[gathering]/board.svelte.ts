import { createContext } from 'svelte';
import {
	changeOf,
	crewsOf,
	differences,
	readinessOf,
	unassigned,
	withChanges,
	type Difference,
	type Move,
	type PlanChange
} from '$lib/domain/board';
import {
	conflictsOf,
	readBoard,
	readBoardMark,
	savePlan,
	type BoardData,
	type BoardParty,
	type PlanConflict
} from '$lib/data/board';
import { browserClient } from '$lib/data/client';
import { DataError } from '$lib/data/errors';
import { forget, keep, kept, OWN } from '$lib/data/kept';

/** Failures that say nothing about the changes: they are sent again. */
const LATER = new Set(['offline', 'server', 'slow_down', 'sign_in_first']);

/** Where a browser keeps what a board could not send yet: ids only, and gone when its organizer signs out. */
const keyOf = (gathering: string): string => `${OWN}plan-${gathering}`;

/** Whether everybody stands where they were to go: the answer to an earlier sending was lost. */
const standAlready = (changes: readonly PlanChange[], now: readonly PlanConflict[]): boolean =>
	changes.every(({ signup_id, task_id, leads }) =>
		now.some((one) => one.signup_id === signup_id && one.task_id === task_id && one.leads === leads)
	);

/** Changes that are saved together or not at all; they show on the board at once and leave the queue with an answer. */
export class Batch {
	#answer = $state.raw<'saved' | DataError | null>(null);
	#settle: () => void = () => {};
	/** Fulfilled when the database has answered, whatever it said. */
	readonly settled = new Promise<void>((resolve) => (this.#settle = resolve));

	/**
	 * @param whole a plan, which is refused as a whole; a single move is held for its organizer to decide
	 * @param earlier left by a page that is gone: nobody waits for its answer
	 */
	constructor(
		readonly changes: readonly PlanChange[],
		readonly whole = false,
		readonly earlier = false
	) {}

	/** Not answered yet: on its way, or until there is a signal. */
	get waiting(): boolean {
		return this.#answer === null;
	}

	/** Why the database refused it. */
	get refusal(): DataError | null {
		return this.#answer instanceof DataError ? this.#answer : null;
	}

	answer(answer: 'saved' | DataError): void {
		this.#answer = answer;
		this.#settle();
	}
}

/** A move that the database refused and a person decides about; it does not show on the board. */
export interface Held {
	change: PlanChange;
	error: DataError;
	conflict?: PlanConflict;
}

/**
 * The board as this organizer sees it: what the database said last, with the own unsaved changes on top. Changes are
 * saved one after the other, each stating what its organizer saw, so that a stale one is refused and shown, never
 * silently applied; what others do meanwhile is merged in.
 */
export class Board {
	#data = $state.raw<BoardData>();
	#queue = $state.raw<Batch[]>([]);
	#lost = $state.raw<DataError | null>(null);
	#held = $state.raw<Held[]>([]);
	#news = $state.raw<Difference[]>([]);
	#failure = $state.raw<unknown>();
	#saving = $state(false);
	#readAt = 0;
	/** One thing at a time on the line: a reading that began before a save must not undo it on the screen. */
	#line: Promise<unknown> = Promise.resolve();

	readonly parties = $derived(
		withChanges(
			this.#data?.parties ?? [],
			this.#queue.flatMap(({ changes }) => changes)
		)
	);
	readonly tasks = $derived(this.#data?.tasks ?? []);
	readonly crews = $derived(crewsOf(this.parties, this.tasks));
	readonly unassigned = $derived(unassigned(this.parties));
	readonly readiness = $derived(readinessOf(this.parties, this.crews));
	/** Changes that wait for the line. */
	readonly unsaved = $derived(this.#queue.reduce((sum, { changes }) => sum + changes.length, 0));
	/** Parties decided on since the plan was published; their people may have seen another plan. */
	readonly sincePublished = $derived.by(() => {
		const published = this.#data?.gathering.plan_published_at;
		if (!published) return [];
		const at = new Date(published).getTime();
		return this.parties.filter(
			({ assigned_at, status, task_id }) =>
				status === 'confirmed' &&
				(task_id === null || (assigned_at !== null && new Date(assigned_at).getTime() > at))
		);
	});

	/** What an earlier page could not send waits on; it states what its organizer saw, so that a stale change is refused as ever. */
	constructor(readonly gathering: string) {
		const left = kept<Pick<Batch, 'changes' | 'whole'>[]>(keyOf(gathering)) ?? [];
		this.#queue = left.map(({ changes, whole }) => new Batch(changes, whole, true));
	}

	/** Changes what waits, here and on the phone: a browser that is closed, or killed, has it when the board is opened again. */
	#wait(queue: Batch[]): void {
		this.#queue = queue;
		if (queue.length > 0)
			keep(
				keyOf(this.gathering),
				queue.map(({ changes, whole }) => ({ changes, whole }))
			);
		else forget(keyOf(this.gathering));
	}

	get data(): BoardData | undefined {
		return this.#data;
	}

	/** What others changed since one last looked. */
	get news(): readonly Difference[] {
		return this.#news;
	}

	/** What the last reading or saving failed with; the unsaved changes are kept and tried again. */
	get failure(): unknown {
		return this.#failure;
	}

	/** Why a whole plan that an earlier page left was refused: nobody else is there to say so. */
	get lost(): DataError | null {
		return this.#lost;
	}

	/** Moves that were refused and wait for a decision. */
	get held(): readonly Held[] {
		return this.#held;
	}

	get saving(): boolean {
		return this.#saving;
	}

	get editable(): boolean {
		return this.#data?.gathering.status === 'open' && this.#data.day.status !== 'cancelled';
	}

	partyOf(id: string): BoardParty | undefined {
		return this.parties.find((party) => party.id === id);
	}

	crewOf(task: string | null) {
		return this.crews.find((crew) => crew.task.id === task) ?? null;
	}

	/** Reads the board after an act of one's own, which is no news to oneself. */
	load(): Promise<void> {
		return this.#inLine(() => this.#read(false));
	}

	/** Waits until nothing is unsaved any more; false when the line is down or a change was refused. */
	async settled(): Promise<boolean> {
		await this.#drain();
		return this.unsaved === 0 && this.held.length === 0;
	}

	/** Asks cheaply whether anything happened, and reads only then; tries unsaved changes again. */
	poll(): Promise<void> {
		void this.#drain();
		return this.#inLine(async () => {
			try {
				if (
					this.#data &&
					!this.#running() &&
					(await readBoardMark(await browserClient(), this.gathering)) === this.#data.mark
				) {
					this.#failure = undefined;
					return;
				}
				await this.#read();
			} catch (error) {
				this.#failure = error;
			}
		});
	}

	/** Makes a move: shown at once, saved in the background. Answers with the move that takes it back. */
	move(move: Move, confirm: string[] = []): PlanChange | undefined {
		const party = this.partyOf(move.party);
		if (!party) return undefined;
		const change = changeOf(party, move, this.parties, confirm);
		this.#held = this.#held.filter((one) => one.change.signup_id !== move.party);
		this.#wait([...this.#queue, new Batch([change])]);
		void this.#drain();
		return change;
	}

	/**
	 * Makes a whole plan: shown at once, saved all of it or nothing, after what waits already. Without a signal it waits for
	 * one; see {@link Batch.waiting}. Returns when that was tried once.
	 */
	async apply(changes: readonly PlanChange[]): Promise<Batch> {
		const batch = new Batch(changes, true);
		this.#wait([...this.#queue, batch]);
		await this.#drain();
		return batch;
	}

	/** Takes back a plan that is not saved yet; false when it is too late for that. */
	withdraw(batch: Batch): Promise<boolean> {
		return this.#inLine(async () => {
			if (!batch.waiting) return false;
			this.#wait(this.#queue.filter((one) => one !== batch));
			return true;
		});
	}

	/** Gives a held change up. */
	discard(held: Held): void {
		this.#held = this.#held.filter((one) => one !== held);
	}

	dismissLost(): void {
		this.#lost = null;
	}

	dismissNews(): void {
		this.#news = [];
	}

	/** Check-ins leave no mark on the plan: on the day itself everything is read anew now and then. */
	#running(): boolean {
		return this.#data?.today === this.#data?.day.date && Date.now() - this.#readAt > 60_000;
	}

	/** @param telling whether what is different now is news */
	async #read(telling = true): Promise<void> {
		try {
			const before = this.#data;
			this.#data = await readBoard(await browserClient(), this.gathering);
			this.#readAt = Date.now();
			this.#failure = undefined;
			if (!before || !telling) return;
			// What a refused change met is told with it.
			const held = new Set(this.held.map(({ change }) => change.signup_id));
			const news = differences(before, this.#data).filter((one) => !('party' in one && held.has(one.party)));
			this.#news = [...this.#news, ...news];
		} catch (error) {
			this.#failure = error;
		}
	}

	/** Saves what waits, in order, until nothing does or the line fails. */
	#drain(): Promise<void> {
		return this.#inLine(async () => {
			this.#saving = this.unsaved > 0;
			try {
				for (let next = this.#queue[0]; next; next = this.#queue[0]) {
					const failed = await this.#save(next);
					if (failed) return;
				}
			} finally {
				this.#saving = false;
			}
		});
	}

	/** Saves one batch; true when the line is down and the rest may wait. */
	async #save(batch: Batch): Promise<boolean> {
		const { changes, whole } = batch;
		const answer = await this.#send(changes);
		if (answer === 'later') return true;
		this.#failure = undefined;
		const refusal =
			answer instanceof DataError && !standAlready(changes, conflictsOf(answer)) ? answer : null;
		if (!refusal || whole) this.#wait(this.#queue.filter((one) => one !== batch));
		else this.#hold(changes, refusal);
		if (!refusal) this.#settle(changes);
		if (whole && refusal && batch.earlier) this.#lost = refusal;
		batch.answer(refusal ?? 'saved');
		// Unless nobody else saved since the last reading, there is something to read.
		if (!whole && this.#data && answer === this.#data.gathering.plan_version + 1) this.#version(answer);
		else await this.#read();
		return false;
	}

	/** Sends changes: the plan's new version, the refusal, or 'later' when the line is down. */
	async #send(changes: readonly PlanChange[]): Promise<number | DataError | 'later'> {
		try {
			return await savePlan(await browserClient(), this.gathering, changes);
		} catch (error) {
			if (error instanceof DataError && !LATER.has(error.code)) return error;
			this.#failure = error;
			return 'later';
		}
	}

	/** Writes saved changes into what the database said last. */
	#settle(changes: readonly PlanChange[]): void {
		if (!this.#data) return;
		const assigned_at = new Date().toISOString();
		const changed = new Set(changes.map((change) => change.signup_id));
		const parties = withChanges(this.#data.parties, changes).map((party) =>
			changed.has(party.id) ? { ...party, assigned_at } : party
		);
		this.#data = { ...this.#data, parties };
	}

	#version(plan_version: number): void {
		if (this.#data) this.#data = { ...this.#data, gathering: { ...this.#data.gathering, plan_version } };
	}

	/** A refused move waits for a person, with what was wanted last for that party. */
	#hold([refused]: readonly PlanChange[], error: DataError): void {
		if (!refused) return;
		const { signup_id } = refused;
		const own = (batch: Batch) => !batch.whole && batch.changes.some((one) => one.signup_id === signup_id);
		const change = this.#queue.filter(own).at(-1)?.changes[0] ?? refused;
		const conflict = conflictsOf(error).find((one) => one.signup_id === signup_id);
		this.#wait(this.#queue.filter((batch) => !own(batch)));
		this.#held = [
			...this.#held.filter((one) => one.change.signup_id !== signup_id),
			{ change, error, ...(conflict && { conflict }) }
		];
	}

	#inLine<T>(work: () => Promise<T>): Promise<T> {
		const turn = this.#line.then(work, work);
		this.#line = turn.catch(() => undefined);
		return turn;
	}
}

export const [getBoard, setBoard] = createContext<Board>();
