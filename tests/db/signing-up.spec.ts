/** Signing up, the waitlist and what follows, as the database keeps it. */
import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { District, type Json } from './district';
import { startTestEngine, type TestEngine } from './engine';

let engine: TestEngine;
let district: District;
beforeAll(async () => {
	engine = await startTestEngine();
	district = await District.open(engine);
}, 120_000);
afterAll(() => engine?.close());

const hash = (token: string) => createHash('sha256').update(token).digest('hex');
let numbers = 0;
const newPhone = () => `139${String(++numbers).padStart(8, '0')}`;

interface State {
	id: string;
	status: string;
	headcount: number;
	ahead: number | null;
}

const gathering = (fields?: Json) => district.gathering(fields);

const guest = (
	g: string,
	headcount: number,
	more: { phone?: string; id?: string; token?: string; party?: Json } = {}
) => ({
	p_id: more.id ?? randomUUID(),
	p_gathering: g,
	p_name: '王女士',
	p_phone: more.phone ?? newPhone(),
	p_party: { headcount, ...more.party },
	p_token_hash: hash(more.token ?? randomUUID()),
	p_address: '10.0.0.1'
});
const signUp = (g: string, headcount: number, more: Parameters<typeof guest>[2] = {}, at?: string) =>
	district.call<State>('server', 'sign_up_guest', guest(g, headcount, more), { at });

const statuses = async (ids: string[]) =>
	Promise.all(
		ids.map(
			async (id) =>
				(await district.row<{ status: string }>('select status from public.signups where id = $1', [id]))
					.status
		)
	);
const count = async (g: string) =>
	(
		await district.row<{ n: number }>(
			'select count(*)::int as n from public.signups where gathering_id = $1',
			[g]
		)
	).n;

/** A local time on (or before) a date, as an instant in Shanghai, which has no other offset. */
const local = (date: string, time: string, days = 0) => {
	const shifted = new Date(`${date}T${time}:00+08:00`);
	return new Date(shifted.getTime() + days * 86_400_000).toISOString();
};

describe('the same request again', () => {
	it('of a visitor books once, and answers with the state it has now', async () => {
		const { id: g } = await gathering();
		const request = guest(g, 3, { token: 'again' });
		const first = await district.call<State>('server', 'sign_up_guest', request);
		await district.call('server', 'guest_change', { p_token: 'again', p_party: { headcount: 2 } });
		const second = await district.call<State>('server', 'sign_up_guest', request);
		expect([first.headcount, second.headcount, second.id]).toEqual([3, 2, first.id]);
		expect(await count(g)).toBe(1);
	});

	it('does not bring a cancelled sign-up back', async () => {
		const { id: g } = await gathering();
		const request = { p_id: randomUUID(), p_gathering: g, p_party: { headcount: 1 } };
		await district.call('resident', 'sign_up', request);
		await district.call('resident', 'cancel_signup', { p_signup: request.p_id });
		expect(await district.call('resident', 'sign_up', request)).toMatchObject({ status: 'cancelled' });
	});

	it('works where it signs up anew after a cancellation', async () => {
		const { id: g } = await gathering();
		const phone = newPhone();
		await signUp(g, 3, { phone, token: 'first' });
		await district.call('server', 'guest_cancel', { p_token: 'first' });
		const request = guest(g, 2, { phone, token: 'second' });
		const [anew, again] = [
			await district.call('server', 'sign_up_guest', request),
			await district.call('server', 'sign_up_guest', request)
		];
		expect(anew).toMatchObject({ status: 'confirmed', headcount: 2 });
		expect(again).toEqual(anew);
		expect(await count(g)).toBe(1);
		const mine = { p_id: randomUUID(), p_gathering: g, p_party: { headcount: 1 } };
		await district.call('resident', 'sign_up', mine);
		await district.call('resident', 'cancel_signup', { p_signup: mine.p_id });
		const next = { ...mine, p_id: randomUUID() };
		await district.call('resident', 'sign_up', next);
		expect(await district.call('resident', 'sign_up', next)).toMatchObject({
			status: 'confirmed',
			id: next.p_id
		});
	});

	it('at another gathering is welcome once the first was called off, not before', async () => {
		const { id: g, day } = await gathering();
		const other = randomUUID();
		await district.call('other_organizer', 'save_gathering', {
			p_id: other,
			p_day: day,
			p_area: await district.id('other street'),
			p_fields: { place: '桥头', starts: '08:30', ends: '11:00' }
		});
		const phone = newPhone();
		const { id } = await signUp(g, 3, { phone });
		const elsewhere = guest(other, 3, { phone });
		expect((await district.refused('server', 'sign_up_guest', elsewhere)).code).toBe('already_signed_up');
		expect(await statuses([id])).toEqual(['confirmed']);
		await district.call('organizer', 'cancel_gathering', { p_gathering: g, p_reason: '暴雨' });
		expect(await district.call('server', 'sign_up_guest', elsewhere)).toMatchObject({ status: 'confirmed' });
		expect([await count(g), await count(other)]).toEqual([0, 1]);
	});

	it('of somebody else under a known id is refused', async () => {
		const { id: g } = await gathering();
		const id = randomUUID();
		await signUp(g, 1, { id });
		expect((await district.refused('server', 'sign_up_guest', guest(g, 1, { id }))).code).toBe(
			'already_signed_up'
		);
		expect(
			(await district.refused('resident', 'sign_up', { p_id: id, p_gathering: g, p_party: { headcount: 1 } }))
				.code
		).toBe('already_signed_up');
		expect(await count(g)).toBe(1);
	});
});

