/** Runs the files of supabase/tests as `supabase test db` would, without Docker: pgTAP on PGlite. */
import { PGlite } from '@electric-sql/pglite';
import { pgtap } from '@electric-sql/pglite-pgtap';
import { getAuthSchemaSql } from '@supabase/lite';
import { MAKE_ROLES, SCHEMA_USAGE } from '$lib/server/supabase/roles';
import { basename } from 'node:path';
import { migrations } from './engine';

/** What the platform has before the first migration: its helpers, and its generous grants, on which nothing may rest. */
const PLATFORM = `
	create or replace function auth.uid() returns uuid language sql stable as $$
		select coalesce(
			nullif(current_setting('request.jwt.claim.sub', true), ''),
			nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
		)::uuid
	$$;
	create or replace function auth.role() returns text language sql stable as $$
		select coalesce(
			nullif(current_setting('request.jwt.claim.role', true), ''),
			nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role'
		)
	$$;
	create or replace function auth.jwt() returns jsonb language sql stable as $$
		select coalesce(nullif(current_setting('request.jwt.claims', true), ''), '{}')::jsonb
	$$;
	alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
	alter default privileges in schema public grant all on sequences to anon, authenticated, service_role;
	alter default privileges in schema public grant execute on functions to anon, authenticated, service_role;
	create schema extensions;
	grant usage on schema extensions to anon, authenticated, service_role;
	create extension pgtap with schema extensions;
	set timezone = 'UTC';
`;
const SEARCH_PATH = `set search_path = public, extensions`;

/** What files share; psql includes it with `\\ir name`. */
const shared = Object.fromEntries(
	Object.entries(
		import.meta.glob<string>('/supabase/tests/*.psql', { query: '?raw', import: 'default', eager: true })
	).map(([path, text]) => [basename(path), text])
);

/** The text of a shared file of supabase/tests. */
export function sharedSql(name: string): string {
	const text = shared[name];
	if (text === undefined) throw new Error(`supabase/tests has no ${name}`);
	return text;
}

/** Does what psql would do with the one command of its own that the files use. */
export const included = (text: string) =>
	text.replace(/^\\ir (\S+)$/gm, (_, name: string) => sharedSql(name));

export interface TapReport {
	planned: number | undefined;
	passed: string[];
	/** Failed assertions with what pgTAP says of them. */
	failed: string[];
	/** The error that ended the file early. */
	broken: string | undefined;
}

/** Reads pgTAP's lines. */
export function readTap(lines: string[]): TapReport {
	const report: TapReport = { planned: undefined, passed: [], failed: [], broken: undefined };
	for (const line of lines.flatMap((text) => text.split('\n'))) {
		const plan = /^1\.\.(\d+)/.exec(line);
		if (plan) report.planned = Number(plan[1]);
		else if (/^ok\b/.test(line)) report.passed.push(line);
		else if (/^not ok\b/.test(line)) report.failed.push(line);
		else if (/^#/.test(line) && report.failed.length > 0) report.failed.push(line);
	}
	return report;
}

export interface TapDatabase {
	/** Runs one file; whatever it did is rolled back. */
	run(text: string): Promise<TapReport>;
	close(): Promise<void>;
}

export async function openTapDatabase(): Promise<TapDatabase> {
	const database = await PGlite.create({ extensions: { pgtap } });
	await database.exec(getAuthSchemaSql());
	await database.exec(MAKE_ROLES);
	await database.exec(SCHEMA_USAGE);
	await database.exec(PLATFORM);
	for (const { name, text } of migrations) {
		await database.exec(text).catch((error: Error) => {
			throw new Error(`${name}: ${error.message}`);
		});
	}

	return {
		run: async (text) => {
			const lines: string[] = [];
			let broken: string | undefined;
			try {
				for (const { rows } of await database.exec(`${SEARCH_PATH}; ${included(text)}`, {
					rowMode: 'array'
				})) {
					for (const row of rows as unknown as unknown[][])
						if (typeof row[0] === 'string') lines.push(row[0]);
				}
			} catch (error) {
				broken = (error as Error).message;
			} finally {
				await database.exec('rollback; reset role; discard temp');
			}
			return { ...readTap(lines), broken };
		},
		close: () => database.close()
	};
}
