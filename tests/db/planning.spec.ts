/** The month and the plan, as the database keeps them: moved and cancelled days, gatherings, crews, publishing. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { District, type Json } from './district';
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
		'day',
		'next day',
		'gathering',
		'gathering elsewhere',
		'later gathering',
		'task',
		'spare task',
		'task elsewhere',
		'site',
		'spare site',
		'spare site 2',
		'site elsewhere',
		'organizer',
		'spare person',
		'signup of guest',
		'signup of resident',
		'signup of leader',
		'signup of spare person',
		'signup of later guest',
		'signup of guest elsewhere'
	])
		ids[name] = await district.id(name);
	await district.keep();
}, 120_000);
beforeEach(() => district.restore());
afterAll(() => engine?.close());

const shift = async (days: number) =>
	(await district.row<{ date: string }>('select (private.today() + $1::int)::text as date', [days])).date;
const trail = (table: string) =>
	district.rows<{ action: string; before: Json | null; after: Json | null }>(
		`select action, before, after from public.audit_log where table_name = $1 and actor_id is not null order by id`,
		[table]
	);

describe('the labour day', () => {
	const day = () =>
		district.row<Json>(
			'select date::text as date, status, reason, sequence from public.labour_days where id = $1',
			[ids['next day']]
		);

	/** As everybody reads it. */
	const read = async () =>
		(await district.call<{ day: Json }>('visitor', 'read_day', { p_day: ids['next day'] })).day;

	it('moves with its sign-ups, tasks and totals, and back to its rule, and all of it leaves a trail', async () => {
		await district.call('organizer', 'add_tasks', {
			p_gathering: ids['later gathering'],
			p_sites: [ids['site']!]
		});
		const to = await shift(33);
		await district.call('admin', 'move_labour_day', { p_day: ids['next day'], p_date: to, p_reason: '中秋' });
		expect(await day()).toEqual({ date: to, status: 'moved', reason: '中秋', sequence: 1 });
		const dates = await district.rows(
			`select distinct date::text as date from public.tasks where gathering_id = $1
			 union select distinct date::text from public.totals where gathering_id = $1`,
			[ids['later gathering']]
		);
		expect(dates).toEqual([{ date: to }]);
		expect(
			await district.row('select status, gathering_id from public.signups where id = $1', [
				ids['signup of later guest']
			])
		).toEqual({ status: 'confirmed', gathering_id: ids['later gathering'] });
		await district.call('admin', 'cancel_labour_day', { p_day: ids['next day'], p_reason: '疫情' });
		expect(await day()).toMatchObject({ date: to, status: 'cancelled', reason: '疫情' });
		expect(await read()).toMatchObject({ status: 'cancelled', reason: '疫情' });
		expect(
			await district.refused('resident', 'sign_up', {
				p_id: randomUUID(),
				p_gathering: ids['later gathering'],
				p_party: { headcount: 1 }
			})
		).toEqual({ code: 'cancelled', detail: '疫情' });
		await district.call('admin', 'restore_labour_day', { p_day: ids['next day'] });
		// The reason for which it moved is said again.
		expect(await day()).toMatchObject({ date: to, status: 'moved', reason: '中秋' });
		expect(await read()).toMatchObject({ status: 'moved', reason: '中秋' });
		const { rule } = await district.row<{ rule: string }>(
			`select private.last_friday(month)::text as rule from public.labour_days where id = $1`,
			[ids['next day']]
		);
		await district.call('admin', 'move_labour_day', { p_day: ids['next day'], p_date: rule });
		expect(await day()).toEqual({ date: rule, status: 'planned', reason: '', sequence: 4 });
		// Cancelled on its own date and taken back, nothing of the former move is left to say.
		await district.call('admin', 'cancel_labour_day', { p_day: ids['next day'], p_reason: '暴雨' });
		expect(await read()).toMatchObject({ status: 'cancelled', reason: '暴雨' });
		await district.call('admin', 'restore_labour_day', { p_day: ids['next day'] });
		expect(await read()).toMatchObject({ status: 'planned', reason: '' });
		expect(
			(await trail('labour_days')).map(({ before, after }) => [
				before?.status,
				after?.status,
				after?.reason,
				after?.date
			])
		).toEqual([
			['planned', 'moved', '中秋', to],
			['moved', 'cancelled', '疫情', to],
			['cancelled', 'moved', '中秋', to],
			['moved', 'planned', '', rule],
			['planned', 'cancelled', '暴雨', rule],
			['cancelled', 'planned', '', rule]
		]);
	});

	it('moves nowhere without a reason, into the past, onto another one, or once it has begun', async () => {
		const move = async (p_day: string | undefined, p_date: string, p_reason = '雨') =>
			(await district.refused('admin', 'move_labour_day', { p_day, p_date, p_reason })).code;
		expect(await move(ids['next day'], await shift(33), ' ')).toBe('reason_needed');
		expect(await move(ids['next day'], await shift(-1))).toBe('date_is_past');
		expect(await move(ids['next day'], await shift(900))).toBe('date_too_far');
		expect(await move(ids['next day'], district.today)).toBe('date_taken');
		expect(await move(ids['day'], await shift(2))).toBe('day_has_begun');
		await engine.database.transaction((sql) =>
			sql.script('set local session_replication_role = replica; delete from public.attendance_events')
		);
		expect(await move(ids['day'], await shift(2)), 'with results alone').toBe('day_has_begun');
		expect(
			(await district.refused('admin', 'cancel_labour_day', { p_day: ids['day'], p_reason: '' })).code
		).toBe('reason_needed');
	});

	it('exists for the next twelve months without anyone making it', async () => {
		await engine.database.script(
			'delete from public.labour_days where id not in (select labour_day_id from public.gatherings)'
		);
		await district.call('server', 'keep_house');
		await district.call('server', 'keep_house');
		const { months, first } = await district.row<{ months: number; first: boolean }>(
			`select count(distinct month)::int as months, bool_and(date = private.last_friday(month) or id in (tests.id('day'), tests.id('next day'))) as first
			 from public.labour_days where date >= private.today()`
		);
		expect(months).toBeGreaterThanOrEqual(12);
		expect(first).toBe(true);
	});
});

