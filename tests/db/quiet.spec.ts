/** Phone numbers and names that were refused stand in no log: not in the app's, not in the database server's. */
import { createHash, randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { District, type Json } from './district';
import { startTestEngine, type TestEngine } from './engine';
import { startPostgres } from './postgres';
import { startTestServer } from './server';

const PHONE = '13987654321';
const NAME = '欧阳静流';
/** As people and programs write it. */
const FORMS = [
	PHONE,
	`+86${PHONE}`,
	`86${PHONE}`,
	`0086 ${PHONE}`,
	'139 8765 4321',
	'+86 139-8765-4321',
	'(+86) 139.8765.4321',
	'139－8765－4321',
	'１３９８７６５４３２１',
	'139%208765%204321',
	'%2B86139-8765-4321',
	'%252B86%2013987654321',
	'139+8765+4321'
];

/** Whether a printed line holds the number, however it is written, spaced, cut short or encoded. */
function holdsPhone(line: string): boolean {
	let plain = line;
	// What stands in an address may have been encoded more than once.
	for (let round = 0; round < 3; round++)
		plain = plain.replace(/(%[0-9a-f]{2})+/gi, (bytes) => {
			try {
				return decodeURIComponent(bytes);
			} catch {
				return bytes;
			}
		});
	return plain
		.normalize('NFKC')
		.replace(/[\s()+.,_·–—-]+/g, '')
		.includes('8765432');
}

it.each(FORMS)('%s would be found in a log', (form) => {
	expect(holdsPhone(`at 12:00 refused {"phone":"${form}"}`)).toBe(true);
	expect(holdsPhone('at 12:00 refused 87 65 and 1987654')).toBe(false);
});

const printed: string[] = [];
for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const)
	vi.spyOn(console, level).mockImplementation(
		(...values) => void printed.push(inspect(values, { depth: 9 }))
	);
for (const stream of [process.stdout, process.stderr]) {
	const write = stream.write.bind(stream);
	vi.spyOn(stream, 'write').mockImplementation(((chunk: string | Uint8Array, ...rest: []) => {
		printed.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
		return write(chunk, ...rest);
	}) as typeof stream.write);
}

