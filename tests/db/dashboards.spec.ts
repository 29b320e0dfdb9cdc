/**
 * What the live board and the charts are drawn from, with every number worked out by hand on one small district:
 *
 * North street (communities N1, N2) and South street; today is Friday 2026-10-30, at noon. In September North cleaned Ditch and
 * Corner and South cleaned Far ditch; on 1 October Corner was cleaned once more as campaign work; today's labour day is running.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { District, type Json } from './district';
import { startTestEngine, type TestEngine } from './engine';

let engine: TestEngine;
let district: District;
/** Noon in Shanghai. */
const NOON = '2026-10-30T04:00:00Z';
const id = (name: string) => district.id(name);
const read = async <T>(
	name: string,
	given: Json,
	caller: 'organizer' | 'admin' | 'other_organizer' = 'admin'
) => district.call<T>(caller, name, given, { at: NOON });

beforeAll(async () => {
	engine = await startTestEngine();
	district = await District.open(engine);
	// The fixture's people and places stay, its records go: what follows is all there is.
	await engine.database.script(`
		begin;
		set local session_replication_role = replica;
		delete from public.hour_credits; delete from public.hour_answers; delete from public.hour_requests; delete from public.certificates;
		delete from public.photos; delete from public.result_entries; delete from public.attendance_events; delete from public.attendance_sums;
		delete from public.assignments; delete from public.task_leaders; delete from public.task_notes; delete from public.day_phones;
		delete from private.signup_secrets; delete from public.signups; delete from public.tasks; delete from public.totals; delete from public.day_sums; delete from public.site_days;
		delete from public.gathering_counts; delete from private.gathering_plans; delete from public.gatherings; delete from public.labour_days;
		delete from public.site_extras; delete from public.sites;
		commit;
	`);
	await engine.database.script(`
		insert into public.labour_days (id, area_id, month, date) values
			(tests.id('september'), tests.id('district'), '2026-09-01', '2026-09-25'), (tests.id('october'), tests.id('district'), '2026-10-01', '2026-10-30');
		insert into public.gatherings (id, labour_day_id, area_id, place, starts, ends) values
			(tests.id('north, september'), tests.id('september'), tests.id('own street'), '广场', '08:30', '11:00'),
			(tests.id('south, september'), tests.id('september'), tests.id('other street'), '桥头', '08:30', '11:00'),
			(tests.id('north, october'), tests.id('october'), tests.id('own street'), '广场', '08:30', '13:00'),
			(tests.id('south, october'), tests.id('october'), tests.id('other street'), '桥头', '08:30', '13:00');
		insert into public.sites (id, area_id, kind, name, length_m, interval_days, in_jurisdiction, created_at) values
			(tests.id('ditch'), tests.id('own street'), 'drain', 'Ditch', 100, 30, true, '2026-01-01'),
			(tests.id('corner'), tests.id('own street'), 'dead_corner', 'Corner', null, 10, true, '2026-01-01'),
			(tests.id('wall'), tests.id('own street'), 'adverts', 'Wall', null, null, true, '2026-01-01'),
			(tests.id('railway'), tests.id('own street'), 'drain', 'Railway', 900, 5, false, '2026-01-01'),
			(tests.id('far ditch'), tests.id('other street'), 'drain', 'Far ditch', 300, 40, true, '2026-01-01');
		insert into public.tasks (id, site_id, area_id, gathering_id, date, crew_min, crew_max) values
			(tests.id('ditch, september'), tests.id('ditch'), tests.id('own street'), tests.id('north, september'), '2026-09-25', 2, 8),
			(tests.id('corner, september'), tests.id('corner'), tests.id('own street'), tests.id('north, september'), '2026-09-25', 2, 8),
			(tests.id('far ditch, september'), tests.id('far ditch'), tests.id('other street'), tests.id('south, september'), '2026-09-25', 2, 8),
			(tests.id('corner, campaign'), tests.id('corner'), tests.id('own street'), null, '2026-10-01', 1, 8),
			(tests.id('ditch, october'), tests.id('ditch'), tests.id('own street'), tests.id('north, october'), '2026-10-30', 6, 8),
			(tests.id('corner, october'), tests.id('corner'), tests.id('own street'), tests.id('north, october'), '2026-10-30', 2, 8),
			(tests.id('far ditch, october'), tests.id('far ditch'), tests.id('other street'), tests.id('south, october'), '2026-10-30', 4, 8);
	`);
	const party = (
		name: string,
		person: string,
		gathering: string,
		area: string,
		heads: number,
		task: string | null,
		events: [string, number][]
	) =>
		engine.database.script(`
			insert into public.signups (id, gathering_id, labour_day_id, area_id, person_id, name, headcount, status, source)
			select tests.id('${name}'), g.id, g.labour_day_id, tests.id('${area}'), tests.id('${person}'), '${name}', ${heads}, 'confirmed', 'guest' from public.gatherings g where g.id = tests.id('${gathering}');
			${task ? `insert into public.assignments (signup_id, task_id) values (tests.id('${name}'), tests.id('${task}'));` : ''}
			${events
				.map(
					(
						[at, present],
						seq
					) => `insert into public.attendance_events (id, signup_id, gathering_id, area_id, task_id, heads, at, device_id, seq, device_time, source, received_at)
					values (tests.id('${name} event ${seq}'), tests.id('${name}'), tests.id('${gathering}'), tests.id('${area}'), ${task ? `tests.id('${task}')` : 'null'}, ${present}, '${at}', tests.id('phone'), ${seq}, '${at}', 'leader', '${at}');`
				)
				.join('\n')}`);
	const s = '2026-09-25T';
	await party('wang in september', 'resident', 'north, september', 'own street', 4, 'ditch, september', [
		[`${s}00:30:00Z`, 4],
		[`${s}02:30:00Z`, 0]
	]);
	await party('li in september', 'leader', 'north, september', 'own street', 1, 'corner, september', [
		[`${s}00:30:00Z`, 1],
		[`${s}01:30:00Z`, 0]
	]);
	await party(
		'zhao in september',
		'guest elsewhere',
		'south, september',
		'other street',
		2,
		'far ditch, september',
		[
			[`${s}00:30:00Z`, 2],
			[`${s}03:00:00Z`, 0]
		]
	);
	const o = '2026-10-30T';
	// Five signed up for Ditch: three came, one of them has gone; nobody came to Corner; South's two were in no crew.
	await party('wang in october', 'resident', 'north, october', 'own street', 3, 'ditch, october', [
		[`${o}01:00:00Z`, 3],
		[`${o}02:00:00Z`, 2]
	]);
	await party('li in october', 'leader', 'north, october', 'own street', 2, 'ditch, october', []);
	await party('zhao in october', 'guest elsewhere', 'south, october', 'other street', 2, null, [
		[`${o}01:00:00Z`, 2]
	]);
	const entry = (
		name: string,
		task: string,
		at: string,
		fields: string,
		values: string,
		root = name,
		late = false
	) =>
		engine.database.script(`
			insert into public.result_entries (id, root_id, task_id, site_id, area_id, gathering_id, at, device_id, seq, device_time, received_at, late, ${fields})
			select tests.id('${name}'), tests.id('${root}'), t.id, t.site_id, t.area_id, t.gathering_id, '${at}', tests.id('phone'), 1, '${at}', '${at}', ${late}, ${values} from public.tasks t where t.id = tests.id('${task}');`);
	await entry('a', 'ditch, september', `${s}02:00:00Z`, 'metres, kg, weighed', '60, 200, true');
	await entry('b', 'corner, september', `${s}02:00:00Z`, 'corners, kg', '1, 50');
	await entry('c', 'far ditch, september', `${s}02:00:00Z`, 'metres, bags', '350, 4');
	await entry('d', 'corner, campaign', '2026-10-01T02:00:00Z', 'corners', '1');
	await entry('e', 'ditch, october', `${o}02:00:00Z`, 'metres', '90');
	await entry('e corrected', 'ditch, october', `${o}02:30:00Z`, 'metres', '30', 'e');
	await entry('f', 'far ditch, october', `${o}03:00:00Z`, 'bags', '7');
	await entry('g, late', 'corner, october', `${o}03:30:00Z`, 'corners', '9', 'g, late', true);
	for (const [task, kind, released] of [
		['ditch, september', 'before', true],
		['ditch, september', 'after', true],
		['corner, september', 'before', true],
		['corner, september', 'after', false]
	] as const)
		await district.rows(
			`insert into public.photos (id, task_id, site_id, area_id, kind, sha256, width, height, bytes, released_at)
			 select gen_random_uuid(), t.id, t.site_id, t.area_id, $2::public.photo_kind, private.sha256_hex($1 || $2), 10, 10, 10, case when $3 then now() end from public.tasks t where t.id = tests.id($1)`,
			[task, kind, released]
		);
	await district.keep();
}, 120_000);
afterAll(() => engine?.close());

