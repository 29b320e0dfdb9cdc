import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../../../../tests/db/engine';
import { seed } from '.';
import type { DayPage } from '$lib/data/days';
import type { ResultsPage } from '$lib/data/results';
import type { Sql } from '$lib/server/supabase/database';
import { parseLocalDate } from '$lib/domain/calendar/local-date';
import { PAST, pastYears } from './history';

const NOW = new Date('2026-11-23T10:00:00Z');
let engine: TestEngine;
const rows = <T>(text: string) => engine.database.rows<T>(text);

beforeAll(async () => {
	engine = await startTestEngine();
	await engine.database.rows(`select set_config('lf.clock', '${NOW.toISOString()}', false)`);
	await seed((work) => engine.database.transaction(work), NOW);
}, 120_000);
afterAll(() => engine.close());

describe('the demo district', () => {
	it('has the real areas under their real names', async () => {
		const [count] = await rows(
			`select count(*) filter (where level = 'street')::int as streets, count(*) filter (where level = 'community')::int as communities from areas`
		);
		expect(count).toEqual({ streets: 23, communities: 196 });
		expect(await rows(`select name from areas where code = '520302001001'`)).toEqual([
			{ name: '大兴路社区' }
		]);
	});

	it('has about 60 sites of every kind, drains with metres', async () => {
		const [sites] = await rows<{ count: number; kinds: number; without: number }>(
			`select count(*)::int as count, count(distinct kind)::int as kinds,
				count(*) filter (where kind = 'drain' and length_m is null)::int as without from sites`
		);
		expect(sites).toMatchObject({ kinds: 8, without: 0 });
		expect(sites?.count).toBeGreaterThanOrEqual(58);
	});

	it('adds up to the figures of a real year', async () => {
		const { data } = await engine.client().rpc('read_results', { p_from: '2026-01-01', p_to: '2026-11-22' });
		const { sums } = data as unknown as { sums: Record<string, number> };
		expect(sums.participations).toBe(PAST.participations);
		expect(sums.kg_weighed! + sums.kg_estimated!).toBeCloseTo(PAST.kilograms, 0);
		expect(sums).toMatchObject({ corners: PAST.corners, adverts: PAST.adverts });
		expect(sums.metres).toBeGreaterThan(10_000);
		expect(await rows('select * from private.compare_totals()')).toEqual([]);
	}, 60_000);

	it('has sign-ups for the next day, counted right, minors never at a hazard', async () => {
		const [next] = await rows<{ signups: number; heads: number; counted: number; waiting: number }>(
			`select count(*)::int as signups, sum(s.headcount) filter (where s.status = 'confirmed')::int as heads,
				count(*) filter (where s.status = 'waitlisted')::int as waiting,
				(select sum(c.confirmed_heads)::int from gathering_counts c join gatherings o on o.id = c.gathering_id
				 where o.status = 'open') as counted
			 from signups s join gatherings g on g.id = s.gathering_id where g.status = 'open'`
		);
		expect(next?.signups).toBeGreaterThanOrEqual(115);
		expect(next?.heads).toBe(next?.counted);
		expect(next?.waiting).toBeGreaterThan(0);
		expect(
			await rows(
				`select s.name from assignments a join signups s on s.id = a.signup_id join tasks t on t.id = a.task_id
				 join sites i on i.id = t.site_id where s.minors > 0 and i.hazards <> '{}'`
			)
		).toEqual([]);
	});

	it('is refused where there is work already', async () => {
		await expect(seed((work) => engine.database.transaction(work), NOW)).rejects.toThrow('already has');
	});
});

/** The demo as it is loaded at some instant. */
async function demoAt<T>(now: string, look: (engine: TestEngine) => Promise<T>): Promise<T> {
	const other = await startTestEngine();
	try {
		await other.database.rows(`select set_config('lf.clock', $1, false)`, [now]);
		await seed((work) => other.database.transaction(work), new Date(now));
		return await look(other);
	} finally {
		await other.close();
	}
}