describe('a gathering', () => {
	it('is opened as it was the last time, once per area and day', async () => {
		const day = (await district.gathering({})).day;
		const open = (p_id: string, fields: Json = {}) => ({
			p_id,
			p_day: day,
			p_area: ids['other street'],
			p_fields: fields
		});
		const id = randomUUID();
		await district.call('other_organizer', 'save_gathering', open(id, { capacity: 25 }));
		expect(
			await district.row('select place, capacity, status from public.gatherings where id = $1', [id])
		).toEqual({ place: '万里桥', capacity: 25, status: 'open' });
		expect((await district.refused('other_organizer', 'save_gathering', open(randomUUID()))).code).toBe(
			'gathering_exists'
		);
		expect(
			(await district.refused('admin', 'save_gathering', { ...open(randomUUID()), p_area: ids['district'] }))
				.code
		).toBe('gathering_needs_street');
		expect((await district.refused('organizer', 'save_gathering', open(randomUUID()))).code).toBe(
			'not_yours'
		);
		// Another street's gathering under a known id, called one's own.
		expect(
			(
				await district.refused('organizer', 'save_gathering', {
					...open(id, { place: '这里' }),
					p_area: ids['own street']
				})
			).code
		).toBe('not_yours');
	});

	it('is cancelled alone, with its reason, and restored; both leave a trail', async () => {
		expect(
			(
				await district.refused('organizer', 'cancel_gathering', {
					p_gathering: ids['gathering'],
					p_reason: ' '
				})
			).code
		).toBe('reason_needed');
		await district.call('organizer', 'cancel_gathering', { p_gathering: ids['gathering'], p_reason: '暴雨' });
		const status = () =>
			district.rows(
				`select status::text as status, reason from public.gatherings where labour_day_id = $1 order by place`,
				[ids['day']]
			);
		expect(await status()).toEqual([
			{ status: 'open', reason: '' },
			{ status: 'cancelled', reason: '暴雨' }
		]);
		expect(
			await district.refused('other_resident', 'sign_up', {
				p_id: randomUUID(),
				p_gathering: ids['gathering'],
				p_party: { headcount: 1 }
			})
		).toEqual({ code: 'cancelled', detail: '暴雨' });
		await district.call('organizer', 'restore_gathering', { p_gathering: ids['gathering'] });
		expect(await status()).toEqual([
			{ status: 'open', reason: '' },
			{ status: 'open', reason: '' }
		]);
		expect((await trail('gatherings')).map(({ before, after }) => [before?.status, after?.status])).toEqual([
			['open', 'cancelled'],
			['cancelled', 'open']
		]);
	});
});

