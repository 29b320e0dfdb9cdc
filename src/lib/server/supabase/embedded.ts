/** Engine (a): PostgreSQL inside this process (PGlite), its files in one folder. */
import { createPgliteConnection, type PGlite } from '@supabase/lite/pglite';
import { Kysely } from 'kysely';
import type { Database, Sql } from './database';
import { exclusiveDialect, Turnstile } from './exclusive';

type Runner = Pick<PGlite, 'exec' | 'query'>;

const sqlOn = (runner: Runner): Sql => ({
	script: async (text) => void (await runner.exec(text)),
	rows: async <Row>(text: string, parameters: unknown[] = []) =>
		(await runner.query<Row>(text, parameters)).rows
});

/** Opens the database in `folder` (an absolute path), or one in memory. */
export async function openEmbedded(folder?: string): Promise<Database> {
	const turnstile = new Turnstile();
	const connection = await createPgliteConnection(folder ? { url: folder } : {});
	const { driver } = connection;
	await driver.waitReady;
	await driver.exec(`set timezone = 'UTC'`);

	connection.kysely = new Kysely({ dialect: exclusiveDialect(driver, turnstile) });
	const withContext = connection.withContext.bind(connection);
	connection.withContext = (vars, work, options) => turnstile.alone(() => withContext(vars, work, options));
	const runInTransaction = connection.runInTransaction.bind(connection);
	connection.runInTransaction = (work) => turnstile.alone(() => runInTransaction(work));

	const sql = sqlOn(driver);
	return {
		connection,
		values: driver,
		script: (text) => turnstile.alone(() => sql.script(text)),
		rows: (text, parameters) => turnstile.alone(() => sql.rows(text, parameters)),
		transaction: (work) => turnstile.alone(() => driver.transaction((inner) => work(sqlOn(inner)))),
		preparing: (work) => work(),
		dump: () => turnstile.alone(async () => driver.dumpDataDir('gzip')),
		close: () => turnstile.alone(() => connection.close())
	};
}
