import { changesOf } from '$lib/domain/changes';
import { act } from './act';
import type { Client } from './client';
import { DataError } from './errors';

/** What somebody else wrote meanwhile into the very fields that one changed. */
export interface Clash<Fields> {
	/** The fields that both changed. */
	keys: (keyof Fields)[];
	/** What stands now. */
	theirs: Fields;
	/** What one typed. */
	mine: Fields;
}

interface Ways<Fields> {
	/** Saves what differs, told what it differs from. */
	send: (client: Client, changes: Partial<Fields>, expected: Partial<Fields>) => Promise<unknown>;
	/** Reads what stands now; only asked when a change was refused. */
	read: (client: Client) => Promise<Fields>;
}

/**
 * A thing as a form found it. Only what differs is saved, and the database refuses what somebody else changed since: then
 * nothing was saved, what was typed stays in the form, and a person decides.
 */
export class Opened<Fields extends object> {
	#before: Fields;
	#stands: Fields;
	#clash = $state.raw<Clash<Fields> | null>(null);

	/**
	 * @param found the fields as the form opened @param ways how they are saved and read anew
	 * @param stands what was read, where the form does not show all of it
	 */
	constructor(
		found: Fields,
		private readonly ways: Ways<Fields>,
		stands: Fields = found
	) {
		this.#before = found;
		this.#stands = stands;
	}

	get clash(): Clash<Fields> | null {
		return this.#clash;
	}

	/** Saves what is different; false when it met somebody else's change, which `clash` tells. @throws Error with words */
	async save(fields: Fields): Promise<boolean> {
		const changes = changesOf(this.#before, fields);
		if (Object.keys(changes).length === 0) return true;
		const touched = Object.keys(changes) as (keyof Fields)[];
		try {
			await act((client) => this.ways.send(client, changes, pick(this.#stands, touched)));
			this.#clash = null;
			return true;
		} catch (error) {
			const keys = clashOf(error) as (keyof Fields)[] | null;
			if (!keys) throw error;
			this.#clash = { keys, theirs: await act((client) => this.ways.read(client)), mine: fields };
			return false;
		}
	}

	/** Leaves what the other wrote; answers what is in the form then. */
	keepTheirs(): Fields {
		const { keys, theirs, mine } = this.#decided();
		return { ...mine, ...pick(theirs, keys) };
	}

	/** Saves over what the other wrote, now that one knows it. */
	keepMine(): Fields {
		return this.#decided().mine;
	}

	/** From here on what the other wrote is known. */
	#decided(): Clash<Fields> {
		const clash = this.#clash;
		if (!clash) throw new Error('nothing to decide');
		this.#before = { ...this.#before, ...pick(clash.theirs, clash.keys) };
		this.#stands = { ...this.#stands, ...pick(clash.theirs, clash.keys) };
		this.#clash = null;
		return clash;
	}
}

/** The fields that a `changed_meanwhile` refusal names; null for any other failure. */
function clashOf(error: unknown): string[] | null {
	const { cause } = error as Error;
	return cause instanceof DataError && cause.code === 'changed_meanwhile'
		? (JSON.parse(cause.detail || '[]') as string[])
		: null;
}

const pick = <Fields extends object>(from: Fields, keys: readonly (keyof Fields)[]): Partial<Fields> =>
	Object.fromEntries(keys.map((key) => [key, from[key]])) as Partial<Fields>;
