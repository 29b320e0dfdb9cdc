/** Brings the schema up to date: each file one transaction, recorded the way the Supabase CLI records it. */
import { SettingsError } from '../settings';
import type { Database, Sql } from './database';

export interface Migration {
	/** The digits before the first underscore of the file's name. */
	version: string;
	name: string;
	text: string;
}

/** Orders the files of `supabase/migrations`, given as path → text. */
export function orderMigrations(files: Record<string, string>): Migration[] {
	return Object.entries(files)
		.map(([path, text]) => {
			const [, version, name] = /(\d+)_([^/]+)\.sql$/.exec(path) ?? [];
			if (!version || !name) throw new Error(`${path} is not named VERSION_name.sql`);
			return { version, name, text };
		})
		.sort((a, b) => a.version.localeCompare(b.version));
}

async function apply(sql: Sql, { version, name, text }: Migration) {
	try {
		await sql.script(text);
	} catch (error) {
		const { message, position } = error as Error & { position?: string };
		const line = position ? text.slice(0, Number(position)).split('\n').length : undefined;
		throw new Error(`Migration ${version}_${name}.sql${line ? `, line ${line}` : ''}: ${message}`, {
			cause: error
		});
	}
	await sql.rows(
		`insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, array[$3]::text[])`,
		[version, name, text]
	);
}

/** Runs what is missing and tells which. Refuses a database that a newer version of the app has written. */
export async function migrate(database: Database, migrations: Migration[]): Promise<string[]> {
	const done = new Set(
		(
			await database.rows<{ version: string }>('select version from supabase_migrations.schema_migrations')
		).map((row) => row.version)
	);
	const known = new Set(migrations.map(({ version }) => version));
	const unknown = [...done].filter((version) => !known.has(version));
	if (unknown.length > 0) {
		throw new SettingsError(
			`The data were written by a newer version of this app (migration ${unknown[0]}). Start that version, or restore a backup.`
		);
	}
	const missing = migrations.filter(({ version }) => !done.has(version));
	for (const migration of missing) await database.transaction((sql) => apply(sql, migration));
	return missing.map(({ version }) => version);
}
