/** A phone number that was refused stands in no log: not in the app's, not in the database server's. */
import { createHash, randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { District, type Json } from './district';
import { startTestEngine, type TestEngine } from './engine';
import { startPostgres } from './postgres';

const PHONE = '13987654321';
/** However it may have been typed or kept, cut or spaced. */
const TRACES = /1398765432|139[\s-]*8765[\s-]*4321|8765\s*4321/;

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

describe.each(['embedded', 'postgres'] as const)('on the %s engine', (kind) => {
	let engine: TestEngine & { log?: () => string };
	let district: District;
	const tokens: Record<string, string> = {};
	beforeAll(async () => {
		engine = kind === 'embedded' ? await startTestEngine() : await startPostgres();
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
		const [gathering, task, resident, guest] = await Promise.all([
			district.id('gathering'),
			district.id('task'),
			district.id('resident'),
			district.id('guest')
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
			await rpc('set_person_phone', { p_person: guest, p_phone: PHONE }, 'organizer'),
			await rpc('set_person_phone', { p_person: guest, p_phone: PHONE }, 'resident'),
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

		expect(printed.join('\n')).toMatch(/\[database\] PT409 lf:already_signed_up/);
		expect(printed.filter((line) => TRACES.test(line))).toEqual([]);
		if (engine.log) {
			expect(engine.log()).toMatch(/lf:already_signed_up/);
			expect(
				engine
					.log()
					.split('\n')
					.filter((line) => TRACES.test(line))
			).toEqual([]);
		}
	}, 60_000);
});
