/** What only many connections at once can show, on a real PostgreSQL 17. Nobody may be refused for a deadlock. */
import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fitsAtOnce, promote, type WaitingParty } from '$lib/domain/waitlist/promote';
import { command, District, type Caller, type Json } from './district';
import { startPostgres, type TestPostgres } from './postgres';

const CROWD = 200;
let postgres: TestPostgres;
let district: District;
let crowd: pg.Client[];

beforeAll(async () => {
	// Durability is shown elsewhere; here only the order of things matters.
	postgres = await startPostgres({ max_connections: CROWD + 60, fsync: 'off', deadlock_timeout: '200ms' });
	district = await District.open(postgres);
	await district.keep();
	crowd = Array.from({ length: CROWD }, () => new pg.Client({ connectionString: postgres.url }));
	await Promise.all(crowd.map((client) => client.connect()));
}, 120_000);
beforeEach(() => district.restore());
afterAll(async () => {
	await Promise.all((crowd ?? []).map((client) => client.end()));
	await postgres?.close();
});

const hash = (token: string) => createHash('sha256').update(token).digest('hex');
const accounts = new Map<string, string>();

/** From here on the connection is this person's. */
async function become(client: pg.Client, caller: Caller) {
	if (caller === 'server') return client.query(`set role service_role`);
	if (accounts.size === 0)
		for (const row of await district.rows<{ persona: string; user_id: string }>(
			'select * from tests.accounts'
		))
			accounts.set(row.persona, row.user_id);
	const claims = { sub: accounts.get(caller), role: 'authenticated', iat: Math.floor(Date.now() / 1000) };
	return client.query(
		`select set_config('request.jwt.claims', $1, false), set_config('request.jwt.claim.sub', $2, false), set_config('role', 'authenticated', false)`,
		[JSON.stringify(claims), claims.sub]
	);
}

interface Call {
	caller: Caller;
	name: string;
	given: Json;
}
/** An answer, or the code with which it was refused. */
type Answer = (Json & { refused?: string }) | null;

/** Makes all calls at once, each on a connection of its own. */
async function together(calls: Call[]): Promise<Answer[]> {
	expect(calls.length).toBeLessThanOrEqual(CROWD);
	await Promise.all(calls.map(({ caller }, n) => become(crowd[n]!, caller)));
	return Promise.all(
		calls.map(async ({ name, given }, n) => {
			const { text, parameters } = command(name, given);
			try {
				const { rows } = await crowd[n]!.query<{ answer: Answer }>(text, parameters);
				return rows[0]!.answer;
			} catch (error) {
				const { message, code } = error as pg.DatabaseError;
				return { refused: message.startsWith('lf:') ? message.slice(3) : `${code} ${message}` };
			}
		})
	);
}

/** Party sizes as they come, the same in every run. */
function sizes(count: number): number[] {
	let state = 20260130;
	return Array.from({ length: count }, () => {
		state = (state * 1103515245 + 12345) % 2 ** 31;
		return 1 + (Math.floor(state / 65536) % 4);
	});
}
const signUp = (g: string, headcount: number, more: Json = {}): Call => ({
	caller: 'server',
	name: 'sign_up_guest',
	given: {
		p_id: randomUUID(),
		p_gathering: g,
		p_name: '王女士',
		p_phone: `13${String(Math.floor(Math.random() * 1e9)).padStart(9, '3')}`,
		p_party: { headcount },
		p_token_hash: hash(randomUUID()),
		p_address: randomUUID(),
		...more
	}
});

interface Party {
	id: string;
	headcount: number;
	status: 'confirmed' | 'waitlisted' | 'cancelled';
}
const parties = (g: string) =>
	district.rows<Party>(
		'select id, headcount, status from public.signups where gathering_id = $1 order by queue_no',
		[g]
	);
const heads = (list: Party[], status: Party['status']) =>
	list.filter((party) => party.status === status).reduce((sum, { headcount }) => sum + headcount, 0);
const counts = (g: string) =>
	district.row(
		'select confirmed_heads as confirmed, waiting_heads as waiting from public.gathering_counts where gathering_id = $1',
		[g]
	);
const queue = (list: Party[]): WaitingParty[] =>
	list.flatMap(({ id, headcount, status }, position) =>
		status === 'waitlisted' ? [{ id, heads: headcount, position }] : []
	);
