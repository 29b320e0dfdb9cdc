/**
 * This browser's own database: what waits for the server, what the day needs, and the session as the service worker may read
 * it. Opened when it is first used; opened anew when the system has closed it.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { upgradeRow, type OutboxRow } from '../outbox/row';
import { upgradePhoto, type PhotoRow } from '../photos/row';
import type { DayPack } from '../pack/pack';
import type { KeptSession } from './session';

export interface Schema extends DBSchema {
	outbox: { key: string; value: OutboxRow };
	photos: { key: string; value: PhotoRow };
	packs: { key: string; value: DayPack };
	session: { key: string; value: KeptSession };
}

export type Database = IDBPDatabase<Schema>;
export type StoreName = 'outbox' | 'photos' | 'packs' | 'session';

export const DATABASE = 'last-friday';
/**
 * 1: records and photos, bare.
 * 2: versioned rows that name their command; day packs; the session.
 */
export const VERSION = 2;

let opened: Promise<Database> | undefined;

function open(): Promise<Database> {
	opened ??= openDB<Schema>(DATABASE, VERSION, {
		upgrade: async (db, from, _to, change) => {
			if (from < 2) {
				db.createObjectStore('outbox', { keyPath: 'id' });
				db.createObjectStore('packs', { keyPath: 'key' });
				db.createObjectStore('session');
				if (from < 1) db.createObjectStore('photos', { keyPath: 'id' });
				else {
					// What waited in the old shape waits on in the new one.
					const old = db as unknown as IDBPDatabase;
					const records = await (
						change as unknown as { objectStore(name: string): { getAll(): Promise<unknown[]> } }
					)
						.objectStore('records')
						.getAll();
					for (const record of records) {
						const row = upgradeRow(record);
						if (row) await change.objectStore('outbox').put(row);
					}
					for (const photo of await change.objectStore('photos').getAll()) {
						const row = upgradePhoto(photo);
						if (row) await change.objectStore('photos').put(row);
					}
					old.deleteObjectStore('records');
				}
			}
		},
		// A newer version of the app wants to change the shape: out of its way; the next use opens anew.
		blocking: (_current, _wanted, event) => {
			opened = undefined;
			(event.target as IDBDatabase | null)?.close();
		},
		terminated: () => (opened = undefined)
	}).catch((error: unknown) => {
		opened = undefined;
		throw error;
	});
	return opened;
}

/** Systems close the connection behind the app's back, iOS whenever it was in the background for a while. */
const wasClosed = (error: unknown): boolean =>
	error instanceof DOMException &&
	(error.name === 'InvalidStateError' ||
		(error.name === 'UnknownError' && /connection|lost/i.test(error.message)));

/** Works with the database; once more with a fresh connection when the old one was gone. @throws DOMException */
export async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
	try {
		return await work(await open());
	} catch (error) {
		if (!wasClosed(error)) throw error;
		opened = undefined;
		return work(await open());
	}
}
