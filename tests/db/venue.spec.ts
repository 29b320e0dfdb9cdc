/** Checking oneself in with the code shown at the venue, what phones still hold, and rows keyed in from paper. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { venueCode } from '$lib/domain/venue';
import { District, type Caller, type Json } from './district';
import { startTestEngine, type TestEngine } from './engine';

let engine: TestEngine;
let district: District;
let secret: string;
let gathering: string;
let guest: string;
let task: string;
/** Ten in the morning of the labour day: the beginning of a half minute. */
let ten: number;

beforeAll(async () => {
	engine = await startTestEngine();
	district = await District.open(engine);
	gathering = await district.id('gathering');
	guest = await district.id('signup of guest');
	task = await district.id('task');
	ten = Date.parse(`${district.today}T10:00:00+08:00`);
	// Three come with one child; they are in the leader's crew.
	await district.rows('update public.signups set headcount = 3, minors = 1 where id = $1', [guest]);
	await district.rows('insert into public.assignments (signup_id, task_id) values ($1, $2)', [guest, task]);
	({ secret } = await district.row<{ secret: string }>(
		'select secret from private.venue_secrets where gathering_id = $1',
		[gathering]
	));
	await district.keep();
}, 120_000);
beforeEach(() => district.restore());
afterAll(() => engine?.close());

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const when = (ms: number) => ({ at: new Date(ms).toISOString() });

interface Answer {
	outcome: string;
	code?: string;
	heads?: number;
	at?: string;
}
const checkIn = (code: string, at: number, more: Json = {}, token = 'link of guest') =>
	district.call<Answer>('server', 'guest_check_in', { p_token: token, p_code: code, ...more }, when(at));
/** What a check-in answers in a word. */
const said = async (...given: Parameters<typeof checkIn>) => {
	const { outcome, code } = await checkIn(...given);
	return code ?? outcome;
};
const digitsAt = (ms: number) => venueCode(secret, ms).digits;
const linkAt = (ms: number) => venueCode(secret, ms).code;

const sums = async (signup = guest) =>
	(
		await district.rows<{ heads: number; minors: number }>(
			'select participations as heads, minors from public.attendance_sums where signup_id = $1',
			[signup]
		)
	)[0] ?? { heads: 0, minors: 0 };
const events = (signup = guest) =>
	district.rows<{ id: string; source: string; claimed: boolean; heads: number; ms: string; by: string }>(
		`select id, source, claimed, heads, (extract(epoch from at) * 1000)::bigint::text as ms, recorded_by as by
		 from public.attendance_events where signup_id = $1 order by at`,
		[signup]
	);
const agree = async () => expect(await district.rows('select * from private.compare_totals()')).toEqual([]);

it('the database makes the codes that the phones show', { timeout: 60_000 }, async () => {
	const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 });
	await fc.assert(
		fc.asyncProperty(hex, fc.integer({ min: 0, max: 4e12 }), async (key, now) => {
			const row = await district.row(
				'select digits, $2::bigint::text || $3 || token as code from private.venue_code($1, $2::bigint)',
				[key, Math.floor(now / 30_000), '_']
			);
			const { digits, code } = venueCode(key, now);
			expect(row).toEqual({ digits, code });
		}),
		{ numRuns: 60 }
	);
});

