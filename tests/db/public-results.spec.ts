/** The public results: every day of a year is there, and what a number opens adds up to it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AreaTask, ResultsPage } from '$lib/data/results';
import { taskPage, toRead } from '../../src/routes/(public)/results/task-page';
import { District } from './district';
import { startTestEngine, type TestEngine } from './engine';

let engine: TestEngine;
let district: District;
let ids: Record<string, string>;
let year: number;

beforeAll(async () => {
	engine = await startTestEngine();
	district = await District.open(engine);
	year = Number(district.today.slice(0, 4)) - 1;
	const names = ['own street', 'site', 'gathering', 'task', 'phone', 'signup of guest', 'signup of resident'];
	ids = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await district.id(name)])));
	await district.keep();
}, 120_000);
afterAll(() => engine?.close());
beforeEach(() => district.restore());

const results = (from: string, to: string) =>
	district.call<ResultsPage>('visitor', 'read_results', { p_from: from, p_to: to });
const parts = (day: string, area?: string) =>
	district.call<AreaTask[]>('visitor', 'read_area_tasks', {
		p_from: day,
		p_to: day,
		...(area && { p_area: area })
	});

/** Campaign work on `days` dates up to that year's end, a metre and a kilogram each; and one labour day in January. */
async function yearOfCampaign(days: number): Promise<void> {
	await district.rows(
		`with made as (
			insert into public.tasks (site_id, area_id, date, crew_min, crew_max)
			select $1, $2, make_date($3, 12, 31) - n, 1, 8 from generate_series(0, $4::int - 1) n
			where make_date($3, 12, 31) - n <> make_date($3, 1, 30) returning id, date)
		insert into public.result_entries (id, root_id, task_id, site_id, area_id, metres, kg, weighed, at, device_id, seq, device_time)
		select id, id, id, $1, $2, 1, 1, true, date + interval '4 hours', $5, row_number() over (), date + interval '4 hours' from made`,
		[ids['site'], ids['own street'], year, days, ids['phone']]
	);
	await district.rows(
		`with made as (
			insert into public.tasks (site_id, area_id, date, crew_min, crew_max)
			values ($1, $2, make_date($3, 1, 30), 1, 8) returning id)
		insert into public.result_entries (id, root_id, task_id, site_id, area_id, corners, at, device_id, seq, device_time)
		select id, id, id, $1, $2, 7, make_date($3, 1, 30) + interval '4 hours', $4, 10000, make_date($3, 1, 30) + interval '4 hours' from made`,
		[ids['site'], ids['own street'], year, ids['phone']]
	);
}

it('twelve visits of one person are not twelve people: neither their number nor their hours are shown', async () => {
	// As they are rolled up: who came before in the year, or ever, is nobody new.
	await district.rows(
		`insert into public.day_sums
		 select (jsonb_populate_record(null::public.day_sums, nothing || jsonb_build_object('area_id', tests.id(area), 'date', date,
			'participations', 1, 'person_seconds', 7200, 'year_people', (n = 1)::int, 'ever_people', (n = 1)::int))).*
		 from generate_series(1, 12) n cross join lateral (select make_date(1999, n, 20) as date) d cross join unnest(array['district', 'own street']) area
		 cross join (select jsonb_object_agg(attname, 0) as nothing from pg_attribute where attrelid = 'public.day_sums'::regclass and attnum > 0) z`
	);
	const page = await results('1999-01-01', '1999-12-31');
	for (const sums of [page.sums, ...page.areas.map((area) => area.sums), ...page.days.map((day) => day.sums)])
		expect(sums).toMatchObject({ participations: null, hours: null });
	expect(JSON.stringify(page)).not.toContain('minors');
	expect([page.areas.length, page.days.length]).toEqual([1, 12]);
});

it('people of any period that begins with a year or has one day are known; of another the page is told that they are not', async () => {
	const people = async (from: string, to: string) => {
		const { people, people_told } = (await results(from, to)).sums;
		return { people, people_told };
	};
	await district.rows(
		`insert into public.day_sums
		 select (jsonb_populate_record(null::public.day_sums, nothing || jsonb_build_object('area_id', tests.id(area), 'date', date,
			'participations', 10, 'person_seconds', 7200, 'year_people', case n when 1 then 10 else 2 end, 'ever_people', case n when 1 then 10 else 2 end))).*
		 from generate_series(1, 12) n cross join lateral (select make_date(1999, n, 20) as date) d cross join unnest(array['district', 'own street']) area
		 cross join (select jsonb_object_agg(attname, 0) as nothing from pg_attribute where attrelid = 'public.day_sums'::regclass and attnum > 0) z`
	);
	expect(await people('1999-01-01', '1999-12-31')).toEqual({ people: 32, people_told: true });
	expect(await people('1999-01-01', '1999-03-31')).toEqual({ people: 14, people_told: true });
	expect(await people('1990-01-01', '1999-02-28')).toEqual({ people: 12, people_told: true });
	expect(await people('1999-05-01', '1999-05-31')).toEqual({ people: 10, people_told: true });
	expect(await people('1999-05-01', '1999-08-31')).toEqual({ people: null, people_told: false });
});

