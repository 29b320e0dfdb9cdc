/** The rules of src/lib/domain and the functions of the database are two tellings of one thing: here they must agree. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instantAt } from '$lib/domain/calendar/gathering-interval';
import { lastFriday } from '$lib/domain/calendar/labour-days';
import { parseLocalDate } from '$lib/domain/calendar/local-date';
import { summariseAttendance, type AttendanceEvent } from '$lib/domain/hours/attendance';
import { normalisePhone } from '$lib/domain/phone';
import { promotionDeadline } from '$lib/domain/waitlist/deadline';
import { promote } from '$lib/domain/waitlist/promote';
import { startTestEngine, type TestEngine } from './engine';

const ZONE = 'America/New_York';
const DATE = parseLocalDate('2026-11-27');
const plan = {
	start: instantAt(DATE, '08:30', ZONE).getTime(),
	end: instantAt(DATE, '11:00', ZONE).getTime()
};
const RUNS = { numRuns: 100 };

let engine: TestEngine;
const rows = <Row>(sql: string, parameters: unknown[] = []) => engine.database.rows<Row>(sql, parameters);
const one = async <Row>(sql: string, parameters: unknown[] = []) => (await rows<Row>(sql, parameters))[0]!;

let area: string;
let gathering: string;
let day: string;

beforeAll(async () => {
	engine = await startTestEngine();
	({ id: area } = await one<{ id: string }>(
		`insert into public.areas (level, name, time_zone) values ('district', '红花岗区', $1) returning id`,
		[ZONE]
	));
	({ id: day } = await one<{ id: string }>(
		`insert into public.labour_days (area_id, month, date) values ($1, '2026-11-01', $2)
		 on conflict (area_id, month) do update set date = excluded.date returning id`,
		[area, DATE]
	));
	({ id: gathering } = await one<{ id: string }>(
		`insert into public.gatherings (labour_day_id, area_id, place, starts, ends)
		 values ($1, $2, '广场', '08:30', '11:00') returning id`,
		[day, area]
	));
}, 120_000);
afterAll(() => engine?.close());

/** A new party of a new person. */
async function party(heads: number, status = 'confirmed'): Promise<string> {
	const person = await one<{ id: string }>(
		`insert into public.people (display_name, area_id) values ('王女士', $1) returning id`,
		[area]
	);
	const id = randomUUID();
	await rows(
		`insert into public.signups (id, gathering_id, labour_day_id, area_id, person_id, name, headcount, status, source)
		 values ($1, $2, $3, $4, $5, '王女士', $6, $7::public.signup_status, 'guest')`,
		[id, gathering, day, area, person.id, heads, status]
	);
	return id;
}

describe('the calendar', () => {
	it('has the same last Fridays from 1970 to 2100', async () => {
		const found = await rows<{ month: string; friday: string }>(
			`select m::date::text as month, private.last_friday(m::date)::text as friday
			 from generate_series('1970-01-01'::timestamp, '2100-12-01', '1 month') m`
		);
		expect(found).toHaveLength(131 * 12);
		for (const { month, friday } of found) {
			expect(lastFriday(Number(month.slice(0, 4)), Number(month.slice(5, 7)))).toBe(friday);
		}
	});

	it.each(['America/New_York', 'Europe/Berlin', 'Asia/Shanghai'])(
		'means the same instants in %s, on the nights of change too',
		async (zone) => {
			const found = await rows<{ date: string; time: string; ms: string }>(
				`select d::date::text as date, t::text as time,
				   (extract(epoch from (d::date + t) at time zone $1) * 1000)::bigint::text as ms
				 from generate_series('2026-01-01'::timestamp, '2027-12-31', '1 day') d, unnest('{01:30,02:00,02:30,03:00,08:30}'::time[]) t`,
				[zone]
			);
			expect(found).toHaveLength(730 * 5);
			for (const { date, time, ms } of found) {
				expect(instantAt(parseLocalDate(date), time, zone).getTime(), `${date} ${time}`).toBe(Number(ms));
			}
		}
	);

	it('stops promoting at the same instant', async () => {
		const { ms } = await one<{ ms: string }>(
			`select (extract(epoch from private.promotion_deadline($1)) * 1000)::bigint::text as ms`,
			[gathering]
		);
		expect(promotionDeadline(DATE, ZONE).getTime()).toBe(Number(ms));
	});
});

/** What may be known of a party: few instants, at the borders of what counts and beyond them; one in five is undone. */
const fact = fc.record({
	second: fc.constantFrom(-7200, -1800, -60, 0, 1, 3600, 5400, 9000, 9060, 12_600, 16_200, 20_000),
	device: fc.constantFrom('00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'),
	heads: fc.nat({ max: 5 }),
	minors: fc.nat({ max: 5 }),
	source: fc.constantFrom('leader' as const, 'organizer' as const, 'self' as const),
	voids: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat({ max: 7 }) })
});
type Fact = typeof fact extends fc.Arbitrary<infer T> ? T : never;

/** Facts at one instant happen: two phones, one party. */
const withTies = fc.array(fact, { minLength: 1, maxLength: 8 });