describe('what people must hear of, and what only calendars follow', () => {
	/** Hours from the fixture's now: the gathering is a month away. */
	const hour = (n: number) => ({ at: new Date(Date.parse(district.now) + n * 3_600_000).toISOString() });
	const state = async () => {
		const { sequence, news, edited } = await district.row<Record<'sequence' | 'news' | 'edited', number>>(
			`select sequence, extract(epoch from changed_at)::float8 as news, extract(epoch from edited_at)::float8 as edited
			 from public.gatherings where id = $1`,
			[ids['later gathering']]
		);
		const hours = (epoch: number | null) =>
			epoch === null ? null : Math.round((epoch * 1000 - Date.parse(district.now)) / 3_600_000) + 0;
		return { sequence, news: hours(news), edited: hours(edited) };
	};
	const does = (name: string, given: Json, n: number) =>
		district.call('organizer', name, { p_gathering: ids['later gathering'], ...given }, hour(n));
	const edits = (p_fields: Json, n: number) =>
		district.call(
			'organizer',
			'save_gathering',
			{ p_id: ids['later gathering'], p_day: ids['next day'], p_area: ids['own street'], p_fields },
			hour(n)
		);
	/** Parties to call, when all of them looked at their page at that hour. */
	const toCall = async (seen: number) => {
		await district.rows('update public.signups set seen_at = $2 where gathering_id = $1', [
			ids['later gathering'],
			hour(seen).at
		]);
		const list = await district.call<Json[]>('organizer', 'read_call_list', {
			p_gathering: ids['later gathering']
		});
		return list.map(({ why }) => why);
	};

	it('a later end and what to bring are told to calendars and call nobody; a new place calls everybody', async () => {
		expect(await state()).toEqual({ sequence: 0, news: null, edited: 0 });
		await edits({ ends: '12:00', bring: '手套' }, 1);
		expect(await state()).toEqual({ sequence: 1, news: null, edited: 1 });
		expect(await toCall(0)).toEqual([]);
		await edits({ place: '府后山广场' }, 2);
		expect(await state()).toEqual({ sequence: 2, news: 2, edited: 2 });
		expect(await toCall(1)).toEqual(['changed']);
	});

	it('who read that it was cancelled must hear that it takes place; reopening a closed one is news to nobody', async () => {
		await does('cancel_gathering', { p_reason: '暴雨' }, 1);
		expect(await state()).toEqual({ sequence: 1, news: 1, edited: 1 });
		await does('restore_gathering', {}, 3);
		expect(await state()).toEqual({ sequence: 2, news: 3, edited: 3 });
		expect(await toCall(2)).toEqual(['changed']);
		await district.rows(`update public.gatherings set status = 'closed' where id = $1`, [
			ids['later gathering']
		]);
		await does('restore_gathering', {}, 5);
		expect(await state()).toEqual({ sequence: 3, news: 3, edited: 5 });
		expect(await toCall(4)).toEqual([]);
	});
});

describe('what somebody has seen', () => {
	const at = (hour: number) =>
		new Date(Date.parse(district.noon) - 96 * 3_600_000 + hour * 3_600_000).toISOString();
	const mine = async (hour: number) => {
		const pages = await district.call<Json[]>('resident', 'my_signups', {}, { at: at(hour) });
		return pages.find(({ id }) => id === ids['signup of resident'])!;
	};
	const sees = (p_as_of: unknown, hour: number) =>
		district.call(
			'resident',
			'mark_seen',
			{ p_signup: ids['signup of resident'], p_as_of },
			{ at: at(hour) }
		);
	const seen = async (hour: number) => Date.parse(String((await mine(hour))['seen_at']));
	const toCall = async (hour: number) => {
		const list = await district.call<Json[]>(
			'organizer',
			'read_call_list',
			{ p_gathering: ids['gathering'] },
			{ at: at(hour) }
		);
		return list.some(({ id }) => id === ids['signup of resident']);
	};

	it('is what had happened when the page was read, however late its word of that arrives', async () => {
		await district.rows('update public.signups set seen_at = $2 where id = $1', [
			ids['signup of resident'],
			at(0)
		]);
		await district.rows(
			'update public.gatherings set changed_at = null, plan_published_at = null where id = $1',
			[ids['gathering']]
		);
		const { as_of } = await mine(1);
		await district.call('organizer', 'publish_plan', { p_gathering: ids['gathering'] }, { at: at(2) });
		await sees(as_of, 3);
		expect([await seen(4), await toCall(4)]).toEqual([Date.parse(at(1)), true]);

		await sees((await mine(5))['as_of'], 6);
		expect([await seen(7), await toCall(7)]).toEqual([Date.parse(at(5)), false]);
	});

	it('is nothing that has not happened yet, and never becomes less', async () => {
		await district.rows('update public.signups set seen_at = $2 where id = $1', [
			ids['signup of resident'],
			at(0)
		]);
		await sees(at(99), 2);
		expect(await seen(3)).toBe(Date.parse(at(2)));
		await sees(at(1), 3);
		await sees(null, 3);
		expect(await seen(4)).toBe(Date.parse(at(2)));
	});
});