it('the records are what the numbers below were worked out from', async () => {
	expect(await district.rows('select * from private.compare_totals()')).toEqual([]);
});

interface Live {
	date: string;
	sums: Record<string, number>;
	gatherings: Json[];
	short: Json[];
	latest: Json[];
}
describe('the running day', () => {
	it('tells who came of how many and who is still there, gathering by gathering', async () => {
		const live = await read<Live>('read_live', { p_area: await id('district') });
		expect(live.date).toBe('2026-10-30');
		expect(live.sums).toMatchObject({ participations: 5, parties: 2, metres: 30, bags: 7, corners: 0 });
		const of = async (area: string) => {
			const name = (
				await district.row<{ name: string }>('select name from public.areas where id = $1', [await id(area)])
			).name;
			return live.gatherings.find((one) => one['area'] === name);
		};
		expect(live.gatherings).toHaveLength(2);
		expect(await of('own street')).toMatchObject({
			expected: 5,
			came: 3,
			present: 2,
			tasks: 2,
			with_result: 1
		});
		// Results of a crew nobody was assigned to count; so do people who are in no crew.
		expect(await of('other street')).toMatchObject({
			expected: 2,
			came: 2,
			present: 2,
			tasks: 1,
			with_result: 1
		});
	});

	it('names the crews that lack people, those that lack most first', async () => {
		const { short } = await read<Live>('read_live', { p_area: await id('district') });
		expect(short.map(({ site, crew_min, came, assigned }) => [site, crew_min, came, assigned])).toEqual([
			['Far ditch', 4, 0, 0],
			['Ditch', 6, 3, 5],
			['Corner', 2, 0, 0]
		]);
	});

	it('shows results as they come, corrected ones as corrected, late ones not before they are accepted', async () => {
		const { latest } = await read<Live>('read_live', { p_area: await id('district') });
		expect(latest.map(({ site, metres, bags }) => [site, metres, bags])).toEqual([
			['Far ditch', null, 7],
			['Ditch', 30, null]
		]);
	});

	it('shows the correction, or nothing of what was taken back, also where the clock of the first phone was fast', async () => {
		try {
			const write = (name: string, root: string, at: string, adverts: number | null) =>
				district.rows(
					`insert into public.result_entries (id, root_id, task_id, site_id, area_id, gathering_id, adverts, at, device_id, seq, device_time)
					 select tests.id($1), tests.id($2), t.id, t.site_id, t.area_id, t.gathering_id, $4, $3, tests.id($1), 1, now() from public.tasks t where t.id = tests.id('corner, october')`,
					[name, root, at, adverts]
				);
			await write('fast', 'fast', '2026-10-30T02:30:00Z', 50);
			await write('fast corrected', 'fast', '2026-10-30T02:20:00Z', 40);
			await write('wrong', 'wrong', '2026-10-30T02:30:00Z', 60);
			await write('wrong taken back', 'wrong', '2026-10-30T02:20:00Z', null);
			const { latest, sums } = await read<Live>('read_live', { p_area: await id('own street') });
			expect(latest.flatMap(({ adverts }) => adverts ?? [])).toEqual([40]);
			expect(sums['adverts']).toBe(40);
		} finally {
			await district.restore();
		}
	});

	it('is each organizer’s own part', async () => {
		const live = await read<Live>('read_live', { p_area: await id('own street') }, 'organizer');
		expect(live.gatherings).toHaveLength(1);
		expect(live.short.map(({ site }) => site)).toEqual(['Ditch', 'Corner']);
		expect(live.latest.map(({ site }) => site)).toEqual(['Ditch']);
		expect(live.sums).toMatchObject({ participations: 3, metres: 30, bags: 0 });
		expect(
			(
				await district.refused(
					'other_organizer',
					'read_live',
					{ p_area: await id('own street') },
					{ at: NOON }
				)
			).code
		).toBe('not_yours');
	});
});