const agree = async () => expect(await district.rows('select * from private.compare_totals()')).toEqual([]);
const refusals = (answers: Answer[]) =>
	answers.flatMap((answer) => (answer?.refused ? [answer.refused] : []));
/** What plans that were not saved were told instead. */
const told = (answers: Answer[]) =>
	answers.flatMap((answer) => (answer?.['changed'] ? [answer['changed']] : []));

describe('200 connections for 100 places', () => {
	it('never oversell, and the waitlist is exact', { timeout: 60_000 }, async () => {
		const { id: g } = await district.gathering({ capacity: 100 });
		const answers = await together(sizes(CROWD).map((headcount) => signUp(g, headcount)));
		expect(refusals(answers)).toEqual([]);

		const list = await parties(g);
		expect(list).toHaveLength(CROWD);
		let confirmed = 0;
		const waiting: WaitingParty[] = [];
		for (const [position, { id, headcount, status }] of list.entries()) {
			const fits = fitsAtOnce(100, confirmed, headcount, waiting);
			const answer = answers.find((one) => one?.id === id);
			expect(answer, `party ${position}`).toMatchObject({
				status: fits ? 'confirmed' : 'waitlisted',
				ahead: fits ? null : waiting.length
			});
			expect(status).toBe(answer?.status);
			if (fits) confirmed += headcount;
			else waiting.push({ id, heads: headcount, position });
		}
		expect(confirmed).toBeLessThanOrEqual(100);
		// Places are left only where nobody who waits would fit.
		expect(promote(100, confirmed, waiting).promoted).toEqual([]);
		expect(await counts(g)).toEqual({ confirmed, waiting: heads(list, 'waitlisted') });
	});

	it(
		'while others cancel, shrink, grow, and organizers change the capacity and the plan',
		{ timeout: 60_000 },
		async () => {
			const { id: g } = await district.gathering({ capacity: 60 });
			const first = sizes(90).map((headcount, n) =>
				signUp(g, headcount, { p_token_hash: hash(`link ${n}`) })
			);
			expect(refusals(await together(first))).toEqual([]);
			const site = await district.id('site');
			await district.call('organizer', 'add_tasks', { p_gathering: g, p_sites: [site] });
			const { id: task } = await district.row<{ id: string }>(
				'select id from public.tasks where gathering_id = $1',
				[g]
			);
			const now = await parties(g);
			const answers = await together([
				...Array.from({ length: 30 }, (_, n): Call => ({
					caller: 'server',
					name: 'guest_cancel',
					given: { p_token: `link ${n}` }
				})),
				...Array.from({ length: 30 }, (_, n): Call => ({
					caller: 'server',
					name: 'guest_change',
					given: { p_token: `link ${n + 30}`, p_party: { headcount: 1 } }
				})),
				...Array.from({ length: 30 }, (_, n): Call => ({
					caller: 'server',
					name: 'guest_change',
					given: { p_token: `link ${n + 60}`, p_party: { headcount: 5, minors: 1 } }
				})),
				...[55, 80, 70, 65, 75].map((capacity): Call => ({
					caller: 'organizer',
					name: 'save_gathering',
					given: { p_id: g, p_day: null, p_area: null, p_fields: { capacity } }
				})),
				...now.slice(0, 20).map(({ id }): Call => ({
					caller: 'organizer',
					name: 'save_plan',
					given: {
						p_gathering: g,
						p_changes: [{ signup_id: id, task_id: task, was: null, confirm: ['over_max'] }]
					}
				})),
				...now
					.slice(-20)
					.map(({ id }): Call => ({ caller: 'organizer', name: 'promote_signup', given: { p_signup: id } })),
				...sizes(60).map((headcount) => signUp(g, headcount))
			]);
			// Refused for what they ask, never for asking at the same time.
			expect(
				[...new Set(refusals(answers))].filter((code) => !['no_room', 'signup_cancelled'].includes(code))
			).toEqual([]);

			const list = await parties(g);
			const { capacity } = await district.row<{ capacity: number }>(
				'select capacity from public.gatherings where id = $1',
				[g]
			);
			const confirmed = heads(list, 'confirmed');
			expect(confirmed).toBeLessThanOrEqual(80);
			expect(promote(capacity, confirmed, queue(list)).promoted).toEqual([]);
			expect(await counts(g)).toEqual({ confirmed, waiting: heads(list, 'waitlisted') });
			expect(
				await district.rows(
					`select from public.assignments a join public.signups s on s.id = a.signup_id where s.status <> 'confirmed'`
				)
			).toEqual([]);
		}
	);
});