describe('why somebody is to be called', () => {
	const list = (hour: number) =>
		district.call<{ name: string; why: string; news_at: string }[]>(
			'organizer',
			'read_call_list',
			{ p_gathering: ids['gathering'] },
			{ at: at(hour) }
		);
	const at = (hour: number) =>
		new Date(Date.parse(district.noon) - 48 * 3_600_000 + hour * 3_600_000).toISOString();

	it('a place on the waitlist that became free, until all is off: then only that', async () => {
		await district.rows(
			`update public.signups set seen_at = $2, promoted_at = case when id = $3 then $4::timestamptz end where gathering_id = $1`,
			[ids['gathering'], at(2), ids['signup of guest'], at(3)]
		);
		await district.rows(
			`update public.gatherings set changed_at = null, plan_published_at = null where id = $1`,
			[ids['gathering']]
		);
		const [promoted, ...more] = await list(4);
		expect([promoted?.why, Date.parse(promoted?.news_at ?? ''), more]).toEqual([
			'promoted',
			Date.parse(at(3)),
			[]
		]);

		// The whole day, by the district: nobody changed the gathering itself.
		const off = { p_day: ids['day'], p_reason: '暴雨' };
		await district.call('admin', 'cancel_labour_day', off, { at: at(5) });
		const all = await list(6);
		expect(all.length).toBeGreaterThan(1);
		expect(new Set(all.map(({ why }) => why))).toEqual(new Set(['cancelled']));
		expect(new Set(all.map(({ news_at }) => Date.parse(news_at)))).toEqual(new Set([Date.parse(at(5))]));
	});
});

describe('the mark of an open board', () => {
	const mark = (gathering = ids['gathering']) =>
		district.call<string>('organizer', 'read_board_mark', { p_gathering: gathering });
	const change = (p_party: Json) =>
		district.call('server', 'guest_change', { p_token: 'link of guest', p_party }, { at: district.noon });
	const cancels = () =>
		district.call('server', 'guest_cancel', { p_token: 'link of guest' }, { at: district.noon });
	const owner = (text: string, subject: string) => () => district.rows(text, [ids[subject]]);

	it.each<[string, () => Promise<unknown>]>([
		['a party grows', () => change({ headcount: 3 })],
		['a child comes along', () => change({ minors: 1 })],
		['another wish', () => change({ wishes: ['adverts'] })],
		['tools', () => change({ tools: '铁锹' })],
		['a party cancels', cancels],
		[
			'one comes as another goes',
			async () => {
				await cancels();
				const party = { id: randomUUID(), name: '新来的', headcount: 2 };
				const given = { p_gathering: ids['gathering'], p_parties: [party] };
				await district.call('organizer', 'sign_up_for', given, { at: district.noon });
			}
		],
		[
			'a phone number',
			() =>
				district.call('organizer', 'change_person', {
					p_person: ids['spare person'],
					p_fields: { phone: '13700001234' }
				})
		],
		[
			'somebody opened their page',
			() =>
				district.call('resident', 'mark_seen', {
					p_signup: ids['signup of resident'],
					p_as_of: new Date().toISOString()
				})
		],
		[
			'a move',
			() =>
				district.call('organizer', 'save_plan', {
					p_gathering: ids['gathering'],
					p_changes: [{ signup_id: ids['signup of guest'], task_id: ids['task'], was: null }]
				})
		],
		[
			'a task more',
			() =>
				district.call('organizer', 'add_tasks', {
					p_gathering: ids['gathering'],
					p_sites: [ids['spare site 2']!]
				})
		],
		['a task less', () => district.call('organizer', 'remove_task', { p_task: ids['spare task'] })],
		[
			'a crew size',
			() =>
				district.call('organizer', 'set_task_crew', {
					p_task: ids['task'],
					p_min: 2,
					p_max: 8,
					p_note: '新钥匙'
				})
		],
		['a danger at a site', owner(`update public.sites set hazards = '{traffic}' where id = $1`, 'site')],
		['a note for a crew', owner(`update public.task_notes set note = '侧门' where task_id = $1`, 'task')],
		[
			'another place',
			() =>
				district.call('organizer', 'save_gathering', {
					p_id: ids['gathering'],
					p_day: ids['day'],
					p_area: ids['own street'],
					p_fields: { place: '小学门口' }
				})
		],
		[
			'the day cancelled',
			() => district.call('admin', 'cancel_labour_day', { p_day: ids['day'], p_reason: '雨' })
		]
	])('changes with %s', async (_, act) => {
		const before = await mark();
		expect(await mark()).toBe(before);
		const later = await mark(ids['later gathering']);
		await act();
		const after = await mark();
		expect(after).not.toBe(before);
		expect(
			(await district.call<{ mark: string }>('organizer', 'read_board', { p_gathering: ids['gathering'] }))
				.mark
		).toBe(after);
		expect(await mark(ids['later gathering'])).toBe(later);
	});

	it('stays with check-ins, which have a list of their own, and is for organizers only', async () => {
		const before = await mark();
		await district.call(
			'leader',
			'record_attendance',
			{
				p_events: [
					{
						id: randomUUID(),
						signup_id: ids['signup of leader'],
						kind: 'present',
						heads: 2,
						device_id: randomUUID(),
						seq: 1,
						at: district.now
					}
				]
			},
			{ at: district.now }
		);
		expect(await mark()).toBe(before);
		expect(
			(await district.refused('leader', 'read_board_mark', { p_gathering: ids['gathering'] })).code
		).toBe('not_yours');
		expect((await district.refused('organizer', 'read_board_mark', { p_gathering: randomUUID() })).code).toBe(
			'gone'
		);
	});
});

