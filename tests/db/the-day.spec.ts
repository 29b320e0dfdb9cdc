/** The day itself, as the database keeps it: who may record what for whom, walk-ins, results, late records. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { District, type Caller, type Json } from './district';
import { startTestEngine, type TestEngine } from './engine';

let engine: TestEngine;
let district: District;
let ids: Record<
	'gathering' | 'elsewhere' | 'task' | 'spare' | 'site' | 'resident' | 'guest' | 'abroad',
	string
>;

beforeAll(async () => {
	engine = await startTestEngine();
	district = await District.open(engine);
	ids = {
		gathering: await district.id('gathering'),
		elsewhere: await district.id('gathering elsewhere'),
		task: await district.id('task'),
		spare: await district.id('spare task'),
		site: await district.id('site'),
		resident: await district.id('signup of resident'),
		guest: await district.id('signup of guest'),
		abroad: await district.id('signup of guest elsewhere')
	};
	await district.keep();
}, 120_000);
/** Every test has the district to itself: records are for ever. */
beforeEach(() => district.restore());
afterAll(() => engine?.close());

const DEVICE = randomUUID();
let seq = 0;
const record = (more: Json = {}) => ({
	id: randomUUID(),
	device_id: DEVICE,
	seq: ++seq,
	at: district.now,
	...more
});
/** Minutes after the fixture's now. */
const minutes = (n: number) => new Date(new Date(district.now).getTime() + n * 60_000).toISOString();

interface Outcome {
	id: string;
	outcome: string;
	code?: string;
}
/** The outcomes of a batch, in the order in which its records were given. */
async function outcomes(name: string, parameter: string, caller: Caller, records: Json[], at?: string) {
	const answers = await district.call<Outcome[]>(caller, name, { [parameter]: records }, { at });
	return records.map(({ id }) => {
		const index = answers.findIndex((answer) => answer.id === id);
		const [answer] = answers.splice(index, 1);
		return answer?.code ?? answer?.outcome;
	});
}
const attend = (caller: Caller, events: Json[], at?: string) =>
	outcomes('record_attendance', 'p_events', caller, events, at);
const enter = (caller: Caller, entries: Json[], at?: string) =>
	outcomes('record_results', 'p_entries', caller, entries, at);
const walkIn = (more: Json = {}): Json =>
	record({
		gathering_id: ids.gathering,
		task_id: ids.task,
		name: '路人',
		headcount: 2,
		event_id: randomUUID(),
		...more
	});

const present = async (signup: string) =>
	(
		await district.rows<{ heads: number }>(
			'select participations as heads from public.attendance_sums where signup_id = $1',
			[signup]
		)
	)[0]?.heads ?? 0;
const totals = (task: string | null, gathering = ids.gathering) =>
	district.row<{
		participations: number;
		parties: number;
		metres: number;
		metres_recorded: number;
		bags: number;
		entries: number;
	}>(
		`select participations, parties, metres::float8 as metres, metres_recorded::float8 as metres_recorded, bags, entries
		 from public.totals where gathering_id = $1 and task_id is not distinct from $2`,
		[gathering, task]
	);
const plan = (changes: Json[], at?: string) =>
	district.call('organizer', 'save_plan', { p_gathering: ids.gathering, p_changes: changes }, { at });
/** The running totals are what the records add up to. */
const agree = async () => expect(await district.rows('select * from private.compare_totals()')).toEqual([]);

describe('a check-in that was taken back', () => {
	const undo = async () =>
		expect(
			await attend('leader', [
				record({ signup_id: ids.resident, kind: 'void', voids: await district.id('event') })
			])
		).toEqual(['recorded']);
	const change = { p_signup: '', p_party: { headcount: 1 } };

	it('leaves the party free again: to change, to cancel, to be seen so on its page and on the board', async () => {
		change.p_signup = ids.resident;
		const page = async () =>
			(await district.call<Json[]>('resident', 'my_signups')).find(({ id }) => id === ids.resident);
		const onBoard = async () =>
			(
				await district.call<{ parties: Json[] }>('organizer', 'read_board', { p_gathering: ids.gathering })
			).parties.find(({ id }) => id === ids.resident);
		expect(await page()).toMatchObject({ checked_in: true });
		expect(await onBoard()).toMatchObject({ attended: 2 });
		expect((await district.refused('resident', 'change_signup', change)).code).toBe('checked_in');

		await undo();
		expect(await page()).toMatchObject({ checked_in: false });
		expect(await onBoard()).toMatchObject({ attended: null });
		expect(await district.call('resident', 'change_signup', change)).toMatchObject({ headcount: 1 });
		expect(await district.call('resident', 'cancel_signup', { p_signup: ids.resident })).toMatchObject({
			status: 'cancelled'
		});
		await agree();
	});

	it('does not hold when it was taken back in error: the record that takes its place locks the party again', async () => {
		await undo();
		expect(await attend('leader', [record({ signup_id: ids.resident, heads: 2 })])).toEqual(['recorded']);
		change.p_signup = ids.resident;
		expect((await district.refused('resident', 'change_signup', change)).code).toBe('checked_in');
		expect((await district.refused('resident', 'cancel_signup', { p_signup: ids.resident })).code).toBe(
			'checked_in'
		);
	});

	it('does not keep its person from another gathering; its records stay with the party', async () => {
		await undo();
		await district.call('resident', 'cancel_signup', { p_signup: ids.resident });
		const again = { p_id: randomUUID(), p_gathering: ids.elsewhere, p_party: { headcount: 3 } };
		const state = await district.call('resident', 'sign_up', again);
		expect(state).toMatchObject({ id: again.p_id, status: 'confirmed', gathering_id: ids.elsewhere });
		expect(await district.call('resident', 'sign_up', again)).toEqual(state);
		expect(
			await district.rows('select kind from public.attendance_events where signup_id = $1 order by kind', [
				again.p_id
			])
		).toEqual([{ kind: 'present' }, { kind: 'void' }]);
		expect(await attend('other_organizer', [record({ signup_id: again.p_id, heads: 3 })])).toEqual([
			'recorded'
		]);
		expect(await present(again.p_id)).toBe(3);
		expect(await present(ids.resident)).toBe(0);
		await agree();
	});
});