describe('the demo on any date', () => {
	const whole = {
		participations: PAST.participations,
		metres: expect.closeTo(PAST.metres, -3) as number,
		corners: PAST.corners,
		adverts: PAST.adverts
	};

	it('takes the days of one year as a whole one from five on; before, last year is whole', () => {
		const shape = (date: string) =>
			pastYears(parseLocalDate(date)).map(({ days, part }) => [days[0]?.date.slice(0, 4), days.length, part]);
		expect(shape('2026-11-23')).toEqual([['2026', 10, 1]]);
		expect(shape('2026-12-31')).toEqual([['2026', 10, 1]]);
		expect(shape('2026-07-06')).toEqual([['2026', 6, 1]]);
		expect(shape('2026-03-10')).toEqual([
			['2025', 10, 1],
			['2026', 2, 0.2]
		]);
		expect(shape('2027-01-15')).toEqual([
			['2026', 10, 1],
			[undefined, 0, 0]
		]);
	});

	/** The front page and the results page as a visitor gets them. */
	async function visit(at: TestEngine) {
		const ask = async <T>(name: 'read_day' | 'read_results', given = {}) =>
			(await at.client().rpc(name, given)).data as unknown as T;
		const [front, page] = [await ask<DayPage>('read_day'), await ask<ResultsPage>('read_results')];
		expect(front.day && front.day.date >= front.today).toBe(true);
		expect(front.gatherings.length).toBeGreaterThan(5);
		expect(await at.database.rows('select * from private.compare_totals()')).toEqual([]);
		return { front, page, year: (of: number) => ask<ResultsPage>('read_results', yearOf(of)) };
	}
	const yearOf = (year: number) => ({ p_from: `${year}-01-01`, p_to: `${year}-12-31` });

	it('in November shows this year', async () => {
		const { front, page } = await visit(engine);
		expect(front.year).toMatchObject({ of: 2026, ...whole });
		expect(page).toMatchObject({ from: '2026-01-01', sums: whole });
	}, 60_000);

	it('in January shows last year', async () => {
		await demoAt('2027-01-15T10:00:00Z', async (other) => {
			const { front, page } = await visit(other);
			expect(front.year).toMatchObject({ of: 2026, ...whole });
			expect(page).toMatchObject({ from: '2026-01-01', to: '2026-12-31', years: [2026], sums: whole });
			expect(page.days).toHaveLength(PAST.days);
		});
	}, 120_000);

	it('in March shows a part of this year, and last year whole', async () => {
		await demoAt('2026-03-10T10:00:00Z', async (other) => {
			const { front, page, year } = await visit(other);
			const part = {
				participations: PAST.participations / 5,
				adverts: PAST.adverts / 5,
				corners: Math.round(PAST.corners / 5)
			};
			expect(front.year).toMatchObject({ of: 2026, ...part });
			expect(page).toMatchObject({ from: '2026-01-01', years: [2026, 2025], sums: part });
			expect(await year(2025)).toMatchObject({ sums: whole });
		});
	}, 120_000);

	it('leaves a last Friday to come that is a holiday to the calendar', async () => {
		await demoAt('2026-09-21T10:00:00Z', async (other) => {
			const { front, page } = await visit(other);
			expect(front.day?.date).toBe('2026-09-25');
			expect(page).toMatchObject({ from: '2026-01-01', sums: whole });
			expect(page.days).toHaveLength(8);
		});
	}, 120_000);

	it('is the same each time', async () => {
		const again = await demoAt(NOW.toISOString(), (other) => digests(other.database));
		expect(again).toEqual(await digests(engine.database));
		expect(Object.keys(again).length).toBeGreaterThan(15);
	}, 120_000);
});

/** What each installation makes for itself: keys, and the history, which quotes the instants of its rows. */
const OWN_TABLES = ['private.settings', 'private.venue_secrets', 'public.audit_log'];
const OWN_COLUMNS = ['public.totals.id', 'public.contacts.phone_hash'];

/**
 * Each table as one value. Areas and labour days go by code and month, because the calendar makes their ids; the instant at
 * which a row was written is left out.
 */
async function digests(sql: Sql): Promise<Record<string, string>> {
	const names = await sql.rows<{ id: string; name: string }>(
		`select id, level || coalesce(code, '') as name from public.areas union all select id, month::text from public.labour_days`
	);
	const nameOf = new Map(names.map(({ id, name }) => [id, name]));
	const tables = await sql.rows<{ name: string; written: string[] }>(
		`select format('%s.%s', n.nspname, c.relname) as name,
			array(select a.attname from pg_attribute a join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
				where a.attrelid = c.oid and pg_get_expr(d.adbin, d.adrelid) ~ 'now|clock') as written
		 from pg_class c join pg_namespace n on n.oid = c.relnamespace
		 where n.nspname in ('public', 'private') and c.relkind = 'r' order by 1`
	);
	const found: Record<string, string> = {};
	for (const { name, written } of tables.filter((table) => !OWN_TABLES.includes(table.name))) {
		const left = [
			...written,
			...OWN_COLUMNS.filter((one) => one.startsWith(`${name}.`)).map((one) => one.split('.').at(-1))
		];
		const rows = await sql.rows<{ row: string }>(
			`select (to_jsonb(t) - $1::text[])::text as row from ${name} t`,
			[left]
		);
		const lines = rows.map(({ row }) => row.replace(/[0-9a-f-]{36}/g, (id) => nameOf.get(id) ?? id)).sort();
		if (lines.length) found[name] = createHash('md5').update(lines.join('|')).digest('hex');
	}
	return found;
}