describe('a site that became dangerous after a family was sent there', () => {
	const publish = (minors?: string[]) => ({
		p_gathering: ids['gathering'],
		...(minors && { p_minors: minors })
	});
	const family = () =>
		district.row<{ overrides: string[]; published: boolean }>(
			`select a.overrides, g.plan_published_at is not null as published from public.assignments a
			 join public.signups s on s.id = a.signup_id join public.gatherings g on g.id = s.gathering_id where s.id = $1`,
			[ids['signup of resident']]
		);

	it('keeps the plan from being published until that family was knowingly named', async () => {
		await district.rows('update public.gatherings set plan_published_at = null where id = $1', [
			ids['gathering']
		]);
		await district.rows('update public.signups set minors = 1 where id = any ($1)', [
			[ids['signup of resident'], ids['signup of leader']]
		]);
		await district.rows(`update public.sites set hazards = '{traffic}' where id = $1`, [ids['site']]);
		for (const named of [undefined, [ids['signup of leader']!]])
			expect((await district.refused('organizer', 'publish_plan', publish(named))).code).toBe(
				'minors_to_confirm'
			);
		expect(await family()).toEqual({ overrides: [], published: false });

		await district.call(
			'organizer',
			'publish_plan',
			publish([ids['signup of leader']!, ids['signup of resident']!])
		);
		expect(await family()).toEqual({ overrides: ['minors_at_hazard'], published: true });
		expect((await trail('assignments')).map(({ after }) => after?.overrides)).toEqual([
			['minors_at_hazard'],
			['minors_at_hazard']
		]);
	});

	it('asks for nobody where children are at no hazard', async () => {
		await district.rows(`update public.sites set hazards = '{traffic}' where id = $1`, [ids['site']]);
		await district.call('organizer', 'publish_plan', publish());
		expect(await family()).toMatchObject({ overrides: [], published: true });
	});
});