describe('authority', () => {
	it('is the crew leader’s for the own crew and the organizer’s for all', async () => {
		const events = () => [
			record({ signup_id: ids.resident, heads: 2 }),
			record({ signup_id: ids.guest, heads: 2 }),
			record({ signup_id: ids.abroad, heads: 2 })
		];
		expect(await attend('leader', events())).toEqual(['recorded', 'not_yours', 'not_yours']);
		expect(await attend('organizer', events())).toEqual(['recorded', 'recorded', 'not_yours']);
		expect(await attend('other_organizer', events())).toEqual(['not_yours', 'not_yours', 'recorded']);
		expect(await attend('resident', events())).toEqual(['not_yours', 'not_yours', 'not_yours']);
		expect(await attend('admin', events())).toEqual(['recorded', 'recorded', 'recorded']);
		expect((await district.refused('visitor', 'record_attendance', { p_events: [] })).code).toMatch(/^42501/);
		await agree();
	});

	it('is judged at the time of the record: what a leader wrote while leading counts when it comes in later', async () => {
		const leader = await district.id('signup of leader');
		await plan(
			[{ signup_id: leader, task_id: ids.task, was: ids.task, was_leads: true, leads: false }],
			minutes(10)
		);
		const sent = minutes(30);
		expect(
			await attend(
				'leader',
				[
					record({ signup_id: ids.resident, heads: 3, at: minutes(9) }),
					record({ signup_id: ids.resident, heads: 9, at: minutes(11) })
				],
				sent
			)
		).toEqual(['recorded', 'not_yours']);
		expect(
			await enter(
				'leader',
				[
					record({ task_id: ids.task, bags: 1, at: minutes(9) }),
					record({ task_id: ids.task, bags: 9, at: minutes(11) })
				],
				sent
			)
		).toEqual(['recorded', 'not_yours']);
		expect(await present(ids.resident)).toBe(3);
		expect((await totals(ids.task)).bags).toBe(1);
	});

	it('of a party that was moved stays with who led it then', async () => {
		await plan([{ signup_id: ids.resident, task_id: ids.spare, was: ids.task }], minutes(5));
		expect(
			await attend('leader', [record({ signup_id: ids.resident, heads: 4, at: minutes(1) })], minutes(20))
		).toEqual(['recorded']);
		expect(await totals(ids.spare)).toMatchObject({ participations: 4, parties: 1 });
		expect(await totals(ids.task)).toMatchObject({ participations: 0, parties: 0 });
		await agree();
	});

	it('cannot be had by naming oneself leader twice, or for the future', async () => {
		const leader = await district.id('signup of leader');
		await plan(
			[
				{ signup_id: leader, task_id: ids.task, was: ids.task, leads: false },
				{ signup_id: leader, task_id: ids.task, was: ids.task, leads: true }
			],
			minutes(1)
		);
		expect(
			await attend('leader', [record({ signup_id: ids.resident, heads: 2, at: minutes(2) })], minutes(3))
		).toEqual(['recorded']);
		// A device whose clock runs ahead: the record is of now, not of tomorrow.
		expect(
			await attend('leader', [record({ signup_id: ids.resident, heads: 5, at: minutes(9999) })], minutes(4))
		).toEqual(['recorded']);
		expect(
			await district.row('select max(at) = $1 as now from public.attendance_events', [minutes(4)])
		).toEqual({ now: true });
	});
});