it('a period whose people nobody counted hides who is hidden in the year: a few who came often', async () => {
	await district.rows(
		`insert into public.day_sums
		 select (jsonb_populate_record(null::public.day_sums, nothing || jsonb_build_object('area_id', tests.id(area), 'date', make_date(1999, n, 20),
			'participations', heads, 'person_seconds', 7200 * heads, 'year_people', case when n = 3 then heads else 0 end, 'ever_people', case when n = 3 then heads else 0 end))).*
		 from generate_series(3, 8) n cross join (values ('district', 23), ('own street', 3), ('other street', 20)) x (area, heads)
		 cross join (select jsonb_object_agg(column_name, 0) - '{area_id,date}'::text[] as nothing from information_schema.columns where table_name = 'day_sums') z`
	);
	await district.rows(
		`insert into public.day_sums
		 select (jsonb_populate_record(null::public.day_sums, nothing || jsonb_build_object('area_id', tests.id('district'), 'date', date '1998-06-20', 'corners', 1, 'entries', 1))).*
		 from (select jsonb_object_agg(column_name, 0) - '{area_id,date}'::text[] as nothing from information_schema.columns where table_name = 'day_sums') z`
	);
	for (const from of ['1999-01-01', '1999-01-02']) {
		const page = await results(from, '1999-12-31');
		expect(page.sums.participations).toBe(138);
		expect(page.areas.map(({ name, sums }) => [name, sums.participations])).toEqual(
			expect.arrayContaining([['老城街道', null]])
		);
		const own = await district.call<ResultsPage>('visitor', 'read_results', {
			p_from: from,
			p_to: '1999-12-31',
			p_area: ids['own street']
		});
		expect(own.sums).toMatchObject({ participations: null, hours: null });
	}
});

describe('the days of a year', () => {
	it('are all there, however much campaign work it had', async () => {
		await yearOfCampaign(70);
		const page = await results(`${year}-01-01`, `${year}-12-31`);
		expect(page.days).toHaveLength(71);
		expect(page.days_cut).toBe(false);
		expect(page.days.at(-1)).toMatchObject({ date: `${year}-01-30`, sums: { corners: 7 } });
		expect(page.days.reduce((sum, { sums }) => sum + sums.metres, 0)).toBe(page.sums.metres);
	});

	it('of all time are the newest, and the page says that there are others', async () => {
		await yearOfCampaign(70);
		const all = await results('1900-01-01', '2199-12-31');
		expect(all.days).toHaveLength(60);
		expect(all.days_cut).toBe(true);
		expect(all.years).toContain(year);
		await district.restore();
		expect(await results('1900-01-01', '2199-12-31')).toMatchObject({ days_cut: false });
	});

	it('are made of more tasks than one page lists, and it can tell', async () => {
		await yearOfCampaign(520);
		const listed = await district.call<AreaTask[]>('visitor', 'read_area_tasks', {
			p_from: '1900-01-01',
			p_to: '2199-12-31',
			p_limit: toRead(true)
		});
		expect(taskPage(listed, true)).toMatchObject({ tasks: { length: 500 }, cut: true });
		expect(listed.map(({ date }) => date)).toEqual(
			listed.map(({ date }) => date).toSorted((a, b) => b.localeCompare(a))
		);
	});
});