describe('the same twice at once', () => {
	it('a sign-up is booked once and every request learns so', async () => {
		const { id: g } = await district.gathering({ capacity: 3 });
		const request = signUp(g, 2);
		const mine: Call = {
			caller: 'resident',
			name: 'sign_up',
			given: { p_id: randomUUID(), p_gathering: g, p_party: { headcount: 1 } }
		};
		const answers = await together([...Array<Call>(8).fill(request), ...Array<Call>(8).fill(mine)]);
		expect(refusals(answers)).toEqual([]);
		expect(new Set(answers.map((one) => `${String(one?.id)} ${String(one?.status)}`)).size).toBe(2);
		expect(await counts(g)).toEqual({ confirmed: 3, waiting: 0 });
	});

	it('one phone at two gatherings gets one place', async () => {
		const { id: g, day } = await district.gathering();
		const elsewhere = randomUUID();
		await district.call('other_organizer', 'save_gathering', {
			p_id: elsewhere,
			p_day: day,
			p_area: await district.id('other street'),
			p_fields: { place: '桥' }
		});
		for (let round = 0; round < 5; round++) {
			const p_phone = `1391111000${round}`;
			const answers = await together(
				[g, elsewhere, g, elsewhere, g, elsewhere].map((id) => signUp(id, 1, { p_phone }))
			);
			expect(refusals(answers)).toEqual(Array(5).fill('already_signed_up'));
		}
		expect((await parties(g)).length + (await parties(elsewhere)).length).toBe(5);
	});

	it('a walk-in stands at one gathering', async () => {
		const [here, there] = [await district.id('gathering'), await district.id('gathering elsewhere')];
		const walkIn = (caller: Caller, gathering: string): Call => ({
			caller,
			name: 'record_walk_in',
			given: {
				p: {
					id: randomUUID(),
					event_id: randomUUID(),
					gathering_id: gathering,
					name: '路人',
					phone: '13922220000',
					headcount: 1,
					at: district.now,
					device_id: randomUUID(),
					seq: 1
				}
			}
		});
		const answers = await together(
			Array.from({ length: 6 }, () => [walkIn('organizer', here), walkIn('other_organizer', there)]).flat()
		);
		expect(new Set(refusals(answers))).toEqual(new Set(['already_attended']));
		expect(
			await district.rows(
				`select from public.signups s join public.contacts c using (person_id) where c.phone = '+8613922220000'`
			)
		).toHaveLength(1);
		await agree();
	});

	it('a number that comes to a gathering, signs up and is given to an account has one sign-up', async () => {
		const [here, there] = [await district.id('gathering'), await district.id('gathering elsewhere')];
		const walkIn = (caller: Caller, gathering_id: string, phone: string): Call => {
			const ids = { id: randomUUID(), event_id: randomUUID(), device_id: randomUUID() };
			const p = { ...ids, gathering_id, phone, name: '路人', headcount: 1, at: district.now, seq: 1 };
			return { caller, name: 'record_walk_in', given: { p } };
		};
		const account = (caller: Caller, p_gathering: string): Call => ({
			caller,
			name: 'sign_up',
			given: { p_id: randomUUID(), p_gathering, p_party: { headcount: 1 } }
		});
		for (let round = 0; round < 6; round++) {
			await district.restore();
			await district.rows(
				`update public.signups set status = 'cancelled' where person_id = tests.id('resident')`
			);
			const phones = [0, 1, 2].map((n) => `1392333${round}00${n}`);
			const numbers = phones.map((p_phone, n): Call => ({
				caller: (['resident', 'other_resident', 'other_organizer'] as const)[n]!,
				name: 'set_my_phone',
				given: { p_phone }
			}));
			if (round % 2) await together(numbers.slice(1));
			const list = (caller: Caller, p_gathering: string, order: string[]): Call => ({
				caller,
				name: 'sign_up_for',
				given: {
					p_gathering,
					p_parties: order.map((phone) => ({ id: randomUUID(), name: '李', phone, headcount: 1 }))
				}
			});
			const answers = await together([
				...phones.flatMap((phone) => [
					walkIn('organizer', here, phone),
					walkIn('other_organizer', there, phone),
					signUp(here, 1, { p_phone: phone }),
					signUp(there, 1, { p_phone: phone })
				]),
				...numbers,
				list('organizer', here, phones),
				list('other_organizer', there, phones.toReversed()),
				account('other_resident', here),
				account('other_organizer', there),
				account('other_organizer', here)
			]);
			expect(refusals(answers).filter((code) => !/^already_(signed_up|attended)$/.test(code))).toEqual([]);
			expect(
				await district.rows(
					`select c.phone, count(*) from public.signups s join public.contacts c using (person_id)
					 where s.labour_day_id = tests.id('day') and s.status <> 'cancelled' group by c.phone having count(*) > 1`
				)
			).toEqual([]);
			await agree();
		}
	});

	it('a walk-in that two crews add is the earlier one’s, and the other’s once that is taken back', async () => {
		const [gathering_id, task, spare] = await Promise.all(
			['gathering', 'task', 'spare task'].map((name) => district.id(name))
		);
		const minute = (n: number) => new Date(new Date(district.now).getTime() + n * 60_000).toISOString();
		const crew = async () =>
			await district.rows(
				`select a.task_id from public.assignments a join public.signups s on s.id = a.signup_id
				 join public.contacts c using (person_id) where c.phone = '+8613922220001'`
			);
		const claims = Array.from({ length: 12 }, (_, n) => ({
			id: randomUUID(),
			event_id: randomUUID(),
			gathering_id,
			task_id: n % 2 ? task : spare,
			name: '路人',
			phone: '13922220001',
			headcount: 1 + (n % 3),
			// The crew of the task has the earliest.
			at: minute(n === 7 ? -9 : -n % 6),
			device_id: randomUUID(),
			seq: 1
		}));
		const call = (p: Json): Call => ({ caller: 'organizer', name: 'record_walk_in', given: { p } });
		expect(refusals(await together(claims.map(call)))).toEqual([]);
		expect(await crew()).toEqual([{ task_id: task }]);
		await agree();

		const { signup_id } = await district.row<{ signup_id: string }>(
			'select signup_id from public.attendance_events where id = $1',
			[claims[0]!.event_id]
		);
		const undo = claims
			.filter(({ task_id }) => task_id === task)
			.map(({ event_id }): Call => {
				const event = { id: randomUUID(), signup_id, kind: 'void', voids: event_id };
				const stamp = { at: minute(0), device_id: randomUUID(), seq: 2 };
				return {
					caller: 'organizer',
					name: 'record_attendance',
					given: { p_events: [{ ...event, ...stamp }] }
				};
			});
		const answers = (await together(undo)) as unknown as { outcome: string }[][];
		expect(new Set(answers.flat().map(({ outcome }) => outcome))).toEqual(new Set(['recorded']));
		expect(await crew()).toEqual([{ task_id: spare }]);
		await agree();
	});

	it('an invitation is taken by one', async () => {
		await district.rows(`update public.invitations set role = 'organizer'`);
		const answers = await together(
			(['resident', 'other_resident', 'leader', 'other_organizer', 'resident', 'leader'] as const).map(
				(caller): Call => ({ caller, name: 'accept_invitation', given: { p_token: 'invitation' } })
			)
		);
		expect(new Set(refusals(answers))).toEqual(new Set(['invitation_used']));
		expect(
			await district.rows(
				`select from public.memberships where area_id = tests.id('own street') and role = 'organizer'`
			)
		).toHaveLength(2);
	});

	it('a sign-in code lets one phone in', async () => {
		const users = await district.rows<{ id: string }>(
			`insert into auth.users (id, email) select gen_random_uuid(), gen_random_uuid() || '@enrolled.invalid' from generate_series(1, 6) returning id`
		);
		const answers = await together(
			users.map(({ id }): Call => ({
				caller: 'server',
				name: 'bind_enrolment',
				given: { p_token: 'enrolment', p_user: id }
			}))
		);
		expect(refusals(answers)).toEqual(Array(5).fill('enrolment_used'));
		expect(
			await district.rows(`select from public.profiles where person_id = tests.id('guest')`)
		).toHaveLength(1);
	});

	it('the first admin is one', async () => {
		await district.rows(`delete from public.memberships where role = 'admin'`);
		await district.rows(`insert into private.settings (key, value) values ('setup_code_hash', $1)`, [
			hash('123456')
		]);
		const users = await district.rows<{ user_id: string }>('select user_id from tests.accounts');
		const answers = await together(
			users.map(({ user_id }): Call => ({
				caller: 'server',
				name: 'make_first_admin',
				given: { p_code: '123456', p_user: user_id, p_display_name: '管理员' }
			}))
		);
		expect(refusals(answers)).toEqual(Array(users.length - 1).fill('setup_done'));
		expect(await district.rows(`select from public.memberships where role = 'admin'`)).toHaveLength(1);
	});

	it('two admins cannot take the last role from each other', async () => {
		const [admin, second, district_id] = [
			await district.id('admin'),
			await district.id('organizer'),
			await district.id('district')
		];
		for (let round = 0; round < 5; round++) {
			await district.rows(
				`insert into public.memberships (area_id, person_id, role) select $1, p, 'admin' from unnest($2::text::uuid[]) p on conflict do nothing`,
				[district_id, `{${admin},${second}}`]
			);
			const remove = (caller: Caller, person: string): Call => ({
				caller,
				name: 'set_role',
				given: { p_person: person, p_area: district_id, p_role: null }
			});
			await together([remove('admin', second), remove('organizer', admin)]);
			expect(await district.rows(`select from public.memberships where role = 'admin'`)).toHaveLength(1);
		}
	});
});