describe('a record', () => {
	it('that comes twice counts once; one whose id is somebody else’s counts never', async () => {
		const event = record({ signup_id: ids.resident, heads: 4 });
		expect(await attend('organizer', [event, event])).toEqual(['recorded', 'duplicate']);
		expect(await attend('organizer', [{ ...event, signup_id: ids.guest }])).toEqual(['bad_record']);
		expect([await present(ids.resident), await present(ids.guest)]).toEqual([4, 0]);
	});

	it('keeps its instant when the phone’s clock was put right after it had learnt how wrong it was', async () => {
		const DAY = 24 * 60;
		// Dated by a clock that is right, "corrected" by a day that it was off before.
		const stale = (offset: number) => ({
			at: minutes(offset),
			device_time: minutes(0),
			clock_offset_ms: offset * 60_000,
			sent_at: minutes(30)
		});
		for (const offset of [-DAY, DAY]) {
			const event = record({ signup_id: ids.resident, heads: 2, ...stale(offset) });
			const came = { ...walkIn(stale(offset)), event_id: randomUUID() };
			const entry = record({ task_id: ids.task, bags: 1, ...stale(offset) });
			expect(await attend('organizer', [event], minutes(30))).toEqual(['recorded']);
			await district.call('organizer', 'record_walk_in', { p: came }, { at: minutes(30) });
			expect(await enter('organizer', [entry], minutes(30))).toEqual(['recorded']);
			const at = async (table: string, id: unknown) =>
				(await district.row<{ at: Date }>(`select at from public.${table} where id = $1`, [id])).at;
			const told = [
				await at('attendance_events', event.id),
				await at('attendance_events', came.event_id),
				await at('result_entries', entry.id)
			];
			expect(told.map((one) => new Date(one).toISOString())).toEqual(Array(3).fill(minutes(0)));
		}
	});

	it('of another day than it is about stays what it is where the phone’s own clock says no better', async () => {
		// Noted on the evening after, by a phone whose clock was right all along.
		const evening = 36 * 60;
		const event = record({
			signup_id: ids.resident,
			heads: 0,
			at: minutes(evening),
			device_time: minutes(evening),
			clock_offset_ms: 0,
			sent_at: minutes(evening + 5)
		});
		expect(await attend('organizer', [event], minutes(evening + 5))).toEqual(['recorded']);
		const { at } = await district.row<{ at: Date }>('select at from public.attendance_events where id = $1', [
			event.id
		]);
		expect(new Date(at).toISOString()).toBe(minutes(evening));
	});

	it('of a party that waited or cancelled confirms it: who stands here is here', async () => {
		await district.call('organizer', 'cancel_signup', { p_signup: ids.guest });
		expect(await attend('organizer', [record({ signup_id: ids.guest, heads: 2 })])).toEqual(['recorded']);
		expect(await district.row('select status from public.signups where id = $1', [ids.guest])).toEqual({
			status: 'confirmed'
		});
	});

	it('of more children at a dangerous site counts only when somebody said that they know', async () => {
		const overrides = async () =>
			(
				await district.row<{ overrides: string[] }>(
					'select overrides from public.assignments where signup_id = $1',
					[ids.resident]
				)
			).overrides;
		const known = async () =>
			(
				await district.call<{ parties: Json[] }>('leader', 'read_roster', {
					p_gathering: ids.gathering,
					p_task: ids.task
				})
			).parties.find(({ id }) => id === ids.resident)?.minors_confirmed;
		const came = (minors: number, more: Json = {}) =>
			record({ signup_id: ids.resident, heads: 4, minors, ...more });
		// Before the site was dangerous: known to be there.
		expect(await attend('leader', [came(1)])).toEqual(['recorded']);
		await district.rows(`update public.sites set hazards = '{deep_water}' where id = $1`, [ids.site]);
		const more = came(2, { at: minutes(1) });
		for (const caller of ['leader', 'organizer'] as const)
			expect(await attend(caller, [more], minutes(2))).toEqual(['minors_to_confirm']);
		expect(await district.rows('select from public.attendance_events where id = $1', [more.id])).toEqual([]);
		expect([await overrides(), await known()]).toEqual([[], false]);
		// As many as before, fewer and none are nothing new.
		const fine = [came(1, { at: minutes(1) }), came(0, { at: minutes(1) })];
		expect(await attend('organizer', fine, minutes(2))).toEqual(['recorded', 'recorded']);
		// Paper tells what is over.
		await district.rows('insert into public.assignments (signup_id, task_id) values ($1, $2)', [
			ids.guest,
			ids.task
		]);
		const paper = record({ signup_id: ids.guest, heads: 2, minors: 1 });
		expect(await attend('organizer', [paper])).toEqual(['minors_to_confirm']);
		expect(await attend('organizer', [{ ...paper, keyed: true }])).toEqual(['recorded']);

		// The same record, put right: nothing of it is lost, and nobody is asked again.
		expect(await attend('leader', [{ ...more, minors_confirmed: true }], minutes(2))).toEqual(['recorded']);
		expect(await attend('leader', [more], minutes(2))).toEqual(['duplicate']);
		expect([await overrides(), await known()]).toEqual([['minors_at_hazard'], true]);
		expect(await attend('leader', [came(3, { at: minutes(3) })], minutes(4))).toEqual(['recorded']);
		await agree();
	});

	it('cannot be changed or removed, by nobody', async () => {
		for (const statement of [
			'update public.attendance_events set heads = 1',
			'delete from public.attendance_events',
			'update public.result_entries set metres = 1',
			'delete from public.result_entries',
			'delete from public.audit_log'
		])
			await expect(district.rows(statement), statement).rejects.toThrow('lf:append_only');
	});
});

