/** PostgreSQL's own tools for backups of engine (b). */
import { spawnSync } from 'node:child_process';
import postgres from 'postgres';

export class ToolError extends Error {
	override name = 'SettingsError';
}

function run(tool: string, args: string[]): void {
	const { error, status, stderr } = spawnSync(tool, args, {
		encoding: 'utf8',
		stdio: ['ignore', 'inherit', 'pipe']
	});
	if (error) {
		throw new ToolError(
			`${tool} was not found. Install PostgreSQL's client programs (Debian: apt-get install postgresql-client), as new as the server.`
		);
	}
	if (status !== 0) throw new ToolError(`${tool} failed: ${stderr.trim().split('\n').at(-1)}`);
}

const SCHEMAS = ['public', 'private', 'auth', 'supabase_migrations'];

/** Writes everything of the app's to a file. */
export function dumpDatabase(url: string, file: string): void {
	run('pg_dump', [
		'--format=custom',
		'--no-owner',
		...SCHEMAS.map((name) => `--schema=${name}`),
		`--file=${file}`,
		url
	]);
}

/** Whether the app has ever run on this database. */
export async function isUsed(url: string): Promise<boolean> {
	const sql = postgres(url, { max: 1, onnotice: () => {} });
	try {
		const [row] = await sql`select to_regclass('public.areas') is not null as used`;
		return row?.used === true;
	} finally {
		await sql.end();
	}
}

/** Replaces the app's schemas by those of a dump. */
export async function restoreDatabase(url: string, file: string, roles: readonly string[]): Promise<void> {
	const sql = postgres(url, { max: 1, onnotice: () => {} });
	try {
		for (const role of roles) {
			const [known] = await sql`select from pg_roles where rolname = ${role}`;
			const bypass = role === 'service_role' ? 'bypassrls' : '';
			if (!known) await sql.unsafe(`create role ${role} nologin ${bypass}`);
		}
		for (const schema of SCHEMAS) await sql.unsafe(`drop schema if exists ${schema} cascade`);
	} finally {
		await sql.end();
	}
	run('pg_restore', ['--no-owner', '--exit-on-error', '--single-transaction', `--dbname=${url}`, file]);
}
