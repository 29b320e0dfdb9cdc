/** Engine (b): a PostgreSQL server of your own, through a pool of connections. */
import { createPostgresConnection } from '@supabase/lite/postgres';
import type postgres from 'postgres';
import { SettingsError } from '../settings';
import type { Database, Sql } from './database';

/** Any number that no other program on the same database is likely to lock. */
const PREPARING = 20260130;

const sqlOn = (runner: Pick<postgres.ISql, 'unsafe'>): Sql => ({
	script: async (text) => void (await runner.unsafe(text).simple()),
	rows: async <Row>(text: string, parameters: unknown[] = []) => {
		const rows = await runner.unsafe(text, parameters as postgres.ParameterOrJSON<never>[]);
		return [...rows] as Row[];
	}
});

export async function openPostgres(url: string): Promise<Database> {
	const connection = createPostgresConnection({
		url,
		postgresOptions: {
			max: 20,
			connect_timeout: 10,
			idle_timeout: 60,
			onnotice: () => {},
			connection: { application_name: 'last-friday', statement_timeout: 60_000 }
		}
	});
	const { driver } = connection;
	try {
		await driver`select 1`;
	} catch (error) {
		await connection.close();
		const { message, code } = error as Error & { code?: string };
		throw new SettingsError(`The database named by DATABASE_URL cannot be reached: ${message || code}.`);
	}
	const sql = sqlOn(driver);
	return {
		connection,
		values: driver.options,
		...sql,
		transaction: async (work) => (await driver.begin((inner) => work(sqlOn(inner)))) as never,
		preparing: async (work) => {
			const keeper = await driver.reserve();
			try {
				await keeper`set statement_timeout = 0`;
				await keeper`select pg_advisory_lock(${PREPARING})`;
				return await work();
			} finally {
				await keeper`select pg_advisory_unlock(${PREPARING})`;
				await keeper`reset statement_timeout`;
				keeper.release();
			}
		},
		close: () => connection.close()
	};
}
