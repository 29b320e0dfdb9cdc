/**
 * Tells the server how many records and photos this phone still holds, so that whoever closes a gathering knows what is
 * still to come. A phone without a signal is silent: that it took the roster and was not heard since is told instead.
 */
import { createContext } from 'svelte';
import { heldRosters, noteRoster } from '$lib/offline/pack/held-rosters';

/** A quick row of taps is one word. */
const SOON = 2_000;
/** Heard now and then, even if nothing changed. */
const AGAIN = 5 * 60_000;

export interface PhoneWord {
	records: number;
	photos: number;
}

interface Parts {
	/** Tells it about one gathering; a failure is told again later. */
	send: (gathering: string, word: PhoneWord) => Promise<unknown>;
	now?: () => number;
	wait?: { soon: number; again: number };
}

export class PhoneReport {
	#parts: Parts;
	#word: PhoneWord = { records: 0, photos: 0 };
	/** What the server heard last about each gathering, and when. */
	#told = new Map<string, { word: PhoneWord; at: number }>();
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(parts: Parts) {
		this.#parts = parts;
	}

	/** The phone took the roster of this gathering. */
	holds(gathering: string): void {
		noteRoster(gathering, this.#now());
		this.#soon();
	}

	/** So much waits on this phone. */
	counts(word: PhoneWord): void {
		this.#word = word;
		this.#soon();
	}

	stop(): void {
		clearTimeout(this.#timer);
	}

	#now(): number {
		return this.#parts.now?.() ?? Date.now();
	}

	#soon(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.#tell(), this.#parts.wait?.soon ?? SOON);
	}

	async #tell(): Promise<void> {
		const word = this.#word;
		for (const gathering of heldRosters()) {
			const told = this.#told.get(gathering);
			const same = told?.word.records === word.records && told.word.photos === word.photos;
			if (told && same && this.#now() - told.at < (this.#parts.wait?.again ?? AGAIN)) continue;
			try {
				await this.#parts.send(gathering, word);
				this.#told.set(gathering, { word, at: this.#now() });
			} catch {
				// No signal, or no longer theirs to tell: the next change, or the next reading of the roster, tries again.
			}
		}
	}
}

export const [getPhoneReport, setPhoneReport] = createContext<PhoneReport>();