describe('the plan', () => {
	const move = (signup: string, to: string | null, more: Json = {}) => ({
		signup_id: ids[signup],
		task_id: to && ids[to],
		was: null,
		...more
	});
	const save = (...changes: Json[]) =>
		district.call<{ version?: number; changed?: Json[] }>('organizer', 'save_plan', {
			p_gathering: ids['gathering'],
			p_changes: changes
		});
	const refused = (...changes: Json[]) =>
		district.refused('organizer', 'save_plan', { p_gathering: ids['gathering'], p_changes: changes });
	const crew = (signup: string) =>
		district.rows<{ task_id: string }>('select task_id from public.assignments where signup_id = $1', [
			ids[signup]
		]);

	it('is saved all or none; who is late is told what changed', async () => {
		await save(move('signup of guest', 'task'));
		expect(
			await save(move('signup of spare person', 'spare task'), move('signup of guest', 'spare task'))
		).toEqual({
			changed: [
				{
					signup_id: ids['signup of guest'],
					name: 'guest',
					task_id: ids['task'],
					task: '官井沟渠',
					leads: false,
					leader: null,
					status: 'confirmed'
				}
			]
		});
		expect(await crew('signup of spare person')).toEqual([]);
		expect(await crew('signup of guest')).toEqual([{ task_id: ids['task'] }]);
		await save(move('signup of guest', null, { was: ids['task'] }));
		expect(await crew('signup of guest')).toEqual([]);
	});

	it('gives a crew a second leader only with the first in sight', async () => {
		const lead = (signup: string, more: Json) => move(signup, 'spare task', { leads: true, ...more });
		const leaders = async () =>
			(
				await district.rows<{ name: string }>(
					`select s.name from public.assignments a join public.signups s on s.id = a.signup_id
					 where a.task_id = $1 and a.leads order by s.name`,
					[ids['spare task']]
				)
			).map(({ name }) => name);
		await save(lead('signup of guest', { led_by: [] }));
		expect(await save(lead('signup of spare person', { led_by: [] }))).toEqual({
			changed: [
				{
					signup_id: ids['signup of spare person'],
					name: 'spare person',
					task_id: null,
					task: null,
					leads: false,
					leader: 'guest',
					status: 'confirmed'
				}
			]
		});
		expect(await leaders()).toEqual(['guest']);

		// Who joins without leading, or takes the first one's place in the same breath, needs not know.
		await save(move('signup of spare person', 'spare task'));
		await save(
			move('signup of guest', 'spare task', { was: ids['spare task'], leads: false }),
			lead('signup of spare person', { was: ids['spare task'], led_by: [] })
		);
		expect(await leaders()).toEqual(['spare person']);
		await save(lead('signup of guest', { was: ids['spare task'], led_by: [ids['signup of spare person']] }));
		expect(await leaders()).toEqual(['guest', 'spare person']);
		// Both lead now: what is sent again, because an answer was lost, meets nobody new.
		expect(await save(lead('signup of guest', { was: ids['spare task'], led_by: [] }))).toHaveProperty(
			'version'
		);
	});

	it('takes nobody who cancelled, and nobody and nothing of another gathering', async () => {
		await district.call('organizer', 'cancel_signup', { p_signup: ids['signup of guest'] });
		expect(await save(move('signup of guest', 'task'))).toMatchObject({ changed: [{ status: 'cancelled' }] });
		expect(await crew('signup of guest')).toEqual([]);
		expect((await refused(move('signup of guest elsewhere', 'task'))).code).toBe('gone');
		expect((await refused(move('signup of spare person', 'task elsewhere'))).code).toBe('gone');
		expect(
			(
				await district.refused('organizer', 'save_plan', {
					p_gathering: ids['gathering elsewhere'],
					p_changes: []
				})
			).code
		).toBe('not_yours');
	});

	it('keeps minors away from hazards, also those who join later', async () => {
		await district.rows(`update public.sites set hazards = '{deep_water}' where id = $1`, [ids['site']]);
		await district.call('organizer', 'change_signup', {
			p_signup: ids['signup of guest'],
			p_party: { minors: 1 }
		});
		expect(
			await refused(move('signup of guest', 'task', { confirm: ['minors_at_hazard', 'over_max'] }))
		).toEqual({ code: 'minors_at_hazard', detail: ids['signup of guest'] });
		await save(move('signup of spare person', 'task'));
		await district.call('organizer', 'change_signup', {
			p_signup: ids['signup of spare person'],
			p_party: { minors: 1 }
		});
		expect(await crew('signup of spare person')).toEqual([]);
	});

	it('goes over a crew’s maximum only knowingly', async () => {
		await district.call('organizer', 'set_task_crew', { p_task: ids['spare task'], p_min: 1, p_max: 3 });
		const both = [move('signup of guest', 'spare task'), move('signup of spare person', 'spare task')];
		const { code, detail } = await refused(...both);
		expect(code).toBe('over_max');
		expect(JSON.parse(detail)).toEqual([{ task_id: ids['spare task'], name: '后巷', heads: 4, crew_max: 3 }]);
		expect(await crew('signup of guest')).toEqual([]);
		await save(...both.map((change) => ({ ...change, confirm: ['over_max'] })));
		expect(
			await district.row('select overrides from public.assignments where signup_id = $1', [
				ids['signup of guest']
			])
		).toEqual({ overrides: ['over_max'] });
	});

	it('tells the crew what an organizer wrote for them, and nobody else', async () => {
		const write = (p_note: string | null) =>
			district.call('organizer', 'set_task_crew', { p_task: ids['task'], p_min: 2, p_max: 8, p_note });
		const read = async () =>
			(await district.call<{ id: string; task: { note: string } | null }[]>('resident', 'my_signups')).find(
				({ id }) => id === ids['signup of resident']
			)?.task?.note;
		await write('  门锁密码 7788 ');
		expect(await read()).toBe('门锁密码 7788');
		await write(null);
		expect(await read()).toBe('门锁密码 7788');
		const open = await district.rows(`select to_jsonb(t)::text as row from public.tasks t`);
		expect(JSON.stringify(open)).not.toContain('7788');
		expect(
			JSON.stringify(await district.call('visitor', 'read_task', { p_task: ids['task'] }))
		).not.toContain('7788');
		await write('');
		expect(await read()).toBe('');
	});

	it('is a draft until it is published', async () => {
		await district.rows('update public.gatherings set plan_published_at = null where id = $1', [
			ids['gathering']
		]);
		const page = async () =>
			(await district.call<{ id: string; task: Json | null }[]>('resident', 'my_signups')).find(
				({ id }) => id === ids['signup of resident']
			)?.task;
		const row = () => district.as('resident', (sql) => sql.rows('select from public.assignments'));
		expect([await page(), (await row()).length]).toEqual([null, 0]);
		expect((await district.refused('leader', 'read_roster', { p_gathering: ids['gathering'] })).code).toBe(
			'not_yours'
		);
		await district.call('organizer', 'publish_plan', { p_gathering: ids['gathering'] });
		expect(await page()).toMatchObject({
			site: '官井沟渠',
			leads: false,
			leaders: [{ name: 'leader', phone: null }]
		});
		expect((await row()).length).toBe(1);
		await district.call('leader', 'set_my_phone', { p_phone: '13800000002', p_crew_may_call: true });
		expect(await page()).toMatchObject({ leaders: [{ name: 'leader', phone: '+8613800000002' }] });
		expect(
			(await district.refused('organizer', 'publish_plan', { p_gathering: ids['later gathering'] })).code
		).toBe('plan_empty');
	});
});