describe('one phone number, one sign-up per labour day', () => {
	it('in whatever form it is typed, wherever, by whomever', async () => {
		const { id: g, day } = await gathering();
		const elsewhere = randomUUID();
		await district.call('other_organizer', 'save_gathering', {
			p_id: elsewhere,
			p_day: day,
			p_area: await district.id('other street'),
			p_fields: { place: '桥' }
		});
		await signUp(g, 2, { phone: '13712345678' });
		const refusal = await district.refused(
			'server',
			'sign_up_guest',
			guest(elsewhere, 1, { phone: '+86 137-1234-5678' })
		);
		expect(refusal).toEqual({ code: 'already_signed_up', detail: '' });
		const [row] = await district.call<Json[]>('other_organizer', 'sign_up_for', {
			p_gathering: elsewhere,
			p_parties: [{ id: randomUUID(), name: '李', phone: '137 1234 5678', headcount: 1 }]
		});
		expect(row).toMatchObject({ error: 'already_signed_up' });
		await district.call('resident', 'set_my_phone', { p_phone: '13712345678' });
		expect(
			(
				await district.refused('resident', 'sign_up', {
					p_id: randomUUID(),
					p_gathering: elsewhere,
					p_party: { headcount: 1 }
				})
			).code
		).toBe('already_signed_up');
		expect(await count(elsewhere)).toBe(0);
	});

	it('and nobody can ask for the numbers of others one after the other', async () => {
		const give = (n: number) => ({ p_phone: `137000000${n}` });
		for (let n = 10; n < 20; n++) await district.call('admin', 'set_my_phone', give(n));
		expect((await district.refused('admin', 'set_my_phone', give(20))).code).toBe('slow_down');
		// The number that stands may be saved again, and taken away.
		await district.call('admin', 'set_my_phone', { ...give(19), p_crew_may_call: true });
		await district.call('admin', 'set_my_phone', { p_phone: '' });
	});

	it('also when the number comes after the sign-up: to an account, by an organizer, with a claimed sign-up', async () => {
		const { id: g, day } = await gathering();
		const stands = () =>
			district.rows(
				`select c.phone from public.signups s join public.contacts c using (person_id)
				 where s.labour_day_id = $1 and s.status <> 'cancelled' group by c.phone having count(*) > 1`,
				[day]
			);
		await signUp(g, 2, { phone: '13711110001', token: 'theirs' });
		await district.call('other_resident', 'sign_up', {
			p_id: randomUUID(),
			p_gathering: g,
			p_party: { headcount: 1 }
		});
		const number = { p_phone: '137 1111 0001', p_crew_may_call: true };
		expect((await district.refused('other_resident', 'set_my_phone', number)).code).toBe('already_signed_up');
		await district.call('organizer', 'sign_up_for', {
			p_gathering: g,
			p_parties: [{ id: randomUUID(), name: '张奶奶', headcount: 1 }]
		});
		const { person } = await district.row<{ person: string }>(
			`select person_id as person from public.signups where gathering_id = $1 and name = '张奶奶'`,
			[g]
		);
		await district.call('other_resident', 'set_my_phone', { p_phone: '13711110002' });
		const given = { p_person: person, p_fields: { phone: '13711110002' } };
		expect((await district.refused('organizer', 'change_person', given)).code).toBe('already_signed_up');
		// An account that has another guest's number cannot take over a third party beside it.
		await district.call('resident', 'set_my_phone', { p_phone: '13711110001' });
		await signUp(g, 1, { phone: '13711110003', token: 'third' });
		expect((await district.refused('resident', 'claim_signup', { p_token: 'third' })).code).toBe(
			'already_signed_up'
		);
		expect(await stands()).toEqual([]);
		// Free again: it may be taken.
		await district.call('server', 'guest_cancel', { p_token: 'theirs' });
		await district.call('other_resident', 'set_my_phone', number);
	});

	it('and a number that an account typed takes nothing over from a guest', async () => {
		const { id: g } = await gathering();
		await district.call('other_resident', 'set_my_phone', { p_phone: '13755556666' });
		await signUp(g, 2, { phone: '13755556666' });
		const pages = await district.call<{ gathering: { id: string } }[]>('other_resident', 'my_signups');
		expect(pages.filter((page) => page.gathering.id === g)).toEqual([]);
	});

	it('nor one that an organizer wrote down for themselves or for somebody else with an account', async () => {
		const { id: g } = await gathering();
		const { id: later } = await gathering();
		const write = async (of: 'organizer' | 'other_resident', phone: string) =>
			district.call('organizer', 'change_person', {
				p_person: await district.id(of),
				p_fields: { phone }
			});
		await write('organizer', '13755557777');
		const taken = await signUp(g, 2, { phone: '13755557777' });
		expect(
			await district.row('select person_id = $2 as theirs from public.signups where id = $1', [
				taken.id,
				await district.id('organizer')
			])
		).toEqual({ theirs: false });
		await write('organizer', '13755558888');
		await signUp(later, 1, { phone: '13755558888' });
		const pages = await district.call<{ gathering: { id: string } }[]>('organizer', 'my_signups');
		expect(pages.filter((page) => [g, later].includes(page.gathering.id))).toEqual([]);
		const identifies = async () =>
			district.row('select identifies from public.contacts where person_id = tests.id($1)', [
				'other_resident'
			]);
		// By the number they signed up with before they had an account they stay known; by another they are not.
		await district.rows(
			`insert into public.contacts (person_id, phone, phone_hash) values (tests.id('other_resident'), '+8613755559990', private.phone_hash('+8613755559990'))
			 on conflict (person_id) do update set phone = excluded.phone, phone_hash = excluded.phone_hash, identifies = true`
		);
		await district.rows(
			`insert into public.enrolments (person_id, generation, token_hash, expires_at) values (tests.id('other_resident'), 1, 'x', now())`
		);
		await write('other_resident', '137 5555 9990');
		expect(await identifies()).toEqual({ identifies: true });
		await write('other_resident', '13755559991');
		expect(await identifies()).toEqual({ identifies: false });
	});
});

