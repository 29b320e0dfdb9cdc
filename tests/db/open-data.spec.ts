/** Open data: no names, no small groups, and none that subtraction would tell; exports by role. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { District, PERSONAS } from './district';
import { startTestEngine, type TestEngine } from './engine';

interface Row {
	name: string;
	level: string;
	parent: string | null;
	participations: number | null;
	hours: number | null;
	people: number | null;
	date?: string;
}

let engine: TestEngine;
let district: District;
beforeAll(async () => {
	engine = await startTestEngine();
	district = await District.open(engine);
}, 120_000);
afterAll(() => engine?.close());

/** So many heads on a day of 2024 in an area. */
async function came(area: string, month: number, heads: number): Promise<void> {
	const [day, gathering, person, signup] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
	const date = `2024-${String(month).padStart(2, '0')}-20`;
	await district.rows(
		`insert into public.labour_days (id, area_id, month, date) values ($1, tests.id('district'), date_trunc('month', $2::date), $2) on conflict do nothing`,
		[day, date]
	);
	await district.rows(
		`insert into public.gatherings (id, labour_day_id, area_id, place) select $1, id, tests.id($3), '广场' from public.labour_days where date = $2`,
		[gathering, date, area]
	);
	await district.rows(
		`insert into public.people (id, display_name, area_id) values ($1, '赵不公开', tests.id($2))`,
		[person, area]
	);
	await district.rows(
		`insert into public.signups (id, gathering_id, labour_day_id, area_id, person_id, name, headcount, status, source)
		 select $1, g.id, g.labour_day_id, g.area_id, $3, '赵不公开', 1, 'confirmed', 'guest' from public.gatherings g where g.id = $2`,
		[signup, gathering, person]
	);
	await district.rows(
		`insert into public.attendance_events (id, signup_id, gathering_id, area_id, heads, at, device_id, seq, device_time, source)
		 select $1, $2, $3, tests.id($4), $5, private.instant($6, '09:00'), $1, 1, now(), 'leader'`,
		[randomUUID(), signup, gathering, area, heads, date]
	);
}

describe('open data', () => {
	it('leave small groups out, and the smallest of the others with a single one', async () => {
		await came('own street', 1, 20);
		await came('community', 1, 3);
		await came('spare community', 1, 9);
		await came('other street', 2, 40);
		const areas = await district.call<Row[]>('visitor', 'open_areas', { p_year: 2024 });
		const heads = (name: string) => areas.find((row) => row.name === name)?.participations;
		expect(heads('红花岗区')).toBe(72);
		expect(heads('老城街道')).toBe(32);
		expect(heads('万里路街道')).toBe(40);
		// Three are too few to tell; nine would tell them, with the street's own twenty.
		expect(
			areas
				.filter(({ level }) => level === 'community')
				.map(({ participations, hours, people }) => [participations, hours, people])
		).toEqual([
			[null, null, null],
			[null, null, null]
		]);
	});

	it('do the same for the days of a year', async () => {
		await came('own street', 5, 2);
		await came('own street', 6, 50);
		const days = await district.call<Row[]>('visitor', 'open_days', { p_year: 2024 });
		// May is too small; January, the smallest of the rest, goes with it.
		expect(days.map(({ date, participations }) => [date, participations])).toEqual([
			['2024-01-20', null],
			['2024-02-20', 40],
			['2024-05-20', null],
			['2024-06-20', 50]
		]);
	});

	it('hide what a hidden area could be added up from', async () => {
		// A third street, so small that another goes with it: the smaller one, whose two communities are both shown elsewhere.
		await district.rows(
			`insert into public.areas (id, parent_id, level, name) values (tests.id('third street'), tests.id('district'), 'street', '北关街道'), (tests.id('c1'), tests.id('other street'), 'community', '甲社区'), (tests.id('c2'), tests.id('other street'), 'community', '乙社区')`
		);
		await came('third street', 7, 4);
		await came('c1', 8, 6);
		await came('c2', 8, 7);
		const areas = await district.call<Row[]>('visitor', 'open_areas', { p_year: 2024 });
		const shown = (name: string) => areas.find((row) => row.name === name)?.participations !== null;
		expect(shown('北关街道')).toBe(false);
		expect(['万里路街道', '老城街道'].filter(shown)).toHaveLength(1);
		expect(shown('万里路街道') || !(shown('甲社区') && shown('乙社区'))).toBe(true);
	});

	it('name nobody, for whoever asks', async () => {
		for (const persona of PERSONAS)
			for (const name of ['open_days', 'open_areas'])
				expect(JSON.stringify(await district.call(persona, name, { p_year: 2024 }))).not.toMatch(
					/赵不公开|signup|person/
				);
		expect(await district.call('visitor', 'open_days', { p_year: 1 })).toEqual([]);
	});
});

describe('an export', () => {
	const given = async (p_what: string) => ({
		p_what,
		p_from: '2024-01-01',
		p_to: '2024-12-31',
		p_area: await district.id('own street')
	});

	it('has every row of the own area and none of another', async () => {
		const rows = await district.call<{ area: string; name: string }[]>(
			'organizer',
			'read_export',
			await given('signups')
		);
		expect(rows.length).toBeGreaterThan(3);
		expect(new Set(rows.map(({ area }) => area))).toEqual(new Set(['老城街道', '府后山社区', '杨柳社区']));
		expect(JSON.stringify(rows)).not.toMatch(/phone|\+86/);
		for (const what of ['days', 'tasks', 'results'])
			expect(Array.isArray(await district.call('organizer', 'read_export', await given(what)))).toBe(true);
	});

	it('is refused to whoever does not organize there', async () => {
		for (const persona of ['resident', 'leader', 'other_organizer'] as const)
			expect((await district.refused(persona, 'read_export', await given('signups'))).code).toBe('not_yours');
	});
});