describe('a walk-in', () => {
	it('is a new party in the crew, checked in at once', async () => {
		const request = walkIn({ minors: 1 });
		const once = await district.call('leader', 'record_walk_in', { p: request });
		expect(await district.call('leader', 'record_walk_in', { p: request })).toEqual(once);
		expect(once).toMatchObject({ signup_id: request.id, outcome: 'recorded' });
		expect(await present(String(request.id))).toBe(2);
		expect((await totals(ids.task)).parties).toBe(2);
		await agree();
	});

	it('with a known phone finds its sign-up, whatever became of it', async () => {
		const { phone } = await district.row<{ phone: string }>(
			'select phone from public.contacts where person_id = $1',
			[await district.id('guest')]
		);
		await district.call('organizer', 'cancel_signup', { p_signup: ids.guest });
		const answer = await district.call('leader', 'record_walk_in', { p: walkIn({ phone }) });
		expect(answer).toMatchObject({ signup_id: ids.guest });
		expect(await district.row('select status from public.signups where id = $1', [ids.guest])).toEqual({
			status: 'confirmed'
		});
		expect(await present(ids.guest)).toBe(2);
	});

	describe('whose number an account has', () => {
		const phone = '13788880001';
		const parties = () =>
			district.rows<Json>(
				`select s.id, s.person_id, s.name, s.source, s.gathering_id, x.present_heads as heads from public.signups s
				 left join public.attendance_sums x on x.signup_id = s.id
				 where s.status <> 'cancelled' and s.labour_day_id = tests.id('day')
				   and s.person_id in (select person_id from public.contacts where phone = '+86' || $1)`,
				[phone]
			);
		const known = () => district.rows(`select from public.contacts where phone = '+86' || $1`, [phone]);
		const account = () => district.id('other_resident');
		const signUp = (p_gathering: string) =>
			district.call('other_resident', 'sign_up', {
				p_id: randomUUID(),
				p_gathering,
				p_party: { headcount: 3, note: '带铁锹' }
			});
		/** Comes to the leader, who was told a name and the number; heard twice, as requests are. */
		const came = async (caller: Caller = 'leader', more: Json = {}, at?: string) => {
			const p = walkIn({ phone: '137 8888 0001', ...more });
			const once = await district.call(caller, 'record_walk_in', { p }, { at });
			expect(await district.call(caller, 'record_walk_in', { p }, { at })).toEqual(once);
			return once;
		};
		beforeEach(() => district.call('other_resident', 'set_my_phone', { p_phone: phone }));

		it('is the party that signed up, whose name and note the number tells no leader', async () => {
			const { id } = await signUp(ids.gathering);
			expect(await came()).toEqual({ signup_id: id, outcome: 'recorded' });
			expect(await parties()).toMatchObject([{ id, name: 'other_resident', source: 'account', heads: 2 }]);
			expect(await known()).toHaveLength(1);
			const shown = async (caller: Caller) =>
				(
					await district.call<{ parties: Json[] }>(caller, 'read_roster', {
						p_gathering: ids.gathering,
						p_task: ids.task
					})
				).parties.find((party) => party.id === id);
			expect(await shown('leader')).toMatchObject({ name: '路人', note: '', source: 'walk_in', present: 2 });
			expect(await shown('organizer')).toMatchObject({ name: 'other_resident', note: '带铁锹' });
			const person = await account();
			const seen = () =>
				district.as('leader', async (sql) => [
					...(await sql.rows('select name from public.signups where id = $1', [id])),
					...(await sql.rows('select display_name from public.people where id = $1', [person]))
				]);
			expect(await seen()).toEqual([]);
			// Whom the organizer gives the party to may know it.
			await plan([{ signup_id: id, task_id: ids.task, was: ids.task }]);
			expect(await shown('leader')).toMatchObject({ name: 'other_resident', note: '带铁锹' });
			expect(await seen()).toHaveLength(2);
			await agree();
		});

		it('moves here from another gathering, and after closing, too', async () => {
			const { id } = await signUp(ids.elsewhere);
			await district.call('organizer', 'close_gathering', { p_gathering: ids.gathering });
			expect(await came()).toEqual({ signup_id: id, outcome: 'late' });
			expect(await parties()).toMatchObject([{ id, name: '路人', gathering_id: ids.gathering }]);
			expect(await known()).toHaveLength(1);
			await agree();
		});

		it('is that person, who had not signed up; and they cannot sign up a second time', async () => {
			const { signup_id } = await came('organizer', { task_id: null, name: ' Other_Resident' });
			expect(await parties()).toMatchObject([
				{ id: signup_id, person_id: await account(), name: 'Other_Resident', source: 'walk_in', heads: 2 }
			]);
			expect(await known()).toHaveLength(1);
			await expect(signUp(ids.elsewhere)).rejects.toThrow('lf:already_signed_up');
			await agree();
		});

		it('is not that person by another name, whose hours theirs would become; and the number has signed up', async () => {
			const { signup_id } = await came('organizer', { task_id: null });
			const [party, ...more] = await parties();
			expect(party).toMatchObject({ id: signup_id, name: '路人', source: 'walk_in', heads: 2 });
			expect([more, party?.['person_id'] === (await account())]).toEqual([[], false]);
			await expect(signUp(ids.elsewhere)).rejects.toThrow('lf:already_signed_up');
			await agree();
		});

		it('is whoever claimed the sign-up that a guest made with it, whatever else the guest did', async () => {
			await district.call('other_resident', 'set_my_phone', { p_phone: '' });
			const guest = async (p_gathering: string, token: string) =>
				district.call('server', 'sign_up_guest', {
					p_id: randomUUID(),
					p_gathering,
					p_name: '李',
					p_phone: phone,
					p_party: { headcount: 2 },
					p_token_hash: (
						await district.row<{ hash: string }>('select private.sha256_hex($1) as hash', [token])
					).hash,
					p_address: ''
				});
			await guest(await district.id('later gathering'), 'later');
			const { id } = await guest(ids.gathering, 'today');
			await district.call('other_resident', 'claim_signup', { p_token: 'today' });
			expect(await came()).toMatchObject({ signup_id: id });
			expect(await parties()).toMatchObject([{ id, person_id: await account(), heads: 2 }]);
		});

		it('is nobody’s when two accounts have it, until one of them signs up', async () => {
			await district.call('admin', 'set_my_phone', { p_phone: phone });
			const { signup_id } = await came();
			const [party] = await parties();
			expect(party).toMatchObject({ id: signup_id });
			expect([await account(), await district.id('admin')]).not.toContain(party?.person_id);
			await district.restore();
			for (const caller of ['other_resident', 'admin'] as const)
				await district.call(caller, 'set_my_phone', { p_phone: phone });
			const { id } = await signUp(ids.gathering);
			expect(await came()).toMatchObject({ signup_id: id });
		});
	});

	it('from another gathering moves here, and its place there is free', async () => {
		const { phone } = await district.row<{ phone: string }>(
			'select phone from public.contacts where person_id = $1',
			[await district.id('guest elsewhere')]
		);
		expect(await district.call('leader', 'record_walk_in', { p: walkIn({ phone }) })).toMatchObject({
			signup_id: ids.abroad
		});
		expect(
			await district.row(
				'select confirmed_heads as heads from public.gathering_counts where gathering_id = $1',
				[ids.elsewhere]
			)
		).toEqual({ heads: 0 });
		expect(
			await district.row('select gathering_id, status from public.signups where id = $1', [ids.abroad])
		).toEqual({ gathering_id: ids.gathering, status: 'confirmed' });
		await agree();
	});

	it('with children at a dangerous site is taken in only when somebody said that they know', async () => {
		await district.rows(`update public.sites set hazards = '{deep_water}' where id = $1`, [ids.site]);
		const family = walkIn({ headcount: 3, minors: 1 });
		const made = () =>
			district.rows<Json>(
				`select s.headcount, a.overrides from public.signups s left join public.assignments a on a.signup_id = s.id
				 where s.id = $1`,
				[family.id]
			);
		for (const caller of ['leader', 'organizer'] as const)
			expect((await district.refused(caller, 'record_walk_in', { p: family })).code).toBe(
				'minors_to_confirm'
			);
		expect(await made()).toEqual([]);

		// The same record, put right: nothing of it is lost, and again it changes nothing.
		const knowing = { ...family, minors_confirmed: true };
		const once = await district.call('leader', 'record_walk_in', { p: knowing });
		expect(await district.call('leader', 'record_walk_in', { p: knowing })).toEqual(once);
		expect(await district.call('leader', 'record_walk_in', { p: family })).toEqual(once);
		expect(await made()).toEqual([{ headcount: 3, overrides: ['minors_at_hazard'] }]);
		expect(await present(String(family.id))).toBe(3);

		// Grown-ups, and children without a crew, need no such word.
		await district.call('leader', 'record_walk_in', { p: walkIn() });
		const apart = walkIn({ headcount: 2, minors: 1, task_id: null });
		await district.call('organizer', 'record_walk_in', { p: apart });
		await agree();
	});

	describe('that two crews add by one phone number', () => {
		const phone = '13977770001';
		/** The resident leads the second crew. */
		const secondCrew = async () => {
			await district.rows(
				`insert into public.task_leaders (task_id, person_id, since) values ($1, $2, now() - interval '1 day')`,
				[ids.spare, await district.id('resident')]
			);
			const add = (caller: Caller, task_id: string, minute: number, more: Json = {}) => {
				const p = walkIn({ phone, task_id, at: minutes(minute), device_id: randomUUID(), ...more });
				return { caller, p, signup: '' };
			};
			return { first: add('leader', ids.task, -20), second: add('resident', ids.spare, -10) };
		};
		type Claim = Awaited<ReturnType<typeof secondCrew>>['first'];
		const arrive = async (claim: Claim) => {
			const { caller, p } = claim;
			const { signup_id } = await district.call<{ signup_id: string }>(caller, 'record_walk_in', { p });
			claim.signup = signup_id;
			return signup_id;
		};
		const crew = async (signup: string) =>
			(
				await district.row<{ task_id: string }>(
					'select task_id from public.assignments where signup_id = $1',
					[signup]
				)
			).task_id;
		const shown = async (caller: Caller, signup: string) =>
			(
				await district.call<{ parties: Json[] }>(caller, 'read_roster', {
					p_gathering: ids.gathering,
					p_task: null
				})
			).parties.find(({ id }) => id === signup)?.other_crews;

		for (const order of ['earlier first', 'later first'])
			it(`is the crew’s to whom it came first, whichever arrives first (${order}), and organizers see both`, async () => {
				const { first, second } = await secondCrew();
				for (const claim of order === 'earlier first' ? [first, second] : [second, first])
					await arrive(claim);
				expect(first.signup).toBe(second.signup);
				expect(await crew(first.signup)).toBe(ids.task);
				expect(await shown('organizer', first.signup)).toMatchObject([
					{ task_id: ids.spare, by: 'resident' }
				]);
				expect(await shown('leader', first.signup)).toEqual([]);
				// The crew that did not get it goes on recording what it sees.
				const left = record({
					signup_id: second.signup,
					heads: 0,
					at: minutes(5),
					device_id: second.p.device_id
				});
				expect(await attend('resident', [left], minutes(6))).toEqual(['recorded']);
				expect((await totals(ids.spare)).participations).toBe(0);
				await agree();
			});

		it('follows the check-in that stands: taken back, it is the other crew’s', async () => {
			const { first, second } = await secondCrew();
			for (const claim of [second, first]) await arrive(claim);
			const undo = record({ signup_id: first.signup, kind: 'void', voids: first.p.event_id });
			expect(await attend('leader', [undo])).toEqual(['recorded']);
			expect(await crew(first.signup)).toBe(ids.spare);
			expect(await shown('organizer', first.signup)).toEqual([]);
			expect((await totals(ids.spare)).participations).toBe(2);
			await agree();
		});

		it('stays where the board puts it, and the question is answered', async () => {
			const { first, second } = await secondCrew();
			await arrive(second);
			const was = ids.spare;
			await plan([{ signup_id: second.signup, task_id: ids.spare, was }], minutes(1));
			await district.call('leader', 'record_walk_in', { p: first.p }, { at: minutes(2) });
			expect(await crew(second.signup)).toBe(ids.spare);
			expect(await shown('organizer', second.signup)).toMatchObject([{ task_id: ids.task }]);
			await plan([{ signup_id: second.signup, task_id: ids.task, was }], minutes(3));
			expect(await crew(second.signup)).toBe(ids.task);
			expect(await shown('organizer', second.signup)).toEqual([]);
			await agree();
		});

		it('keeps who knew of the children with the crew that has it', async () => {
			await district.rows(`update public.sites set hazards = '{deep_water}' where id = $1`, [ids.site]);
			const { first, second } = await secondCrew();
			await arrive(second);
			await arrive({ ...first, p: { ...first.p, minors: 1, minors_confirmed: true } });
			expect(
				await district.row(
					'select task_id, overrides, assigned_by from public.assignments where signup_id = $1',
					[second.signup]
				)
			).toEqual({
				task_id: ids.task,
				overrides: ['minors_at_hazard'],
				assigned_by: await district.id('leader')
			});
		});

		it('with children stays, or goes, where a leader knowingly took them in; nowhere else dangerous', async () => {
			await district.rows(`update public.sites set hazards = '{deep_water}'`);
			const { first, second } = await secondCrew();
			const knowing = { minors: 1, minors_confirmed: true };
			const signup_id = await arrive({ ...first, p: { ...first.p, ...knowing } });
			await arrive({ ...second, p: { ...second.p, ...knowing } });
			const stands = () =>
				district.row('select task_id, overrides from public.assignments where signup_id = $1', [signup_id]);
			await plan([{ signup_id, task_id: ids.task, was: ids.task }], minutes(1));
			expect(await stands()).toEqual({ task_id: ids.task, overrides: ['minors_at_hazard'] });
			await plan([{ signup_id, task_id: ids.spare, was: ids.task }], minutes(2));
			expect(await stands()).toEqual({ task_id: ids.spare, overrides: ['minors_at_hazard'] });

			const alone = walkIn({ headcount: 3, minors: 1, minors_confirmed: true });
			await district.call('leader', 'record_walk_in', { p: alone });
			expect(
				(
					await district.refused('organizer', 'save_plan', {
						p_gathering: ids.gathering,
						p_changes: [{ signup_id: alone.id, task_id: ids.spare, was: ids.task }]
					})
				).code
			).toBe('minors_at_hazard');
		});
	});

	it('cannot reach into another gathering by naming one of its sign-ups', async () => {
		expect((await district.refused('leader', 'record_walk_in', { p: walkIn({ id: ids.abroad }) })).code).toBe(
			'not_yours'
		);
		expect(await present(ids.abroad)).toBe(0);
	});

	it('is for leaders of that crew and organizers', async () => {
		expect(
			(await district.refused('leader', 'record_walk_in', { p: walkIn({ task_id: ids.spare }) })).code
		).toBe('not_yours');
		expect((await district.refused('leader', 'record_walk_in', { p: walkIn({ task_id: null }) })).code).toBe(
			'not_yours'
		);
		for (const caller of ['resident', 'other_organizer'] as const)
			expect((await district.refused(caller, 'record_walk_in', { p: walkIn() })).code).toBe('not_yours');
		expect(
			await district.call('organizer', 'record_walk_in', { p: walkIn({ task_id: null }) })
		).toMatchObject({ outcome: 'recorded' });
	});
});