interface Dashboard {
	until: string;
	months: { month: string; sums: Record<string, number> }[];
	areas: { id: string; days: number; sums: Record<string, number> }[];
	overdue: { count: number; sites: number; never: number; rows: Json[] };
	drains: { count: number; rows: Json[] };
	relapse: { kinds: Json[]; sites: Json[] };
	pairs: Json[];
}
describe('the sites that a summary counts', () => {
	it('are listed where their number is opened, as many as it says, each once', async () => {
		try {
			// Ditch has no length any more: both its days wait to be checked, and so does its length.
			await district.rows(
				`update public.sites set length_m = null, responsible_unit = '老城街道' where id = tests.id('ditch')`
			);
			const period = { p_from: '2026-01-01', p_to: '2026-12-31', p_area: await id('district') };
			const { problems } = await read<{ problems: Record<string, number> }>('read_summary', period);
			const names: Record<string, string[]> = {
				sites: ['Wall', 'Corner', 'Ditch', 'Far ditch'],
				units: ['Ditch'],
				passed_on: ['Railway'],
				untouched: ['Wall'],
				overdue: ['Corner'],
				unknown_length: ['Ditch'],
				flagged: ['Ditch', 'Far ditch'],
				to_check: ['Ditch', 'Far ditch']
			};
			for (const [p_figure, listed] of Object.entries(names)) {
				const found = await read<{
					sum: number;
					count: number;
					rows: { site: string; task_id: string | null }[];
				}>('read_records', { ...period, p_figure, p_limit: 100, p_offset: 0 });
				expect(
					found.rows.map(({ site }) => site),
					p_figure
				).toEqual(listed);
				expect([found.sum, found.count, problems[p_figure]], p_figure).toEqual(
					[listed, listed, listed].map(({ length }) => length)
				);
				// Metres to be checked open with the day they were recorded on.
				if (p_figure === 'flagged')
					expect(found.rows.map(({ task_id }) => task_id)).toEqual([
						await id('ditch, october'),
						await id('far ditch, september')
					]);
			}
		} finally {
			await district.restore();
		}
	});
});

