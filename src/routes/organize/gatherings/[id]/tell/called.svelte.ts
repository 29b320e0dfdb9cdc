import { SvelteSet } from 'svelte/reactivity';

/** Who was called already about one piece of news, remembered by this phone. */
export class Called {
	readonly #key: string;
	readonly #ids = new SvelteSet<string>();

	/** @param news what the calls are about; other news starts with an empty list */
	constructor(news: string) {
		this.#key = `last-friday-called ${news}`;
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
