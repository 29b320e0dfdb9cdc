/** A kind of row that survives the page: in the browser's database, or, where the browser keeps nothing, only in memory. */
import { withDatabase, type Schema, type StoreName } from './database';

type RowName = Extract<StoreName, 'outbox' | 'photos'>;

export interface Store<T> {
	all(): Promise<T[]>;
	/** Adds or replaces, and drops, in one step; resolves when it is on the disk. @throws DOMException */
	write(put: readonly T[], drop?: readonly string[]): Promise<void>;
}

/** Rows of the browser's database. `strict`: a write is done when the disk has it, not when the system promises to write it. */
export function databaseStore<N extends RowName>(name: N): Store<Schema[N]['value']> {
	return {
		all: () => withDatabase((db) => db.getAll(name)),
		write: (put, drop = []) =>
			withDatabase(async (db) => {
				const change = db.transaction(name, 'readwrite', { durability: 'strict' });
				await Promise.all([
					...drop.map((id) => change.store.delete(id)),
					...put.map((row) => change.store.put(row)),
					change.done
				]);
			})
	};
}

/** Rows that live as long as the page. */
export function memoryStore<T extends { id: string }>(): Store<T> {
	const rows = new Map<string, T>();
	return {
		all: async () => [...rows.values()],
		write: async (put, drop = []) => {
			for (const id of drop) rows.delete(id);
			for (const row of put) rows.set(row.id, row);
		}
	};
}
