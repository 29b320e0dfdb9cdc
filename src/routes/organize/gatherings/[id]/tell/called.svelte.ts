import { SvelteSet } from 'svelte/reactivity';
import { forgetWhere, keep, kept, OWN } from '$lib/data/kept';

const KEY = `${OWN}called `;

/** Who of a gathering was called already, and about what, remembered by this phone until the day has passed. */
export class Called {
	readonly #key: string;
	readonly #today: string;
	readonly #ids: SvelteSet<string>;

	/** @param date of the labour day: where it moves, all are called anew */
	constructor(gathering: string, date: string, today: string) {
		this.#key = `${KEY}${date} ${gathering}`;
		this.#today = today;
		this.#ids = new SvelteSet(kept<string[]>(this.#key));
	}

	has(id: string): boolean {
		return this.#ids.has(id);
	}

	set(id: string, called: boolean): void {
		if (called) this.#ids.add(id);
		else this.#ids.delete(id);
		keep(this.#key, [...this.#ids]);
		// Nobody is called about a day that is past.
		forgetWhere((key) => key.startsWith(KEY) && key < `${KEY}${this.#today}`);
	}
}