describe('the code of the venue', () => {
	it('checks the party in, by link and by six digits, as the volunteer’s own word', async () => {
		expect(await checkIn(linkAt(ten), ten + 20 * SECOND)).toMatchObject({ outcome: 'checked_in', heads: 3 });
		expect(await sums()).toEqual({ heads: 3, minors: 1 });
		expect(await events()).toEqual([
			{
				id: expect.any(String),
				source: 'self',
				claimed: false,
				heads: 3,
				ms: String(ten + 20 * SECOND),
				by: await district.id('guest')
			}
		]);
		await district.restore();
		const digits = digitsAt(ten);
		expect(await said(`${digits.slice(0, 3)} ${digits.slice(3)}`, ten + 20 * SECOND)).toBe('checked_in');
		expect(await sums()).toEqual({ heads: 3, minors: 1 });
		await agree();
	});

	it('may say fewer, never more', async () => {
		expect(await checkIn(digitsAt(ten), ten, { p_heads: 2, p_minors: 0 })).toMatchObject({ heads: 2 });
		expect(await sums()).toEqual({ heads: 2, minors: 0 });
		await district.restore();
		for (const party of [{ p_heads: 4 }, { p_heads: 0 }, { p_heads: 1, p_minors: 2 }, { p_minors: -1 }]) {
			const { code } = await district.refused('server', 'guest_check_in', {
				p_token: 'link of guest',
				p_code: digitsAt(ten),
				...party
			});
			expect(['bad_headcount', 'bad_minors']).toContain(code);
		}
		expect(await sums()).toEqual({ heads: 0, minors: 0 });
	});

	it('counts for 90 seconds after its half minute, and not a second longer', async () => {
		const ends = ten + 30 * SECOND;
		for (const code of [digitsAt(ten), linkAt(ten)]) {
			expect(await said(code, ends + 90 * SECOND)).toBe('checked_in');
			await district.restore();
			expect(await said(code, ends + 91 * SECOND)).toBe('claimed');
			expect(await sums()).toEqual({ heads: 0, minors: 0 });
			await district.restore();
		}
	});

	it('may be half a minute ahead, as the phone that shows it, and no more', async () => {
		expect(await said(linkAt(ten + 30 * SECOND), ten)).toBe('checked_in');
		await district.restore();
		for (const code of [linkAt(ten + 60 * SECOND), digitsAt(ten + 60 * SECOND)])
			expect(await said(code, ten)).toBe('venue_code_wrong');
	});

	it('is no standing check-in: by the evening it is a claim, the next day nothing, six digits after half an hour', async () => {
		expect(await said(linkAt(ten), ten + 10 * 60 * MINUTE)).toBe('claimed');
		await district.restore();
		expect(await said(linkAt(ten), ten + 24 * 60 * MINUTE)).toBe('not_today');
		expect(await said(linkAt(ten - 24 * 60 * MINUTE), ten)).toBe('venue_code_wrong');
		expect(await said(digitsAt(ten), ten + 25 * MINUTE)).toBe('claimed');
		await district.restore();
		expect(await said(digitsAt(ten), ten + 35 * MINUTE)).toBe('venue_code_wrong');
		expect(await events()).toEqual([]);
	});

	it('kept by a phone without a signal is a claim of the time when it was read', async () => {
		// Typed at ten, sent an hour later.
		for (const code of [digitsAt(ten), linkAt(ten)]) {
			expect(await checkIn(code, ten + 60 * MINUTE, { p_age: 3600 })).toMatchObject({ outcome: 'claimed' });
			expect(await events()).toMatchObject([{ claimed: true, ms: String(ten), heads: 3 }]);
			await district.restore();
		}
		// Nobody can pretend to have read it later than its half hour, or to send it before it was shown.
		expect(await said(digitsAt(ten), ten + 60 * MINUTE, { p_age: 5 * 60 })).toBe('venue_code_wrong');
		// A phone that kept it for a moment only is in time.
		expect(await said(digitsAt(ten), ten + 60 * SECOND, { p_age: 55 })).toBe('checked_in');
	});

	it('sent twice is one check-in; another code afterwards changes nothing', async () => {
		expect(await said(digitsAt(ten), ten)).toBe('checked_in');
		expect(await said(linkAt(ten), ten + MINUTE)).toBe('checked_in');
		expect(await said(digitsAt(ten + MINUTE), ten + MINUTE)).toBe('already');
		expect(await events()).toHaveLength(1);
		await agree();
	});

	it('of another gathering, or a guessed one, is wrong', async () => {
		const { secret: other } = await district.row<{ secret: string }>(
			'select secret from private.venue_secrets where gathering_id = $1',
			[await district.id('gathering elsewhere')]
		);
		for (const code of [
			venueCode(other, ten).code,
			venueCode(other, ten).digits,
			'',
			'12345',
			'abcdef',
			`${linkAt(ten)}0`
		])
			expect(await said(code, ten)).toBe('venue_code_wrong');
		expect(await events()).toEqual([]);
	});

	it('can be tried ten times in ten minutes, right or wrong, and no more', async () => {
		const wrong = digitsAt(ten - 60 * MINUTE);
		for (let n = 0; n < 10; n++) expect(await said(wrong, ten + n * SECOND)).toBe('venue_code_wrong');
		expect(await said(digitsAt(ten), ten + 10 * SECOND)).toBe('slow_down');
		expect(await events()).toEqual([]);
		// Another party is not held up, and ten minutes later there is another chance.
		expect(await said(digitsAt(ten), ten + 11 * SECOND, {}, 'link of spare person')).toBe('checked_in');
		expect(await said(digitsAt(ten + 10 * MINUTE), ten + 10 * MINUTE)).toBe('checked_in');
	});

	it('can be tried two thousand times per gathering', async () => {
		await district.rows(
			`insert into private.attempts (bucket, window_start, taken) values (private.sha256_hex('venue:gathering:' || $1::text), $2, 2000)`,
			[gathering, when(ten).at]
		);
		expect(await said(digitsAt(ten), ten)).toBe('slow_down');
	});

	it('is for confirmed sign-ups of a gathering that takes place', async () => {
		for (const status of ['waitlisted', 'cancelled']) {
			await district.rows('update public.signups set status = $2::public.signup_status where id = $1', [
				guest,
				status
			]);
			expect(await said(digitsAt(ten), ten)).toBe('signup_not_confirmed');
		}
		await district.rows(`update public.signups set status = 'confirmed' where id = $1`, [guest]);
		await district.rows(`update public.gatherings set status = 'cancelled' where id = $1`, [gathering]);
		expect(await said(digitsAt(ten), ten)).toBe('cancelled');
		expect(await events()).toEqual([]);
	});

	it('after the closing waits for the organizer', async () => {
		await district.call('organizer', 'close_gathering', { p_gathering: gathering }, when(ten));
		expect(await said(digitsAt(ten), ten)).toBe('claimed');
		const [event] = await events();
		expect(await sums()).toEqual({ heads: 0, minors: 0 });
		await district.call('organizer', 'accept_late', { p_gathering: gathering, p_records: [event!.id] });
		expect(await sums()).toEqual({ heads: 3, minors: 1 });
		await agree();
	});

	it('an account uses for its own party only', async () => {
		const own = await district.id('signup of leader');
		const call = (caller: Caller, signup: string) =>
			district.call<Answer>(
				caller,
				'check_in_myself',
				{ p_signup: signup, p_code: digitsAt(ten) },
				when(ten)
			);
		expect(await call('leader', own)).toMatchObject({ outcome: 'checked_in' });
		for (const caller of ['leader', 'organizer', 'admin'] as const)
			expect(
				(
					await district.refused(
						caller,
						'check_in_myself',
						{ p_signup: guest, p_code: digitsAt(ten) },
						when(ten)
					)
				).code
			).toBe('not_yours');
		expect(await events()).toEqual([]);
	});

	it('is made from a secret that only who runs the roster holds', async () => {
		for (const caller of ['leader', 'organizer', 'admin'] as const)
			expect(await district.call(caller, 'read_roster', { p_gathering: gathering })).toMatchObject({
				venue_secret: secret
			});
		for (const caller of ['resident', 'other_resident', 'other_organizer'] as const)
			expect((await district.refused(caller, 'read_roster', { p_gathering: gathering })).code).toBe(
				'not_yours'
			);
	});
});