describe('on the day', () => {
	it(
		'phones that record the same parties at once add up the same, whatever their order',
		{ timeout: 60_000 },
		async () => {
			const [g, task, spare] = [
				await district.id('gathering'),
				await district.id('task'),
				await district.id('spare task')
			];
			const [{ ids } = { ids: [] }] = await district.rows<{ ids: string[] }>(
				`with made as (
			   insert into public.people (display_name, area_id) select 'p' || n, tests.id('own street') from generate_series(1, 24) n returning id
			 ), signed as (
			   insert into public.signups (id, gathering_id, labour_day_id, area_id, person_id, name, headcount, status, source)
			   select gen_random_uuid(), $1, tests.id('day'), tests.id('own street'), id, 'p', 4, case when random() < 0.8 then 'confirmed' else 'waitlisted' end::public.signup_status, 'organizer' from made returning id
			 ) select array_agg(id) as ids from signed`,
				[g]
			);
			await district.rows(
				`insert into public.assignments (signup_id, task_id) select id, case when n % 2 = 0 then $2::uuid else $3::uuid end from unnest($1::text::uuid[]) with ordinality t (id, n)`,
				[`{${ids.join(',')}}`, task, spare]
			);
			const event = (signup: string, seq: number, heads: number) => ({
				id: randomUUID(),
				signup_id: signup,
				heads,
				minors: 0,
				at: new Date(Date.parse(district.now) + seq * 1000).toISOString(),
				device_id: randomUUID(),
				seq
			});
			const most = new Map<string, number>();
			const answers = await together(
				Array.from({ length: 24 }, (_, phone): Call => {
					const order = phone % 2 ? ids : ids.toReversed();
					return {
						caller: phone % 3 ? 'organizer' : 'admin',
						name: 'record_attendance',
						given: {
							p_events: order.slice(phone % 5, (phone % 5) + 18).map((id) => {
								most.set(id, Math.max(most.get(id) ?? 0, 1 + (phone % 4)));
								return event(id, phone, 1 + (phone % 4));
							})
						}
					};
				})
			);
			expect(refusals(answers)).toEqual([]);
			expect(
				new Set((answers as unknown as { outcome: string }[][]).flat().map(({ outcome }) => outcome))
			).toEqual(new Set(['recorded']));
			expect(
				await district.row(
					`select sum(participations)::int as sum from public.totals where gathering_id = $1 and task_id in ($2, $3)`,
					[g, task, spare]
				)
			).toEqual({ sum: [...most.values()].reduce((sum, n) => sum + n, 2) });
			await agree();
		}
	);

	it('who is checked in while they cancel is either there or cancelled, never both', async () => {
		const signup = await district.id('signup of guest');
		const cancel = { p_token: 'link of guest' };
		const [organizer, guest] = [crowd[0]!, crowd[1]!];
		await become(organizer, 'organizer');
		await become(guest, 'server');
		const checkIn = () => ({
			p_events: [
				{
					id: randomUUID(),
					signup_id: signup,
					heads: 2,
					minors: 0,
					at: district.now,
					device_id: randomUUID(),
					seq: 1
				}
			]
		});
		const ask = async (client: pg.Client, name: string, given: Json) => {
			const { text, parameters } = command(name, given);
			return client.query<{ answer: unknown }>(text, parameters).then(
				({ rows }) => rows[0]!.answer,
				(error: Error) => error.message
			);
		};
		const moment = () => new Promise((go) => setTimeout(go, 200));
		// The check-in is under way when the party cancels: they hear that they are here.
		await organizer.query('begin');
		expect(await ask(organizer, 'record_attendance', checkIn())).toMatchObject([{ outcome: 'recorded' }]);
		const cancelled = ask(guest, 'guest_cancel', cancel);
		await moment();
		await organizer.query('commit');
		expect(await cancelled).toBe('lf:checked_in');
		await agree();

		await district.restore();
		// The other way round: who stands here is here.
		await guest.query('begin');
		expect(await ask(guest, 'guest_cancel', cancel)).toMatchObject({ status: 'cancelled' });
		const recorded = ask(organizer, 'record_attendance', checkIn());
		await moment();
		await guest.query('commit');
		const answer = (await recorded) as { outcome: string; code?: string }[];
		const { status } = await district.row('select status from public.signups where id = $1', [signup]);
		expect([answer[0]!.outcome, status]).toEqual(['recorded', 'confirmed']);
		await agree();
	});

	it(
		'who is moved to another crew while several phones record it counts there, once',
		{ timeout: 60_000 },
		async () => {
			const [g, task, spare] = [
				await district.id('gathering'),
				await district.id('task'),
				await district.id('spare task')
			];
			const { ids } = await district.row<{ ids: string[] }>(
				`with made as (
			   insert into public.people (display_name, area_id) select 'p' || n, tests.id('own street') from generate_series(1, 20) n returning id
			 ), signed as (
			   insert into public.signups (id, gathering_id, labour_day_id, area_id, person_id, name, headcount, status, source)
			   select gen_random_uuid(), $1, tests.id('day'), tests.id('own street'), id, 'p', 2, 'confirmed', 'organizer' from made returning id
			 ) select array_agg(id) as ids from signed`,
				[g]
			);
			const stamp = (seq: number) => ({
				id: randomUUID(),
				at: new Date(Date.parse(district.now) + seq * 1000).toISOString(),
				device_id: randomUUID(),
				seq
			});
			const { today } = await district.row<{ today: string }>('select private.today()::text as today');
			for (let round = 0; round < 4; round++) {
				const was = new Map(
					(
						await district.rows<{ signup_id: string; task_id: string }>(
							'select signup_id, task_id from public.assignments'
						)
					).map((row) => [row.signup_id, row.task_id])
				);
				const record = (n: number): Call => ({
					caller: n % 2 ? 'organizer' : 'admin',
					name: 'record_attendance',
					given: {
						p_events: (n % 2 ? ids : ids.toReversed())
							.slice(n % 7)
							.map((signup_id) => ({ ...stamp(round), signup_id, heads: 1 + (n % 3), minors: 0 }))
					}
				});
				const move = (n: number): Call => ({
					caller: n % 2 ? 'organizer' : 'admin',
					name: 'save_plan',
					given: {
						p_gathering: g,
						p_changes: (n % 2 ? ids : ids.toReversed()).slice(n, n + 6).map((signup_id) => ({
							signup_id,
							task_id: n % 3 ? task : spare,
							was: was.get(signup_id) ?? null,
							confirm: ['over_max']
						}))
					}
				});
				const result = (n: number): Call => ({
					caller: 'organizer',
					name: 'record_results',
					given: {
						p_entries: (n % 2 ? [task, spare] : [spare, task]).map((task_id) => ({
							...stamp(round),
							task_id,
							bags: 1
						}))
					}
				});
				const hours = (n: number): Call => ({
					caller: 'organizer',
					name: 'save_gathering',
					given: { p_id: g, p_day: null, p_area: null, p_fields: { ends: n % 2 ? '11:30' : '11:45' } }
				});
				const rollUp = (): Call => ({ caller: 'server', name: 'roll_up_sums', given: {} });
				// Whoever reads meanwhile sees the sums of the day and the crews that they are made of at one instant.
				let reading = true;
				const readers = Promise.all(
					Array.from({ length: 4 }, async () => {
						while (reading)
							expect(
								await district.rows(
									`select d.participations, d.entries, c.* from (select coalesce(sum(participations), 0) as crews, coalesce(sum(entries), 0) as written from public.totals where date = $1) c
									 left join private.totals_of($1, $1, array[tests.id('district')]) d on true
									 where (coalesce(d.participations, 0), coalesce(d.entries, 0)) is distinct from (c.crews, c.written)`,
									[today]
								)
							).toEqual([]);
					})
				);
				const answers = await together(
					Array.from({ length: 48 }, (_, n) =>
						(n % 8 === 7 ? hours : [record, move, result, record, rollUp][n % 5]!)(n)
					)
				);
				reading = false;
				await readers;
				expect(refusals(answers)).toEqual([]);
				expect(
					await district.rows(
						`select from public.attendance_sums x left join public.assignments a on a.signup_id = x.signup_id
						 where x.task_id is distinct from a.task_id`
					)
				).toEqual([]);
				await agree();
			}
		}
	);

	it(
		'a task that is taken away while its crew checks in: it goes or stays, and every check-in counts',
		{ timeout: 60_000 },
		async () => {
			const [g, site] = [await district.id('gathering'), await district.id('spare site 2')];
			for (let round = 0; round < 12; round++) {
				await district.restore();
				const { task, ids } = await district.row<{ task: string; ids: string[] }>(
					`with task as (
				   insert into public.tasks (site_id, area_id, gathering_id, date, crew_min, crew_max)
				   select $2, g.area_id, g.id, d.date, 1, 100 from public.gatherings g join public.labour_days d on d.id = g.labour_day_id where g.id = $1
				   returning id
				 ), made as (
				   insert into public.people (display_name, area_id) select 'p' || n, tests.id('own street') from generate_series(1, 16) n returning id
				 ), signed as (
				   insert into public.signups (id, gathering_id, labour_day_id, area_id, person_id, name, headcount, status, source)
				   select gen_random_uuid(), $1, tests.id('day'), tests.id('own street'), id, 'p', 2, 'confirmed', 'organizer' from made returning id
				 ), put as (
				   insert into public.assignments (signup_id, task_id) select signed.id, task.id from signed, task
				 ) select (select id from task) as task, (select array_agg(id) from signed) as ids`,
					[g, site]
				);
				const check = (signup: string, seq: number): Call => ({
					caller: 'organizer',
					name: 'record_attendance',
					given: {
						p_events: [
							{
								id: randomUUID(),
								signup_id: signup,
								heads: 2,
								minors: 0,
								at: district.now,
								device_id: randomUUID(),
								seq
							}
						]
					}
				});
				const remove: Call = { caller: 'admin', name: 'remove_task', given: { p_task: task } };
				const calls = ids.map(check);
				const answers = await together([...calls.slice(0, round), remove, ...calls.slice(round)]);
				const [gone] = answers.splice(round, 1);
				expect(refusals(answers)).toEqual([]);
				expect([undefined, 'task_has_records']).toContain(gone?.refused);
				const { heads } = await district.row<{ heads: number }>(
					`select sum(participations)::int as heads from public.attendance_sums where signup_id = any ($1)`,
					[ids]
				);
				expect(heads).toBe(32);
				await agree();
			}
		}
	);

	it('crews at one drain share its metres exactly', async () => {
		const task = await district.id('task');
		const { id: second } = await district.row<{ id: string }>(
			`insert into public.tasks (site_id, area_id, date, crew_min, crew_max) select site_id, area_id, date, 2, 8 from public.tasks where id = $1 returning id`,
			[task]
		);
		const entry = (id: string, seq: number) => ({
			id: randomUUID(),
			task_id: id,
			metres: 3,
			at: district.now,
			device_id: randomUUID(),
			seq
		});
		const answers = await together(
			Array.from({ length: 40 }, (_, n): Call => ({
				caller: 'organizer',
				name: 'record_results',
				given: { p_entries: [entry(n % 2 ? task : second, n), entry(n % 2 ? second : task, n + 1)] }
			}))
		);
		expect(refusals(answers)).toEqual([]);
		expect(
			await district.row(
				'select metres::float8 as metres, metres_recorded::float8 as recorded from public.site_days',
				[]
			)
		).toEqual({ metres: 100, recorded: 270 });
		await agree();
	});
});

