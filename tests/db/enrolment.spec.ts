/** Sign-in codes for people without e-mail: who may issue one, that it works once, and that it ends the former sign-in. */
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer } from '$lib/data/command';
import { DataError } from '$lib/data/errors';
import { enrolPhone, whoseEnrolment } from '$lib/server/enrolment';
import { accountsOn, type Accounts } from '$lib/server/supabase/accounts';
import { startTestEngine, type TestEngine } from './engine';

let engine: TestEngine;
let accounts: Accounts;
let street: string;
let other: string;
let admin: string;
let organizer: string;
let stranger: string;

const codeOf = (work: Promise<unknown>) =>
	work.then(
		() => 'done',
		(error: unknown) => (error instanceof DataError ? error.code : error)
	);
const as = (token: string) => engine.client({ token });
const selfOf = (token: string) => answer<{ name: string } | null>(as(token).rpc('my_self'));

async function person(name: string): Promise<string> {
	const id = randomUUID();
	await engine.database.rows('insert into people (id, display_name, area_id) values ($1, $2, $3)', [
		id,
		name,
		street
	]);
	return id;
}

/** A gathering of that street on a labour day of its own. */
async function gatheringIn(area: string): Promise<string> {
	const [row] = await engine.database.rows<{ id: string }>(
		`with day as (
			insert into labour_days (id, area_id, month, date)
			select gen_random_uuid(), private.district_id(), m, m + 20 from (
			  select (date_trunc('month', coalesce(max(month), current_date)) + interval '1 month')::date as m from labour_days) x returning id)
		 insert into gatherings (labour_day_id, area_id, place, starts, ends) select id, $1, '广场', '08:30', '11:00' from day returning id`,
		[area]
	);
	return row!.id;
}
const signUpIn = async (area: string, person: string) =>
	engine.database.rows(
		`insert into signups (id, gathering_id, labour_day_id, area_id, person_id, name, headcount, status, source)
		 select gen_random_uuid(), id, labour_day_id, area_id, $2, '她', 1, 'confirmed', 'guest' from gatherings where id = $1`,
		[await gatheringIn(area), person]
	);

async function issue(id: string, by = organizer): Promise<string> {
	const token = randomBytes(16).toString('hex');
	await answer(as(by).rpc('issue_enrolment', { p_person: id, p_token: token }));
	return token;
}

const enrol = (token: string, language: 'zh' | 'en' = 'zh') =>
	enrolPhone(engine.client('service'), accounts, token, language);

async function member(email: string, area: string | null, role: string): Promise<string> {
	const { token } = await engine.account(email);
	const id = await answer<string>(
		as(token).rpc('start_account', { p_display_name: email, ...(area && { p_area: area }), p_language: 'zh' })
	);
	await engine.database.rows(
		`insert into memberships (area_id, person_id, role)
		 values (coalesce($1, private.district_id()), $2, $3::public.member_role)`,
		[area, id, role]
	);
	return token;
}

beforeAll(async () => {
	engine = await startTestEngine();
	accounts = accountsOn({
		visitor: () => engine.client(),
		service: () => engine.client('service'),
		sql: engine.database
	});
	const district = randomUUID();
	street = randomUUID();
	other = randomUUID();
	await engine.database.rows(
		`insert into areas (id, level, name, time_zone) values ($1, 'district', '红花岗区', 'Asia/Shanghai')`,
		[district]
	);
	await engine.database.rows(
		`insert into areas (id, parent_id, level, name) values ($1, $3, 'street', '老城街道'), ($2, $3, 'street', '万里路街道')`,
		[street, other, district]
	);
	admin = await member('admin@example.org', null, 'admin');
	organizer = await member('organizer@example.org', street, 'organizer');
	stranger = await member('stranger@example.org', other, 'organizer');
}, 60_000);
afterAll(() => engine?.close());

