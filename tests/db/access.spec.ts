/** Roles: how they are given and taken, and that nobody comes by more than was meant for them. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { District, type Caller } from './district';
import { startTestEngine, type TestEngine } from './engine';

let engine: TestEngine;
let district: District;
const ids: Record<string, string> = {};
beforeAll(async () => {
	engine = await startTestEngine();
	district = await District.open(engine);
	for (const name of [
		'own street',
		'other street',
		'district',
		'resident',
		'guest',
		'guest elsewhere',
		'spare person',
		'organizer',
		'other_organizer',
		'admin',
		'gathering elsewhere'
	])
		ids[name] = await district.id(name);
	await district.keep();
}, 120_000);
beforeEach(() => district.restore());
afterAll(() => engine?.close());

/** A readable name as the 128 bits of a link. */
const secret = (name: string) => createHash('md5').update(name).digest('hex');
const role = async (person: string, area: string) =>
	(
		await district.rows<{ role: string }>(
			'select role from public.memberships where person_id = $1 and area_id = $2',
			[ids[person], ids[area]]
		)
	)[0]?.role;
const give = (area: string, to: string, p_role: string | null) => ({
	p_person: ids[to],
	p_area: ids[area],
	p_role
});
const invite = (area: string, p_role: string, token: string) => ({
	p_area: ids[area],
	p_role,
	p_token: secret(token),
	p_note: ''
});

describe('an invitation', () => {
	it('works once, for whoever opens it first', async () => {
		await district.call('organizer', 'invite', invite('own street', 'leader', 'a'));
		expect(await district.call('visitor', 'read_invitation', { p_token: secret('a') })).toMatchObject({
			role: 'leader',
			state: 'open'
		});
		expect(await district.call('resident', 'accept_invitation', { p_token: secret('a') })).toBe(
			ids['own street']
		);
		expect(await district.call('resident', 'accept_invitation', { p_token: secret('a') })).toBe(
			ids['own street']
		);
		expect(
			(await district.refused('other_resident', 'accept_invitation', { p_token: secret('a') })).code
		).toBe('invitation_used');
		expect(await district.call('visitor', 'read_invitation', { p_token: secret('a') })).toMatchObject({
			state: 'used'
		});
		expect(await role('resident', 'own street')).toBe('leader');
	});

	it('expires after seven days', async () => {
		await district.call('organizer', 'invite', invite('own street', 'leader', 'b'));
		const at = new Date(Date.now() + 7 * 86_400_000 + 60_000).toISOString();
		expect(
			(await district.refused('resident', 'accept_invitation', { p_token: secret('b') }, { at })).code
		).toBe('invitation_expired');
		expect(await district.call('visitor', 'read_invitation', { p_token: secret('b') }, { at })).toMatchObject(
			{
				state: 'expired'
			}
		);
		expect((await district.refused('resident', 'accept_invitation', { p_token: secret('guess') })).code).toBe(
			'invitation_unknown'
		);
		expect(await district.call('visitor', 'read_invitation', { p_token: secret('guess') })).toBeNull();
		expect(await role('resident', 'own street')).toBeUndefined();
	});

	it('never lowers a role, and never offers more than its maker has', async () => {
		await district.call('admin', 'invite', invite('own street', 'leader', 'c'));
		await district.call('organizer', 'accept_invitation', { p_token: secret('c') });
		expect(await role('organizer', 'own street')).toBe('organizer');
		const refused = async (caller: Caller, area: string, p_role: string) =>
			(await district.refused(caller, 'invite', invite(area, p_role, randomUUID()))).code;
		expect(await refused('organizer', 'own street', 'admin')).toBe('not_yours');
		expect(await refused('organizer', 'district', 'leader')).toBe('not_yours');
		expect(await refused('organizer', 'other street', 'leader')).toBe('not_yours');
		expect(await refused('leader', 'own street', 'leader')).toBe('not_yours');
		expect(await refused('admin', 'own street', 'admin')).toBe('admin_is_district');
	});

	it('does not let its maker in again after the role was taken', async () => {
		await district.call('organizer', 'invite', invite('own street', 'organizer', 'back door'));
		await district.call('admin', 'set_role', give('own street', 'organizer', null));
		expect(
			(await district.refused('organizer', 'accept_invitation', { p_token: secret('back door') })).code
		).toBe('invitation_unknown');
		expect(await role('organizer', 'own street')).toBeUndefined();
	});

	it('goes with its maker when that person is forgotten', async () => {
		await district.call('organizer', 'invite', invite('own street', 'leader', 'left behind'));
		await district.call('organizer', 'forget_person', {
			p_person: (await district.rows<{ id: string }>(`select tests.id('organizer') as id`))[0]!.id
		});
		expect(
			(await district.refused('resident', 'accept_invitation', { p_token: secret('left behind') })).code
		).toBe('invitation_unknown');
	});
});

