/**
 * The embedded database is one connection, and a transaction on it must be alone: a statement of another request that
 * slipped in between would run with the first one's role. @supabase/lite hands the connection to everybody at once, so
 * the turnstile here lets one request through at a time.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import {
	CompiledQuery,
	PostgresAdapter,
	PostgresIntrospector,
	PostgresQueryCompiler,
	type DatabaseConnection,
	type Dialect,
	type Driver,
	type QueryResult
} from 'kysely';

/** The little of PGlite that is needed here. */
interface Database {
	query(text: string, parameters: unknown[]): Promise<{ rows: unknown[]; affectedRows?: number }>;
}

/** A lock that is handed over in order of asking; whoever holds it may enter again. */
export class Turnstile {
	#tail: Promise<void> = Promise.resolve();
	readonly #visit = new AsyncLocalStorage<{ open: boolean }>();

	/** Waits for the turn; the answer gives it back. */
	async enter(): Promise<() => void> {
		if (this.#visit.getStore()?.open) return () => {};
		const before = this.#tail;
		let leave = () => {};
		this.#tail = new Promise((resolve) => (leave = resolve));
		await before;
		return leave;
	}

	/** Runs `work` alone; what it calls may enter freely until it has ended. */
	async alone<T>(work: () => Promise<T>): Promise<T> {
		if (this.#visit.getStore()?.open) return work();
		const leave = await this.enter();
		const visit = { open: true };
		try {
			return await this.#visit.run(visit, work);
		} finally {
			visit.open = false;
			leave();
		}
	}
}

class TurnstileConnection implements DatabaseConnection {
	readonly #database: Database;
	readonly leave: () => void;

	constructor(database: Database, leave: () => void) {
		this.#database = database;
		this.leave = leave;
	}

	async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
		const { rows, affectedRows } = await this.#database.query(sql, [...parameters]);
		return {
			rows: rows as Row[],
			...(typeof affectedRows === 'number' && { numAffectedRows: BigInt(affectedRows) })
		};
	}

	// eslint-disable-next-line require-yield -- the interface wants a generator; nothing here streams
	async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
		throw new Error('The embedded database does not stream.');
	}
}

/** A Kysely dialect over one PGlite database in which every connection is taken through the turnstile. */
export function exclusiveDialect(database: Database, turnstile: Turnstile): Dialect {
	const say = (connection: DatabaseConnection, sql: string) =>
		connection.executeQuery(CompiledQuery.raw(sql));
	const driver: Driver = {
		init: async () => {},
		acquireConnection: async () => new TurnstileConnection(database, await turnstile.enter()),
		releaseConnection: async (connection) => (connection as TurnstileConnection).leave(),
		beginTransaction: async (connection) => void (await say(connection, 'begin')),
		commitTransaction: async (connection) => void (await say(connection, 'commit')),
		rollbackTransaction: async (connection) => void (await say(connection, 'rollback')),
		destroy: async () => {}
	};
	return {
		createAdapter: () => new PostgresAdapter(),
		createDriver: () => driver,
		createIntrospector: (kysely) => new PostgresIntrospector(kysely),
		createQueryCompiler: () => new PostgresQueryCompiler()
	};
}
