/** Photos on their way: kept on the phone, sent one by one with progress, never dropped before the server has their hash. */
import { createContext } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import type { PhotoReceipt, PhotoToSend } from '$lib/data/photo-sending';
import type { Connection } from '$lib/data/rpc';
import { newId } from '$lib/uuid';
import type { Connectivity } from './connectivity/connectivity';
import type { Channel } from './coordination/channel';
import { withLock } from './coordination/lock';
import { askForBackgroundSend } from './executor/background';
import { drainPhotos } from './executor/photos';
import { pictureOf, type HandedPhoto } from './handover/handover';
import { byTime, PHOTO_VERSION, upgradePhoto, type PhotoRow } from './photos/row';
import type { Hold } from './recorder';
import { problemIn, type StorageProblem } from './storage/durability';
import type { Store } from './storage/store';

export interface WaitingPhoto extends PhotoRow {
	/** How much of it has gone, 0 to 1; undefined while it waits its turn. */
	progress?: number | undefined;
}

interface Parts {
	store: Store<PhotoRow>;
	person: string;
	shrink: (file: Blob) => Promise<Blob>;
	hash: (blob: Blob) => Promise<string>;
	connect: (renew: boolean) => Promise<Connection | null>;
	send: (to: Connection, photo: PhotoToSend, onprogress: (share: number) => void) => Promise<PhotoReceipt>;
	/** What this device's clock called so is this instant by the server's, in milliseconds. */
	instant: (deviceTime: number) => number;
	connectivity: Connectivity;
	channel: Channel;
}