describe('results', () => {
	const metres = (task: string, n: number, more: Json = {}) => record({ task_id: task, metres: n, ...more });
	/** A second crew at the same drain, with the fixture's organizer recording for it. */
	const secondCrew = async () => {
		const { id } = await district.row<{ id: string }>(
			`insert into public.tasks (site_id, area_id, gathering_id, date, crew_min, crew_max)
			 select site_id, area_id, null, date, 2, 8 from public.tasks where id = $1 returning id`,
			[ids.task]
		);
		return id;
	};

	it('of several crews at one drain count up to its length, in the order of the tasks', async () => {
		const second = await secondCrew();
		expect(await enter('organizer', [metres(second, 50), metres(ids.task, 45)])).toEqual([
			'recorded',
			'recorded'
		]);
		// The fixture has 30 metres of the first crew already.
		expect(await totals(ids.task)).toMatchObject({ metres: 75, metres_recorded: 75 });
		expect(
			await district.row('select metres::float8 as metres from public.totals where task_id = $1', [second])
		).toEqual({ metres: 25 });
		const day = () =>
			district.row(
				'select metres::float8 as metres, metres_recorded::float8 as recorded, flag, override_by from public.site_days where site_id = $1',
				[ids.site]
			);
		expect(await day()).toEqual({ metres: 100, recorded: 125, flag: 'over_length', override_by: null });
		expect(
			(
				await district.refused('leader', 'override_metres', {
					p_site: ids.site,
					p_date: district.today,
					p_reason: '量过'
				})
			).code
		).toBe('not_yours');
		expect(
			(
				await district.refused('other_organizer', 'override_metres', {
					p_site: ids.site,
					p_date: district.today,
					p_reason: '量过'
				})
			).code
		).toBe('not_yours');
		expect(
			(
				await district.refused('organizer', 'override_metres', {
					p_site: ids.site,
					p_date: district.today,
					p_reason: ' '
				})
			).code
		).toBe('reason_needed');
		await district.call('organizer', 'override_metres', {
			p_site: ids.site,
			p_date: district.today,
			p_reason: '量过'
		});
		expect(await day()).toEqual({
			metres: 125,
			recorded: 125,
			flag: 'over_length',
			override_by: await district.id('organizer')
		});
		await agree();

		// What is recorded after somebody vouched was not vouched for: it is flagged anew, to whoever closes the day and to the crew.
		const waiting = async () => {
			const { flagged } = await district.call<{ flagged: Json[] }>('organizer', 'closing_check', {
				p_gathering: ids.gathering
			});
			const { metres: seen } = await district.call<{ metres: Json }>('leader', 'read_task_records', {
				p_task: ids.task
			});
			const { site_days } = await district.call<{ site_days: Json[] }>('leader', 'read_roster', {
				p_gathering: ids.gathering,
				p_task: ids.task
			});
			const summary = await district.row<{ open: boolean }>(
				`select 'flagged' = any (counts) as open from private.sites_seen($1, $1, tests.id('own street')) where (site).id = $2`,
				[district.today, ids.site]
			);
			const all = [flagged[0]?.waits, seen.waits, site_days[0]?.waits, summary.open];
			expect(new Set(all).size, 'all say the same').toBe(1);
			return all[0];
		};
		expect(await waiting()).toBe(false);
		const more = metres(ids.task, 40);
		await enter('leader', [more]);
		expect(await day()).toMatchObject({ metres: 125, recorded: 165, flag: 'over_length' });
		expect(await waiting()).toBe(true);
		await agree();
		// Of what came in while the organizer looked, too, they vouch for as much as they saw, and for no more than there is.
		const vouch = (p_metres: number) =>
			district.call('organizer', 'override_metres', {
				p_site: ids.site,
				p_date: district.today,
				p_reason: '两侧',
				p_metres
			});
		await vouch(150);
		expect(await day()).toMatchObject({ metres: 150, recorded: 165 });
		expect(await waiting()).toBe(true);
		await vouch(9999);
		expect(await day()).toMatchObject({ metres: 165 });
		expect(await waiting()).toBe(false);
		await enter('leader', [metres(ids.task, 5)]);
		expect(await day()).toMatchObject({ metres: 165, recorded: 170 });
		expect(await waiting()).toBe(true);
		// A correction downwards needs nobody's word.
		await enter('leader', [metres(ids.task, 20, { corrects: more.id })]);
		expect(await day()).toMatchObject({ metres: 150, recorded: 150 });
		expect(await waiting()).toBe(false);
		await agree();

		await district.call('organizer', 'override_metres', {
			p_site: ids.site,
			p_date: district.today,
			p_reason: null
		});
		expect(await day()).toMatchObject({ metres: 100 });
		expect(await waiting()).toBe(true);
		expect(
			await district.rows(`select action from public.audit_log where table_name = 'site_days'`)
		).toHaveLength(4);
		await district.rows('update public.sites set length_m = 110 where id = $1', [ids.site]);
		expect(await day()).toMatchObject({ metres: 110 });
		await agree();
	});

	it('of a drain of unknown length count whole, and are flagged', async () => {
		await district.rows('update public.sites set length_m = null where id = $1', [ids.site]);
		await enter('leader', [metres(ids.task, 5000)]);
		expect(await district.row('select metres::float8 as metres, flag from public.site_days', [])).toEqual({
			metres: 5030,
			flag: 'unknown_length'
		});
		await agree();
	});

	it('are corrected by a record that supersedes, in whatever order they come', async () => {
		const entry = metres(ids.task, 20, { bags: 3, at: minutes(1) });
		const correction = metres(ids.task, 12, { bags: 4, corrects: entry.id, at: minutes(2) });
		const again = metres(ids.task, 15, { bags: 5, corrects: correction.id, at: minutes(3) });
		expect(await enter('leader', [correction, entry, again, entry], minutes(5))).toEqual([
			'recorded',
			'recorded',
			'recorded',
			'duplicate'
		]);
		expect(await totals(ids.task)).toMatchObject({ metres: 45, bags: 5, entries: 2 });
		expect(await district.rows('select from public.result_entries')).toHaveLength(4);
		await agree();
	});

	it('are corrected also by a phone whose clock is behind', async () => {
		const before = await totals(ids.task);
		const entry = metres(ids.task, 20, { bags: 3, at: minutes(2) });
		await enter('leader', [entry], minutes(5));
		await enter(
			'leader',
			[metres(ids.task, 20, { bags: 1, corrects: entry.id, at: minutes(1) })],
			minutes(5)
		);
		expect(Number((await totals(ids.task)).bags) - Number(before.bags)).toBe(1);
		await agree();
	});

	it('correct nothing of another task, and nothing that is no result', async () => {
		const theirs = record({ task_id: await district.id('task elsewhere'), bags: 7 });
		await enter('other_organizer', [theirs]);
		expect(
			await enter('leader', [
				record({ task_id: ids.task, bags: 0, corrects: theirs.id }),
				record({ task_id: ids.task, note: ' ' }),
				record({ task_id: ids.task, bags: -1 })
			])
		).toEqual(['not_yours', 'empty_result', 'bad_record']);
		expect(await enter('leader', [record({ task_id: ids.spare, bags: 1 })])).toEqual(['not_yours']);
	});
});

