/** Photos on their way: kept on the phone, sent one by one with progress, never dropped before the server has them. */
import { createContext } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import { DataError } from '$lib/data/errors';
import type { PhotoToSend } from '$lib/data/photos';
import { newId } from '$lib/uuid';
import type { Queue, QueuedPhoto } from './queue';

export interface WaitingPhoto extends QueuedPhoto {
	/** How much of it has gone, 0 to 1; undefined while it waits its turn. */
	progress?: number | undefined;
}

interface Parts {
	queue: Promise<Queue<QueuedPhoto>>;
	person: string;
	shrink: (file: Blob) => Promise<Blob>;
	send: (photo: PhotoToSend, onprogress: (share: number) => void) => Promise<void>;
	pause?: number;
}

const PAUSE = 15_000;

export class PhotoQueue {
	#parts: Parts;
	#items: WaitingPhoto[] = [];
	#changed = () => {};
	#subscribe = createSubscriber((update) => {
		this.#changed = update;
		return () => (this.#changed = () => {});
	});
	#loaded: Promise<void>;
	#sending: Promise<void> | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#arrived = new Set<() => void>();

	constructor(parts: Parts) {
		this.#parts = parts;
		this.#loaded = this.#load();
	}

	/** What the server does not have yet, refused ones among them. */
	get items(): readonly WaitingPhoto[] {
		this.#subscribe();
		return this.#items;
	}

	get waiting(): number {
		return this.items.filter(({ refused }) => refused === undefined).length;
	}

	/** Calls back whenever a photo has arrived; the answer stops that. */
	onarrival(call: () => void): () => void {
		this.#arrived.add(call);
		return () => this.#arrived.delete(call);
	}

	/** Takes a photo of a task. @throws DataError not_an_image when it cannot be opened */
	async add(file: File, task: string, kind: QueuedPhoto['kind']): Promise<void> {
		const blob = await this.#parts.shrink(file);
		const taken_at = new Date(file.lastModified || Date.now()).toISOString();
		const photo: QueuedPhoto = { id: newId(), person: this.#parts.person, task, kind, blob, taken_at };
		this.#set([...this.#items, photo]);
		await this.#write([photo]);
		void this.flush();
	}

	/** Forgets a photo that was refused. */
	discard(id: string): void {
		this.#set(this.#items.filter((item) => item.id !== id));
		void this.#write([], [id]);
	}

	/** Sends what waits, one after the other; also, when asked for, what was refused. */
	flush(refusedToo = false): Promise<void> {
		clearTimeout(this.#timer);
		if (refusedToo) this.#set(this.#items.map(({ refused: _, ...item }) => item));
		this.#sending ??= this.#drain().finally(() => (this.#sending = undefined));
		return this.#sending;
	}

	/** Keeps sending while the page lives; the answer stops that. */
	start(): () => void {
		const now = () => void (document.visibilityState === 'visible' && this.waiting > 0 && this.flush());
		addEventListener('online', now);
		document.addEventListener('visibilitychange', now);
		void this.#loaded.then(() => this.flush());
		return () => {
			clearTimeout(this.#timer);
			removeEventListener('online', now);
			document.removeEventListener('visibilitychange', now);
		};
	}

	async #load(): Promise<void> {
		const kept = await (await this.#parts.queue).all();
		const known = new Set(this.#items.map(({ id }) => id));
		this.#set([
			...kept.filter(({ id, person }) => person === this.#parts.person && !known.has(id)),
			...this.#items
		]);
	}

	async #drain(): Promise<void> {
		await this.#loaded;
		for (;;) {
			const next = this.#items.find(({ refused }) => refused === undefined);
			if (!next) return;
			try {
				await this.#parts.send(next, (progress) => this.#update(next.id, { progress }));
				this.#set(this.#items.filter(({ id }) => id !== next.id));
				await this.#write([], [next.id]);
				for (const call of this.#arrived) call();
			} catch (error) {
				this.#update(next.id, { progress: undefined });
				if (!isRefusal(error)) {
					this.#timer = setTimeout(() => void this.flush(), this.#parts.pause ?? PAUSE);
					return;
				}
				this.#update(next.id, { refused: error.code });
				const { progress: _, ...item } = { ...next, refused: error.code };
				await this.#write([item]);
			}
		}
	}

	#update(id: string, change: Partial<WaitingPhoto>): void {
		this.#set(this.#items.map((item) => (item.id === id ? { ...item, ...change } : item)));
	}

	#set(items: WaitingPhoto[]): void {
		this.#items = items;
		this.#changed();
	}

	async #write(put: readonly QueuedPhoto[], drop: readonly string[] = []): Promise<void> {
		// A browser that cannot keep it: the photo lives in the page and is sent all the same.
		await (await this.#parts.queue).write(put, drop).catch(() => {});
	}
}

/** An answer that will be the same next time; everything else is tried again. */
function isRefusal(error: unknown): error is DataError {
	return (
		error instanceof DataError &&
		error.status >= 400 &&
		error.status < 500 &&
		![401, 408, 429].includes(error.status)
	);
}

export const [getPhotoQueue, setPhotoQueue] = createContext<PhotoQueue>();
