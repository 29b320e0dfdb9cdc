/** Open data: no names, no small groups, and none that subtraction would tell; exports by role. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { District, PERSONAS } from './district';
import type { ResultsPage } from '$lib/data/results';
import { EXPORTS } from '$lib/data/open-data';
import { EXPORT_COLUMNS, exportTable } from '$lib/i18n/export-words';
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

/** So many heads on a day of a year in an area, brought by somebody new or by a person who is known; answers the sign-up. */
async function came(
	area: string,
	month: number,
	heads: number,
	year = 2024,
	person: string = randomUUID()
): Promise<string> {
	const [day, gathering, signup] = [randomUUID(), randomUUID(), randomUUID()];
	const date = `${year}-${String(month).padStart(2, '0')}-20`;
	await district.rows(
		`insert into public.labour_days (id, area_id, month, date) values ($1, tests.id('district'), date_trunc('month', $2::date), $2) on conflict do nothing`,
		[day, date]
	);
	await district.rows(
		`insert into public.gatherings (id, labour_day_id, area_id, place) select $1, id, tests.id($3), '广场' from public.labour_days where date = $2`,
		[gathering, date, area]
	);
	await district.rows(
		`insert into public.people (id, display_name, area_id) values ($1, '赵不公开', tests.id($2)) on conflict do nothing`,
		[person, area]
	);
	await district.rows(
		`insert into public.signups (id, gathering_id, labour_day_id, area_id, person_id, name, headcount, status, source)
		 select $1, g.id, g.labour_day_id, g.area_id, $3, '赵不公开', 1, 'confirmed', 'guest' from public.gatherings g where g.id = $2`,
		[signup, gathering, person]
	);
	if (heads === 0) return signup;
	await district.rows(
		`insert into public.attendance_events (id, signup_id, gathering_id, area_id, heads, at, device_id, seq, device_time, source)
		 select $1, $2, $3, tests.id($4), $5, private.instant($6, '09:00'), $1, 1, now(), 'leader'`,
		[randomUUID(), signup, gathering, area, heads, date]
	);
	return signup;
}

