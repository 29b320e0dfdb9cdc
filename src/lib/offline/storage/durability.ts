/** Whether this browser will really keep what it is given: asked before the first tap, not found out at the first loss. */
import { withDatabase } from './database';

/** full: there is no room · none: the browser keeps nothing (a private window, storage switched off). */
export type StorageProblem = 'full' | 'none';

/** Records are small; a day's photos are not. Below this the phone is as good as full. */
const ENOUGH = 5 * 1024 * 1024;

export function problemIn(error: unknown): StorageProblem {
	return error instanceof DOMException && /quota/i.test(error.name + error.message) ? 'full' : 'none';
}

/** Writes something, as strictly as a record is written, and looks at the room that is left; null: all is well. */
export async function checkStorage(): Promise<StorageProblem | null> {
	try {
		await withDatabase(async (db) => {
			const change = db.transaction('session', 'readwrite', { durability: 'strict' });
			await Promise.all([
				change.store.put({ url: '', key: '', token: '', person: '' }, 'probe'),
				change.done
			]);
		});
	} catch (error) {
		return problemIn(error);
	}
	const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {};
	return quota !== undefined && usage !== undefined && quota - usage < ENOUGH ? 'full' : null;
}

/** Whether the browser has promised not to clear this away when it needs room. */
export async function isPersisted(): Promise<boolean> {
	try {
		return await navigator.storage.persisted();
	} catch {
		return false;
	}
}

/** Asks the browser not to clear this away when it needs room; it decides without a question or asks the person once. */
export async function askToPersist(): Promise<boolean> {
	try {
		return (await isPersisted()) || (await navigator.storage.persist());
	} catch {
		return false;
	}
}