describe('the waitlist', () => {
	it('fills by itself, in order; a smaller party passes only one that does not fit', async () => {
		const { id: g } = await gathering({ capacity: 10 });
		const [a, b, c, d] = [await signUp(g, 6), await signUp(g, 4), await signUp(g, 5), await signUp(g, 2)];
		expect([a, b, c, d].map(({ status, ahead }) => [status, ahead])).toEqual([
			['confirmed', null],
			['confirmed', null],
			['waitlisted', 0],
			['waitlisted', 1]
		]);
		await district.call('organizer', 'change_signup', { p_signup: a.id, p_party: { headcount: 3 } });
		expect(await statuses([c.id, d.id])).toEqual(['waitlisted', 'confirmed']);
		await district.call('organizer', 'cancel_signup', { p_signup: b.id });
		expect(await statuses([c.id])).toEqual(['confirmed']);
	});

	it('moves up when the capacity rises, and sends nobody back when it falls', async () => {
		const { id: g } = await gathering({ capacity: 2 });
		const [a, b, c] = [await signUp(g, 2), await signUp(g, 2), await signUp(g, 2)];
		const save = (capacity: number | null) =>
			district.call('organizer', 'save_gathering', {
				p_id: g,
				p_day: null,
				p_area: null,
				p_fields: { capacity }
			});
		await save(4);
		expect(await statuses([a.id, b.id, c.id])).toEqual(['confirmed', 'confirmed', 'waitlisted']);
		await save(1);
		expect(await statuses([a.id, b.id, c.id])).toEqual(['confirmed', 'confirmed', 'waitlisted']);
		await save(null);
		expect(await statuses([c.id])).toEqual(['confirmed']);
	});

	it('stops at 20:00 the evening before; then an organizer decides', async () => {
		const { id: g, date } = await gathering({ capacity: 2 });
		const [a, b] = [await signUp(g, 2, { token: 'stops' }), await signUp(g, 2)];
		const [before, after] = [local(date, '19:59', -1), local(date, '20:00', -1)];
		await district.call('server', 'guest_cancel', { p_token: 'stops' }, { at: after });
		expect(await statuses([a.id, b.id])).toEqual(['cancelled', 'waitlisted']);
		// The room is the organizer's to give: nobody overtakes those who wait.
		expect(await signUp(g, 1, {}, after)).toMatchObject({ status: 'waitlisted', ahead: 1 });
		expect(
			(await district.refused('other_organizer', 'promote_signup', { p_signup: b.id }, { at: after })).code
		).toBe('not_yours');
		await district.call('organizer', 'promote_signup', { p_signup: b.id }, { at: after });
		expect(await statuses([b.id])).toEqual(['confirmed']);
		const over = await district.refused(
			'organizer',
			'promote_signup',
			{ p_signup: (await signUp(g, 3, {}, after)).id },
			{ at: after }
		);
		expect(over).toEqual({ code: 'no_room', detail: '0' });
		const { id: early, date: then } = await gathering({ capacity: 2 });
		const [c, d] = [await signUp(early, 2, { token: 'early' }), await signUp(early, 2)];
		expect(then).not.toBe(date);
		await district.call('server', 'guest_cancel', { p_token: 'early' }, { at: local(then, '19:59', -1) });
		expect(await statuses([c.id, d.id])).toEqual(['cancelled', 'confirmed']);
		expect(before < after).toBe(true);
	});

	it('does not let a party grow past those who wait for an organizer', async () => {
		const { id: g, date } = await gathering({ capacity: 4 });
		await signUp(g, 1, { token: 'grows' });
		await signUp(g, 3, { token: 'leaves' });
		const waiting = await signUp(g, 2);
		const after = local(date, '20:00', -1);
		await district.call('server', 'guest_cancel', { p_token: 'leaves' }, { at: after });
		const grow = { p_token: 'grows', p_party: { headcount: 3 } };
		expect(await district.refused('server', 'guest_change', grow, { at: after })).toEqual({
			code: 'no_room',
			detail: '0'
		});
		await district.call('organizer', 'promote_signup', { p_signup: waiting.id }, { at: after });
		await district.call('server', 'guest_change', { ...grow, p_party: { headcount: 2 } }, { at: after });
	});

	it('moves up again when a cancelled gathering or day is restored, or the day moves', async () => {
		const { id: g, day, date } = await gathering({ capacity: 2 });
		const [a, b, c, d] = [
			await signUp(g, 2, { token: 'r1' }),
			await signUp(g, 2, { token: 'r2' }),
			await signUp(g, 2, { token: 'r3' }),
			await signUp(g, 2)
		];
		await district.call('organizer', 'cancel_gathering', { p_gathering: g, p_reason: '暴雨' });
		await district.call('server', 'guest_cancel', { p_token: 'r1' });
		expect(await statuses([a.id, b.id])).toEqual(['cancelled', 'waitlisted']);
		await district.call('organizer', 'restore_gathering', { p_gathering: g });
		expect(await statuses([b.id, c.id])).toEqual(['confirmed', 'waitlisted']);
		await district.call('admin', 'cancel_labour_day', { p_day: day, p_reason: '高温' });
		await district.call('server', 'guest_cancel', { p_token: 'r2' });
		await district.call('admin', 'restore_labour_day', { p_day: day });
		expect(await statuses([c.id, d.id])).toEqual(['confirmed', 'waitlisted']);
		const evening = local(date, '21:00', -1);
		await district.call('server', 'guest_cancel', { p_token: 'r3' }, { at: evening });
		expect(await statuses([d.id])).toEqual(['waitlisted']);
		const { moved } = await district.row<{ moved: string }>('select ($1::date + 1)::text as moved', [date]);
		await district.call(
			'admin',
			'move_labour_day',
			{ p_day: day, p_date: moved, p_reason: '雨' },
			{ at: evening }
		);
		expect(await statuses([d.id])).toEqual(['confirmed']);
	});
});

