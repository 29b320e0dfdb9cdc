import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from './database';
import { openEmbedded } from './embedded';
import { migrate, orderMigrations } from './migrate';

let database: Database;
beforeAll(async () => {
	database = await openEmbedded();
	await database.script(`
		create schema supabase_migrations;
		create table supabase_migrations.schema_migrations (version text primary key, statements text[], name text);
	`);
}, 60_000);
afterAll(() => database?.close());

const [first, second] = orderMigrations({
	'/m/2_second.sql': `insert into one values (2); create function two() returns int language sql as $$ select 2; $$;`,
	'/m/1_first.sql': 'create table one (id int);\ninsert into one values (1);'
});
const rows = async () =>
	(await database.rows<{ id: number }>('select id from one order by id')).map(({ id }) => id);

it('runs what is missing, in order, once', async () => {
	expect(await migrate(database, [first!])).toEqual(['1']);
	expect(await migrate(database, [first!, second!])).toEqual(['2']);
	expect(await migrate(database, [first!, second!])).toEqual([]);
	expect(await rows()).toEqual([1, 2]);
	const [record] = await database.rows('select name, statements from supabase_migrations.schema_migrations');
	expect(record).toEqual({ name: 'first', statements: [first!.text] });
});

it('leaves nothing of a file that fails, and says where it failed', async () => {
	const broken = {
		version: '3',
		name: 'broken',
		text: 'insert into one values (3);\ninsert into nowhere values (1);'
	};
	await expect(migrate(database, [first!, second!, broken])).rejects.toThrow(
		/3_broken\.sql, line 2: .*nowhere/
	);
	expect(await rows()).toEqual([1, 2]);
});

it('leaves data alone that a newer version wrote', async () => {
	await expect(migrate(database, [first!])).rejects.toThrow(/newer version/);
	expect(await rows()).toEqual([1, 2]);
});