describe('tasks', () => {
	it('are of sites that are the street’s to clean', async () => {
		const add = (...sites: (string | undefined)[]) => ({
			p_gathering: ids['later gathering'],
			p_sites: sites.map(String)
		});
		expect(await district.call('organizer', 'add_tasks', add(ids['site'], ids['spare site']))).toBe(2);
		expect(await district.call('organizer', 'add_tasks', add(ids['site']))).toBe(0);
		expect((await district.refused('organizer', 'add_tasks', add(ids['site elsewhere']))).code).toBe(
			'not_yours'
		);
		await district.rows('update public.sites set in_jurisdiction = false where id = $1', [
			ids['spare site 2']
		]);
		expect((await district.refused('organizer', 'add_tasks', add(ids['spare site 2']))).code).toBe(
			'not_in_jurisdiction'
		);
		expect(
			(
				await district.refused('organizer', 'add_campaign_task', {
					p_id: randomUUID(),
					p_site: ids['spare site 2'],
					p_date: district.today
				})
			).code
		).toBe('not_in_jurisdiction');
	});

	it('with records stay', async () => {
		expect((await district.refused('organizer', 'remove_task', { p_task: ids['task'] })).code).toBe(
			'task_has_records'
		);
		await district.call('organizer', 'remove_task', { p_task: ids['spare task'] });
		expect(await district.rows('select from public.tasks where id = $1', [ids['spare task']])).toEqual([]);
	});

	it('that somebody leads stay once the day has begun: the phone may hold what the server does not know yet', async () => {
		const lead = (gathering: string, signup_id: string, task_id: string, was: string | null) =>
			district.call('organizer', 'save_plan', {
				p_gathering: gathering,
				p_changes: [{ signup_id, task_id, was, leads: true }]
			});
		const spare = ids['spare task']!;
		await lead(ids['gathering']!, ids['signup of leader']!, spare, ids['task']!);
		expect((await district.refused('organizer', 'remove_task', { p_task: spare })).code).toBe('task_is_led');
		// What the leader wrote down in the alley arrives.
		expect(
			await district.call('leader', 'record_walk_in', {
				p: {
					id: randomUUID(),
					event_id: randomUUID(),
					gathering_id: ids['gathering'],
					task_id: spare,
					name: '路过的人',
					headcount: 2,
					minors: 0,
					at: district.now,
					device_id: randomUUID(),
					seq: 1
				}
			})
		).toMatchObject({ outcome: 'recorded' });

		const later = ids['later gathering']!;
		await district.call('organizer', 'add_tasks', { p_gathering: later, p_sites: [ids['spare site 2']!] });
		const { id } = await district.row<{ id: string }>('select id from public.tasks where gathering_id = $1', [
			later
		]);
		await lead(later, ids['signup of later guest']!, id, null);
		await district.call('organizer', 'remove_task', { p_task: id });
		expect(await district.rows('select from public.tasks where id = $1', [id])).toEqual([]);
	});
});