describe('children', () => {
	const stands = async (g: string) =>
		district.rows('select headcount, minors from public.signups where gathering_id = $1', [g]);

	it('sign nobody up alone: an adult comes with them, by the form, by the link and by the account', async () => {
		const { id: g } = await gathering();
		const alone = { ...guest(g, 2), p_party: { headcount: 2, minors: 2 } };
		expect((await district.refused('server', 'sign_up_guest', alone)).code).toBe('adult_needed');
		expect(
			(
				await district.refused('resident', 'sign_up', {
					p_id: randomUUID(),
					p_gathering: g,
					p_party: { headcount: 1, minors: 1 }
				})
			).code
		).toBe('adult_needed');
		expect(await stands(g)).toEqual([]);

		await signUp(g, 3, { token: 'family', party: { minors: 1 } });
		for (const p_party of [{ minors: 3 }, { headcount: 1 }])
			expect((await district.refused('server', 'guest_change', { p_token: 'family', p_party })).code).toBe(
				'adult_needed'
			);
		expect(await stands(g)).toEqual([{ headcount: 3, minors: 1 }]);
	});

	it('of a class that an organizer wrote down may come as they are; it can still shrink', async () => {
		const { id: g } = await gathering();
		const id = randomUUID();
		await district.call('organizer', 'sign_up_for', {
			p_gathering: g,
			p_parties: [{ id, name: '五(2)班', headcount: 30, minors: 30 }]
		});
		expect(await stands(g)).toEqual([{ headcount: 30, minors: 30 }]);
		await district.rows(
			`update private.signup_secrets set token_hash = encode(sha256('class'), 'hex') where signup_id = $1`,
			[id]
		);
		await district.call('server', 'guest_change', {
			p_token: 'class',
			p_party: { headcount: 28, minors: 28 }
		});
		expect(await stands(g)).toEqual([{ headcount: 28, minors: 28 }]);
	});
});