describe('a role', () => {
	it('is given and taken by those above, with a trail', async () => {
		await district.call('organizer', 'set_role', give('own street', 'resident', 'leader'));
		await district.call('organizer', 'set_role', give('own street', 'resident', null));
		expect(
			await district.rows(
				`select action, actor_id = tests.id('organizer') as by from public.audit_log where table_name = 'memberships' and actor_id is not null order by id`
			)
		).toEqual([
			{ action: 'insert', by: true },
			{ action: 'delete', by: true }
		]);
	});

	it.each([
		['organizer', 'own street', 'resident', 'admin'],
		['organizer', 'district', 'organizer', 'organizer'],
		['organizer', 'other street', 'resident', 'leader'],
		['organizer', 'other street', 'other_organizer', null],
		['organizer', 'district', 'admin', null],
		['organizer', 'own street', 'guest elsewhere', 'leader'],
		['other_organizer', 'own street', 'organizer', null],
		['leader', 'own street', 'resident', 'leader'],
		['resident', 'own street', 'resident', 'organizer']
	] as const)('is not for %s to change in the %s for %s to %s', async (caller, area, person, to) => {
		const before = await district.everything();
		expect((await district.refused(caller, 'set_role', give(area, person, to))).code).toBe('not_yours');
		expect(await district.everything()).toEqual(before);
	});

	it('of the last admin stays', async () => {
		expect((await district.refused('admin', 'set_role', give('district', 'admin', null))).code).toBe(
			'last_admin'
		);
		expect((await district.refused('admin', 'set_role', give('district', 'admin', 'organizer'))).code).toBe(
			'last_admin'
		);
	});
});

describe('who a person is', () => {
	const token = () => randomBytes(16).toString('hex');
	/** The other street signs up somebody of this street whose number it knows. */
	const lure = () =>
		district.call(
			'other_organizer',
			'sign_up_for',
			{
				p_gathering: ids['gathering elsewhere'],
				p_parties: [{ id: randomUUID(), name: '登', phone: '13912340000', headcount: 1 }]
			},
			{ at: district.noon }
		);

	it('is not another street’s to change just because it knows the number', async () => {
		await district.call('organizer', 'change_person', {
			p_person: ids['spare person'],
			p_fields: { phone: '13912340000' }
		});
		await district.rows('delete from public.signups where person_id = $1', [ids['spare person']]);
		await lure();
		expect(
			await district.rows('select from public.signups where person_id = $1', [ids['spare person']])
		).toHaveLength(1);
		const before = await district.everything();
		expect(
			(
				await district.refused('other_organizer', 'issue_enrolment', {
					p_person: ids['spare person'],
					p_token: token()
				})
			).code
		).toBe('not_yours');
		expect(
			(
				await district.refused('other_organizer', 'change_person', {
					p_person: ids['spare person'],
					p_fields: { phone: '13900000009' }
				})
			).code
		).toBe('not_yours');
		expect(await district.everything()).toEqual(before);
		await district.call('organizer', 'issue_enrolment', { p_person: ids['spare person'], p_token: token() });
	});

	it('cannot be taken with an old sign-in code after a higher role was given', async () => {
		const held = token();
		await district.call('organizer', 'issue_enrolment', { p_person: ids['spare person'], p_token: held });
		await district.call('admin', 'set_role', give('district', 'spare person', 'admin'));
		expect((await district.refused('server', 'redeem_enrolment', { p_token: held })).code).toBe(
			'enrolment_expired'
		);
	});

	it('is told to nobody who only has an account', async () => {
		for (const table of ['people', 'contacts', 'signups', 'attendance_events', 'audit_log', 'memberships'])
			expect(
				await district.as('other_resident', (sql) =>
					sql.rows(
						`select from public.${table} t where to_jsonb(t) ->> 'person_id' is distinct from tests.id('other_resident')::text and to_jsonb(t) ->> 'id' is distinct from tests.id('other_resident')::text`
					)
				),
				table
			).toEqual([]);
	});
});