describe('a claim', () => {
	const page = () =>
		district.call<{ claim: Json | null; checked_in: boolean }>('server', 'guest_page', {
			p_token: 'link of guest'
		});
	const record = (more: Json) => ({
		id: randomUUID(),
		device_id: randomUUID(),
		seq: 1,
		signup_id: guest,
		at: when(ten).at,
		...more
	});
	const attend = (caller: Caller, event: Json) =>
		district.call<Answer[]>(caller, 'record_attendance', { p_events: [event] }, when(ten + 20 * MINUTE));

	beforeEach(async () => {
		expect(await said(digitsAt(ten), ten + 10 * MINUTE)).toBe('claimed');
	});

	it('leaves the party free to change and to cancel: it counts for nothing', async () => {
		expect(await page()).toMatchObject({ checked_in: false });
		const smaller = { p_token: 'link of guest', p_party: { headcount: 2 } };
		expect(await district.call('server', 'guest_change', smaller)).toMatchObject({ headcount: 2 });
		expect(await district.call('server', 'guest_cancel', { p_token: 'link of guest' })).toMatchObject({
			status: 'cancelled'
		});
		// Who stands here is here, whatever they cancelled.
		const [claim] = await events();
		const answer = record({ heads: 2, minors: 1, knows: [claim!.id] });
		expect(await attend('leader', answer)).toMatchObject([{ outcome: 'recorded' }]);
		expect((await district.refused('server', 'guest_change', smaller)).code).toBe('checked_in');
		expect(await page()).toMatchObject({ status: 'confirmed', checked_in: true });
		await agree();
	});

	it('counts once the leader says so, from the time it names', async () => {
		const [claim] = await events();
		expect(await page()).toMatchObject({ claim: { heads: 3 } });
		await agree();
		const answer = record({ heads: 3, minors: 1, knows: [claim!.id] });
		expect(await attend('resident', answer)).toMatchObject([{ code: 'not_yours' }]);
		expect(await sums()).toEqual({ heads: 0, minors: 0 });
		expect(await attend('leader', answer)).toMatchObject([{ outcome: 'recorded' }]);
		expect(await sums()).toEqual({ heads: 3, minors: 1 });
		expect(await page()).toMatchObject({ claim: null });
		await agree();
	});

	it('is let go by taking it back', async () => {
		const [claim] = await events();
		await attend('leader', record({ kind: 'void', voids: claim!.id, heads: 0 }));
		expect(await page()).toMatchObject({ claim: null });
		expect(await sums()).toEqual({ heads: 0, minors: 0 });
		await agree();
	});

	it('cannot be made to count by accepting it as late', async () => {
		await district.call('organizer', 'close_gathering', { p_gathering: gathering }, when(ten));
		const [claim] = await events();
		await district.call('organizer', 'accept_late', { p_gathering: gathering, p_records: [claim!.id] });
		expect(await sums()).toEqual({ heads: 0, minors: 0 });
	});
});

