/**
 * Any history gives the same numbers three ways: by the triggers as it happens, by the recomputation afterwards, and by a
 * naive model that knows the rules of src/lib/domain and nothing else.
 */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { instantAt } from '$lib/domain/calendar/gathering-interval';
import { parseLocalDate } from '$lib/domain/calendar/local-date';
import { distinctPeople, participations } from '$lib/domain/figures/people';
import {
	EARLIEST_BEFORE_START,
	LATEST_AFTER_END,
	summariseAttendance,
	type AttendanceEvent
} from '$lib/domain/hours/attendance';
import { creditedSeconds, type Credit } from '$lib/domain/hours/credits';
import { startTestEngine, type TestEngine } from './engine';

const ZONE = 'Asia/Shanghai';
/** Two in one year, one in the next; all long past, so that days are rolled up in between. */
const DATES = ['2024-10-25', '2024-11-29', '2025-01-31'].map(parseLocalDate);
const AREAS = ['street', 'community', 'community 2', 'other street'] as const;
const PEOPLE = ['Wang', 'Li', 'Zhao'] as const;
const LENGTH = 100;

let engine: TestEngine;
const rows = <Row>(sql: string, parameters: unknown[] = []) => engine.database.rows<Row>(sql, parameters);
const ids = new Map<string, string>();
const id = (name: string) => ids.get(name) ?? (ids.set(name, randomUUID()), ids.get(name)!);

beforeAll(async () => {
	engine = await startTestEngine();
	const area = (name: string, parent: string | null, level: string) =>
		rows(
			'insert into public.areas (id, parent_id, level, name, time_zone) values ($1, $2, $3::public.area_level, $4, $5)',
			[id(name), parent && id(parent), level, name, parent ? null : ZONE]
		);
	await area('district', null, 'district');
	await area('street', 'district', 'street');
	await area('other street', 'district', 'street');
	await area('community', 'street', 'community');
	await area('community 2', 'street', 'community');
	for (const person of PEOPLE)
		await rows('insert into public.people (id, display_name, area_id) values ($1, $2, $3)', [
			id(person),
			person,
			id('street')
		]);
	await rows(`insert into auth.users (id, email) values ($1, 'organizer@example.org')`, [id('organizer')]);
	await rows(`insert into public.people (id, display_name, area_id) values ($1, '李主任', $2)`, [
		id('organizer'),
		id('district')
	]);
	await rows('insert into public.profiles (user_id, person_id) values ($1, $1)', [id('organizer')]);
	await rows(`insert into public.memberships (area_id, person_id, role) values ($1, $2, 'organizer')`, [
		id('district'),
		id('organizer')
	]);
	for (const date of DATES) {
		await rows(
			'insert into public.labour_days (id, area_id, month, date) values ($1, $2, date_trunc($4, $3::date), $3)',
			[id(date), id('district'), date, 'month']
		);
		for (const name of AREAS) {
			await rows(
				`insert into public.gatherings (id, labour_day_id, area_id, place, starts, ends) values ($1, $2, $3, '广场', '08:30', '11:00')`,
				[id(`${date} ${name}`), id(date), id(name)]
			);
			for (const crew of [0, 1]) {
				if (date === DATES[0])
					await rows(
						`insert into public.sites (id, area_id, kind, name, length_m) values ($1, $2, 'drain', $3, $4)`,
						[id(`site ${name} ${crew}`), id(name), `沟 ${crew}`, crew ? null : LENGTH]
					);
				await rows(
					'insert into public.tasks (id, site_id, area_id, gathering_id, date, crew_min, crew_max) values ($1, $2, $3, $4, $5, 1, 50)',
					[
						id(`task ${date} ${name} ${crew}`),
						id(`site ${name} ${crew}`),
						id(name),
						id(`${date} ${name}`),
						date
					]
				);
			}
		}
	}
	await engine.database.script('create schema kept;');
	for (const table of TABLES)
		await engine.database.script(`create table kept.${table} as table public.${table};`);
}, 120_000);
afterAll(() => engine?.close());

