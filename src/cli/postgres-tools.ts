/** PostgreSQL's own tools for backups of engine (b). */
import { spawnSync } from 'node:child_process';
import postgres from 'postgres';
import { MAKE_ROLES, roleProblem } from '../lib/server/supabase/roles.ts';

export class ToolError extends Error {
	override name = 'SettingsError';
}

/** What went wrong, for the person who has to put it right. `stderr` is what the tool printed. */
export function explain(tool: string, stderr: string): string {
	const [, server, own] = /server version: ([\d.]+).*?version: ([\d.]+)/s.exec(stderr) ?? [];
	if (server && own) {
		const major = server.split('.')[0];
		return `${tool} is of version ${own}, older than the server (${server}). Install PostgreSQL's client programs of version ${major} (Debian: apt-get install postgresql-client-${major}, from apt.postgresql.org where Debian's own are older).`;
	}
	if (/unsupported version \([\d.]+\) in file header/.test(stderr))
		return `${tool} is older than the pg_dump that made this backup. Install newer client programs of PostgreSQL.`;
	return `${tool} failed: ${stderr.trim().split('\n').at(-1)}`;
}

/** The address without its password, which everybody on the machine could read in the list of programs, and the password. */
export function withoutPassword(url: string): { url: string; password: string } {
	const address = new URL(url);
	const password = decodeURIComponent(address.password);
	address.password = '';
	return { url: address.href, password };
}

/** Runs a tool on the database at `url`; `args` places the address. */
function run(tool: string, url: string, args: (url: string) => string[]): void {
	const target = withoutPassword(url);
	const { error, status, stderr } = spawnSync(tool, args(target.url), {
		encoding: 'utf8',
		stdio: ['ignore', 'inherit', 'pipe'],
		env: { ...process.env, LC_ALL: 'C', ...(target.password && { PGPASSWORD: target.password }) }
	});
	if (error) {
		throw new ToolError(
			`${tool} was not found. Install PostgreSQL's client programs (Debian: apt-get install postgresql-client), as new as the server.`
		);
	}
	if (status !== 0) throw new ToolError(explain(tool, stderr));
}

const SCHEMAS = ['public', 'private', 'auth', 'supabase_migrations'];

/** Writes everything of the app's to a file. */
export function dumpDatabase(url: string, file: string): void {
	run('pg_dump', url, (address) => [
		'--format=custom',
		'--no-owner',
		...SCHEMAS.map((name) => `--schema=${name}`),
		`--file=${file}`,
		address
	]);
}

/** Whether the app has ever run on this database, and whether a server runs on it now. */
export async function stateOf(url: string): Promise<{ used: boolean; running: boolean }> {
	const sql = postgres(url, { max: 1, onnotice: () => {} });
	try {
		const [row] = await sql`select to_regclass('public.areas') is not null as used,
			exists (select from pg_stat_activity where datname = current_database() and application_name = 'last-friday') as running`;
		return { used: row?.used === true, running: row?.running === true };
	} finally {
		await sql.end();
	}
}

/** Replaces the app's schemas by those of a dump, all or nothing: what cannot be put back leaves what was there. */
export async function restoreDatabase(url: string, file: string): Promise<void> {
	const sql = postgres(url, { max: 1, onnotice: () => {} });
	try {
		await sql.unsafe(MAKE_ROLES).catch((error: unknown) => Promise.reject(roleProblem(error)));
	} finally {
		await sql.end();
	}
	// pg_restore could not drop in its own transaction what it has not made: so it writes the SQL, and psql runs both.
	const script = `${file}.sql`;
	run('pg_restore', url, () => ['--no-owner', '--exit-on-error', `--file=${script}`, file]);
	run('psql', url, (address) => [
		'--no-psqlrc',
		'--quiet',
		'--output=/dev/null',
		'--single-transaction',
		'--set=ON_ERROR_STOP=1',
		...SCHEMAS.map((schema) => `--command=drop schema if exists ${schema} cascade`),
		`--file=${script}`,
		address
	]);
}
