/**
 * The records of one person on this phone, as every tab sees them. The browser's database is what counts; the page keeps a
 * copy, so that a tap is answered before the disk has it, and holds what the disk would not take until it does.
 */
import type { Channel } from '../coordination/channel';
import { problemIn, type StorageProblem } from '../storage/durability';
import type { Store } from '../storage/store';
import { inOrder, upgradeRow, type OutboxRow } from './row';

interface Parts {
	store: Store<OutboxRow>;
	channel: Channel;
	person: string;
	/** Called whenever what the page sees has changed. */
	onchange: () => void;
	/** Called with this person's rows whenever the disk was read: other tabs write there too. */
	onread?: (rows: readonly OutboxRow[]) => void;
}

export class Outbox {
	#parts: Parts;
	#rows = new Map<string, OutboxRow>();
	#inOrder: readonly OutboxRow[] | undefined;
	/** Rows the disk does not have yet: their write is under way, or failed. */
	#unwritten = new Map<string, OutboxRow>();
	#dropped = new Set<string>();
	#others = 0;
	#problem: StorageProblem | null = null;
	#writing: Promise<void> | undefined;
	#reading: Promise<void> | undefined;
	#next: Promise<void> | undefined;
	#stop: () => void;
	/** Resolves when what earlier pages left is known. */
	readonly loaded: Promise<void>;

	constructor(parts: Parts) {
		this.#parts = parts;
		this.#stop = parts.channel.listen(({ queue, dropped }) => {
			if (queue !== 'outbox') return;
			for (const id of dropped ?? []) this.#forget(id);
			void this.reload();
		});
		this.loaded = this.reload();
	}

	/** In the order of recording. */
	get rows(): readonly OutboxRow[] {
		return (this.#inOrder ??= [...this.#rows.values()].sort(inOrder));
	}

	#put(row: OutboxRow): void {
		this.#rows.set(row.id, row);
		this.#inOrder = undefined;
	}

	/** How many records of other people this phone still holds, refused ones among them. */
	get others(): number {
		return this.#others;
	}

	/** Why something is not on the disk: told at once. */
	get problem(): StorageProblem | null {
		return this.#problem;
	}

	/** Whether something lives in this page only. */
	get unwritten(): boolean {
		return this.#unwritten.size > 0;
	}

	/** Whether the disk has this row. */
	isKept(id: string): boolean {
		return !this.#unwritten.has(id);
	}

	/** Adds or replaces rows: seen at once; the answer resolves when the disk has them, or would not take them. */
	save(rows: readonly OutboxRow[]): Promise<void> {
		for (const row of rows) {
			this.#put(row);
			this.#unwritten.set(row.id, row);
		}
		this.#parts.onchange();
		return this.#write();
	}

	/** Lets rows go: a person decided so. */
	async drop(ids: readonly string[]): Promise<void> {
		for (const id of ids) this.#forget(id);
		this.#parts.onchange();
		await this.#remove(ids);
		this.#parts.channel.tell({ queue: 'outbox', dropped: ids });
	}

	/** Rows that a roster shows need not be kept any longer; the page goes on showing them. */
	async seen(known: ReadonlySet<string>): Promise<void> {
		const done = this.rows.filter(
			({ id, state, record }) =>
				(state === 'sent' || state === 'late') &&
				!this.#dropped.has(id) &&
				known.has(record.type === 'walk_in' ? record.event_id : id)
		);
		if (done.length === 0) return;
		for (const { id } of done) this.#dropped.add(id);
		await this.#remove(done.map(({ id }) => id));
	}

	/** Reads what the disk has from now on; those who ask while it is being read share the next reading. */
	reload(): Promise<void> {
		if (!this.#reading) {
			this.#reading = this.#read().finally(() => (this.#reading = undefined));
			return this.#reading;
		}
		this.#next ??= this.#reading.then(() => {
			this.#next = undefined;
			return this.reload();
		});
		return this.#next;
	}

	close(): void {
		this.#stop();
	}

	#forget(id: string): void {
		this.#dropped.add(id);
		this.#rows.delete(id);
		this.#inOrder = undefined;
		this.#unwritten.delete(id);
	}

	async #read(): Promise<void> {
		let stored: OutboxRow[];
		try {
			stored = (await this.#parts.store.all()).flatMap((row) => upgradeRow(row) ?? []);
		} catch (error) {
			this.#problem = problemIn(error);
			this.#parts.onchange();
			return;
		}
		const mine = stored.filter(({ person }) => person === this.#parts.person);
		this.#others = stored.filter(
			({ person, state }) => person !== this.#parts.person && (state === 'waiting' || state === 'refused')
		).length;
		this.#parts.onread?.(mine);
		const known = new Set(mine.map(({ id }) => id));
		for (const row of mine) {
			if (!this.#unwritten.has(row.id) && !this.#dropped.has(row.id)) this.#put(row);
		}
		// What waits and is not on the disk was cleared away by the system, not by a person: it goes back.
		for (const row of this.#rows.values()) {
			if (!known.has(row.id) && (row.state === 'waiting' || row.state === 'refused'))
				this.#unwritten.set(row.id, row);
		}
		this.#parts.onchange();
		if (this.#unwritten.size > 0) await this.#write();
	}

	/** One write at a time, each with all that has gathered meanwhile. */
	#write(): Promise<void> {
		this.#writing ??= this.#writeAll().finally(() => (this.#writing = undefined));
		return this.#writing;
	}

	async #writeAll(): Promise<void> {
		while (this.#unwritten.size > 0) {
			const batch = [...this.#unwritten.values()];
			try {
				await this.#parts.store.write(batch);
			} catch (error) {
				this.#problem = problemIn(error);
				this.#parts.onchange();
				return;
			}
			for (const row of batch) if (this.#unwritten.get(row.id) === row) this.#unwritten.delete(row.id);
			this.#problem = null;
			this.#parts.onchange();
			this.#parts.channel.tell({ queue: 'outbox' });
		}
	}

	async #remove(ids: readonly string[]): Promise<void> {
		// A row whose write is under way would come back after its removal.
		await this.#writing;
		await this.#parts.store.write([], ids).catch((error: unknown) => {
			this.#problem = problemIn(error);
			this.#parts.onchange();
		});
	}
}
