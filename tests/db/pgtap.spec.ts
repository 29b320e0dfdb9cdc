import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTapDatabase, readTap, type TapDatabase } from './pgtap';

const files = Object.entries(
	import.meta.glob<string>('/supabase/tests/*.test.sql', { query: '?raw', import: 'default', eager: true })
);

let database: TapDatabase;
beforeAll(async () => {
	database = await openTapDatabase();
}, 120_000);
afterAll(() => database?.close());

describe.runIf(files.length > 0)('the schema, file by file', () => {
	for (const [path, text] of files) {
		it(basename(path), { timeout: 60_000 }, async () => {
			expect(text.trimStart(), 'a file begins a transaction').toMatch(/^(--.*\n\s*)*begin;/i);
			expect(text.trimEnd(), 'and rolls it back').toMatch(/rollback;$/i);
			const { failed, broken, passed, planned } = await database.run(text);
			expect(broken, 'ended early').toBeUndefined();
			expect(failed).toEqual([]);
			expect(passed.length, 'as many assertions as planned').toBe(planned);
		});
	}
});

describe('the runner itself', () => {
	const file = (body: string) => `begin; select plan(1); ${body} select * from finish(); rollback;`;

	it('sees a false assertion, with what pgTAP says of it', async () => {
		const { failed } = await database.run(file(`select is(1, 2, 'one is two');`));
		expect(failed[0]).toContain('not ok 1 - one is two');
		expect(failed.join('\n')).toContain('have: 1');
	});

	it('sees a file that ends early', async () => {
		const { broken } = await database.run(file('select no_such_thing;'));
		expect(broken).toContain('no_such_thing');
	});

	it('undoes what a file did', async () => {
		await database.run('begin; create table public.left_over (id int); commit_not;');
		const { passed } = await database.run(file(`select hasnt_table('left_over');`));
		expect(passed).toHaveLength(1);
	});

	it('counts what was planned', () => {
		expect(readTap(['1..2', 'ok 1 - a'])).toMatchObject({ planned: 2, passed: ['ok 1 - a'] });
	});
});