describe('a site of which something was only written in words', () => {
	it('is as little among the cleaned ones as it is missing among the untouched', async () => {
		const period = { p_from: '2026-01-01', p_to: '2026-12-31', p_area: await id('district') };
		const counted = async () => {
			const { methods, problems } = await read<Record<'methods' | 'problems', Record<string, number>>>(
				'read_summary',
				period
			);
			const { sum, rows } = await read<{ sum: number; rows: { site: string }[] }>('read_records', {
				...period,
				p_figure: 'sites_cleaned',
				p_limit: 100,
				p_offset: 0
			});
			expect(sum).toBe(methods['sites_cleaned']);
			return {
				cleaned: rows.map(({ site }) => site).toSorted(),
				sites: problems['sites'],
				untouched: problems['untouched']
			};
		};
		const before = { cleaned: ['Corner', 'Ditch', 'Far ditch'], sites: 4, untouched: 1 };
		expect(await counted()).toEqual(before);
		try {
			await district.rows(`insert into public.tasks (id, site_id, area_id, date, crew_min, crew_max)
				values (tests.id('wall, campaign'), tests.id('wall'), tests.id('own street'), '2026-10-02', 1, 8)`);
			const write = (adverts: number | null, seq: number) =>
				district.rows(
					`insert into public.result_entries (id, root_id, task_id, site_id, area_id, adverts, note, at, device_id, seq, device_time)
					 values (gen_random_uuid(), tests.id('wall entry'), tests.id('wall, campaign'), tests.id('wall'), tests.id('own street'), $1, '下雨，没清', '2026-10-02T02:00:00Z', tests.id('phone'), $2, now())`,
					[adverts, seq]
				);
			await write(null, 1);
			expect(await counted()).toEqual(before);
			await write(30, 2);
			expect(await counted()).toEqual({ cleaned: [...before.cleaned, 'Wall'], sites: 4, untouched: 0 });
		} finally {
			await district.restore();
		}
	});
});

