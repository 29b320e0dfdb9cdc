/** Where records wait until the server has them: in this browser's own database, so that a killed tab loses nothing. */
import { openDB, type DBSchema } from 'idb';
import type { DayRecord } from '$lib/domain/roster';

export interface Queued {
	record: DayRecord;
	/** Who recorded it; nobody else's session sends it. */
	person: string;
	/** The server's refusal, by its code: the record stays until the person decides. */
	refused?: string;
}

export interface Queue {
	/** False where the browser keeps nothing (a private window): records live only as long as the page. */
	readonly durable: boolean;
	/** In the order of recording. */
	all(): Promise<Queued[]>;
	/** Adds or replaces, and drops, in one step. */
	write(put: readonly Queued[], drop?: readonly string[]): Promise<void>;
}

interface Schema extends DBSchema {
	records: { key: string; value: Queued };
}

const inOrder = (queued: Queued[]) => queued.toSorted((a, b) => a.record.seq - b.record.seq);

export async function openQueue(): Promise<Queue> {
	try {
		const db = await openDB<Schema>('last-friday', 1, {
			upgrade: (database) => void database.createObjectStore('records', { keyPath: 'record.id' })
		});
		return {
			durable: true,
			all: async () => inOrder(await db.getAll('records')),
			write: async (put, drop = []) => {
				const change = db.transaction('records', 'readwrite', { durability: 'strict' });
				await Promise.all([
					...drop.map((id) => change.store.delete(id)),
					...put.map((item) => change.store.put(item)),
					change.done
				]);
			}
		};
	} catch {
		return memoryQueue();
	}
}

export function memoryQueue(): Queue {
	const items = new Map<string, Queued>();
	return {
		durable: false,
		all: async () => inOrder([...items.values()]),
		write: async (put, drop = []) => {
			for (const id of drop) items.delete(id);
			for (const item of put) items.set(item.record.id, item);
		}
	};
}