/** A party's facts, written into the database. */
async function recorded(facts: Fact[]): Promise<{ signup: string; events: AttendanceEvent[] }> {
	const signup = await party(5);
	const ids = facts.map(() => randomUUID());
	const events = facts.map(({ second, device, heads, minors, source, voids }, seq): AttendanceEvent => {
		const base = { id: ids[seq]!, signup, device, seq, source, at: plan.start + second * 1000 };
		if (voids !== null)
			return { ...base, kind: 'void', heads: 0, minors: 0, voids: ids[voids] ?? randomUUID() };
		return { ...base, kind: 'present', heads, minors: Math.min(heads, minors) };
	});
	for (const event of events) {
		const at = new Date(event.at).toISOString();
		await rows(
			`insert into public.attendance_events
			   (id, signup_id, gathering_id, area_id, kind, heads, minors, at, voids, device_id, seq, device_time, source)
			 values ($1, $2, $3, $4, $5::public.attendance_kind, $6, $7, $8, $9, $10, $11, $8, $12::public.attendance_source)`,
			[
				...[event.id, signup, gathering, area, event.kind, event.heads, event.minors, at],
				...[event.voids ?? null, event.device, event.seq, event.source]
			]
		);
	}
	return { signup, events };
}

/** Counts by the model, by the function and by the triggers, and compares everything. */
async function agree(facts: Fact[]): Promise<void> {
	const { signup, events } = await recorded(facts);
	const model = summariseAttendance(events, plan);
	const expected = {
		participations: model.participations,
		minors: model.minors,
		person_seconds: model.personSeconds,
		minor_seconds: model.minorSeconds,
		self_seconds: model.selfSeconds,
		named_seconds: model.namedSeconds,
		named_self_seconds: model.namedSelfSeconds,
		open_ended: model.openEnded,
		present_heads: model.presentHeads,
		present_minors: model.presentMinors,
		first_at: model.firstAt,
		last_at: model.lastAt
	};
	const columns = `participations, minors, person_seconds::int, minor_seconds::int, self_seconds::int, named_seconds::int, named_self_seconds::int, open_ended, present_heads, present_minors,
		(extract(epoch from first_at) * 1000)::float8 as first_at, (extract(epoch from last_at) * 1000)::float8 as last_at`;
	const counted = await rows(`select ${columns} from private.attendance_counts where signup_id = $1`, [
		signup
	]);
	expect(counted).toEqual(model.lastAt === null ? [] : [expected]);
	const kept = await rows(`select ${columns} from public.attendance_sums where signup_id = $1`, [signup]);
	expect(kept).toEqual([expected]);
}

describe('attendance', () => {
	it('is counted the same, whatever was recorded', { timeout: 120_000 }, async () => {
		await fc.assert(fc.asyncProperty(withTies, agree), { numRuns: 200 });
	});
});

describe('the waitlist', () => {
	it('promotes the same parties', { timeout: 120_000 }, async () => {
		const heads = fc.integer({ min: 1, max: 6 });
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 24 }),
				fc.array(heads, { maxLength: 4 }),
				fc.array(heads, { minLength: 1, maxLength: 8 }),
				async (capacity, confirmed, waiting) => {
					await rows(`update public.signups set status = 'cancelled' where gathering_id = $1`, [gathering]);
					await rows(`update public.gatherings set capacity = $2 where id = $1`, [gathering, capacity]);
					for (const count of confirmed) await party(count);
					const queue = [];
					for (const [index, count] of waiting.entries()) {
						queue.push({ id: await party(count, 'waitlisted'), heads: count, position: index });
					}
					const taken = confirmed.reduce((sum, count) => sum + count, 0);
					const before = promotionDeadline(DATE, ZONE).getTime() - 1;
					await engine.database.transaction(async (sql) => {
						await sql.rows(`select set_config('lf.clock', $1, true)`, [new Date(before).toISOString()]);
						await sql.rows('select private.promote_waiting($1)', [gathering]);
					});
					const now = await rows<{ id: string }>(
						`select id from public.signups where id = any ($1::uuid[]) and status = 'confirmed' order by queue_no`,
						[queue.map(({ id }) => id)]
					);
					expect(now.map(({ id }) => id)).toEqual(
						promote(capacity, taken, queue).promoted.map(({ id }) => id)
					);
				}
			),
			RUNS
		);
	});
});

describe('a phone number', () => {
	it.each([
		'13800138000',
		'１３８ ００１３ ８０００',
		'+86 138-0013-8000',
		'008613800138000',
		'8613800138000',
		'138–0013–8000',
		'0851-28222222',
		'+852 5123 4567',
		'0044 20 7946 0958'
	])('%s, as the app writes it, is what the database keeps', async (typed) => {
		const result = normalisePhone(typed);
		if (!result.ok) throw new Error(result.problem);
		const { phone } = await one<{ phone: string }>('select private.normal_phone($1) as phone', [
			result.phone
		]);
		expect(phone).toBe(result.phone);
	});
});