describe('a phone number that is known elsewhere', () => {
	const NAME = '赵德全';
	/** Somebody of the other street: known there under a number; for one day also signed up there. */
	const stranger = async () => {
		const phone = newPhone();
		const person = randomUUID();
		await district.rows(
			`with made as (insert into public.people (id, display_name, area_id) values ($1, $2, tests.id('other street')))
			 select 1`,
			[person, NAME]
		);
		await district.rows(
			`insert into public.contacts (person_id, phone, phone_hash) values ($1, '+86' || $2, private.phone_hash('+86' || $2))`,
			[person, phone]
		);
		return { phone, person };
	};
	/** Everything that this caller can find out: every table they may read, and every page about people. */
	const finds = async (caller: 'organizer' | 'leader', person: string) =>
		district.as(caller, async (sql) => {
			const tables = await sql.rows<{ name: string }>(
				`select c.oid::regclass::text as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v')`
			);
			const seen: string[] = [];
			for (const { name } of tables)
				if ((await sql.rows(`select from ${name} t where t::text like '%' || $1 || '%'`, [NAME])).length > 0)
					seen.push(name);
			if (caller === 'organizer') {
				const people = await sql.rows(`select public.read_people('', null, false, 100, 0)::text as found`);
				if (JSON.stringify(people).includes(NAME)) seen.push('read_people');
			}
			expect(person).not.toBe('');
			return seen;
		});

	it.each(['organizer', 'leader'] as const)('tells no name to an %s who signs it up', async (caller) => {
		const { phone, person } = await stranger();
		const g = caller === 'leader' ? await district.id('gathering') : (await gathering()).id;
		const party = { id: randomUUID(), name: '那位大叔', phone, headcount: 1 };
		const [answer] = await district.call<Json[]>(
			caller,
			'sign_up_for',
			{ p_gathering: g, p_parties: [party] },
			{ at: district.noon }
		);
		expect(answer).toMatchObject({ status: 'confirmed' });
		expect(await district.row('select name from public.signups where person_id = $1', [person])).toEqual({
			name: '那位大叔'
		});
		if (caller === 'leader')
			await district.rows(
				`insert into public.assignments (signup_id, task_id) select id, tests.id('task') from public.signups where person_id = $1`,
				[person]
			);
		expect(await finds(caller, person)).toEqual([]);
		expect((await district.refused('organizer', 'read_person', { p_person: person })).code).toBe('not_yours');
	});

	it('tells no name where the people behind a number are listed, but what their party was called', async () => {
		const { phone, person } = await stranger();
		const [gathering, task] = [await district.id('gathering'), await district.id('task')];
		await district.call('organizer', 'sign_up_for', {
			p_gathering: gathering,
			p_parties: [{ id: randomUUID(), name: '那位大叔', phone, headcount: 1 }]
		});
		const { id } = await district.row<{ id: string }>('select id from public.signups where person_id = $1', [
			person
		]);
		await district.rows(`insert into public.assignments (signup_id, task_id, leads) values ($1, $2, false)`, [
			id,
			task
		]);
		await district.rows(
			`insert into public.task_leaders (task_id, person_id, since) values ($1, $2, now() - interval '1 day')`,
			[task, person]
		);
		await district.rows(
			`insert into public.attendance_events (id, signup_id, gathering_id, area_id, task_id, heads, at, device_id, seq, device_time, source)
			 values (gen_random_uuid(), $1, $2, tests.id('own street'), $3, 1, now(), tests.id('phone'), 900, now(), 'organizer')`,
			[id, gathering, task]
		);
		await district.rows(
			`insert into public.hour_credits (id, signup_id, area_id, seconds, recorded_seconds, reason, credited_at)
			 values (gen_random_uuid(), $1, tests.id('own street'), 1200, (select named_seconds from public.attendance_sums where signup_id = $1), '证明', now())`,
			[id]
		);
		for (const p_figure of ['people', 'leaders', 'hours_credited']) {
			const { rows } = await district.call<{ rows: Json[] }>('organizer', 'read_records', {
				p_from: district.today,
				p_to: district.today,
				p_area: await district.id('own street'),
				p_figure
			});
			const row = rows.find(({ person_id }) => person_id === person);
			expect(row).toMatchObject({ person: '那位大叔', known: false, gathering_id: gathering, task_id: task });
			expect(rows.some(({ known }) => known)).toBe(true);
		}
	});

	it('says only that it is signed up, where it is', async () => {
		const { phone, person } = await stranger();
		await district.rows(
			`insert into public.signups (id, gathering_id, labour_day_id, area_id, person_id, name, headcount, status, source)
			 select gen_random_uuid(), g.id, g.labour_day_id, g.area_id, $1, $2, 2, 'confirmed', 'guest'
			 from public.gatherings g where g.id = tests.id('gathering elsewhere')`,
			[person, NAME]
		);
		const party = { id: randomUUID(), name: '那位大叔', phone, headcount: 1 };
		const [answer] = await district.call<Json[]>(
			'organizer',
			'sign_up_for',
			{ p_gathering: await district.id('gathering'), p_parties: [party] },
			{ at: district.noon }
		);
		expect(answer).toMatchObject({ error: 'already_signed_up', detail: '' });
		expect(await finds('organizer', person)).toEqual([]);

		// Who stands in front of a leader is checked in, under the name that the leader was told.
		await district.call(
			'leader',
			'record_walk_in',
			{
				p: {
					id: randomUUID(),
					gathering_id: await district.id('gathering'),
					task_id: await district.id('task'),
					name: '那位大叔',
					phone,
					headcount: 2,
					at: district.now,
					event_id: randomUUID(),
					device_id: randomUUID(),
					seq: 1
				}
			},
			{ at: district.now }
		);
		expect(
			await district.rows(
				`select s.name, s.gathering_id, x.present_heads as heads from public.signups s join public.attendance_sums x on x.signup_id = s.id where s.person_id = $1`,
				[person]
			)
		).toEqual([{ name: '那位大叔', gathering_id: await district.id('gathering'), heads: 2 }]);
		expect(await finds('leader', person)).toEqual([]);
		expect(await finds('organizer', person)).toEqual([]);
	});

	it('shows who signed up themselves to the organizers of that place', async () => {
		const { phone, person } = await stranger();
		const { id: g } = await gathering();
		await signUp(g, 2, { phone });
		expect(
			await district.as('organizer', (sql) =>
				sql.rows('select display_name from public.people where id = $1', [person])
			)
		).toEqual([{ display_name: NAME }]);
	});
});

