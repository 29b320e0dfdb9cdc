import { SvelteSet } from 'svelte/reactivity';

/** Who of a gathering was called already, and about what, remembered by this phone. */
export class Called {
	readonly #key: string;
	readonly #ids = new SvelteSet<string>();

	constructor(gathering: string) {
		this.#key = `last-friday-called ${gathering}`;
		for (const id of remembered(this.#key)) this.#ids.add(id);
	}

	has(id: string): boolean {
		return this.#ids.has(id);
	}

	set(id: string, called: boolean): void {
		if (called) this.#ids.add(id);
		else this.#ids.delete(id);
		try {
			sessionStorage.setItem(this.#key, JSON.stringify([...this.#ids]));
		} catch {
			// Without storage the ticks last as long as the page.
		}
	}
}

function remembered(key: string): string[] {
	try {
		return JSON.parse(sessionStorage.getItem(key) ?? '[]') as string[];
	} catch {
		return [];
	}
}