describe.each(['embedded', 'postgres', 'server'] as const)('%s', (kind) => {
	let engine: TestEngine & { log?: () => string };
	let district: District;
	const tokens: Record<string, string> = {};
	beforeAll(async () => {
		engine = await { embedded: startTestEngine, postgres: startPostgres, server: startTestServer }[kind]();
		const accounts: Record<string, string> = {};
		for (const persona of ['resident', 'organizer', 'leader']) {
			const { id, token } = await engine.account(`${persona}@example.org`);
			accounts[persona] = id;
			tokens[persona] = token;
		}
		district = await District.open(engine, accounts);
	}, 120_000);
	afterAll(() => engine?.close());

	const post = async (path: string, body: unknown, as?: string) => {
		const response = await engine.request(path, {
			method: 'POST',
			body: JSON.stringify(body),
			...(as === 'server' ? { key: engine.keys.secret_key } : as ? { token: tokens[as]! } : {})
		});
		return response.status;
	};
	const rpc = (name: string, body: Json, as?: string) => post(`/rest/v1/rpc/${name}`, body, as);

	it('every refused command keeps it to itself', async () => {
		const [gathering, task, resident, guest, own] = await Promise.all([
			district.id('gathering'),
			district.id('task'),
			district.id('resident'),
			district.id('guest'),
			district.id('own street')
		]);
		const guestForm = (more: Json = {}) => ({
			p_id: randomUUID(),
			p_gathering: gathering,
			p_name: '王女士',
			p_phone: PHONE,
			p_party: { headcount: 2 },
			p_token_hash: createHash('sha256').update(randomUUID()).digest('hex'),
			p_address: '10.0.0.1',
			...more
		});
		expect(await rpc('sign_up_guest', guestForm(), 'server')).toBe(200);
		const walkIn = {
			id: randomUUID(),
			gathering_id: gathering,
			task_id: task,
			name: '',
			phone: PHONE,
			headcount: 1,
			at: new Date().toISOString(),
			event_id: randomUUID(),
			device_id: randomUUID(),
			seq: 1
		};
		const refused = [
			// Known already, mistyped, too long, typed into every other field, not allowed. (Nobody types an id.)
			await rpc('sign_up_guest', guestForm(), 'server'),
			await rpc('sign_up_guest', guestForm({ p_phone: `${PHONE}9` }), 'server'),
			await rpc('sign_up_guest', guestForm({ p_phone: `${PHONE}${PHONE}` }), 'server'),
			await rpc('sign_up_guest', guestForm({ p_name: `${PHONE} `.repeat(9) }), 'server'),
			await rpc(
				'sign_up_guest',
				guestForm({ p_phone: '13700000001', p_party: { headcount: 2, note: `${PHONE} `.repeat(40) } }),
				'server'
			),
			await rpc(
				'sign_up_guest',
				guestForm({ p_phone: '13700000002', p_party: { headcount: PHONE } }),
				'server'
			),
			await rpc(
				'sign_up_guest',
				guestForm({ p_phone: '13700000003', p_party: { headcount: 1, wishes: [PHONE] } }),
				'server'
			),
			await rpc(
				'sign_up_guest',
				guestForm({ p_phone: '13700000004', p_party: { headcount: 1, home_area_id: PHONE } }),
				'server'
			),
			await rpc('sign_up_guest', guestForm({ p_token_hash: PHONE }), 'server'),
			await rpc('sign_up_guest', guestForm()),
			await rpc('sign_up_guest', guestForm(), 'resident'),
			await rpc('sign_up_guest', { p_phone: PHONE }, 'server'),
			await rpc('set_my_phone', { p_phone: `0${PHONE}0` }, 'resident'),
			await rpc('change_person', { p_person: guest, p_fields: { phone: PHONE } }, 'organizer'),
			await rpc('change_person', { p_person: guest, p_fields: { phone: PHONE } }, 'resident'),
			await rpc('change_person', { p_person: guest, p_fields: { name: PHONE.repeat(5) } }, 'organizer'),
			await rpc(
				'change_person',
				{ p_person: guest, p_fields: { phone: '13700000009' }, p_expected: { phone: PHONE } },
				'organizer'
			),
			await rpc(
				'change_area',
				{ p_area: own, p_fields: { name: PHONE.repeat(9), phone: PHONE, responsible_person: PHONE } },
				'organizer'
			),
			await rpc(
				'change_area',
				{ p_area: own, p_fields: { phone: PHONE }, p_expected: { phone: PHONE.repeat(2) } },
				'organizer'
			),
			await rpc('record_walk_in', { p: walkIn }, 'leader'),
			await rpc('record_walk_in', { p: { ...walkIn, name: '李', headcount: PHONE } }, 'leader'),
			await rpc(
				'change_signup',
				{ p_signup: await district.id('signup of leader'), p_party: { tools: PHONE.repeat(20) } },
				'leader'
			),
			await post(
				'/rest/v1/contacts',
				{ person_id: resident, phone: `+86${PHONE}`, phone_hash: 'x' },
				'resident'
			),
			await post(
				'/rest/v1/people',
				{ display_name: PHONE.repeat(5), area_id: await district.id('own street') },
				'organizer'
			),
			...(await Promise.all(
				FORMS.flatMap((form) => [
					rpc('sign_up_guest', guestForm({ p_phone: form, p_name: '' }), 'server'),
					rpc('sign_up_guest', guestForm({ p_phone: '13700000005', p_name: `${form} `.repeat(9) }), 'server'),
					post(`/rest/v1/contacts?phone=eq.${form.includes('%') ? form : encodeURIComponent(form)}`, {
						phone: form
					}),
					post(`/rest/v1/nowhere/${encodeURIComponent(form)}`, { phone: form }, 'resident')
				])
			)),
			await post(`/rest/v1/contacts?phone=eq.${PHONE}`, { phone: PHONE }),
			await post('/auth/v1/token?grant_type=password', { email: `${PHONE}@example.org`, password: PHONE }),
			await post('/auth/v1/signup', { email: PHONE, password: PHONE })
		];
		expect(refused.filter((status) => status < 400)).toEqual([]);
		const rows = await (
			await engine.request('/rest/v1/rpc/sign_up_for', {
				method: 'POST',
				token: tokens.organizer!,
				body: JSON.stringify({
					p_gathering: gathering,
					p_parties: [
						{ id: randomUUID(), name: '李', phone: `${PHONE}x`, headcount: 1 },
						{ id: randomUUID(), name: '李', phone: PHONE, headcount: 1 }
					]
				})
			})
		).json();
		expect(rows).toMatchObject([{ error: 'bad_phone' }, { error: 'already_signed_up' }]);

		if (kind !== 'server') expect(printed.join('\n')).toMatch(/\[database\] PT409 lf:already_signed_up/);
		expect(printed.filter((line) => holdsPhone(line))).toEqual([]);
		if (engine.log) {
			expect(engine.log()).toMatch(/lf:already_signed_up/);
			expect(
				engine
					.log()
					.split('\n')
					.filter((line) => holdsPhone(line))
			).toEqual([]);
		}
	}, 60_000);

	it('so does a plan that came too late: who stands where now is told to its organizer alone', async () => {
		const [p_gathering, signup_id, other, task_id] = await Promise.all([
			district.id('gathering'),
			district.id('signup of guest'),
			district.id('signup of spare person'),
			district.id('spare task')
		]);
		await district.rows('update public.signups set name = $1 where id = $2', [NAME, signup_id]);
		const save = async (change: Json) => {
			const response = await engine.request('/rest/v1/rpc/save_plan', {
				method: 'POST',
				token: tokens.organizer!,
				body: JSON.stringify({ p_gathering, p_changes: [{ was: null, task_id, leads: true, ...change }] })
			});
			return (await response.json()) as Json;
		};
		expect(await save({ signup_id })).toHaveProperty('version');
		expect(await save({ signup_id })).toMatchObject({ changed: [{ name: NAME }] });
		expect(await save({ signup_id: other, led_by: [] })).toMatchObject({ changed: [{ leader: NAME }] });
		// Refused, with a detail that the log prints.
		await district.rows('update public.tasks set crew_max = crew_min where id = $1', [task_id]);
		expect(await save({ signup_id: other, leads: false })).toMatchObject({ message: 'lf:over_max' });
		expect(printed.filter((line) => line.includes(NAME))).toEqual([]);
		if (engine.log) {
			expect(engine.log()).toMatch(/lf:over_max/);
			expect(engine.log()).not.toContain(NAME);
		}
	});
});
