import type { Client } from '$lib/data/client';
import { listPeople, type PeopleSearch, type Person } from '$lib/data/people';

/** The people that a search finds, page by page; only the newest search counts. */
export class PeopleList {
	#people = $state.raw<Person[]>([]);
	#total = $state(0);
	#ready = $state(false);
	#busy = $state(false);
	#failure = $state.raw<unknown>();
	#wanted: PeopleSearch = {};
	#turn = 0;
	readonly #client: Client;

	constructor(client: Client) {
		this.#client = client;
	}

	get people(): Person[] {
		return this.#people;
	}
	/** How many there are, shown or not. */
	get total(): number {
		return this.#total;
	}
	get ready(): boolean {
		return this.#ready;
	}
	get busy(): boolean {
		return this.#busy;
	}
	get failure(): unknown {
		return this.#failure;
	}

	/** Looks for other people; those shown stay until the answer is there. */
	async search(wanted: PeopleSearch): Promise<void> {
		this.#wanted = wanted;
		await this.#read(0);
	}

	/** Adds the next page. */
	async more(): Promise<void> {
		await this.#read(this.#people.length);
	}

	async #read(offset: number): Promise<void> {
		const turn = ++this.#turn;
		this.#busy = true;
		try {
			const { total, people } = await listPeople(this.#client, this.#wanted, offset);
			if (turn !== this.#turn) return;
			const known = new Set(offset > 0 ? this.#people.map(({ id }) => id) : []);
			// Somebody added meanwhile has pushed the pages: nobody appears twice.
			this.#people = [...(offset > 0 ? this.#people : []), ...people.filter(({ id }) => !known.has(id))];
			this.#total = total;
			this.#ready = true;
			this.#failure = undefined;
		} catch (error) {
			if (turn === this.#turn) this.#failure = error;
		} finally {
			if (turn === this.#turn) this.#busy = false;
		}
	}
}