describe('changing a party', () => {
	it('shrinks always, grows while there is room and says how much there is', async () => {
		const { id: g } = await gathering({ capacity: 8 });
		await signUp(g, 4, { token: 'grow' });
		await signUp(g, 2);
		const change = (party: Json) =>
			district.call('server', 'guest_change', { p_token: 'grow', p_party: party });
		expect(await change({ headcount: 6 })).toMatchObject({ headcount: 6, status: 'confirmed' });
		expect(
			await district.refused('server', 'guest_change', { p_token: 'grow', p_party: { headcount: 7 } })
		).toEqual({ code: 'no_room', detail: '0' });
		expect(await change({ headcount: 2, minors: 1 })).toMatchObject({ headcount: 2, minors: 1 });
		expect(
			(await district.refused('server', 'guest_change', { p_token: 'grow', p_party: { minors: 3 } })).code
		).toBe('bad_minors');
		expect(
			(await district.refused('server', 'guest_change', { p_token: 'grow', p_party: { headcount: 21 } })).code
		).toBe('bad_headcount');
		expect((await district.refused('server', 'guest_change', { p_token: 'unknown', p_party: {} })).code).toBe(
			'link_unknown'
		);
	});

	it('ends with the first check-in', async () => {
		const mine = await district.id('signup of resident');
		expect(
			(await district.refused('resident', 'change_signup', { p_signup: mine, p_party: { headcount: 1 } }))
				.code
		).toBe('checked_in');
		expect((await district.refused('resident', 'cancel_signup', { p_signup: mine })).code).toBe('checked_in');
	});

	it('ends with the gathering: a no-show cannot take itself back', async () => {
		const { id: g, date } = await gathering();
		const { id } = await signUp(g, 2, { token: 'no show' });
		const after = { at: local(date, '11:01') };
		for (const [name, more] of [
			['guest_change', { p_party: { headcount: 1 } }],
			['guest_cancel', {}]
		] as const)
			expect((await district.refused('server', name, { p_token: 'no show', ...more }, after)).code).toBe(
				'signup_closed'
			);
		expect(await statuses([id])).toEqual(['confirmed']);
		await district.call('organizer', 'cancel_signup', { p_signup: id }, after);
		expect(await statuses([id])).toEqual(['cancelled']);
	});

	it('is not for others', async () => {
		const { id: g } = await gathering();
		const { id } = await signUp(g, 2);
		for (const caller of ['resident', 'leader', 'other_organizer'] as const) {
			expect((await district.refused(caller, 'cancel_signup', { p_signup: id })).code, caller).toBe(
				'not_yours'
			);
			expect(
				(await district.refused(caller, 'change_signup', { p_signup: id, p_party: { headcount: 1 } })).code,
				caller
			).toBe('not_yours');
		}
		expect(await statuses([id])).toEqual(['confirmed']);
	});
});

