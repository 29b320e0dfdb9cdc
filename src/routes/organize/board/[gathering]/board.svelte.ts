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
	boardMark,
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

/** A change that is not saved yet. It shows on the board at once; it leaves the queue when the database has it. */
interface Pending {
	change: PlanChange;
	/** 'held': the database refused it and a person decides; it does not show on the board. */
	state: 'waiting' | 'held';
	/** Why it is held. */
	error?: DataError;
	conflict?: PlanConflict;
}

export type Held = Pending & { state: 'held'; error: DataError };

/**
 * The board as this organizer sees it: what the database said last, with the own unsaved changes on top. Changes are
 * saved one after the other, each stating what its organizer saw, so that a stale one is refused and shown, never
 * silently applied; what others do meanwhile is merged in.
 */
export class Board {
	#data = $state.raw<BoardData>();
	#queue = $state.raw<Pending[]>([]);
	#news = $state.raw<Difference[]>([]);
	#failure = $state.raw<unknown>();
	#saving = $state(false);
	/** One thing at a time on the line: a reading that began before a save must not undo it on the screen. */
	#line: Promise<unknown> = Promise.resolve();

	readonly parties = $derived(
		withChanges(
			this.#data?.parties ?? [],
			this.#queue.filter(({ state }) => state === 'waiting').map(({ change }) => change)
		)
	);
	readonly tasks = $derived(this.#data?.tasks ?? []);
	readonly crews = $derived(crewsOf(this.parties, this.tasks));
	readonly unassigned = $derived(unassigned(this.parties));
	readonly readiness = $derived(readinessOf(this.parties, this.crews));
	readonly held = $derived(this.#queue.filter((one): one is Held => one.state === 'held'));
	/** Changes that wait for the line. */
	readonly unsaved = $derived(this.#queue.filter(({ state }) => state === 'waiting').length);
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

	constructor(readonly gathering: string) {}

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
					(await readBoardMark(await browserClient(), this.gathering)) === boardMark(this.#data)
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
		const change = changeOf(party, move, confirm);
		const rest = this.#queue.filter((one) => !(one.state === 'held' && one.change.signup_id === move.party));
		this.#queue = [...rest, { change, state: 'waiting' }];
		void this.#drain();
		return change;
	}

	/** Saves a whole plan, all of it or nothing; what waits goes first. @throws DataError when it is refused or not sent */
	apply(changes: PlanChange[]): Promise<void> {
		return this.#inLine(async () => {
			try {
				await savePlan(await browserClient(), this.gathering, changes);
				this.#settle(changes);
			} finally {
				await this.#read();
			}
		});
	}

	/** Gives a held change up. */
	discard(held: Held): void {
		this.#queue = this.#queue.filter((one) => one !== held);
	}

	dismissNews(): void {
		this.#news = [];
	}

	/** @param telling whether what is different now is news */
	async #read(telling = true): Promise<void> {
		try {
			const before = this.#data;
			this.#data = await readBoard(await browserClient(), this.gathering);
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
				for (let next = this.#next(); next; next = this.#next()) {
					const failed = await this.#save(next);
					if (failed) return;
				}
			} finally {
				this.#saving = false;
			}
		});
	}

	#next(): Pending | undefined {
		return this.#queue.find(({ state }) => state === 'waiting');
	}

	/** Saves one change; true when the line is down and the rest may wait. */
	async #save(pending: Pending): Promise<boolean> {
		const { change } = pending;
		try {
			const version = await savePlan(await browserClient(), this.gathering, [change]);
			this.#failure = undefined;
			this.#queue = this.#queue.filter((one) => one !== pending);
			this.#settle([change]);
			// Between the last reading and this save somebody else saved too.
			if (this.#data && version !== this.#data.gathering.plan_version + 1) await this.#read();
			else this.#version(version);
			return false;
		} catch (error) {
			if (!(error instanceof DataError) || error.code === 'offline' || error.code === 'server') {
				this.#failure = error;
				return true;
			}
			this.#hold(pending, error);
			await this.#read();
			return false;
		}
	}

	/** Writes saved changes into what the database said last. */
	#settle(changes: readonly PlanChange[]): void {
		if (!this.#data) return;
		const assigned_at = new Date().toISOString();
		const pinned = new Map(changes.map((change) => [change.signup_id, change.pinned ?? true]));
		const parties = withChanges(this.#data.parties, changes).map((party) =>
			pinned.has(party.id) ? { ...party, assigned_at, pinned: pinned.get(party.id) === true } : party
		);
		this.#data = { ...this.#data, parties };
	}

	#version(plan_version: number): void {
		if (this.#data) this.#data = { ...this.#data, gathering: { ...this.#data.gathering, plan_version } };
	}

	/** A refused change waits for a person, with what was wanted last for that party. */
	#hold(pending: Pending, error: DataError): void {
		const { signup_id } = pending.change;
		const last = this.#queue.findLast((one) => one.change.signup_id === signup_id) ?? pending;
		const conflict = conflictsOf(error).find((one) => one.signup_id === signup_id);
		const held: Pending = { change: last.change, state: 'held', error, ...(conflict && { conflict }) };
		this.#queue = [...this.#queue.filter((one) => one.change.signup_id !== signup_id), held];
	}

	#inLine<T>(work: () => Promise<T>): Promise<T> {
		const turn = this.#line.then(work, work);
		this.#line = turn.catch(() => undefined);
		return turn;
	}
}

export const [getBoard, setBoard] = createContext<Board>();
