/** Plain SQL as the owner of the schema, the same on both databases that the app can run itself. For set-up only. */
import type { Connection } from '@supabase/lite';
import type { Values } from './values';

export interface Sql {
	/** Runs a script of many statements. */
	script(text: string): Promise<void>;
	/** Runs one statement with parameters. */
	rows<Row>(text: string, parameters?: unknown[]): Promise<Row[]>;
}

export interface Database extends Sql {
	/** What @supabase/lite serves. */
	readonly connection: Connection;
	/** How the driver reads and writes values; changes hold from the next statement on. */
	readonly values: Values;
	transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
	/** Keeps other app servers on the same database away while this one prepares it. */
	preparing<T>(work: () => Promise<T>): Promise<T>;
	/** The database's files as one compressed archive; only where the database has no tools of its own. */
	dump?(): Promise<Blob>;
	close(): Promise<void>;
}
