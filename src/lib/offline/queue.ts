/** Where records and photos wait until the server has them: this browser's own database, so that a killed tab loses nothing. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { DayRecord } from '$lib/domain/roster';

export interface Queued {
	record: DayRecord;
	/** Who recorded it; nobody else's session sends it. */
	person: string;
	/** The server's refusal, by its code: the record stays until the person decides. */
	refused?: string;
}

export interface QueuedPhoto {
	id: string;
	person: string;
	task: string;
	kind: 'before' | 'after' | 'other';
	/** Already made small. */
	blob: Blob;
	taken_at: string;
	refused?: string;
}

export interface Queue<T> {
	/** False where the browser keeps nothing (a private window): what waits lives only as long as the page. */
	readonly durable: boolean;
	/** In the order of recording. */
	all(): Promise<T[]>;
	/** Adds or replaces, and drops, in one step. */
	write(put: readonly T[], drop?: readonly string[]): Promise<void>;
}

interface Schema extends DBSchema {
	records: { key: string; value: Queued };
	photos: { key: string; value: QueuedPhoto };
}

let database: Promise<IDBPDatabase<Schema>> | undefined;

function open(): Promise<IDBPDatabase<Schema>> {
	database ??= openDB<Schema>('last-friday', 1, {
		upgrade: (fresh) => {
			fresh.createObjectStore('records', { keyPath: 'record.id' });
			fresh.createObjectStore('photos', { keyPath: 'id' });
		},
		terminated: () => (database = undefined)
	});
	return database;
}

const bySeq = (a: Queued, b: Queued) => a.record.seq - b.record.seq;
const byTime = (a: QueuedPhoto, b: QueuedPhoto) => a.taken_at.localeCompare(b.taken_at);
const keyOf = (item: Queued | QueuedPhoto) => ('record' in item ? item.record.id : item.id);

export const openQueue = (): Promise<Queue<Queued>> => openStore('records', bySeq);
export const openPhotoQueue = (): Promise<Queue<QueuedPhoto>> => openStore('photos', byTime);

async function openStore<N extends 'records' | 'photos'>(
	name: N,
	order: (a: Schema[N]['value'], b: Schema[N]['value']) => number
): Promise<Queue<Schema[N]['value']>> {
	try {
		await open();
	} catch {
		return memoryQueue(order);
	}
	return {
		durable: true,
		all: async () => (await (await open()).getAll(name)).toSorted(order),
		write: async (put, drop = []) => {
			const change = (await open()).transaction(name, 'readwrite', { durability: 'strict' });
			await Promise.all([
				...drop.map((id) => change.store.delete(id)),
				...put.map((item) => change.store.put(item)),
				change.done
			]);
		}
	};
}

export function memoryQueue<T extends Queued | QueuedPhoto>(order: (a: T, b: T) => number): Queue<T> {
	const items = new Map<string, T>();
	return {
		durable: false,
		all: async () => [...items.values()].toSorted(order),
		write: async (put, drop = []) => {
			for (const id of drop) items.delete(id);
			for (const item of put) items.set(keyOf(item), item);
		}
	};
}

export const recordsInMemory = (): Queue<Queued> => memoryQueue(bySeq);
export const photosInMemory = (): Queue<QueuedPhoto> => memoryQueue(byTime);