describe('what was done, and its pairs of photos', () => {
	/** A result with a released photo before and one after, in each of these areas, on that day and the days before it. */
	const work = async (areas: string[], day: string, days: number) => {
		for (const [n, area] of areas.entries())
			await district.rows(
				`with made as (
					insert into public.sites (area_id, kind, name) values (tests.id($1), 'dead_corner', $1) returning id, area_id),
				planned as (
					insert into public.tasks (site_id, area_id, date, crew_min, crew_max)
					select id, area_id, $2::date - d, 1, 8 from made, generate_series(0, $3::int - 1) d returning id, site_id, area_id, date),
				shown as (
					insert into public.photos (id, task_id, site_id, area_id, kind, sha256, width, height, bytes, released_at)
					select gen_random_uuid(), id, site_id, area_id, k::public.photo_kind, private.sha256_hex(k || id), 10, 10, 10, now() from planned, unnest(array['before', 'after']) k)
				insert into public.result_entries (id, root_id, task_id, site_id, area_id, corners, at, device_id, seq, device_time)
				select id, id, id, site_id, area_id, 1, now(), $4, $5 + row_number() over (), now() from planned`,
				[area, day, days, ids['phone'], 20_000 + n * 1000]
			);
	};
	const everywhere = ['own street', 'community', 'spare community', 'other street'];
	const below = {
		district: everywhere,
		'own street': everywhere.slice(0, 3),
		community: ['community'],
		'other street': ['other street']
	};

	it('are listed of an area and of what is below it, the newest first', async () => {
		const day = `${year}-06-30`;
		await work(everywhere, day, 4);
		for (const [area, its] of Object.entries(below)) {
			const period = { p_from: `${year}-01-01`, p_to: `${year}-12-31`, p_area: await district.id(area) };
			const wanted = [0, 1, 2, 3].flatMap((n) => its.map((site) => [`${year}-06-${30 - n}`, site]));
			const listed = await district.call<AreaTask[]>('visitor', 'read_area_tasks', period);
			expect(listed.map(({ date }) => date)).toEqual(wanted.map(([date]) => date));
			expect(listed.map((part) => part.task_id && `${part.date} ${part.site}`).toSorted()).toEqual(
				wanted.map((row) => row.join(' ')).toSorted()
			);
			const { pairs } = await district.call<ResultsPage>('visitor', 'read_results', period);
			expect(pairs.map(({ date }) => date)).toEqual(wanted.slice(0, 6).map(([date]) => date));
			for (const { site } of pairs) expect(its).toContain(site);
		}
	});

	it('of an area that is none are nothing', async () => {
		const unknown = { p_from: '1900-01-01', p_to: '2199-12-31', p_area: ids['phone'] };
		expect(await district.call('visitor', 'read_area_tasks', unknown)).toEqual([]);
		expect(await district.call('visitor', 'read_results', unknown)).toBeNull();
	});
});

describe('what a number of people is made of', () => {
	const present = (signup: string, heads: number, seq: number, task: string | null = null) =>
		district.rows(
			`insert into public.attendance_events (id, signup_id, gathering_id, area_id, task_id, heads, at, device_id, seq, device_time, source)
			values (gen_random_uuid(), $1, $2, $3, $4, $5, now(), $6, $7, now(), 'organizer')`,
			[ids[signup], ids['gathering'], ids['own street'], task, heads, ids['phone'], seq]
		);

	it('adds up: those in no crew are a part of their own', async () => {
		await present('signup of resident', 8, 50, ids['task']);
		await present('signup of guest', 6, 51);
		const { sums } = await results(district.today, district.today);
		expect(sums.participations).toBe(14);
		for (const area of [undefined, ids['own street']]) {
			const made = await parts(district.today, area);
			expect(made.map(({ task_id, heads }) => [task_id, heads])).toEqual([
				[ids['task'], 8],
				[null, 6]
			]);
			expect(made[1]).toMatchObject({
				gathering_id: ids['gathering'],
				place: '老城广场',
				area: '老城街道',
				date: district.today
			});
			expect(JSON.stringify(made)).not.toMatch(/客人|guest/);
		}
	});

	it('keeps a few people without a crew uncounted, and says nothing where there are none', async () => {
		expect((await parts(district.today)).map(({ task_id }) => task_id)).toEqual([ids['task']]);
		await present('signup of guest', 4, 52);
		expect((await parts(district.today)).find(({ task_id }) => task_id === null)).toMatchObject({
			heads: null
		});
	});
});

describe('a record that arrived late', () => {
	it('says what it holds before it counts, and whether that was weighed', async () => {
		await district.rows(
			`insert into public.result_entries (id, root_id, task_id, site_id, area_id, gathering_id, kg, weighed, loads, corners, adverts, at, device_id, seq, device_time, late)
			select i, i, $1, $2, $3, $4, 50, false, 1.5, 2, 30, now(), $5, 60, now(), true from gen_random_uuid() i`,
			[ids['task'], ids['site'], ids['own street'], ids['gathering'], ids['phone']]
		);
		const { late } = await district.call<{ late: unknown[] }>('organizer', 'closing_check', {
			p_gathering: ids['gathering']
		});
		expect(late).toMatchObject([{ kg: 50, weighed: false, loads: 1.5, corners: 2, adverts: 30 }]);
	});
});