describe('a phone', () => {
	const device = randomUUID();
	const report = (caller: Caller, records: number, at: number, heard = at, g = gathering) =>
		district.call(
			caller,
			'report_phone',
			{ p_gathering: g, p_device: device, p_records: records, p_photos: 1, p_at: when(at).at },
			when(heard)
		);
	const phones = async () =>
		(
			await district.call<{
				phones: { device_id: string; name: string; records: number; heard_at: string }[];
			}>('organizer', 'closing_check', { p_gathering: gathering })
		).phones.filter((phone) => phone.device_id === device);

	it('says what it holds, and the organizer who closes sees it', async () => {
		await report('leader', 12, ten);
		expect(await phones()).toMatchObject([{ name: 'leader', records: 12, photos: 1 }]);
		await report('leader', 0, ten + MINUTE);
		const [phone] = await phones();
		expect(phone!.records).toBe(0);
		expect(Date.parse(phone!.heard_at)).toBe(ten + MINUTE);
	});

	it('is believed at its latest word, not at what comes last', async () => {
		await report('leader', 0, ten + MINUTE);
		await report('leader', 12, ten, ten + 2 * MINUTE);
		expect(await phones()).toMatchObject([{ records: 0 }]);
		// A clock that is ahead does not close the phone's mouth.
		await report('leader', 5, ten + 24 * 60 * MINUTE, ten + 3 * MINUTE);
		await report('leader', 4, ten + 24 * 60 * MINUTE, ten + 4 * MINUTE);
		expect(await phones()).toMatchObject([{ records: 4 }]);
	});

	it('is heard when it belongs to the day only', async () => {
		for (const caller of ['resident', 'other_resident', 'other_organizer'] as const) {
			const given = {
				p_gathering: gathering,
				p_device: device,
				p_records: 1,
				p_photos: 0,
				p_at: when(ten).at
			};
			expect((await district.refused(caller, 'report_phone', given)).code).toBe('not_yours');
		}
		expect(await phones()).toEqual([]);
	});
});