describe('campaign work', () => {
	const campaign = (p_date: string, p_site = ids.site) =>
		district.call<string>('organizer', 'add_campaign_task', { p_id: randomUUID(), p_site, p_date });
	const sums = (task: string) =>
		district.row(
			`select gathering_id, metres::float8 as metres, metres_recorded::float8 as metres_recorded, kg_weighed::float8 as kg_weighed,
				kg_estimated::float8 as kg_estimated, entries from public.totals where task_id = $1`,
			[task]
		);

	it('gets results without a gathering: the organizer’s count, are corrected, and nobody else’s are taken', async () => {
		const task = await campaign(district.today);
		const first = record({ task_id: task, metres: 40, kg: 300, weighed: true });
		expect(await enter('organizer', [first, record({ task_id: task, kg: 50 })])).toEqual([
			'recorded',
			'recorded'
		]);
		expect(await enter('organizer', [first])).toEqual(['duplicate']);
		for (const caller of ['leader', 'resident', 'other_organizer'] as const)
			expect(await enter(caller, [record({ task_id: task, metres: 1 })])).toEqual(['not_yours']);
		const correction = record({ task_id: task, corrects: first.id, metres: 25, kg: 280, weighed: true });
		expect(await enter('organizer', [correction])).toEqual(['recorded']);
		expect(await sums(task)).toEqual({
			gathering_id: null,
			metres: 25,
			metres_recorded: 25,
			kg_weighed: 280,
			kg_estimated: 50,
			entries: 2
		});
		await agree();
	});

	it('at a drain that a crew cleaned the same day counts with it up to the drain’s length', async () => {
		const task = await campaign(district.today);
		// The fixture's crew recorded 30 of 100 metres.
		expect(await enter('organizer', [record({ task_id: task, metres: 90 })])).toEqual(['recorded']);
		expect(await sums(task)).toMatchObject({ metres: 70, metres_recorded: 90 });
		expect(await totals(ids.task)).toMatchObject({ metres: 30 });
		await agree();
	});

	it('of a past date is in the public sums of its day and street, and opens; before its date it takes nothing', async () => {
		const [yesterday, tomorrow] = [-1, 1].map((n) =>
			new Date(Date.parse(district.today) + n * 86_400_000).toISOString().slice(0, 10)
		) as [string, string];
		const task = await campaign(yesterday);
		expect(await enter('organizer', [record({ task_id: task, adverts: 40, at: district.now })])).toEqual([
			'recorded'
		]);
		const period = { p_from: yesterday, p_to: yesterday };
		for (const p_area of [undefined, await district.id('own street')])
			expect(
				await district.call('visitor', 'read_results', { ...period, ...(p_area && { p_area }) })
			).toMatchObject({
				sums: { adverts: 40, participations: 0 },
				days: [{ date: yesterday, labour_day_id: null }]
			});
		expect(await district.call('visitor', 'read_area_tasks', period)).toMatchObject([
			{ task_id: task, gathering_id: null, adverts: 40 }
		]);
		expect(await district.call('visitor', 'read_task', { p_task: task })).toMatchObject({
			date: yesterday,
			adverts: 40,
			heads: null,
			entries: [{ adverts: 40 }]
		});
		expect(await enter('organizer', [record({ task_id: await campaign(tomorrow), adverts: 1 })])).toEqual([
			'day_not_begun'
		]);
		await agree();
	});
});