describe('what visitors are told', () => {
	it('names nobody and counts no crew or gathering of fewer than five', async () => {
		const pages = async () =>
			JSON.stringify([
				await district.call('visitor', 'read_day', { p_day: ids['day'] }),
				await district.call('visitor', 'read_results', { p_from: '2020-01-01', p_to: '2040-01-01' }),
				await district.call('visitor', 'read_area_tasks', { p_from: '2020-01-01', p_to: '2040-01-01' }),
				await district.call('visitor', 'read_task', { p_task: ids['task'] })
			]);
		expect(await pages()).not.toMatch(/resident|guest|leader|spare person|\+86/);
		expect(JSON.parse(await pages())).toMatchObject([
			{ heads: 10 },
			{ sums: { participations: null, hours: null, people: null } },
			[{ heads: null }],
			{ heads: null, hours: null }
		]);
	});

	it('what is over as soon as its planned end has passed, just when sign-ups are refused', async () => {
		await district.rows(`update public.gatherings set starts = '08:30', ends = '11:00' where id = $1`, [
			ids['gathering']
		]);
		/** Which gatherings are over at an instant, and what somebody hears who signs up for the first then. */
		const at = async (instant: string) => {
			const { gatherings } = await district.call<{ gatherings: { id: string; over: boolean }[] }>(
				'visitor',
				'read_day',
				{ p_day: ids['day'] },
				{ at: instant }
			);
			const party = { p_id: randomUUID(), p_gathering: ids['gathering'], p_party: { headcount: 1 } };
			const refusal = await district.call('other_resident', 'sign_up', party, { at: instant }).then(
				() => '',
				(error: Error) => error.message
			);
			await district.rows('delete from public.signups where id = $1', [party.p_id]);
			return [gatherings.filter(({ over }) => over).map(({ id }) => id), refusal];
		};
		expect(await at(`${district.today}T11:00:00+08:00`)).toEqual([[], '']);
		expect(await at(`${district.today}T11:00:01+08:00`)).toEqual([[ids['gathering']], 'lf:signup_closed']);
		const [over, refusal] = await at(`${await shift(1)}T00:30:00+08:00`);
		expect(over).toHaveLength(2);
		expect(refusal).toBe('lf:signup_closed');
	});

	it('how many come of how many places of the same gatherings', async () => {
		const told = async () => {
			const { heads, capacity } = await district.call('visitor', 'read_day', { p_day: ids['day'] });
			return { heads, capacity };
		};
		expect(await told()).toEqual({ heads: 10, capacity: 80 });
		await district.rows(`update public.gatherings set status = 'closed' where id = $1`, [ids['gathering']]);
		expect(await told()).toEqual({ heads: 10, capacity: 80 });
		await district.rows(`update public.gatherings set status = 'cancelled' where id = $1`, [
			ids['gathering elsewhere']
		]);
		expect(await told()).toEqual({ heads: 8, capacity: 40 });
	});

	it('where people are needed, without telling how few are there', async () => {
		const needs = async () => {
			const { needs } = await district.call<{ needs: { name: string; missing: number; full: boolean }[] }>(
				'visitor',
				'read_day',
				{ p_day: ids['day'] }
			);
			return Object.fromEntries(needs.map(({ name, missing, full }) => [name, [missing, full]]));
		};
		// Four heads of a minimum of ten: as much as if nobody were there yet.
		await district.rows('update public.tasks set crew_min = 10, crew_max = 12 where id = $1', [ids['task']]);
		expect((await needs())['官井沟渠']).toEqual([10, false]);
		await district.call('organizer', 'save_plan', {
			p_gathering: ids['gathering'],
			p_changes: [{ signup_id: ids['signup of guest'], task_id: ids['task'], was: null }]
		});
		expect((await needs())['官井沟渠']).toEqual([4, false]);
		await district.rows('update public.tasks set crew_min = 2 where id = $1', [ids['task']]);
		expect((await needs())['官井沟渠']).toEqual([0, false]);
	});
});
