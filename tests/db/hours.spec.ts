/** Hours that are questioned, credited and certified: what is asked and answered stays on record, and a certificate says no more than the records. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { District, type Json } from './district';
import { startTestEngine, type TestEngine } from './engine';

let engine: TestEngine;
let district: District;
let past: { id: string; date: string };
beforeAll(async () => {
	engine = await startTestEngine();
	district = await District.open(engine);
	past = await district.pastSignup();
	await district.keep();
}, 120_000);
beforeEach(() => district.restore());
afterAll(() => engine?.close());

const ask = async () => {
	const p_id = randomUUID();
	await district.call('resident', 'ask_for_hours', {
		p_id,
		p_signup: past.id,
		p_says: '我十一点才走',
		p_minutes: 150
	});
	return p_id;
};
interface Day {
	signup_id: string;
	recorded: number;
	self: number;
	credited: number;
	replaced: number;
	requests: { id: string; answer: Json | null; credit: { id: string } | null }[];
}
const mine = async () => {
	const { days } = await district.call<{ days: Day[] }>('resident', 'my_hours');
	return days.find(({ signup_id }) => signup_id === past.id)!;
};
interface Certificate {
	number: string;
	recorded: number;
	self: number;
	credited: number;
	days: number;
}
const certify = (kind = 'day', given: Json = {}) =>
	district.call<Certificate>('resident', 'issue_certificate', {
		p_id: randomUUID(),
		p_kind: kind,
		p_date: past.date,
		...given
	});
const verify = (number: string, address = 'a') =>
	district.call<Json & { state: string }>('server', 'verify_certificate', {
		p_number: number,
		p_address: address
	});
const agree = async () => expect(await district.rows('select * from private.compare_totals()')).toEqual([]);

describe('a correction', () => {
	it('is asked for, credited once with a reason, and counted apart as a record of its own', async () => {
		expect(await mine()).toMatchObject({ recorded: 7200, self: 0, credited: 0, requests: [] });
		const p_request = await ask();
		expect(
			(
				await district.refused('resident', 'ask_for_hours', {
					p_id: randomUUID(),
					p_signup: past.id,
					p_says: '还有'
				})
			).code
		).toBe('request_open');
		await district.call('organizer', 'answer_hours', { p_request, p_minutes: 30, p_reason: '组长证明' });
		// The same tap again changes nothing; another answer is refused.
		await district.call('organizer', 'answer_hours', { p_request, p_minutes: 30, p_reason: '组长证明' });
		expect(
			(await district.refused('admin', 'answer_hours', { p_request, p_minutes: null, p_reason: '不行' })).code
		).toBe('request_answered');
		expect(await mine()).toMatchObject({
			recorded: 7200,
			credited: 1800,
			requests: [
				{
					id: p_request,
					answer: { reason: '组长证明', by: 'organizer' },
					credit: { seconds: 1800, taken_back: false }
				}
			]
		});
		const [total] = await district.rows(
			`select person_seconds::int, credited_seconds::int from public.totals where gathering_id = tests.id('past gathering') and task_id is null`
		);
		expect(total).toEqual({ person_seconds: 2 * 7200, credited_seconds: 1800 });
		await agree();
	});

	it('is refused with a reason, and asked again', async () => {
		const p_request = await ask();
		await district.call('organizer', 'answer_hours', {
			p_request,
			p_minutes: null,
			p_reason: '当天十点半就散了'
		});
		expect(await mine()).toMatchObject({
			credited: 0,
			requests: [{ answer: { reason: '当天十点半就散了' }, credit: null }]
		});
		await ask();
		expect((await mine()).requests).toHaveLength(2);
	});

	it('never makes a day longer than it was', async () => {
		// 8:00 to 13:00 counts at most, two hours of it are recorded.
		const refusal = await district.refused('organizer', 'credit_hours', {
			p_id: randomUUID(),
			p_signup: past.id,
			p_minutes: 181,
			p_reason: '多'
		});
		expect(refusal).toEqual({ code: 'too_many_hours', detail: '180' });
		await district.call('organizer', 'credit_hours', {
			p_id: randomUUID(),
			p_signup: past.id,
			p_minutes: 180,
			p_reason: '一整天'
		});
		expect(
			(
				await district.refused('admin', 'credit_hours', {
					p_id: randomUUID(),
					p_signup: past.id,
					p_minutes: 1,
					p_reason: '再多'
				})
			).detail
		).toBe('0');
	});

	it('gives way to a record that arrives after it, which may be of that very time, and a certificate with it', async () => {
		const credit = { p_id: randomUUID(), p_signup: past.id, p_minutes: 60, p_reason: '组长手机没电，人在' };
		await district.call('organizer', 'credit_hours', credit);
		expect(await mine()).toMatchObject({ recorded: 7200, credited: 3600, replaced: 0 });
		const certificate = await certify();
		expect(certificate).toMatchObject({ recorded: 7200, credited: 3600 });
		// The leader's phone comes back: they had come twenty minutes earlier.
		const record = async (heads: number, at: string) => {
			const id = randomUUID();
			const event = {
				id,
				signup_id: past.id,
				heads,
				at: `${past.date}T${at}Z`,
				device_id: randomUUID(),
				seq: 9
			};
			await district.call('organizer', 'record_attendance', { p_events: [event] });
			const p_gathering = await district.id('past gathering');
			await district.call('organizer', 'accept_late', { p_gathering, p_records: [id] });
			return id;
		};
		const whole = async () => {
			const { recorded, credited } = await mine();
			return { recorded, credited };
		};
		await record(1, '00:10:00');
		expect(await whole()).toEqual({ recorded: 8400, credited: 2400 });
		expect(await verify(certificate.number)).toMatchObject({ state: 'revoked' });
		expect(await mine()).toMatchObject({ replaced: 1200 });
		// What is recorded beyond all that was known makes the day longer, by itself.
		await record(1, '02:40:00');
		await record(0, '04:30:00');
		expect(await whole()).toEqual({ recorded: 15_000, credited: 0 });
		await agree();
		// And what was credited on top of that counts on top of it.
		const { recorded } = await whole();
		await district.call('organizer', 'credit_hours', { ...credit, p_id: randomUUID(), p_minutes: 10 });
		expect(await whole()).toEqual({ recorded, credited: 600 });
		expect(
			await district.rows('select seconds from public.hour_credits where signup_id = $1 order by 1', [
				past.id
			])
		).toEqual([{ seconds: 600 }, { seconds: 3600 }]);
		await agree();
	});

	it('is nobody’s own, and nobody else’s', async () => {
		const p_request = await ask();
		for (const persona of ['resident', 'other_resident', 'leader', 'other_organizer'] as const)
			expect(
				(await district.refused(persona, 'answer_hours', { p_request, p_minutes: 30, p_reason: '好' })).code
			).toBe('not_yours');
		expect(
			(
				await district.refused('other_resident', 'ask_for_hours', {
					p_id: randomUUID(),
					p_signup: past.id,
					p_says: '我'
				})
			).code
		).toBe('not_yours');
		await district.rows(
			`insert into public.memberships (area_id, person_id, role) values (tests.id('own street'), tests.id('resident'), 'organizer')`
		);
		expect(
			(await district.refused('resident', 'answer_hours', { p_request, p_minutes: 30, p_reason: '好' })).code
		).toBe('own_hours');
		expect(
			(
				await district.refused('resident', 'credit_hours', {
					p_id: randomUUID(),
					p_signup: past.id,
					p_minutes: 30,
					p_reason: '好'
				})
			).code
		).toBe('own_hours');
		expect(await mine()).toMatchObject({ credited: 0 });
	});

	it('is taken back by a further record, once; nothing is ever changed', async () => {
		const credit = randomUUID();
		await district.call('organizer', 'credit_hours', {
			p_id: credit,
			p_signup: past.id,
			p_minutes: 30,
			p_reason: '忘了签退'
		});
		const back = { p_id: randomUUID(), p_credit: credit, p_reason: '记错人' };
		await district.call('organizer', 'take_back_credit', back);
		await district.call('organizer', 'take_back_credit', { ...back, p_id: randomUUID() });
		expect(
			await district.rows(`select seconds from public.hour_credits where signup_id = $1 order by seconds`, [
				past.id
			])
		).toEqual([{ seconds: -1800 }, { seconds: 1800 }]);
		expect((await mine()).credited).toBe(0);
		for (const change of [
			'update public.hour_credits set seconds = 60',
			'delete from public.hour_credits',
			`update public.hour_answers set granted = false`,
			`update public.hour_requests set says = '别的'`
		])
			await expect(district.rows(change)).rejects.toThrow('lf:append_only');
		await agree();
	});

	it('that was asked for is taken back too, and the request says so wherever it is read', async () => {
		const p_request = await ask();
		await district.call('organizer', 'answer_hours', { p_request, p_minutes: 30, p_reason: '组长证明' });
		await district.call('organizer', 'take_back_credit', {
			p_id: randomUUID(),
			p_credit: (await mine()).requests[0]!.credit!.id,
			p_reason: '记错人'
		});
		const request = {
			id: p_request,
			answer: { reason: '组长证明' },
			credit: { seconds: 1800, taken_back: true }
		};
		expect(await mine()).toMatchObject({
			credited: 0,
			requests: [request],
			credits: [{ seconds: -1800, reason: '记错人', taken_back: false }]
		});
		const listed = await district.call<Json[]>('organizer', 'read_hour_requests', { p_limit: 10 });
		expect(listed.find(({ id }) => id === p_request)).toMatchObject({ ...request, credited: 0 });
		await agree();
	});

	it('is asked for by a guest through the secret link, answered once, and stands on their page', async () => {
		await district.rows(
			`insert into private.signup_secrets (signup_id, token_hash, checkin_code) values ($1, private.sha256_hex('past link'), private.new_checkin_code())`,
			[past.id]
		);
		const asked = randomUUID();
		const page = async () =>
			(await district.call<{ hours: Day | null }>('server', 'guest_page', { p_token: 'past link' })).hours;
		const askAsGuest = (p_id = asked, p_says = '我十一点才走') =>
			({ p_token: 'past link', p_id, p_says }) satisfies Json;
		expect(await page()).toMatchObject({ recorded: 7200, self: 0, credited: 0, over: true, requests: [] });
		expect((await district.refused('server', 'guest_ask_for_hours', askAsGuest(asked, '  '))).code).toBe(
			'reason_needed'
		);
		expect(
			(await district.refused('server', 'guest_ask_for_hours', { ...askAsGuest(), p_token: 'no link' })).code
		).toBe('link_unknown');
		// Sent twice it is asked once, and a second question waits for the first answer.
		for (let n = 0; n < 2; n++)
			expect(await district.call('server', 'guest_ask_for_hours', askAsGuest())).toBe(asked);
		expect((await district.refused('server', 'guest_ask_for_hours', askAsGuest(randomUUID()))).code).toBe(
			'request_open'
		);
		expect(await page()).toMatchObject({ requests: [{ id: asked, says: '我十一点才走', answer: null }] });
		const open = await district.call<Json[]>('organizer', 'read_hour_requests', { p_limit: 10 });
		expect(open.find(({ id }) => id === asked)).toMatchObject({ name: 'resident', recorded: 7200 });
		expect(await district.call<Json[]>('other_organizer', 'read_hour_requests', { p_limit: 10 })).toEqual([]);
		await district.call('organizer', 'answer_hours', {
			p_request: asked,
			p_minutes: 30,
			p_reason: '组长证明'
		});
		expect(await page()).toMatchObject({
			recorded: 7200,
			credited: 1800,
			requests: [{ id: asked, answer: { reason: '组长证明', by: 'organizer' }, credit: { seconds: 1800 } }],
			credits: []
		});
		// Another day's link tells nothing of this one.
		expect(
			(
				await district.refused('server', 'guest_ask_for_hours', {
					...askAsGuest(randomUUID()),
					p_token: 'link of later guest'
				})
			).code
		).toBe('day_not_begun');
		await agree();
	});

	it('is credited without a request and taken back, and organizers read both on the person’s page', async () => {
		const p_id = randomUUID();
		const days = async () =>
			(
				await district.call<{ kept: boolean; history: (Day & Json)[] }>('organizer', 'read_person', {
					p_person: await district.id('resident')
				})
			).history.find(({ signup_id }) => signup_id === past.id);
		await district.call('organizer', 'credit_hours', {
			p_id,
			p_signup: past.id,
			p_minutes: 45,
			p_reason: '收工具'
		});
		expect(await days()).toMatchObject({
			recorded: 7200,
			self: 0,
			credited: 2700,
			credits: [{ id: p_id, seconds: 2700, reason: '收工具', by: 'organizer', taken_back: false }]
		});
		await district.call('organizer', 'take_back_credit', {
			p_id: randomUUID(),
			p_credit: p_id,
			p_reason: '记错人'
		});
		expect(await days()).toMatchObject({
			recorded: 7200,
			credited: 0,
			credits: [
				{ id: p_id, taken_back: true },
				{ seconds: -2700, reason: '记错人', taken_back: false }
			]
		});
		await agree();
	});

	it('of a day that is not over is too early', async () => {
		const p_signup = await district.id('signup of later guest');
		await district.rows(`update public.signups set person_id = tests.id('resident') where id = $1`, [
			p_signup
		]);
		expect(
			(await district.refused('resident', 'ask_for_hours', { p_id: randomUUID(), p_signup, p_says: '早' }))
				.code
		).toBe('day_not_begun');
		expect(
			(
				await district.refused('organizer', 'credit_hours', {
					p_id: randomUUID(),
					p_signup,
					p_minutes: 5,
					p_reason: '早'
				})
			).code
		).toBe('day_not_begun');
	});
});

describe('what somebody records of themselves', () => {
	const mineOn = async (caller: 'leader' | 'organizer', signup: string) =>
		(await district.call<{ days: Day[] }>(caller, 'my_hours')).days.find(
			({ signup_id }) => signup_id === signup
		);
	const record = (more: Json) => ({ id: randomUUID(), device_id: randomUUID(), seq: 1, minors: 0, ...more });
	const [start, end] = ['09:00', '10:00'];
	const stamp = (clock: string) => `${district.today}T${clock}:00+08:00`;
	const come = (caller: 'leader' | 'organizer', signup_id: string, more: Json = {}) =>
		district.call<{ outcome: string }[]>(
			caller,
			'record_attendance',
			{
				p_events: [
					record({ signup_id, heads: 1, at: stamp(start), ...more }),
					record({ signup_id, heads: 0, at: stamp(end), seq: 2, ...more })
				]
			},
			{ at: stamp('12:00') }
		);
	const recorded = [{ outcome: 'recorded' }, { outcome: 'recorded' }];

	it('is on their own word, a leader’s too; what another leader or organizer records is not', async () => {
		const signup = await district.id('signup of leader');
		expect(await come('leader', signup)).toMatchObject(recorded);
		expect(await mineOn('leader', signup)).toMatchObject({ recorded: 0, self: 3600 });
		await district.restore();
		expect(await come('organizer', signup)).toMatchObject(recorded);
		expect(await mineOn('leader', signup)).toMatchObject({ recorded: 3600, self: 0 });
		await agree();
	});

	it('is so when it is copied from paper, handed in for a leader, or written as somebody who just came', async () => {
		const signUp = async () => {
			const [state] = await district.call<{ id: string }[]>('admin', 'sign_up_for', {
				p_gathering: await district.id('gathering'),
				p_parties: [{ id: randomUUID(), name: '组织者', headcount: 1 }]
			});
			await district.rows('update public.signups set person_id = tests.id($1) where id = $2', [
				'organizer',
				state!.id
			]);
			return state!.id;
		};
		for (const more of [{ keyed: true }, { recorded_by: await district.id('leader') }]) {
			const signup = await signUp();
			expect(await come('organizer', signup, more)).toMatchObject(recorded);
			expect(await mineOn('organizer', signup)).toMatchObject({ recorded: 0, self: 3600 });
			await district.restore();
		}
		const signup = await signUp();
		const event_id = randomUUID();
		await district.rows(
			`insert into public.contacts (person_id, phone, phone_hash) values (tests.id('organizer'), '+8613912340000', private.phone_hash('+8613912340000'))
			 on conflict (person_id) do update set phone = excluded.phone, phone_hash = excluded.phone_hash`
		);
		await district.call(
			'organizer',
			'record_walk_in',
			{
				p: record({
					event_id,
					gathering_id: await district.id('gathering'),
					name: 'organizer',
					phone: '13912340000',
					headcount: 1,
					at: stamp(start)
				})
			},
			{ at: stamp('12:00') }
		);
		expect(
			await district.row('select signup_id, source from public.attendance_events where id = $1', [event_id])
		).toEqual({ signup_id: signup, source: 'self' });
	});
});

it('one person has one sign-up per labour day, so that no hour counts twice', async () => {
	await expect(
		district.rows(
			`insert into public.signups (id, gathering_id, labour_day_id, area_id, person_id, name, headcount, status, source)
			 values (gen_random_uuid(), tests.id('past gathering'), tests.id('past day'), tests.id('own street'), tests.id('resident'), 'x', 1, 'confirmed', 'guest')`
		)
	).rejects.toThrow(/duplicate key/);
});

describe('a certificate', () => {
	it('says what the records say, verifies as that and as nothing else', async () => {
		const certificate = await certify();
		expect(certificate).toMatchObject({
			recorded: 7200,
			self: 0,
			credited: 0,
			days: 1,
			name: 'resident',
			kind: 'day'
		});
		const verified = await verify(certificate.number.toUpperCase().replace(/(.{4})/g, '$1-'));
		expect(verified).toEqual({ ...certificate, state: 'valid' });
		expect(Object.keys(verified).toSorted()).toEqual(
			[
				'credited',
				'days',
				'district',
				'district_en',
				'from',
				'issued_on',
				'kind',
				'name',
				'number',
				'recorded',
				'revoked_on',
				'self',
				'state',
				'to'
			].toSorted()
		);
		// Asked again without news: the one that stands.
		expect((await certify()).number).toBe(certificate.number);
	});

	it('altered by one digit or letter, or by two swapped, is unknown', { timeout: 60_000 }, async () => {
		const { number } = await certify();
		const altered = new Set<string>();
		for (let n = 0; n < number.length; n++) {
			for (const other of '23456789abcdefghjkmnpqrstvwxyz')
				altered.add(number.slice(0, n) + other + number.slice(n + 1));
			altered.add(number.slice(0, n) + number.slice(n + 1));
			altered.add(number.slice(0, n) + (number[n + 1] ?? '') + (number[n] ?? '') + number.slice(n + 2));
		}
		altered.delete(number);
		expect(altered.size).toBeGreaterThan(450);
		for (const one of altered) expect(await verify(one, one)).toEqual({ state: 'unknown' });
		expect(await verify(number)).toMatchObject({ state: 'valid', number });
	});

	it('whose row was changed by one second behind the rules no longer verifies', async () => {
		const { number } = await certify();
		await district.engine.database.transaction((sql) =>
			sql.script(
				`set local session_replication_role = replica; update public.certificates set recorded_seconds = recorded_seconds + 1 where number = '${number}';`
			)
		);
		expect(await verify(number)).toEqual({ state: 'unknown' });
		await expect(
			district.rows(`update public.certificates set recorded_seconds = 1 where number = $1`, [number])
		).rejects.toThrow('lf:append_only');
	});

	it.each(["district_en = 'Elsewhere'", "name = '–', recorded_seconds = 1"])(
		'of which anything that it shows was changed behind the rules no longer verifies (%s)',
		async (change) => {
			const { number } = await certify();
			await district.engine.database.transaction((sql) =>
				sql.script(
					`set local session_replication_role = replica; update public.certificates set ${change} where number = '${number}';`
				)
			);
			expect(await verify(number)).toEqual({ state: 'unknown' });
		}
	);

	it.each([
		[
			'a credit',
			() =>
				district.call('organizer', 'credit_hours', {
					p_id: randomUUID(),
					p_signup: past.id,
					p_minutes: 30,
					p_reason: '忘了'
				})
		],
		[
			'a late record',
			async () => {
				const id = randomUUID();
				await district.call('organizer', 'record_attendance', {
					p_events: [
						{
							id,
							signup_id: past.id,
							heads: 0,
							at: `${past.date}T02:00:00Z`,
							device_id: randomUUID(),
							seq: 1
						}
					]
				});
				await district.call('organizer', 'accept_late', {
					p_gathering: await district.id('past gathering'),
					p_records: [id]
				});
			}
		]
	])('is revoked by %s, for the day and for the year; a new one says the new', async (_, correct) => {
		const day = await certify();
		const year = await certify('year');
		await correct();
		for (const { number } of [day, year]) {
			const found = await verify(number);
			expect(found).toMatchObject({ state: 'revoked', number });
			expect(Object.keys(found).toSorted()).toEqual(['number', 'revoked_on', 'state']);
		}
		const renewed = await certify();
		expect(renewed.number).not.toBe(day.number);
		expect(renewed.recorded + renewed.credited).not.toBe(day.recorded);
		await agree();
	});

	it('is not for today, not for nothing, not for strangers', async () => {
		expect(
			(
				await district.refused('resident', 'issue_certificate', {
					p_id: randomUUID(),
					p_kind: 'day',
					p_date: district.today
				})
			).code
		).toBe('day_not_over');
		expect(
			(
				await district.refused('other_resident', 'issue_certificate', {
					p_id: randomUUID(),
					p_kind: 'day',
					p_date: past.date
				})
			).code
		).toBe('no_hours');
		const p_person = await district.id('resident');
		for (const persona of ['other_resident', 'leader', 'other_organizer'] as const)
			expect(
				(
					await district.refused(persona, 'issue_certificate', {
						p_id: randomUUID(),
						p_kind: 'day',
						p_date: past.date,
						p_person
					})
				).code
			).toBe('not_yours');
	});

	it('is of one name at a time: who is called something else has to ask anew', async () => {
		const certificate = await certify();
		const rename = (name: string) =>
			district.as('resident', (sql) =>
				sql.rows('update public.people set display_name = $1 where id = private.me()', [name])
			);
		await rename('resident');
		expect(await verify(certificate.number)).toMatchObject({ state: 'valid' });
		await rename('李四');
		expect(await verify(certificate.number)).toMatchObject({ state: 'revoked' });
		const again = await certify();
		expect(await verify(again.number)).toMatchObject({ state: 'valid', name: '李四', recorded: 7200 });
		await rename('resident');
		for (const { number } of [certificate, again])
			expect(await verify(number)).toMatchObject({ state: 'revoked' });
		const { number } = await certify();
		await district.call('organizer', 'change_person', {
			p_person: await district.id('resident'),
			p_fields: { name: '王芳' }
		});
		expect(await verify(number)).toMatchObject({ state: 'revoked' });
	});

	it('of somebody forgotten is revoked and carries no name', async () => {
		const { number } = await certify();
		await district.call('resident', 'forget_person', { p_person: await district.id('resident') });
		expect(await verify(number)).toMatchObject({ state: 'revoked' });
		expect(await district.row('select name from public.certificates where number = $1', [number])).toEqual({
			name: '–'
		});
	});

	it('is not found by trying: one address asks sixty times in ten minutes', async () => {
		for (let n = 0; n < 60; n++) await verify('22222222222222aa', 'one address');
		expect(
			(await district.refused('server', 'verify_certificate', { p_number: '2', p_address: 'one address' }))
				.code
		).toBe('slow_down');
		expect(await verify('22222222222222aa', 'another')).toEqual({ state: 'unknown' });
	});
});