describe('the year as charts', () => {
	const year = (area: string, to = '2026-12-31') =>
		id(area).then((p_area) => read<Dashboard>('read_dashboard', { p_from: '2026-01-01', p_to: to, p_area }));

	it('has twelve months, each the sum of its days', async () => {
		const { months } = await year('district');
		expect(months).toHaveLength(12);
		expect(months.map(({ sums }) => sums['participations'])).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 7, 5, 0, 0]);
		// September: 4 heads 2 h, 1 head 1 h, 2 heads 2.5 h; Ditch 60 m, of Far ditch's 350 m its whole length.
		expect(months[8]!.sums).toMatchObject({
			parties: 3,
			hours: 14,
			metres: 360,
			corners: 1,
			kg_weighed: 200,
			kg_estimated: 50,
			bags: 4,
			tasks: 3
		});
		// October: 3 heads 1 h and 2 of them on to the planned end at 13:00; 2 heads from 9:00 to 13:00.
		expect(months[9]!.sums).toMatchObject({
			hours: 17,
			metres: 30,
			corners: 1,
			bags: 7,
			tasks: 3,
			open_ended: 2
		});
	});

	it('puts streets side by side, with on how many days somebody came: who ranks them needs a minimum', async () => {
		const { areas } = await year('district');
		const own = areas.find(({ id: area }) => area === north)!;
		const other = areas.find(({ id: area }) => area === south)!;
		expect([own.days, other.days]).toEqual([2, 2]);
		expect(own.sums).toMatchObject({ participations: 8, metres: 90, corners: 1 });
		expect(other.sums).toMatchObject({ participations: 4, metres: 300, bags: 11 });
		const until = (await year('district', '2026-09-30')).areas.find(({ id: area }) => area === north)!;
		expect(until.days).toBe(1);
	});
	it('ranks by what was done on labour days, not on others', async () => {
		try {
			await district.rows(
				`insert into public.result_entries (id, root_id, task_id, site_id, area_id, at, device_id, seq, device_time, kg)
				 select x, x, t.id, t.site_id, t.area_id, '2026-10-01T03:00:00Z', x, 1, now(), 4000 from public.tasks t, gen_random_uuid() x where t.id = tests.id('corner, campaign')`
			);
			const own = (await year('district')).areas.find(({ id: area }) => area === north)!;
			expect(own.sums).toMatchObject({ kg_estimated: 50, corners: 1 });
		} finally {
			await district.restore();
		}
	});

	let north: string;
	let south: string;
	beforeAll(async () => {
		[north, south] = [await id('own street'), await id('other street')];
	});

	it('knows what is overdue today, by how many days, and what was never cleaned', async () => {
		const { overdue } = await year('district');
		// Ditch was cleaned today; Corner on 1 October and every 10 days: 29 - 10 days late; Far ditch today; Railway is not the district's.
		expect(overdue).toMatchObject({ count: 1, sites: 3, never: 1 });
		expect(overdue.rows).toEqual([
			expect.objectContaining({ name: 'Corner', last: '2026-10-01', interval_days: 10, days: 19 })
		]);
	});

	it('tells of a period that is over what was overdue at its end, as the summary does', async () => {
		for (const [to, until, late] of [
			['2026-09-30', '2026-09-30', []],
			// Corner since 11 October, Ditch since the 25th; Far ditch had eight days left.
			[
				'2026-10-27',
				'2026-10-27',
				[
					['Corner', '2026-10-01', 16],
					['Ditch', '2026-09-25', 2]
				]
			],
			['2026-12-31', '2026-10-30', [['Corner', '2026-10-01', 19]]]
		] as const) {
			const found = await year('district', to);
			expect(found.until).toBe(until);
			expect(found.overdue).toMatchObject({ count: late.length, sites: 3, never: 1 });
			expect(found.overdue.rows.map(({ name, last, days }) => [name, last, days])).toEqual(late);
			const { problems } = await read<{ problems: Json }>('read_summary', {
				p_from: '2026-01-01',
				p_to: to,
				p_area: await id('district')
			});
			expect(problems).toMatchObject({ overdue: late.length });
		}
	});

	it('tells of every drain how many metres are done and left, never more than it is long', async () => {
		const { drains } = await year('district');
		expect(
			drains.rows.map(({ name, length_m, done, times, last }) => [name, length_m, done, times, last])
		).toEqual([
			['Ditch', 100, 90, 2, '2026-10-30'],
			['Far ditch', 300, 300, 1, '2026-09-25']
		]);
		const { drains: before } = await year('district', '2026-09-30');
		expect(before.rows.map(({ name, done }) => [name, done])).toEqual([
			['Ditch', 60],
			['Far ditch', 300]
		]);
		expect(drains).toMatchObject({ count: 2, length_m: 400, done: 390 });
	});

	it('has a drain until it is retired, and counts its metres as the summary does', async () => {
		try {
			await district.rows(
				`update public.sites set retired_at = '2026-10-10T00:00:00Z' where id = tests.id('far ditch')`
			);
			for (const [to, drains] of [
				['2026-09-30', { count: 2, length_m: 400, done: 360 }],
				['2026-12-31', { count: 1, length_m: 100, done: 90 }]
			] as const) {
				expect((await year('district', to)).drains).toMatchObject(drains);
				const { problems } = await read<{ problems: Json }>('read_summary', {
					p_from: '2026-01-01',
					p_to: to,
					p_area: await id('district')
				});
				expect(problems).toMatchObject({
					drains: drains.count,
					drain_metres: drains.length_m,
					drain_metres_done: drains.done
				});
			}
		} finally {
			await district.restore();
		}
	});

	it('never rounds hours up, here no more than on the public page', async () => {
		try {
			await district.rows(
				`insert into public.hour_credits (id, signup_id, area_id, seconds, recorded_seconds, reason, credited_at)
				 select gen_random_uuid(), signup_id, area_id, 200, named_seconds, '忘签', now() from public.attendance_sums where date = '2026-09-25' limit 1`
			);
			const { months } = await year('district');
			const day = { p_from: '2026-09-25', p_to: '2026-09-25' };
			const { sums } = await read<{ sums: Json }>('read_results', day);
			expect([months[8]!.sums['hours'], sums['hours']]).toEqual([14, 14]);
			const records = { ...day, p_area: await id('district'), p_figure: 'hours', p_limit: 100, p_offset: 0 };
			expect(await read<Json>('read_records', records)).toMatchObject({ sum: 14 });
		} finally {
			await district.restore();
		}
	});

	it('sums all drains, also where there are more than it lists', async () => {
		try {
			await district.rows(
				`insert into public.sites (area_id, kind, name, length_m, interval_days, in_jurisdiction, created_at)
				 select tests.id('own street'), 'drain', 'Ditch ' || n, 10, 30, true, '2026-01-01' from generate_series(1, 100) n`
			);
			const { drains } = await year('district');
			expect(drains.rows).toHaveLength(60);
			expect(drains).toMatchObject({ count: 102, length_m: 1400, done: 390 });
		} finally {
			await district.restore();
		}
	});

	it('counts the days between two cleanings in the period of the later one, however long ago the former was', async () => {
		try {
			await engine.database.script(`
				insert into public.tasks (id, site_id, area_id, date, crew_min, crew_max)
				select tests.id('corner ' || d), tests.id('corner'), tests.id('own street'), d::date, 1, 8 from unnest(array['2025-01-10', '2025-01-20']) d;
				insert into public.result_entries (id, root_id, task_id, site_id, area_id, corners, at, device_id, seq, device_time)
				select tests.id('then ' || t.date), tests.id('then ' || t.date), t.id, t.site_id, t.area_id, 1, t.date, tests.id('phone'), 1, t.date
				from public.tasks t where t.id in (tests.id('corner 2025-01-10'), tests.id('corner 2025-01-20'));`);
			const gaps = async (p_from: string, p_to: string) =>
				(
					await read<Dashboard>('read_dashboard', { p_from, p_to, p_area: await id('district') })
				).relapse.kinds.map(({ kind, times, middle }) => [kind, times, middle]);
			expect(await gaps('2025-01-01', '2025-12-31')).toEqual([['dead_corner', 1, 10]]);
			expect(await gaps('2026-09-01', '2026-09-30')).toEqual([['dead_corner', 1, 613]]);
			expect(await gaps('2026-10-01', '2026-10-31')).toEqual([
				['drain', 2, 35],
				['dead_corner', 1, 6]
			]);
		} finally {
			await district.restore();
		}
	});

	it('counts the days until a cleaned site had to be cleaned again', async () => {
		const { relapse } = await year('district');
		// Ditch and Far ditch after 35 days, Corner after 6.
		expect(relapse.kinds).toEqual([
			{ kind: 'drain', sites: 2, times: 2, middle: 35 },
			{ kind: 'dead_corner', sites: 1, times: 1, middle: 6 }
		]);
		expect(relapse.sites, 'one time is no habit').toEqual([]);
		await engine.database.script(`
			insert into public.tasks (id, site_id, area_id, date, crew_min, crew_max)
			select tests.id('corner ' || d), tests.id('corner'), tests.id('own street'), d::date, 1, 8 from unnest(array['2026-10-05', '2026-10-14']) d;
			insert into public.result_entries (id, root_id, task_id, site_id, area_id, corners, at, device_id, seq, device_time)
			select tests.id('again ' || t.date), tests.id('again ' || t.date), t.id, t.site_id, t.area_id, 1, t.date, tests.id('phone'), 1, t.date
			from public.tasks t where t.id in (tests.id('corner 2026-10-05'), tests.id('corner 2026-10-14'));`);
		// After 6, 4 and 9 days: three times, six in the middle.
		expect((await year('district')).relapse.sites).toEqual([
			expect.objectContaining({ name: 'Corner', times: 3, middle: 6, shortest: 4 })
		]);
	});

	it('shows pairs of which both photos are public', async () => {
		const { pairs } = await year('district');
		expect(pairs.map(({ site, date }) => [site, date])).toEqual([['Ditch', '2026-09-25']]);
		const [hashes] = await district.rows<{ before: string; after: string }>(
			`select private.sha256_hex('ditch, septemberbefore') as before, private.sha256_hex('ditch, septemberafter') as after`
		);
		expect(pairs[0]).toMatchObject(hashes!);
	});

	it('refuses a longer period, and strangers', async () => {
		const given = { p_from: '2025-01-01', p_to: '2026-12-31', p_area: await id('own street') };
		expect((await district.refused('organizer', 'read_dashboard', given, { at: NOON })).code).toBe(
			'bad_value'
		);
		expect(
			(
				await district.refused(
					'other_organizer',
					'read_dashboard',
					{ ...given, p_from: '2026-01-01' },
					{ at: NOON }
				)
			).code
		).toBe('not_yours');
	});
});
