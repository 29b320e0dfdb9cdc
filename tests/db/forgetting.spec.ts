/** Whoever is forgotten stands nowhere any more: every table of the database is searched, whichever there may be. */
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { District, type Caller, type Json } from './district';
import { startTestEngine, type TestEngine } from './engine';

const NAME = '欧阳静怡';
const EMAIL = 'ouyang.jingyi@example.org';
const DIGITS = '13955667788';
const TRACES = [NAME, EMAIL, DIGITS];

let engine: TestEngine;
let district: District;
beforeAll(async () => {
	engine = await startTestEngine();
	const { id } = await engine.account(EMAIL);
	district = await District.open(engine, { resident: id });
	await district.keep();
}, 120_000);
beforeEach(() => district.restore());
afterAll(() => engine?.close());

/** Every table, the accounts' too, in which one of these texts stands in some row; what the tests themselves keep left out. */
async function tablesWith(texts: readonly string[]): Promise<string[]> {
	const tables = await district.rows<{ name: string }>(
		`select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
		 where c.relkind in ('r', 'p', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'tests', 'kept') order by 1`
	);
	const found: string[] = [];
	for (const { name } of tables) {
		const rows = await district.rows(
			`select from ${name} t where exists (select from unnest($1::text[]) x where t::text ilike '%' || x || '%') limit 1`,
			[texts]
		);
		if (rows.length > 0) found.push(name);
	}
	return found;
}

/** Leaves traces wherever a person leaves any: an account, roles, parties past and to come, hours, a certificate. */
async function live(caller: Caller, person: string) {
	const past = await district.pastSignup();
	await district.rows('update public.people set display_name = $2 where id = $1', [person, NAME]);
	await district.rows(
		`update public.signups set name = $2, note = '电话 ' || $3, tools = $2 || '的铁锹', person_id = $1 where person_id = $1 or id = $4`,
		[person, NAME, DIGITS, past.id]
	);
	if (caller === 'resident') {
		await district.call(caller, 'set_my_phone', { p_phone: `+86 ${DIGITS}` });
		await district.call(caller, 'sign_up', {
			p_id: randomUUID(),
			p_gathering: await district.id('later gathering'),
			p_party: { headcount: 2, name: NAME, note: `找${NAME} ${DIGITS}`, tools: NAME }
		});
		await district.call(caller, 'ask_for_hours', {
			p_id: randomUUID(),
			p_signup: past.id,
			p_says: `我是${NAME}，电话 ${DIGITS}`
		});
		// The fixture's certificate was issued under another name, and no certificate changes afterwards.
		await engine.database.transaction((sql) =>
			sql.script(
				`set local session_replication_role = replica; update public.certificates set name = '${NAME}'`
			)
		);
		await district.call('organizer', 'set_role', {
			p_person: person,
			p_area: await district.id('own street'),
			p_role: 'leader'
		});
	} else {
		await district.rows('delete from public.contacts where person_id = $1', [person]);
		await district.call('organizer', 'change_person', { p_person: person, p_fields: { phone: DIGITS } });
		await district.call('organizer', 'issue_enrolment', {
			p_person: person,
			p_token: randomBytes(16).toString('hex')
		});
	}
}

describe('forgetting', () => {
	it('an account that asks for it leaves no name, address or number in any table', async () => {
		const person = await district.id('resident');
		await live('resident', person);
		expect(await tablesWith(TRACES), 'the search finds what there is').toEqual([
			'auth.audit_log_entries',
			'auth.identities',
			'auth.users',
			'public.certificates',
			'public.contacts',
			'public.hour_requests',
			'public.people',
			'public.signups'
		]);
		const sums = () =>
			district.rows(
				`select sum(participations) as participations, sum(person_seconds) as seconds from public.totals`
			);
		const before = await sums();
		await district.call('resident', 'forget_person', { p_person: person });
		expect(await tablesWith(TRACES)).toEqual([]);
		expect(await sums(), 'what was done stays counted').toEqual(before);
		const { user } = await district.row<Json>(
			`select count(*)::int as user from auth.users where email = $1`,
			[EMAIL]
		);
		expect(user).toBe(0);
	});

	it('somebody whom an organizer wrote down and enrolled, too', async () => {
		const person = await district.id('guest');
		await live('organizer', person);
		expect(await tablesWith([NAME, DIGITS])).toEqual(['public.contacts', 'public.people', 'public.signups']);
		await district.call('organizer', 'forget_person', { p_person: person });
		expect(await tablesWith([NAME, DIGITS])).toEqual([]);
	});
});