describe('after closing', () => {
	it('records are late and count on an organizer’s tap only', async () => {
		await district.call('organizer', 'close_gathering', { p_gathering: ids.gathering });
		const [event, entry] = [
			record({ signup_id: ids.resident, heads: 7 }),
			record({ task_id: ids.task, bags: 6 })
		];
		expect([await attend('leader', [event]), await enter('leader', [entry])]).toEqual([['late'], ['late']]);
		expect(await district.call('leader', 'record_walk_in', { p: walkIn() })).toMatchObject({
			outcome: 'late'
		});
		expect([await present(ids.resident), (await totals(ids.task)).bags]).toEqual([2, 0]);
		await agree();
		const records = [event.id, entry.id];
		for (const caller of ['leader', 'other_organizer'] as const)
			expect(
				(await district.refused(caller, 'accept_late', { p_gathering: ids.gathering, p_records: records }))
					.code
			).toBe('not_yours');
		// Named under another gathering, they are not found.
		expect(
			await district.call('other_organizer', 'accept_late', {
				p_gathering: ids.elsewhere,
				p_records: records
			})
		).toBe(0);
		expect([await present(ids.resident), (await totals(ids.task)).bags]).toEqual([2, 0]);
		expect(
			await district.call('organizer', 'accept_late', { p_gathering: ids.gathering, p_records: records })
		).toBe(2);
		expect(
			await district.call('organizer', 'accept_late', { p_gathering: ids.gathering, p_records: records })
		).toBe(0);
		expect([await present(ids.resident), (await totals(ids.task)).bags]).toEqual([7, 6]);
		await agree();
	});

	it('the gathering takes no sign-up, and lists what is missing', async () => {
		await district.call('organizer', 'close_gathering', { p_gathering: ids.gathering });
		expect(
			(
				await district.refused('other_resident', 'sign_up', {
					p_id: randomUUID(),
					p_gathering: ids.gathering,
					p_party: { headcount: 1 }
				})
			).code
		).toBe('signup_closed');
		const check = await district.call<Record<string, { name: string }[]>>('organizer', 'closing_check', {
			p_gathering: ids.gathering
		});
		expect(check.absent?.map(({ name }) => name).toSorted()).toEqual(['guest', 'leader', 'spare person']);
		expect(check.without_result?.map(({ name }) => name)).toEqual(['后巷']);
	});
});

describe('what a crew leader sees of phones', () => {
	it('begins the evening before the day and not when the plan is published', async () => {
		const seen = async (shift: number) => {
			await district.rows(`update public.labour_days set date = private.today() + $2::int where id = $1`, [
				await district.id('day'),
				shift
			]);
			await district.rows(`update public.tasks set date = private.today() + $2::int where id = $1`, [
				ids.task,
				shift
			]);
			return (
				await district.as('leader', (sql) =>
					sql.rows('select from public.contacts where person_id = tests.id($1)', ['resident'])
				)
			).length;
		};
		expect([await seen(5), await seen(1), await seen(0), await seen(-3), await seen(-8)]).toEqual([
			0, 1, 1, 1, 0
		]);
	});
});
