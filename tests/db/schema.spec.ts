/** What the tools of the field say of the migrated schema. `npm run types` writes the types anew. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from './postgres';

const TYPES = resolve('src/lib/data/database.types.ts');
const run = promisify(execFile);

/** The Supabase command line on the database under test; it may not phone home. */
async function supabase(...args: string[]) {
	const env = { ...process.env, DO_NOT_TRACK: '1', PGSSLMODE: 'disable' };
	const { stdout } = await run('node_modules/.bin/supabase', [...args, `--remote=${postgres.url}`], { env });
	return stdout;
}

interface Report {
	data?: { level: string; title: string; detail: string }[];
}

let postgres: TestPostgres;
beforeAll(async () => {
	postgres = await startPostgres();
}, 120_000);
afterAll(() => postgres?.close());

it('has the types that the migrations make', { timeout: 60_000 }, async () => {
	const types = await supabase('gen', 'types', 'typescript', '--schema', 'public');
	const options = await resolveConfig(TYPES);
	await expect(await format(types, { ...options, filepath: TYPES })).toMatchFileSnapshot(TYPES);
});

it('gives the advisors nothing to warn of', { timeout: 60_000 }, async () => {
	const report = await supabase(
		'db',
		'advisors',
		'--type',
		'all',
		'--level',
		'warn',
		'--output-format',
		'json'
	);
	const { data = [] } = JSON.parse(report) as Report;
	expect(data.map(({ level, title, detail }) => `${level} ${title}: ${detail}`)).toEqual([]);
});