const TABLES = [
	'signups',
	'assignments',
	'attendance_events',
	'attendance_sums',
	'result_entries',
	'site_days',
	'hour_credits',
	'totals',
	'day_sums'
];
beforeEach(empty);
async function empty() {
	await engine.database.transaction((sql) =>
		sql.script(`set local session_replication_role = replica;
			${TABLES.map((table) => `delete from public.${table};`).join('')} insert into public.totals select * from kept.totals;
			delete from private.signup_secrets;`)
	);
}

/** Mostly one and the same, so that its metres are more than its length often enough. */
const often = <T>(one: T, all: readonly T[]) =>
	fc.oneof({ weight: 4, arbitrary: fc.constant(one) }, { weight: 1, arbitrary: fc.constantFrom(...all) });
const drain = { area: often<(typeof AREAS)[number]>('community', AREAS), day: often(0, [0, 1, 2]) };
const who = fc.record({ person: fc.constantFrom(...PEOPLE), day: fc.nat({ max: DATES.length - 1 }) });
/** What may happen, in any order: somebody is assigned, counted, uncounted, moved, credited; a result is written, corrected or vouched for; a day is rolled up. */
const step = fc.oneof(
	{
		weight: 6,
		arbitrary: who.chain((at) =>
			fc.record({
				type: fc.constant('present' as const),
				at: fc.constant(at),
				second: fc.constantFrom(-7200, -60, 0, 3600, 9000, 12_600, 20_000),
				heads: fc.nat({ max: 4 }),
				minors: fc.nat({ max: 2 }),
				source: fc.constantFrom('leader' as const, 'self' as const),
				late: fc.constantFrom(false, false, true)
			})
		)
	},
	{ weight: 1, arbitrary: who.map((at) => ({ type: 'void' as const, at })) },
	{ weight: 1, arbitrary: who.map((at) => ({ type: 'accept' as const, at })) },
	{
		weight: 2,
		arbitrary: fc.record({ type: fc.constant('assign' as const), at: who, crew: fc.constantFrom(null, 0, 1) })
	},
	{
		weight: 1,
		arbitrary: fc.record({
			type: fc.constant('credit' as const),
			at: who,
			minutes: fc.integer({ min: 1, max: 90 })
		})
	},
	{ weight: 1, arbitrary: who.map((at) => ({ type: 'take back' as const, at })) },
	{
		weight: 3,
		arbitrary: fc.record({
			type: fc.constant('result' as const),
			...drain,
			crew: often(0, [0, 1]),
			metres: fc.nat({ max: 160 }),
			kg: fc.nat({ max: 50 }),
			weighed: fc.boolean(),
			corrects: fc.boolean()
		})
	},
	{
		weight: 3,
		arbitrary: fc.record({
			type: fc.constant('vouch' as const),
			...drain,
			// Of an earlier hour, or of nothing that there is; null: taken back.
			metres: fc.oneof(fc.constant(null), fc.constant(1000), fc.nat({ max: 200 }))
		})
	},
	{ weight: 1, arbitrary: fc.constant({ type: 'roll up' as const }) }
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Where each person signs up each day; chosen once per history. */
const places = fc.tuple(...PEOPLE.flatMap(() => DATES.map(() => fc.constantFrom(...AREAS))));

interface Entry {
	root: string;
	task: string;
	metres: number;
	kg: number;
	weighed: boolean;
}

class History {
	readonly events = new Map<string, (AttendanceEvent & { late: boolean; accepted: boolean })[]>();
	readonly crews = new Map<string, number | null>();
	readonly credits = new Map<string, (Credit & { id: string })[]>();
	readonly entries: Entry[] = [];
	/** Metres that somebody vouched for, by the drain's task. */
	readonly vouched = new Map<string, number>();
	private seq = 0;
	constructor(private readonly places: readonly (typeof AREAS)[number][]) {}

	key = ({ person, day }: { person: string; day: number }) => `${person} ${day}`;
	area = ({ person, day }: { person: string; day: number }) =>
		this.places[PEOPLE.indexOf(person as 'Wang') * DATES.length + day]!;

	private async signup(at: { person: string; day: number }): Promise<string> {
		const signup = id(`signup ${this.key(at)}`);
		const date = DATES[at.day]!;
		await rows(
			`insert into public.signups (id, gathering_id, labour_day_id, area_id, person_id, name, headcount, status, source)
			 values ($1, $2, $3, $4, $5, $6, 1, 'confirmed', 'guest') on conflict do nothing`,
			[signup, id(`${date} ${this.area(at)}`), id(date), id(this.area(at)), id(at.person), at.person]
		);
		return signup;
	}

	async run(step: Step): Promise<void> {
		this.seq += 1;
		switch (step.type) {
			case 'roll up':
				await rows('select private.roll_up()');
				return;
			case 'vouch': {
				const task = id(`task ${DATES[step.day]} ${step.area} 0`);
				if (!this.entries.some((entry) => entry.task === task)) return;
				if (step.metres === null) this.vouched.delete(task);
				else this.vouched.set(task, Math.min(step.metres, this.recorded(task)));
				await engine.database.transaction(async (sql) => {
					const claims = { sub: id('organizer'), role: 'authenticated', iat: Math.floor(Date.now() / 1000) };
					await sql.rows(
						`select set_config('request.jwt.claims', $1, true), set_config('request.jwt.claim.sub', $2, true), set_config('role', 'authenticated', true)`,
						[JSON.stringify(claims), claims.sub]
					);
					await sql.rows(
						'select public.override_metres(p_site => $1, p_date => $2, p_reason => $3, p_metres => $4)',
						[id(`site ${step.area} 0`), DATES[step.day], step.metres === null ? null : '量过', step.metres]
					);
				});
				return;
			}
			case 'result': {
				const task = id(`task ${DATES[step.day]} ${step.area} ${step.crew}`);
				const former = step.corrects ? this.entries.findLast((entry) => entry.task === task) : undefined;
				const own = randomUUID();
				this.entries.push({
					root: former?.root ?? own,
					task,
					metres: step.metres,
					kg: step.kg,
					weighed: step.weighed
				});
				await rows(
					`insert into public.result_entries (id, root_id, task_id, site_id, area_id, gathering_id, metres, kg, weighed, at, device_id, seq, device_time)
					 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, to_timestamp($10), $5, $10, now())`,
					[
						own,
						former?.root ?? own,
						task,
						id(`site ${step.area} ${step.crew}`),
						id(step.area),
						id(`${DATES[step.day]} ${step.area}`),
						step.metres,
						step.kg,
						step.weighed,
						this.seq
					]
				);
				return;
			}
		}
		const { at } = step;
		const signup = await this.signup(at);
		const date = DATES[at.day]!;
		const events = this.events.get(this.key(at)) ?? [];
		this.events.set(this.key(at), events);
		const crew = this.crews.get(this.key(at)) ?? null;
		const insert = async (event: (typeof events)[number]) => {
			events.push(event);
			await rows(
				`insert into public.attendance_events (id, signup_id, gathering_id, area_id, task_id, kind, heads, minors, at, voids, device_id, seq, device_time, received_at, source, late)
				 values ($1, $2, $3, $4, $5, $6::public.attendance_kind, $7, $8, $9, $10, $11, $12, $9, $9, $13::public.attendance_source, $14)`,
				[
					event.id,
					signup,
					id(`${date} ${this.area(at)}`),
					id(this.area(at)),
					crew === null ? null : id(`task ${date} ${this.area(at)} ${crew}`),
					event.kind,
					event.heads,
					event.minors,
					new Date(event.at).toISOString(),
					event.voids ?? null,
					event.device,
					event.seq,
					event.source,
					event.late
				]
			);
		};
		const start = instantAt(date, '08:30', ZONE).getTime();
		const base = { id: randomUUID(), signup, device: id('phone'), seq: this.seq, accepted: false };
		switch (step.type) {
			case 'present': {
				const { heads, minors, source, late, second } = step;
				return insert({
					...base,
					kind: 'present',
					at: start + second * 1000,
					heads,
					minors: Math.min(heads, minors),
					source,
					late
				});
			}
			case 'void': {
				const last = events.at(-1);
				if (last?.kind !== 'present') return;
				return insert({
					...base,
					kind: 'void',
					at: last.at,
					heads: 0,
					minors: 0,
					voids: last.id,
					source: 'leader',
					late: false
				});
			}
			case 'accept':
				for (const event of events) event.accepted = true;
				await rows('update public.attendance_events set accepted_at = now() where signup_id = $1 and late', [
					signup
				]);
				return;
			case 'assign':
				this.crews.set(this.key(at), step.crew);
				if (step.crew === null) await rows('delete from public.assignments where signup_id = $1', [signup]);
				else
					await rows(
						'insert into public.assignments (signup_id, task_id) values ($1, $2) on conflict (signup_id) do update set task_id = excluded.task_id',
						[signup, id(`task ${date} ${this.area(at)} ${step.crew}`)]
					);
				return;
			case 'credit': {
				const credit = {
					id: randomUUID(),
					seconds: step.minutes * 60,
					recorded: this.counted(at).namedSeconds
				};
				this.credits.set(this.key(at), [...(this.credits.get(this.key(at)) ?? []), credit]);
				await rows(
					`insert into public.hour_credits (id, signup_id, area_id, seconds, recorded_seconds, reason, credited_at) values ($1, $2, $3, $4, $5, '证明', to_timestamp($6))`,
					[credit.id, signup, id(this.area(at)), credit.seconds, credit.recorded, this.seq]
				);
				return;
			}
			case 'take back': {
				const credit = this.credits.get(this.key(at))?.pop();
				if (credit)
					await rows(
						`insert into public.hour_credits (id, signup_id, area_id, seconds, takes_back, reason, credited_at) values ($1, $2, $3, $4, $5, '记错', to_timestamp($6))`,
						[randomUUID(), signup, id(this.area(at)), -credit.seconds, credit.id, this.seq]
					);
			}
		}
	}

	private plan(day: number) {
		const date = DATES[day]!;
		return {
			start: instantAt(date, '08:30', ZONE).getTime(),
			end: instantAt(date, '11:00', ZONE).getTime()
		};
	}
	/** What counts of a party's events. */
	private counted(at: { person: string; day: number }) {
		const events = this.events.get(this.key(at)) ?? [];
		return summariseAttendance(
			events.filter(({ late, accepted }) => !late || accepted),
			this.plan(at.day)
		);
	}
	private credited(at: { person: string; day: number }) {
		const { start, end } = this.plan(at.day);
		const longest = (end + LATEST_AFTER_END - start + EARLIEST_BEFORE_START) / 1000;
		return creditedSeconds(this.credits.get(this.key(at)) ?? [], this.counted(at).namedSeconds, longest);
	}
	private latest = (task: string) => [
		...new Map(
			this.entries.filter((entry) => entry.task === task).map((entry) => [entry.root, entry])
		).values()
	];
	private recorded = (task: string) => this.latest(task).reduce((sum, entry) => sum + entry.metres, 0);

	/** What the naive model makes of it, for an area (as a test of areas) and days. */
	sums(inside: (area: string) => boolean, days: readonly number[]) {
		const parties = PEOPLE.flatMap((person) =>
			days.flatMap((day) => {
				const at = { person, day };
				if (!inside(this.area(at))) return [];
				return [{ person, credited: this.credited(at), ...this.counted(at) }];
			})
		);
		const presences = parties.map(({ person, participations: heads }) => ({ person, heads }));
		let [metres, kgWeighed, kgEstimated] = [0, 0, 0];
		for (const day of days)
			for (const area of AREAS.filter(inside))
				for (const crew of [0, 1]) {
					const task = id(`task ${DATES[day]} ${area} ${crew}`);
					const recorded = this.recorded(task);
					metres += crew ? recorded : Math.min(Math.max(LENGTH, this.vouched.get(task) ?? 0), recorded);
					for (const { kg, weighed } of this.latest(task))
						if (weighed) kgWeighed += kg;
						else kgEstimated += kg;
				}
		const add = (of: (party: (typeof parties)[number]) => number) =>
			parties.reduce((sum, party) => sum + of(party), 0);
		return {
			participations: participations(presences),
			people: distinctPeople(presences),
			person_seconds: add(({ personSeconds }) => personSeconds),
			minor_seconds: add(({ minorSeconds }) => minorSeconds),
			self_seconds: add(({ selfSeconds }) => selfSeconds),
			credited_seconds: add(({ credited }) => credited),
			metres,
			kg_weighed: kgWeighed,
			kg_estimated: kgEstimated
		};
	}
}

async function kept(
	area: string,
	from: string,
	to: string,
	people: 'participations' | 'year_people' | 'ever_people'
) {
	const [sums] = await rows<Record<string, number>>(
		`select coalesce(sum(participations), 0)::int as participations, coalesce(sum(${people}), 0)::int as people, coalesce(sum(person_seconds), 0)::int as person_seconds,
		   coalesce(sum(minor_seconds), 0)::int as minor_seconds, coalesce(sum(self_seconds), 0)::int as self_seconds, coalesce(sum(credited_seconds), 0)::int as credited_seconds,
		   coalesce(sum(metres), 0)::float8 as metres, coalesce(sum(kg_weighed), 0)::float8 as kg_weighed, coalesce(sum(kg_estimated), 0)::float8 as kg_estimated
		 from private.totals_of($1, $2, array[$3::uuid])`,
		[from, to, id(area)]
	);
	return sums;
}

const INSIDE: Record<string, (area: string) => boolean> = {
	district: () => true,
	street: (area) => area !== 'other street',
	community: (area) => area === 'community',
	'other street': (area) => area === 'other street'
};

async function agree(history: History): Promise<void> {
	for (const [area, inside] of Object.entries(INSIDE)) {
		expect(await kept(area, '2024-01-01', '2024-12-31', 'year_people'), area).toEqual(
			history.sums(inside, [0, 1])
		);
		expect(await kept(area, '2025-01-01', '2025-12-31', 'year_people'), area).toEqual(
			history.sums(inside, [2])
		);
		expect(await kept(area, '2000-01-01', '2099-12-31', 'ever_people'), area).toEqual(
			history.sums(inside, [0, 1, 2])
		);
		for (const day of [0, 1, 2])
			expect(await kept(area, DATES[day]!, DATES[day]!, 'participations'), area).toEqual(
				history.sums(inside, [day])
			);
	}
	const [{ people } = {}] = await rows<{ people: string }>(
		`select private.distinct_people('2024-01-01', '2024-12-31', $1) as people`,
		[id('street')]
	);
	expect(Number(people)).toBe(history.sums(INSIDE['street']!, [0, 1]).people);
	expect(await rows('select * from private.compare_totals()')).toEqual([]);
}

it('any history: triggers, recomputation and the model agree', { timeout: 600_000 }, async () => {
	await fc.assert(
		fc.asyncProperty(places, fc.array(step, { minLength: 1, maxLength: 25 }), async (where, steps) => {
			await empty();
			const history = new History(where);
			for (const one of steps) await history.run(one);
			await agree(history);
			await rows('select private.roll_up()');
			await agree(history);
		}),
		{ numRuns: 60 }
	);
});

it(
	'whatever is credited and recorded, nobody’s day is longer than it was',
	{ timeout: 300_000 },
	async () => {
		const one = { person: 'Wang', day: 0 };
		const hours = step
			.filter((one) => 'at' in one && one.type !== 'assign')
			.map((of) => ({ ...of, at: one }) as Step);
		await fc.assert(
			fc.asyncProperty(fc.array(hours, { minLength: 3, maxLength: 12 }), async (steps) => {
				await empty();
				const history = new History(PEOPLE.flatMap(() => DATES.map(() => 'street' as const)));
				for (const one of steps) await history.run(one);
				const [sum] = await rows<{ whole: number }>(
					'select (named_seconds + credited_seconds)::int as whole from public.attendance_sums'
				);
				expect(sum?.whole ?? 0).toBeLessThanOrEqual(5 * 3600);
				await agree(history);
			}),
			{ numRuns: 20 }
		);
	}
);

it('a sum of a party that is not what its records are is found, what only certificates rest on too', async () => {
	const history = new History(PEOPLE.flatMap(() => DATES.map(() => 'community' as const)));
	await history.run({
		type: 'present',
		at: { person: 'Wang', day: 0 },
		second: 0,
		heads: 2,
		minors: 0,
		source: 'leader',
		late: false
	});
	for (const field of ['named_seconds', 'named_self_seconds', 'present_heads', 'year_street']) {
		await rows(`update public.attendance_sums set ${field} = ${field} + 1`);
		expect((await rows('select * from private.compare_totals()')).length, field).toBeGreaterThan(0);
		await rows(`update public.attendance_sums set ${field} = ${field} - 1`);
	}
	expect(await rows('select * from private.compare_totals()')).toEqual([]);
});

it('metres that come after somebody vouched count up to what was vouched for', async () => {
	const history = new History(PEOPLE.flatMap(() => DATES.map(() => 'community' as const)));
	const at = { area: 'community', day: 1 } as const;
	const result = { type: 'result', ...at, crew: 0, kg: 1, weighed: true, corrects: false } as const;
	const vouch = (metres: number | null) => ({ type: 'vouch', ...at, metres }) as const;
	const counts: number[] = [];
	for (const one of [
		{ ...result, metres: 130 },
		vouch(130),
		{ ...result, metres: 40 },
		vouch(160),
		{ ...result, metres: 10, corrects: true },
		vouch(null)
	]) {
		await history.run(one);
		await agree(history);
		counts.push(history.sums(INSIDE['community']!, [1]).metres);
	}
	expect(counts).toEqual([100, 130, 130, 160, 140, 100]);
});

it('a day that moves and a task that goes take along what was rolled up of them', async () => {
	const history = new History(PEOPLE.flatMap(() => DATES.map(() => 'community' as const)));
	const at = { person: 'Wang', day: 0 };
	const result = { type: 'result', area: 'community', day: 0, metres: 40, weighed: true } as const;
	for (const one of [
		{ type: 'assign', at, crew: 0 },
		{ type: 'present', at, second: 0, heads: 3, minors: 1, source: 'leader', late: false },
		{ ...result, crew: 0, kg: 10, corrects: false },
		{ ...result, crew: 1, kg: 7, corrects: false }
	] as Step[])
		await history.run(one);
	await rows('select private.roll_up()');
	const moved = '2024-10-26';
	const day = async (date: string) => {
		const { participations, kg_weighed, people } = (await kept('street', date, date, 'year_people'))!;
		return { participations, kg_weighed, people };
	};
	const nothing = { participations: 0, kg_weighed: 0, people: 0 };
	expect(await day(DATES[0]!)).toEqual({ participations: 3, kg_weighed: 17, people: 3 });
	try {
		// What was rolled up has changed again before it leaves.
		await history.run({ ...result, crew: 1, kg: 20, corrects: true });
		await rows('update public.tasks set date = $2 where id = $1', [
			id(`task ${DATES[0]} community 0`),
			moved
		]);
		expect(await day(DATES[0]!)).toEqual({ participations: 0, kg_weighed: 20, people: 0 });
		expect(await day(moved)).toEqual({ participations: 3, kg_weighed: 10, people: 3 });
		await rows('select private.roll_up()');
		expect(await rows('select * from private.compare_totals()')).toEqual([]);
		await rows('delete from public.totals where task_id = $1', [id(`task ${DATES[0]} community 1`)]);
		expect(await day(DATES[0]!)).toEqual(nothing);
		expect(await rows('select from public.day_sums where date = $1', [DATES[0]])).toEqual([]);
	} finally {
		await rows('update public.tasks set date = $2 where id = $1', [
			id(`task ${DATES[0]} community 0`),
			DATES[0]
		]);
	}
	expect(await day(moved)).toEqual(nothing);
});

it('a rebuild from the records alone gives the same', { timeout: 120_000 }, async () => {
	const history = new History(PEOPLE.flatMap(() => DATES.map((_, day) => AREAS[day % AREAS.length]!)));
	for (const one of fc.sample(step, { numRuns: 60, seed: 5 })) await history.run(one);
	await engine.database.transaction((sql) =>
		sql.script(
			`set local session_replication_role = replica; update public.totals set participations = 99, metres = 7; delete from public.attendance_sums;`
		)
	);
	expect((await rows('select * from private.compare_totals()')).length).toBeGreaterThan(0);
	await rows('select public.recompute_totals()');
	await agree(history);
});