describe('on behalf of others', () => {
	it('takes a list, answers per row, and again changes nothing', async () => {
		const { id: g } = await gathering({ capacity: 40 });
		const parties = [
			{ id: randomUUID(), name: '三年级二班', headcount: 36, minors: 33 },
			{ id: randomUUID(), name: '', headcount: 1 },
			{ id: randomUUID(), name: '赵', phone: 'abc', headcount: 1 },
			{ id: randomUUID(), name: '孙', headcount: 5 }
		];
		const once = await district.call<Json[]>('organizer', 'sign_up_for', {
			p_gathering: g,
			p_parties: parties
		});
		expect(once.map((row) => row.status ?? row.error)).toEqual([
			'confirmed',
			'bad_name',
			'bad_phone',
			'waitlisted'
		]);
		expect(await district.call('organizer', 'sign_up_for', { p_gathering: g, p_parties: parties })).toEqual(
			once
		);
		expect(await count(g)).toBe(2);
		for (const caller of ['resident', 'other_organizer'] as const)
			expect(
				(await district.refused(caller, 'sign_up_for', { p_gathering: g, p_parties: parties })).code
			).toBe('not_yours');
	});
});

describe('whom a leader may sign up', () => {
	const offered = async (caller: 'leader' | 'resident' | 'organizer' | 'other_organizer') =>
		(await district.call<{ id: string }[]>(caller, 'my_gatherings')).map(({ id }) => id);

	it('offers exactly the gatherings for which the command takes a list', async () => {
		const { id: g } = await gathering();
		const now = await district.id('gathering');
		// She leads a crew of today's gathering, and has no role anywhere.
		expect(await offered('leader')).toEqual([now]);
		expect(await offered('resident')).toEqual([]);
		expect(await offered('organizer')).toEqual(expect.arrayContaining([now, g]));
		expect(await offered('other_organizer')).not.toContain(g);

		await district.rows(
			`insert into public.memberships (area_id, person_id, role) values ($1, $2, 'leader')`,
			[await district.id('own street'), await district.id('resident')]
		);
		expect(await offered('resident')).toEqual(expect.arrayContaining([now, g]));
		const p_parties = [{ id: randomUUID(), name: '李奶奶', headcount: 1 }];
		const [row] = await district.call<Json[]>('resident', 'sign_up_for', { p_gathering: g, p_parties });
		expect(row?.status).toBe('confirmed');
		expect((await district.refused('leader', 'sign_up_for', { p_gathering: g, p_parties })).code).toBe(
			'not_yours'
		);
	});

	it('offers none that is cancelled, closed or over', async () => {
		const { id: cancelled } = await gathering();
		const { id: closed } = await gathering();
		await district.call('organizer', 'cancel_gathering', { p_gathering: cancelled, p_reason: '下雨' });
		await district.rows(`update public.gatherings set status = 'closed' where id = $1`, [closed]);
		const left = await offered('organizer');
		expect(left).not.toContain(cancelled);
		expect(left).not.toContain(closed);
		const over = await district.call<{ id: string }[]>(
			'organizer',
			'my_gatherings',
			{},
			{ at: '2060-01-01' }
		);
		expect(over).toEqual([]);
	});
});