/** How many of the sums are independent: one that adds nothing can be worked out from the others. */
function rank(sums: readonly (readonly number[])[]): number {
	const rows = sums.map((sum) => [...sum]);
	let found = 0;
	for (let column = 0; column < (rows[0]?.length ?? 0); column++) {
		const at = rows.findIndex((row, n) => n >= found && Math.abs(row[column]!) > 1e-9);
		if (at < 0) continue;
		[rows[found], rows[at]] = [rows[at]!, rows[found]!];
		for (const [n, row] of rows.entries()) {
			if (n === found || row[column] === 0) continue;
			const times = row[column]! / rows[found]![column]!;
			for (const [k, value] of rows[found]!.entries()) row[k]! -= times * value;
		}
		found++;
	}
	return found;
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

	it('hide what would tell of a few who came to a street and to none of its communities', async () => {
		await came('own street', 1, 3, 2023);
		await came('community', 1, 20, 2023);
		await came('spare community', 1, 9, 2023);
		const areas = await district.call<Row[]>('visitor', 'open_areas', { p_year: 2023 });
		expect(areas.find(({ name }) => name === '老城街道')?.participations).toBe(32);
		expect(areas.filter(({ level }) => level === 'community').map((row) => row.participations)).toEqual([
			20,
			null
		]);
	});

	it('count people, not how often they came: twelve times one person is one person', async () => {
		const [often, twice] = [randomUUID(), randomUUID()];
		for (let month = 1; month <= 12; month++) await came('community', month, 1, 2022, often);
		await came('spare community', 1, 30, 2022);
		// The same three each time, and in a street without communities.
		for (const month of [2, 3]) await came('third street', month, 3, 2022, twice);
		await came('other street', 4, 50, 2022);
		const areas = await district.call<Row[]>('visitor', 'open_areas', { p_year: 2022 });
		const of = (name: string) => areas.find((row) => row.name === name)!;
		for (const name of ['府后山社区', '杨柳社区', '北关街道'])
			expect(of(name), name).toMatchObject({ participations: null, hours: null, people: null });
		// Together, the two days of the three would be six; another day goes with them.
		const days = await district.call<Row[]>('visitor', 'open_days', { p_year: 2022 });
		const hidden = days.filter(({ participations }) => participations === null);
		expect(hidden.length).toBeGreaterThan(days.filter(({ date }) => date !== '2022-01-20').length - 2);
		expect(days.find(({ date }) => date === '2022-01-20')).toMatchObject({ participations: null });
	});

	it('say nothing of hours that were credited where nobody was counted', async () => {
		await came('own street', 1, 40, 2021);
		await came('other street', 2, 60, 2021);
		const signup = await came('third street', 3, 0, 2021);
		await district.rows(
			`insert into public.hour_credits (id, signup_id, area_id, seconds, recorded_seconds, reason, credited_at) values ($1, $2, tests.id('third street'), 7200, 0, '忘签', now())`,
			[randomUUID(), signup]
		);
		const areas = await district.call<Row[]>('visitor', 'open_areas', { p_year: 2021 });
		expect(areas.find(({ name }) => name === '北关街道')).toMatchObject({
			participations: null,
			hours: null
		});
		// Nor would what is left of the sum tell them.
		expect(areas.find(({ name }) => name === '老城街道')).toMatchObject({ hours: null });
		const days = await district.call<Row[]>('visitor', 'open_days', { p_year: 2021 });
		expect(days.map(({ hours }) => hours === null)).toEqual([true, false, true]);
	});

	it('and the public results hide the same areas, whichever page one looks at', async () => {
		const hidden = (sums: { participations: number | null; hours: number | null }) => {
			expect(sums.hours === null).toBe(sums.participations === null);
			return sums.participations === null;
		};
		await district.rows('select private.roll_up()');
		const ids = await district.rows<{ name: string; id: string }>('select name, id from public.areas');
		for (const year of [2021, 2022, 2023, 2024]) {
			const period = { p_from: `${year}-01-01`, p_to: `${year}-12-31` };
			const open = await district.call<Row[]>('visitor', 'open_areas', { p_year: year });
			for (const { name, id } of ids) {
				const page = await district.call<ResultsPage>('visitor', 'read_results', { ...period, p_area: id });
				const own = open.find((row) => row.name === name);
				if (own) expect(hidden(page.sums), `${year} ${name}`).toBe(hidden(own));
				expect(page.sums.people === null, `${year} ${name}`).toBe(!own?.people);
				for (const area of page.areas)
					expect(hidden(area.sums), `${year} ${name}, ${area.name}`).toBe(
						hidden(open.find((row) => row.name === area.name)!)
					);
				// Of its days, never one alone of several, and what is hidden in the year is hidden on the day.
				const days = page.days.filter(({ sums }) => hidden(sums));
				const several = page.days.filter(({ sums }) => sums.participations !== 0).length > 1;
				if (page.sums.participations !== null && several) expect(days.length, `${year} ${name}`).not.toBe(1);
				for (const { date } of days)
					expect(
						hidden(
							(
								await district.call<ResultsPage>('visitor', 'read_results', {
									p_from: date,
									p_to: date,
									p_area: id
								})
							).sums
						),
						`${date} ${name}`
					).toBe(true);
				// Whose hours were credited is nobody's business; of the whole district it is a sum.
				expect('hours_credited' in page.sums, name).toBe(name === '红花岗区');
				for (const { sums } of [...page.areas, ...page.days]) expect('hours_self' in sums).toBe(false);
			}
		}
	});

	it('keep hours by how they came to be out: of a large group a single person may stand behind them', async () => {
		for (const name of ['open_days', 'open_areas'])
			expect(JSON.stringify(await district.call('visitor', name, { p_year: 2021 })), name).not.toMatch(
				/hours_self|hours_credited|minors/
			);
	});

	it(
		'tell no group of fewer than five to somebody who adds and subtracts, whatever happened',
		{ timeout: 60_000 },
		async () => {
			const tree: Record<string, string[]> = {
				district: [],
				'own street': ['district'],
				community: ['own street', 'district'],
				'spare community': ['own street', 'district'],
				'other street': ['district'],
				c1: ['other street', 'district'],
				c2: ['other street', 'district'],
				'third street': ['district']
			};
			const places = Object.keys(tree);
			const ids = await Promise.all(places.map((place) => district.id(place)));
			const names = (
				await district.rows<{ id: string; name: string }>('select id, name from public.areas')
			).map(({ id, name }) => [name, places[ids.indexOf(id)]] as const);
			const placeOf = new Map(names);
			let small = 0;
			const sizes = fc.array(fc.constantFrom(0, 0, 1, 2, 3, 4, 5, 6, 9, 20), {
				minLength: places.length,
				maxLength: places.length
			});
			for (const [n, own] of fc.sample(sizes, { numRuns: 40, seed: 5 }).entries()) {
				const year = 1950 + n;
				for (const [at, heads] of own.entries()) if (heads > 0) await came(places[at]!, 1, heads, year);
				const rows = await district.call<Row[]>('visitor', 'open_areas', { p_year: year });
				// Who has which part in the number of an area: those of the area itself, and of all below it.
				const parts = (place: string) =>
					places.map((one) => (one === place || tree[one]!.includes(place) ? 1 : 0));
				const only = (place: string) => places.map((one) => (one === place ? 1 : 0));
				const sum = (vector: readonly number[]) => vector.reduce((all, part, at) => all + part * own[at]!, 0);
				const shown = rows.filter(({ participations }) => participations !== null);
				for (const row of shown) expect(row.participations).toBe(sum(parts(placeOf.get(row.name)!)));
				// What is known besides: that nobody came to a place at all.
				const known = [
					...shown.map(({ name }) => parts(placeOf.get(name)!)),
					...places.filter((_, at) => own[at] === 0).map(only)
				];
				for (const group of [...places.map(parts), ...places.map(only)]) {
					const heads = sum(group);
					if (heads < 1 || heads > 4) continue;
					small++;
					expect(rank([...known, group]), JSON.stringify({ own, group })).toBe(rank(known) + 1);
				}
			}
			expect(small).toBeGreaterThan(50);
		}
	);

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
	});

	it('has words for each of its columns, in an order that somebody chose', async () => {
		const today = district.today;
		for (const what of EXPORTS) {
			const rows = await district.call<Record<string, string | number | boolean | null>[]>(
				'organizer',
				'read_export',
				{ ...(await given(what)), p_from: '2024-01-01', p_to: today }
			);
			expect(rows.length, what).toBeGreaterThan(0);
			expect(Object.keys(rows[0]!).toSorted()).toEqual(EXPORT_COLUMNS[what].toSorted());
			const { headers, cells } = exportTable(what, rows, 'Asia/Shanghai');
			expect(headers[0]).toBe('日期');
			for (const header of headers) expect(header).toMatch(/^[\u4e00-\u9fff（），]+$/);
			// What the database keeps as a code is said in words.
			const columns: readonly string[] = EXPORT_COLUMNS[what];
			for (const code of ['kind', 'status', 'source', 'at', 'leads', 'weighed', 'first', 'counts', 'late'])
				for (const [n, row] of rows.entries())
					if (columns.includes(code) && row[code] !== null)
						expect(cells[n]![columns.indexOf(code)]).toMatch(
							code === 'at' ? /^\d{4}-\d\d-\d\d \d\d:\d\d$/ : /^[\u4e00-\u9fff]+$/
						);
		}
	});

	it('has credited hours in the hours of a task, as in those of a day', async () => {
		await district.rows(
			`insert into public.hour_credits (id, signup_id, area_id, seconds, recorded_seconds, reason, credited_at)
			 select gen_random_uuid(), a.signup_id, a.area_id, 1800, a.named_seconds, '忘签', now() from public.attendance_sums a where a.task_id is not null`
		);
		const rows = await district.call<{ hours: number; hours_credited: number }[]>(
			'organizer',
			'read_export',
			{
				...(await given('tasks')),
				p_to: district.today
			}
		);
		const credited = rows.filter(({ hours_credited }) => hours_credited > 0);
		expect(credited.length).toBeGreaterThan(0);
		for (const { hours, hours_credited } of credited) expect(hours).toBeGreaterThanOrEqual(hours_credited);
	});

	it('is refused to whoever does not organize there', async () => {
		for (const persona of ['resident', 'leader', 'other_organizer'] as const)
			expect((await district.refused(persona, 'read_export', await given('signups'))).code).toBe('not_yours');
	});
});
