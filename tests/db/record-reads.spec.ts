/** What recording the day reads of the tables that grow for years: as much in the tenth year as in the first. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { District, type Json } from './district';
import { startTestEngine, type TestEngine } from './engine';

let engine: TestEngine;
let district: District;
let ids: Record<'site' | 'task' | 'resident', string>;

beforeAll(async () => {
	engine = await startTestEngine();
	district = await District.open(engine);
	ids = {
		site: await district.id('site'),
		task: await district.id('task'),
		resident: await district.id('signup of resident')
	};
	await district.keep();
}, 120_000);
afterAll(() => engine?.close());

const record = (seq: number, more: Json) =>
	JSON.stringify([{ id: randomUUID(), device_id: ids.site, seq, at: district.now, ...more }]);

/** Rows that a check-in and a result read; small tables, which are read whole only because they are small, by their indexes too. */
async function read(): Promise<number> {
	const found = await district.as('leader', async (sql) => {
		const soFar = async () => {
			const [row] = await sql.rows<{ rows: number }>(
				`select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::int as rows from pg_stat_xact_user_tables
				 where relname in ('totals', 'tasks', 'attendance_events', 'attendance_sums', 'result_entries', 'signups', 'assignments')`
			);
			return row!.rows;
		};
		await sql.script('discard plans; set local enable_seqscan = off;');
		const before = await soFar();
		const checkIn = record(1, { signup_id: ids.resident, kind: 'present', heads: 1, minors: 0 });
		const result = record(2, { task_id: ids.task, bags: 1 });
		const answers = [
			...(await sql.rows('select public.record_attendance($1) as of', [checkIn])),
			...(await sql.rows('select public.record_results($1) as of', [result]))
		];
		expect(answers).toMatchObject([{ of: [{ outcome: 'recorded' }] }, { of: [{ outcome: 'recorded' }] }]);
		return (await soFar()) - before;
	});
	await district.restore();
	await district.rows('discard plans');
	return found;
}

it('does not grow with what was before', async () => {
	const before = await read();
	expect(before).toBeGreaterThan(0);
	await district.rows(
		`insert into public.tasks (id, site_id, area_id, date, crew_min, crew_max)
		 select gen_random_uuid(), s.id, s.area_id, date '2009-01-01' + n, 2, 9
		 from (select * from public.sites where id <> $1 limit 4) s, generate_series(1, 1000) n`,
		[ids.site]
	);
	await district.rows('analyze');
	expect(await district.row(`select count(*) > 2000 as many from public.totals`)).toEqual({ many: true });
	expect((await read()) - before).toBeLessThan(100);
});
