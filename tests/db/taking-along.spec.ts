/** What a phone takes along for the day, and what it hands to an organizer when it cannot send. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { District, type Caller, type Json } from './district';
import { startTestEngine, type TestEngine } from './engine';

let engine: TestEngine;
let district: District;
const ids: Record<string, string> = {};

beforeAll(async () => {
	engine = await startTestEngine();
	district = await District.open(engine);
	for (const subject of ['gathering', 'gathering elsewhere', 'task', 'signup of resident'])
		ids[subject] = await district.id(subject);
	for (const person of ['leader', 'organizer', 'resident'])
		ids[person] = (
			await district.row<{ id: string }>(
				'select p.person_id as id from public.profiles p join tests.accounts a on a.user_id = p.user_id where a.persona = $1',
				[person]
			)
		).id;
	await district.keep();
}, 120_000);
beforeEach(() => district.restore());
afterAll(() => engine?.close());

interface Package {
	tasks: { id: string }[];
	parties: { id: string; task_id: string | null; code_hash: string; phone: string | null }[];
	records: { task: { id: string }; entries: unknown[] }[];
	meeting: Json;
	server_time: string;
}
const take = (caller: Caller) =>
	district.call<Package>(caller, 'read_day_package', { p_gathering: ids['gathering'] });

describe('the day’s package', () => {
	it('holds for each role what its roster holds, with the records of each task', async () => {
		for (const caller of ['leader', 'organizer', 'admin'] as const) {
			const day = await take(caller);
			const roster = await district.call<Package>(caller, 'read_roster', { p_gathering: ids['gathering'] });
			expect(day.parties).toEqual(roster.parties);
			expect(day.records.map(({ task }) => task.id).toSorted()).toEqual(
				roster.tasks.map(({ id }) => id).toSorted()
			);
			expect(day.meeting).toHaveProperty('bring');
		}
		expect((await take('leader')).parties.every(({ task_id }) => task_id === ids['task'])).toBe(true);
	});

	it('holds check-in codes as hashes only', async () => {
		const codes = await district.rows<{ checkin_code: string }>(
			'select checkin_code from private.signup_secrets'
		);
		const text = JSON.stringify(await take('organizer'));
		for (const { checkin_code } of codes) expect(text).not.toContain(checkin_code);
	});

	it('leads from the code that it knows to no link: what shows a sign-up cannot change it, and the link checks nobody in', async () => {
		const { code } = await district.row<{ code: string }>(
			'select checkin_code as code from private.signup_secrets where signup_id = $1',
			[await district.id('signup of guest')]
		);
		const gathering = { p_gathering: ids['gathering'] };
		const found = await district.call('organizer', 'signup_by_code', { ...gathering, p_code: code });
		expect(found).toBe(await district.id('signup of guest'));
		const change = { p_token: code, p_party: {} };
		expect((await district.refused('server', 'guest_change', change)).code).toBe('link_unknown');
		expect(
			(await district.refused('organizer', 'signup_by_code', { ...gathering, p_code: 'link of guest' })).code
		).toBe('code_unknown');
	});

	it('is nobody else’s', async () => {
		for (const caller of ['resident', 'other_resident', 'other_organizer'] as const)
			expect(
				(await district.refused(caller, 'read_day_package', { p_gathering: ids['gathering'] })).code
			).toBe('not_yours');
	});
});

describe('a record handed over', () => {
	const event = (more: Json = {}) => ({
		id: randomUUID(),
		device_id: randomUUID(),
		seq: 1,
		at: district.now,
		signup_id: ids['signup of resident'],
		heads: 2,
		...more
	});
	const names = (table: string, id: unknown) =>
		district.row(`select recorded_by, handed_in_by from public.${table} where id = $1`, [id]);

	it('keeps the name of who recorded it beside that of the organizer who took it in', async () => {
		const one = event({ recorded_by: ids['leader'] });
		await district.call('organizer', 'record_attendance', { p_events: [one] });
		expect(await names('attendance_events', one.id)).toEqual({
			recorded_by: ids['leader'],
			handed_in_by: ids['organizer']
		});
		const entry = { ...event({ recorded_by: ids['leader'] }), task_id: ids['task'], bags: 3 };
		await district.call('organizer', 'record_results', { p_entries: [entry] });
		expect(await names('result_entries', entry.id)).toEqual({
			recorded_by: ids['leader'],
			handed_in_by: ids['organizer']
		});
		const came = {
			...event({ recorded_by: ids['leader'] }),
			event_id: randomUUID(),
			gathering_id: ids['gathering'],
			task_id: ids['task'],
			name: '路人',
			headcount: 1
		};
		await district.call('organizer', 'record_walk_in', { p: came });
		expect(await names('attendance_events', came.event_id)).toEqual({
			recorded_by: ids['leader'],
			handed_in_by: ids['organizer']
		});
	});

	it('is the caller’s own where no organizer vouches, or for somebody who never led', async () => {
		const claimed = event({ recorded_by: ids['organizer'] });
		await district.call('leader', 'record_attendance', { p_events: [claimed] });
		expect(await names('attendance_events', claimed.id)).toEqual({
			recorded_by: ids['leader'],
			handed_in_by: null
		});
		const never = event({ recorded_by: ids['resident'] });
		await district.call('organizer', 'record_attendance', { p_events: [never] });
		expect(await names('attendance_events', never.id)).toEqual({
			recorded_by: ids['organizer'],
			handed_in_by: null
		});
	});

	it('counts once, whoever brings it first', async () => {
		const one = event();
		await district.call('leader', 'record_attendance', { p_events: [one] });
		const [again] = await district.call<{ outcome: string }[]>('organizer', 'record_attendance', {
			p_events: [{ ...one, recorded_by: ids['leader'] }]
		});
		expect(again?.outcome).toBe('duplicate');
		expect(await names('attendance_events', one.id)).toEqual({
			recorded_by: ids['leader'],
			handed_in_by: null
		});
	});
});