describe('claiming a guest sign-up with an account', () => {
	it('takes over what the link proves and nothing else', async () => {
		const [one, two] = [await gathering(), await gathering()];
		const phone = newPhone();
		const claimed = await signUp(one.id, 2, { phone, token: 'mine' });
		const other = await signUp(two.id, 2, { phone });
		// A sign-up of the account's own on the other day does not stand in the way.
		await district.call('resident', 'sign_up', {
			p_id: randomUUID(),
			p_gathering: two.id,
			p_party: { headcount: 1 }
		});
		expect(await district.call('resident', 'claim_signup', { p_token: 'mine' })).toBe(claimed.id);
		expect(await district.call('resident', 'claim_signup', { p_token: 'mine' })).toBe(claimed.id);
		const owner = async (id: string) =>
			(await district.row<{ person_id: string }>('select person_id from public.signups where id = $1', [id]))
				.person_id;
		expect(await owner(claimed.id)).toBe(await district.id('resident'));
		expect(await owner(other.id)).not.toBe(await district.id('resident'));
		expect((await district.refused('other_resident', 'claim_signup', { p_token: 'mine' })).code).toBe(
			'has_own_account'
		);
		expect((await district.refused('other_resident', 'claim_signup', { p_token: 'guess' })).code).toBe(
			'link_unknown'
		);
	});
});

describe('limits', () => {
	it('count tries per phone and per address, wide enough for a carrier', async () => {
		const { id: g } = await gathering();
		const at = new Date().toISOString();
		const [{ sum } = { sum: 0 }] = await district.rows<{ sum: number }>(
			`select count(*)::int as sum from private.attempts where bucket ~ '139'`
		);
		expect(sum, 'no phone number in the counters').toBe(0);
		for (let i = 0; i < 60; i++) await signUp(g, 1, {}, at);
		const phone = newPhone();
		const codes = [];
		for (let i = 0; i < 10; i++) {
			const token = `limit ${i}`;
			codes.push(
				await signUp(g, 1, { phone, token }, at).then(
					() => district.call('server', 'guest_cancel', { p_token: token }, { at }).then(() => 'ok'),
					(error: Error) => error.message
				)
			);
		}
		expect(codes).toEqual([...Array<string>(8).fill('ok'), 'lf:slow_down', 'lf:slow_down']);
	});

	const later = (at: string, seconds: number) =>
		new Date(new Date(at).getTime() + seconds * 1000).toISOString();

	it('let an account try twenty times an hour', async () => {
		const { id: g } = await gathering();
		const at = new Date().toISOString();
		const wish = { p_id: randomUUID(), p_gathering: g, p_party: { headcount: 1 } };
		// What the tests before this one tried does not count here.
		await district.rows('delete from private.attempts');
		// Only the tries count: the same request again changes nothing.
		for (let i = 0; i < 20; i++) await district.call('resident', 'sign_up', wish, { at });
		expect((await district.refused('resident', 'sign_up', wish, { at })).code).toBe('slow_down');
		expect(await count(g)).toBe(1);
		await district.call('other_resident', 'sign_up', { ...wish, p_id: randomUUID() }, { at });
		await district.call('resident', 'sign_up', wish, { at: later(at, 3600) });
	});

	it('let one address sign up two hundred phones in ten minutes, and no more', async () => {
		const { id: g } = await gathering();
		const at = new Date().toISOString();
		const from = (address: string, when = at) =>
			district.call('server', 'sign_up_guest', { ...guest(g, 1), p_address: address }, { at: when });
		for (let i = 0; i < 200; i++) await from('10.0.0.2');
		await expect(from('10.0.0.2')).rejects.toThrow('lf:slow_down');
		expect(await count(g)).toBe(200);
		await from('10.0.0.3');
		await from('10.0.0.2', later(at, 600));
		expect(await count(g)).toBe(202);
	}, 60_000);
});
