import { untrack } from 'svelte';
import { painted, soon } from '../moments';
import { browserClient, type Client } from './client';

/**
 * Something a page reads from the data and may read again. What was read stays on the screen while it is read anew, and
 * when that fails; only the newest request counts.
 */
export class Resource<T> {
	#value = $state.raw<T>();
	#error = $state.raw<unknown>();
	#busy = $state(false);
	#turn = 0;
	#read: ((client: Client) => Promise<T>) | undefined;

	get value(): T | undefined {
		return this.#value;
	}

	/** What the last request failed with. */
	get error(): unknown {
		return this.#error;
	}

	get busy(): boolean {
		return this.#busy;
	}

	/**
	 * Reads something (else); the former value is dropped.
	 * @param kept what this phone has of it, shown until (and unless) the server answers
	 */
	async load(read: (client: Client) => Promise<T>, kept?: () => Promise<T | undefined>): Promise<void> {
		this.#read = read;
		this.#value = undefined;
		this.#error = undefined;
		const turn = ++this.#turn;
		this.#busy = true;
		// What it is found by may change while it is shown, the person's own data for one: that is no reason to begin anew.
		const shown = untrack(() => kept?.())?.then((found) => {
			// Still the same question, and nothing newer there.
			if (this.#read !== read || this.#value !== undefined || found === undefined) return;
			this.#value = found;
			return painted();
		});
		// What the phone has comes first: the client is a large file, and a slow phone would show nothing until it has read it.
		if (shown) await soon(shown.catch(() => {}));
		if (turn === this.#turn) await this.reload();
	}

	/** Reads the same once more. */
	async reload(): Promise<void> {
		if (!this.#read) return;
		const turn = ++this.#turn;
		this.#busy = true;
		try {
			const value = await this.#read(await browserClient());
			if (turn !== this.#turn) return;
			this.#value = value;
			this.#error = undefined;
		} catch (error) {
			if (turn === this.#turn) this.#error = error;
		} finally {
			if (turn === this.#turn) this.#busy = false;
		}
	}
}
