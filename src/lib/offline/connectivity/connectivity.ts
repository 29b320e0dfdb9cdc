/**
 * Whether the server can be reached, found out by asking it: a phone with one bar says it is online, and so does one in
 * a hotel's network before its sign-in page.
 */
import { pauseAfter } from '../retry/backoff';
import { probe } from './probe';

export type Reach = 'unknown' | 'up' | 'down';

interface Parts {
	ask?: () => Promise<boolean>;
	random?: () => number;
}

export class Connectivity {
	#ask: () => Promise<boolean>;
	#random: () => number;
	#reach: Reach = 'unknown';
	#failures = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#asking: Promise<boolean> | undefined;
	#heard = new Set<(reach: Reach) => void>();
	#stopped = false;

	constructor({ ask = probe, random = Math.random }: Parts = {}) {
		this.#ask = ask;
		this.#random = random;
	}

	get reach(): Reach {
		return this.#reach;
	}

	/** Calls back whenever it is found or lost; the answer stops that. */
	listen(call: (reach: Reach) => void): () => void {
		this.#heard.add(call);
		return () => this.#heard.delete(call);
	}

	/** A request came back with an answer. */
	worked(): void {
		this.#failures = 0;
		this.#rest();
		this.#set('up');
	}

	/** A request found no way: from now on the server is asked, more and more rarely, until it answers. */
	failed(): void {
		this.#set('down');
		if (this.#timer === undefined) this.#askLater();
	}

	/** Asks now; several at once share one question. */
	check(): Promise<boolean> {
		this.#asking ??= this.#ask().then((well) => {
			this.#asking = undefined;
			this.#rest();
			if (well) this.worked();
			else this.failed();
			return well;
		});
		return this.#asking;
	}

	/** Asks again when the phone is picked up or says that it found a network; the answer stops that. */
	start(): () => void {
		this.#stopped = false;
		const now = () => {
			if (document.visibilityState === 'visible' && this.#reach !== 'up') void this.check();
		};
		const lost = () => this.failed();
		addEventListener('online', now);
		addEventListener('offline', lost);
		addEventListener('pageshow', now);
		document.addEventListener('visibilitychange', now);
		return () => {
			this.#stopped = true;
			this.#rest();
			removeEventListener('online', now);
			removeEventListener('offline', lost);
			removeEventListener('pageshow', now);
			document.removeEventListener('visibilitychange', now);
		};
	}

	#askLater(): void {
		if (this.#stopped) return;
		this.#failures += 1;
		this.#timer = setTimeout(() => void this.check(), pauseAfter(this.#failures, this.#random()));
	}

	#rest(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}

	#set(reach: Reach): void {
		if (reach === this.#reach) return;
		this.#reach = reach;
		for (const call of this.#heard) call(reach);
	}
}