describe('a row keyed in from paper', () => {
	const row = (more: Json = {}) => ({
		id: randomUUID(),
		device_id: randomUUID(),
		seq: 1,
		signup_id: guest,
		heads: 3,
		minors: 1,
		// Told afterwards, by a phone that never learned the server's time.
		at: when(ten).at,
		device_time: when(ten + 6 * 60 * MINUTE).at,
		sent_at: when(ten + 6 * 60 * MINUTE).at,
		clock_offset_ms: 0,
		keyed: true,
		...more
	});
	const evening = () => when(ten + 6 * 60 * MINUTE);
	const attend = async (caller: Caller, event: Json) => {
		const [answer] = await district.call<Answer[]>(
			caller,
			'record_attendance',
			{ p_events: [event] },
			evening()
		);
		return answer?.code ?? answer?.outcome;
	};

	it('counts from the time on the paper, and is marked', async () => {
		expect(await attend('organizer', row())).toBe('recorded');
		expect(await attend('organizer', row({ heads: 0, minors: 0, at: when(ten + 60 * MINUTE).at }))).toBe(
			'recorded'
		);
		expect(
			await district.rows(
				`select keyed, source, (extract(epoch from at) * 1000)::bigint::text as ms from public.attendance_events
				 where signup_id = $1 order by at`,
				[guest]
			)
		).toEqual([
			{ keyed: true, source: 'organizer', ms: String(ten) },
			{ keyed: true, source: 'organizer', ms: String(ten + 60 * MINUTE) }
		]);
		expect(
			await district.row('select person_seconds::int as s from public.attendance_sums where signup_id = $1', [
				guest
			])
		).toEqual({ s: 3 * 3600 });
	});

	it('is an organizer’s alone', async () => {
		expect(await attend('leader', row())).toBe('not_yours');
		const walkIn = {
			...row(),
			gathering_id: gathering,
			task_id: task,
			name: '路人',
			headcount: 2,
			event_id: randomUUID()
		};
		expect((await district.refused('leader', 'record_walk_in', { p: walkIn }, evening())).code).toBe(
			'not_yours'
		);
		const [result] = await district.call<Answer[]>(
			'leader',
			'record_results',
			{ p_entries: [{ ...row(), task_id: task, bags: 3 }] },
			evening()
		);
		expect(result?.code).toBe('not_yours');
		expect(await sums()).toEqual({ heads: 0, minors: 0 });
	});

	it('of a closed gathering counts at once, named as late and as let in by who keyed it', async () => {
		await district.call('organizer', 'close_gathering', { p_gathering: gathering }, when(ten));
		expect(await attend('organizer', row())).toBe('recorded');
		const walkIn = {
			...row(),
			gathering_id: gathering,
			task_id: task,
			name: '路人',
			headcount: 2,
			event_id: randomUUID()
		};
		expect(await district.call('organizer', 'record_walk_in', { p: walkIn }, evening())).toMatchObject({
			outcome: 'recorded'
		});
		expect(
			await district.call(
				'organizer',
				'record_results',
				{ p_entries: [{ ...row(), task_id: task, bags: 3 }] },
				evening()
			)
		).toMatchObject([{ outcome: 'recorded' }]);
		expect(await sums()).toEqual({ heads: 3, minors: 1 });
		expect(
			await district.rows(
				`select late, accepted_by = tests.id('organizer') as named from public.attendance_events where keyed
				 union all select late, accepted_by = tests.id('organizer') from public.result_entries where keyed`
			)
		).toEqual([
			{ late: true, named: true },
			{ late: true, named: true },
			{ late: true, named: true }
		]);
		expect(await district.row('select bags from public.totals where task_id = $1', [task])).toEqual({
			bags: 3
		});
		await agree();
	});
});