describe('two organizers', () => {
	it('who save the same party at once: one is told what the other did, and loses nothing silently', async () => {
		const [g, task, spare, signup] = [
			await district.id('gathering'),
			await district.id('task'),
			await district.id('spare task'),
			await district.id('signup of guest')
		];
		const other = await district.id('signup of spare person');
		for (let round = 0; round < 5; round++) {
			await district.rows('delete from public.assignments where signup_id in ($1, $2)', [signup, other]);
			const save = (caller: Caller, to: string): Call => ({
				caller,
				name: 'save_plan',
				given: {
					p_gathering: g,
					p_changes: [
						{ signup_id: signup, task_id: to, was: null },
						{ signup_id: other, task_id: to, was: null }
					]
				}
			});
			const answers = await together([
				save('organizer', task),
				save('admin', spare),
				save('organizer', task),
				save('admin', spare)
			]);
			expect(refusals(answers)).toEqual([]);
			expect(told(answers)).toHaveLength(3);
			// All of one plan, nothing of the others.
			const kept = await district.rows<{ task_id: string }>(
				'select distinct task_id from public.assignments where signup_id in ($1, $2)',
				[signup, other]
			);
			expect(kept).toHaveLength(1);
		}
	});

	it('who choose different leaders for a crew at once: one leads, and all others are told who', async () => {
		const [g, task] = [await district.id('gathering'), await district.id('spare task')];
		const parties = await district.rows<{ id: string; name: string }>(
			`with made as (
			   insert into public.people (display_name, area_id) select '组长' || n, tests.id('own street') from generate_series(1, 12) n returning id, display_name
			 ) insert into public.signups (id, gathering_id, labour_day_id, area_id, person_id, name, headcount, status, source)
			   select gen_random_uuid(), $1, tests.id('day'), tests.id('own street'), id, display_name, 1, 'confirmed', 'organizer' from made
			   returning id, name`,
			[g]
		);
		for (let round = 0; round < 5; round++) {
			await district.rows('delete from public.assignments where task_id = $1', [task]);
			const answers = await together(
				parties.map(({ id }, n): Call => ({
					caller: n % 2 ? 'organizer' : 'admin',
					name: 'save_plan',
					given: {
						p_gathering: g,
						p_changes: [
							{
								signup_id: id,
								task_id: task,
								was: null,
								leads: true,
								was_leads: false,
								led_by: [],
								confirm: ['over_max']
							}
						]
					}
				}))
			);
			expect(refusals(answers)).toEqual([]);
			const leading = await district.rows<{ name: string }>(
				`select s.name from public.assignments a join public.signups s on s.id = a.signup_id where a.task_id = $1 and a.leads`,
				[task]
			);
			expect(leading).toHaveLength(1);
			expect(told(answers).map((changed) => (changed as { leader: string }[])[0]?.leader)).toEqual(
				Array(parties.length - 1).fill(leading[0]!.name)
			);
		}
	});

	it('who name who answers for an area at once: one stands, and all others are told', async () => {
		const area = await district.id('own street');
		await district.rows('delete from public.area_duties where area_id = $1', [area]);
		const names = Array.from({ length: 12 }, (_, n) => `主任 ${n}`);
		const answers = await together(
			names.map((responsible_person): Call => ({
				caller: 'organizer',
				name: 'change_area',
				given: { p_area: area, p_fields: { responsible_person }, p_expected: { responsible_person: '' } }
			}))
		);
		expect(refusals(answers)).toEqual(Array(11).fill('changed_meanwhile'));
		expect(
			await district.rows('select responsible_person from public.area_duties where area_id = $1', [area])
		).toEqual([{ responsible_person: names[answers.findIndex((answer) => !answer?.refused)] }]);
	});

	it('who write the same place at once: one place stands, and all others are told', async () => {
		const [gathering, day, area] = await Promise.all([
			district.id('gathering'),
			district.id('day'),
			district.id('own street')
		]);
		const write = (place: string): Call => ({
			caller: 'organizer',
			name: 'save_gathering',
			given: {
				p_id: gathering,
				p_day: day,
				p_area: area,
				p_fields: { place },
				p_expected: { place: '老城广场' }
			}
		});
		const places = Array.from({ length: 12 }, (_, n) => `广场 ${n}`);
		const answers = await together(places.map(write));
		const saved = places.filter((_, n) => typeof answers[n] === 'string');
		expect(saved).toHaveLength(1);
		expect(answers.filter((answer) => answer?.refused === 'changed_meanwhile')).toHaveLength(11);
		expect(await district.row('select place from public.gatherings where id = $1', [gathering])).toEqual({
			place: saved[0]
		});
	});
});