describe('a sign-in code', () => {
	it('signs a phone in as the person, once', async () => {
		const token = await issue(await person('王大爷'));
		expect(await whoseEnrolment(engine.client('service'), token)).toBe('王大爷');
		const session = await enrol(token);
		expect(await selfOf(session.access_token)).toMatchObject({ name: '王大爷' });
		expect(await codeOf(enrol(token))).toBe('enrolment_used');
	});

	it('ends the former sign-in when a newer one is issued, tokens renewed meanwhile included', async () => {
		const id = await person('李奶奶');
		const first = await enrol(await issue(id));
		const renewed = async () => {
			const { data } = await engine.client().auth.refreshSession({ refresh_token: first.refresh_token });
			return data.session?.access_token;
		};
		const newer = await issue(id);
		expect(await codeOf(selfOf(first.access_token))).toBe('session_ended');
		expect(await codeOf(selfOf((await renewed()) as string))).toBe('session_ended');
		const second = await enrol(newer);
		expect(await selfOf(second.access_token)).toMatchObject({ name: '李奶奶' });
		expect(await codeOf(selfOf(first.access_token))).toBe('session_ended');
		expect(await renewed()).toBeUndefined();
		const rows = await engine.database.rows('select user_id from profiles where person_id = $1', [id]);
		expect(rows).toHaveLength(1);
	});

	it('goes on in the language of the phone it is used on first, and then in the one the person chose', async () => {
		const id = await person('Mrs Li');
		const first = await enrol(await issue(id), 'en');
		expect(await selfOf(first.access_token)).toMatchObject({ language: 'en' });
		const second = await enrol(await issue(id), 'zh');
		expect(await selfOf(second.access_token)).toMatchObject({ language: 'en' });
	});

	it('is worth nothing to two phones at once: one gets in', async () => {
		const token = await issue(await person('双'));
		const outcomes = await Promise.all([codeOf(enrol(token)), codeOf(enrol(token))]);
		expect(outcomes.sort()).toEqual(['done', 'enrolment_used']);
	});

	it('can be tried again when the server failed half-way', async () => {
		const token = await issue(await person('再试'));
		const broken = { ...accounts, signIn: () => Promise.reject(new DataError('server')) };
		expect(await codeOf(enrolPhone(engine.client('service'), broken, token, 'zh'))).toBe('server');
		const left = await engine.database.rows(
			`select id from auth.users u where email like '%@enrolled.invalid' and not exists (select from profiles p where p.user_id = u.id)`
		);
		expect(left).toEqual([]);
		expect((await enrol(token)).access_token).toBeTruthy();
	});

	it('ends after two days and when a newer one replaces it', async () => {
		const id = await person('过期');
		const old = await issue(id);
		const token = await issue(id);
		expect(await codeOf(enrol(old))).toBe('enrolment_unknown');
		await engine.database.rows(
			`update enrolments set expires_at = now() - interval '1 minute' where person_id = $1`,
			[id]
		);
		expect(await codeOf(enrol(token))).toBe('enrolment_expired');
	});

	it('is issued by an organizer of the person’s area only', async () => {
		const id = await person('别处');
		expect(await codeOf(issue(id, stranger))).toBe('not_yours');
		expect(await engine.database.rows('select 1 from enrolments where person_id = $1', [id])).toEqual([]);
	});

	it('never opens an account with more rights than its issuer has, nor one that has a password', async () => {
		const me = await answer<{ person_id: string }>(as(admin).rpc('my_self'));
		expect(await codeOf(issue(me.person_id))).toBe('not_yours');
		const { token } = await engine.account('resident@example.org');
		const resident = await answer<string>(
			as(token).rpc('start_account', { p_display_name: '自己注册', p_area: street, p_language: 'zh' })
		);
		expect(await codeOf(issue(resident))).toBe('has_own_account');
		expect(await selfOf(token)).toMatchObject({ name: '自己注册' });
	});

	it('is not issued for somebody who signed up elsewhere, but by an admin', async () => {
		const id = await person('来过万里路');
		await signUpIn(other, id);
		expect(await codeOf(issue(id))).toBe('signed_up_elsewhere');
		await issue(id, admin);
	});

	it('takes over nobody who signs up with the number that was written down for its person', async () => {
		const id = randomUUID();
		const phone = '13766660001';
		await answer(
			as(organizer).rpc('add_person', { p_id: id, p_name: '李奶奶', p_area: street, p_phone: phone })
		);
		const session = await enrol(await issue(id));
		const elsewhere = await gatheringIn(other);
		await answer(
			engine.client('service').rpc('sign_up_guest', {
				p_id: randomUUID(),
				p_gathering: elsewhere,
				p_name: '王女士',
				p_phone: phone,
				p_party: { headcount: 2 },
				p_token_hash: randomBytes(32).toString('hex'),
				p_address: 'a'
			})
		);
		expect(await answer(as(session.access_token).rpc('my_signups'))).toEqual([]);
	});

	it('leaves its person in the lists that are written for them', async () => {
		const id = randomUUID();
		const phone = '13766660002';
		const write = () =>
			answer<string>(
				as(organizer).rpc('add_person', { p_id: id, p_name: '张爷爷', p_area: street, p_phone: phone })
			);
		await write();
		const session = await enrol(await issue(id));
		expect(
			await answer(
				as(organizer).rpc('add_person', {
					p_id: randomUUID(),
					p_name: '张大爷',
					p_area: street,
					p_phone: phone
				})
			)
		).toBe(id);
		const own = await gatheringIn(street);
		await answer(
			as(organizer).rpc('sign_up_for', {
				p_gathering: own,
				p_parties: [{ id: randomUUID(), name: '张爷爷', phone, headcount: 1 }]
			})
		);
		expect(await answer(as(session.access_token).rpc('my_signups'))).toMatchObject([
			{ gathering: { id: own } }
		]);
	});

	it('lets an admin replace an account whose password is lost', async () => {
		const { token, id } = await engine.account('lost@example.org');
		const person = await answer<string>(
			as(token).rpc('start_account', { p_display_name: '忘了', p_area: street, p_language: 'en' })
		);
		const session = await enrol(await issue(person, admin));
		expect(await selfOf(session.access_token)).toMatchObject({ name: '忘了', language: 'en' });
		expect(await engine.database.rows('select 1 from auth.users where id = $1', [id])).toEqual([]);
	});
});

it('asks an account without a person for its name, and does not take it for an ended one', async () => {
	const { token } = await engine.account('new@example.org');
	expect(await selfOf(token)).toBeNull();
});