export class PhotoQueue {
	#parts: Parts;
	#rows = new Map<string, PhotoRow>();
	/** Photos that the disk would not take: they live in the page, and are tried again. */
	#unwritten = new Set<string>();
	#dropped = new Set<string>();
	#others = 0;
	#progress = new Map<string, number>();
	#problem: StorageProblem | null = null;
	#hold: Hold = null;
	#changed = () => {};
	#subscribe = createSubscriber((update) => {
		this.#changed = update;
		return () => (this.#changed = () => {});
	});
	#sending: Promise<void> | undefined;
	#again = false;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#arrived = new Set<() => void>();
	#stop: () => void;
	readonly loaded: Promise<void>;

	constructor(parts: Parts) {
		this.#parts = parts;
		this.#stop = parts.channel.listen(({ queue, dropped }) => {
			if (queue !== 'photos') return;
			for (const id of dropped ?? []) this.#forget(id);
			if (dropped?.length) for (const call of this.#arrived) call();
			void this.#read();
		});
		this.loaded = this.#read();
	}

	/** What the server does not have yet, refused ones among them; oldest first. */
	get items(): readonly WaitingPhoto[] {
		this.#subscribe();
		return this.#sorted().map((row) => ({ ...row, progress: this.#progress.get(row.id) }));
	}

	get waiting(): number {
		return this.items.filter(({ state }) => state === 'waiting').length;
	}

	/** Photos that the server refused: they stay until somebody decides. */
	get refused(): number {
		return this.items.filter(({ state }) => state === 'refused').length;
	}

	/** Photos of other people on this phone: they leave, or are looked at, when these sign in again. */
	get others(): number {
		this.#subscribe();
		return this.#others;
	}

	/** Why photos are waiting. */
	get hold(): Hold {
		this.#subscribe();
		return this.#hold;
	}

	/** Whether something lives in this page only. */
	get unwritten(): boolean {
		return this.#unwritten.size > 0;
	}

	/** Why the phone does not keep a photo; null: it does. */
	get problem(): StorageProblem | null {
		this.#subscribe();
		return this.#problem;
	}

	/** Calls back whenever a photo has arrived; the answer stops that. */
	onarrival(call: () => void): () => void {
		this.#arrived.add(call);
		return () => this.#arrived.delete(call);
	}

	/** Takes a photo of a task; the answer resolves when the phone keeps it. @throws DataError not_an_image when it cannot be opened */
	async add(file: File, task: string, kind: PhotoRow['kind']): Promise<void> {
		const blob = await this.#parts.shrink(file);
		const taken_at = new Date(this.#parts.instant(file.lastModified || Date.now())).toISOString();
		await this.#keep({ id: newId(), task, kind, blob, taken_at });
	}

	/** Takes in photos that somebody handed over: they leave under this account. */
	async takeOver(photos: readonly HandedPhoto[]): Promise<void> {
		for (const photo of photos) {
			const { id, task, kind, taken_at } = photo;
			await this.#keep({ id, task, kind, taken_at, blob: pictureOf(photo) });
		}
	}

	async #keep(photo: Pick<PhotoRow, 'id' | 'task' | 'kind' | 'blob' | 'taken_at'>): Promise<void> {
		await this.#save({
			...photo,
			version: PHOTO_VERSION,
			person: this.#parts.person,
			sha256: await this.#parts.hash(photo.blob),
			state: 'waiting',
			attempts: 0,
			next_at: 0
		});
		if (this.#parts.connectivity.reach !== 'down') void this.flush();
		void askForBackgroundSend();
	}

	/** Forgets a photo that was refused: the person was asked. What waits is never let go. */
	discard(id: string): void {
		if (this.#rows.get(id)?.state === 'refused') void this.#drop(id);
	}

	/** Sends what waits, one after the other; also, when asked for, what was refused. */
	flush(refusedToo = false): Promise<void> {
		if (refusedToo)
			for (const { code: _, ...row } of this.#sorted())
				if (row.state === 'refused') void this.#save({ ...row, state: 'waiting', attempts: 0, next_at: 0 });
		this.#again = true;
		this.#sending ??= this.#send().finally(() => (this.#sending = undefined));
		return this.#sending;
	}

	/** Keeps sending while the page lives; the answer stops that. */
	start(): () => void {
		const stopListening = this.#parts.connectivity.listen((reach) => {
			if (reach !== 'up') return;
			// There is a way again: what only lacked one need not rest any longer.
			const resting = this.#sorted().filter(({ error, attempts }) => error === 'offline' && attempts <= 3);
			void Promise.all(resting.map((row) => this.#save({ ...row, next_at: 0 }))).then(() =>
				this.#flushIfAny()
			);
		});
		const look = () => {
			if (document.visibilityState === 'visible') void this.#read().then(() => this.#flushIfAny());
			else if (this.waiting > 0) void askForBackgroundSend();
		};
		document.addEventListener('visibilitychange', look);
		void this.loaded.then(() => this.#flushIfAny());
		return () => {
			stopListening();
			clearTimeout(this.#timer);
			document.removeEventListener('visibilitychange', look);
			this.#stop();
		};
	}

	#sorted(): PhotoRow[] {
		return [...this.#rows.values()].sort(byTime);
	}

	#flushIfAny(): void {
		if (this.#sorted().some(({ state }) => state === 'waiting')) void this.flush();
	}

	async #send(): Promise<void> {
		clearTimeout(this.#timer);
		await this.loaded;
		const { connectivity } = this.#parts;
		while (this.#again) {
			this.#again = false;
			if (!this.#sorted().some(({ state }) => state === 'waiting')) break;
			if (connectivity.reach !== 'up' && !(await connectivity.check())) return this.#holdFor('offline');
			this.#holdFor(null);
			const ended = await withLock('photos', () => drainPhotos(this.#executor()));
			if (ended.end === 'sign-in') return this.#holdFor('sign-in');
			if (ended.end === 'offline') {
				connectivity.failed();
				return this.#holdFor('offline');
			}
			if (ended.end === 'later') {
				this.#timer = setTimeout(() => void this.flush(), Math.max(0, ended.at - Date.now()));
				return this.#holdFor('offline');
			}
			if (ended.end === 'more') this.#again = true;
		}
		this.#holdFor(null);
	}

	#holdFor(hold: Hold): void {
		if (hold === this.#hold) return;
		this.#hold = hold;
		// A worker that was woken in vain, with a token that had run out, is not woken again unless it is asked for.
		if (hold === 'offline') void askForBackgroundSend();
		this.#changed();
	}

	#executor() {
		const { connect, send, hash } = this.#parts;
		return {
			connect,
			hash,
			rows: async () => {
				await this.#read();
				return this.#sorted();
			},
			save: (row: PhotoRow) => this.#save(row),
			arrived: async (id: string) => {
				await this.#drop(id);
				for (const call of this.#arrived) call();
			},
			send: async (to: Connection, photo: PhotoToSend) => {
				try {
					return await send(to, photo, (share) => {
						this.#progress.set(photo.id, share);
						this.#changed();
					});
				} finally {
					this.#progress.delete(photo.id);
					this.#changed();
				}
			}
		};
	}

	async #read(): Promise<void> {
		try {
			const stored = (await this.#parts.store.all()).flatMap((row) => upgradePhoto(row) ?? []);
			const mine = stored.filter(({ person }) => person === this.#parts.person);
			this.#others = stored.length - mine.length;
			const kept = new Set(mine.map(({ id }) => id));
			for (const row of mine)
				if (!this.#unwritten.has(row.id) && !this.#dropped.has(row.id)) this.#rows.set(row.id, row);
			// Whoever brings a photo to the server says so. What is gone without a word was cleared away by the system: it goes back.
			for (const { id } of this.#rows.values()) if (!kept.has(id)) this.#unwritten.add(id);
			if (this.#unwritten.size > 0) await this.#write();
		} catch (error) {
			this.#problem = problemIn(error);
		}
		this.#changed();
	}

	async #save(row: PhotoRow): Promise<void> {
		this.#rows.set(row.id, row);
		this.#unwritten.add(row.id);
		this.#changed();
		await this.#write();
	}

	/** Everything that the disk does not have, what it would not take before among it: until all of it is there, that is said. */
	async #write(): Promise<void> {
		let problem: StorageProblem | null = null;
		for (const id of [...this.#unwritten]) {
			const row = this.#rows.get(id);
			if (!row) continue;
			try {
				await this.#parts.store.write([row]);
				if (this.#rows.get(id) === row) this.#unwritten.delete(id);
				this.#parts.channel.tell({ queue: 'photos' });
			} catch (error) {
				problem = problemIn(error);
			}
		}
		this.#problem = problem;
		this.#changed();
	}

	#forget(id: string): void {
		this.#dropped.add(id);
		this.#rows.delete(id);
		this.#unwritten.delete(id);
	}

	async #drop(id: string): Promise<void> {
		this.#forget(id);
		this.#changed();
		await this.#parts.store.write([], [id]).catch((error: unknown) => (this.#problem = problemIn(error)));
		this.#parts.channel.tell({ queue: 'photos', dropped: [id] });
	}
}

export const [getPhotoQueue, setPhotoQueue] = createContext<PhotoQueue>();
