/** Two people at the same field of the same thing: the later one is told, and nothing is overwritten untold. */
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
		'gathering',
		'day',
		'own street',
		'other street',
		'site',
		'task',
		'signup of guest',
		'guest'
	])
		ids[name] = await district.id(name);
	await district.keep();
}, 120_000);
beforeEach(() => district.restore());
afterAll(() => engine?.close());

interface Thing {
	/** How it is saved. */
	save: (fields: Json, expected?: Json) => [name: string, given: Json];
	/** What stands there. */
	read: string;
	subject: string;
	/** A field, what stands in it, what one and the other write; another field that the other changes. */
	field: string;
	was: unknown;
	first: unknown;
	second: unknown;
	aside: Json;
}

const THINGS: Record<string, Thing> = {
	'a gathering’s place': {
		save: (fields, expected) => [
			'save_gathering',
			{
				p_id: ids['gathering'],
				p_day: ids['day'],
				p_area: ids['own street'],
				p_fields: fields,
				p_expected: expected ?? null
			}
		],
		read: 'select to_jsonb(t) as row from public.gatherings t where id = $1',
		subject: 'gathering',
		field: 'place',
		was: '老城广场',
		first: '小学门口',
		second: '府后山广场',
		aside: { bring: '手套' }
	},
	'a gathering’s start': {
		save: (fields, expected) => [
			'save_gathering',
			{
				p_id: ids['gathering'],
				p_day: ids['day'],
				p_area: ids['own street'],
				p_fields: fields,
				p_expected: expected ?? null
			}
		],
		read: `select to_jsonb(t) || jsonb_build_object('starts', to_char(starts, 'HH24:MI')) as row from public.gatherings t where id = $1`,
		subject: 'gathering',
		field: 'starts',
		was: '00:00',
		first: '07:30',
		second: '09:00',
		aside: { capacity: 60 }
	},
	'a site’s metres': {
		save: (fields, expected) => [
			'change_site',
			{ p_site: ids['site'], p_fields: fields, p_expected: expected ?? null }
		],
		read: 'select to_jsonb(t) as row from public.sites t where id = $1',
		subject: 'site',
		field: 'length_m',
		was: 100,
		first: 120.5,
		second: 90,
		aside: { tools: '铁锹' }
	},
	'a site’s dangers': {
		save: (fields, expected) => [
			'change_site',
			{ p_site: ids['site'], p_fields: fields, p_expected: expected ?? null }
		],
		read: 'select to_jsonb(t) as row from public.sites t where id = $1',
		subject: 'site',
		field: 'hazards',
		was: [],
		first: ['deep_water'],
		second: ['traffic'],
		aside: { path: [[106.9, 27.7]], lng: 106.9, lat: 27.7 }
	},
	'a note for a crew': {
		save: ({ crew_min, note }, expected) => [
			'set_task_crew',
			{
				p_task: ids['task'],
				...(crew_min !== undefined && { p_min: crew_min }),
				...(note !== undefined && { p_note: note }),
				p_expected: expected ?? null
			}
		],
		read: `select to_jsonb(t) || jsonb_build_object('note', private.task_note(id)) as row from public.tasks t where id = $1`,
		subject: 'task',
		field: 'note',
		was: '钥匙在门卫处',
		first: '钥匙在物业',
		second: '走后门',
		aside: { crew_min: 3 }
	},
	'an area’s responsible unit': {
		save: (fields, expected) => [
			'change_area',
			{ p_area: ids['own street'], p_fields: fields, p_expected: expected ?? null }
		],
		read: 'select to_jsonb(t) as row from public.areas t where id = $1',
		subject: 'own street',
		field: 'responsible_unit',
		was: null,
		first: '区城管局',
		second: '供电局',
		aside: { name_en: 'Old town' }
	},
	'the phone of who answers for an area': {
		save: (fields, expected) => [
			'change_area',
			{ p_area: ids['own street'], p_fields: fields, p_expected: expected ?? null }
		],
		read: `select jsonb_build_object('phone', phone, 'responsible_person', responsible_person) as row
			from public.area_duties where area_id = $1`,
		subject: 'own street',
		field: 'phone',
		was: '0851-28220001',
		first: '0851-28220002',
		second: '0851-28220003',
		aside: { responsible_person: '周师傅' }
	},
	'a person’s name': {
		save: (fields, expected) => [
			'change_person',
			{ p_person: ids['guest'], p_fields: fields, p_expected: expected ?? null }
		],
		read: `select jsonb_build_object('name', p.display_name, 'phone', c.phone) as row
			from public.people p join public.contacts c on c.person_id = p.id where p.id = $1`,
		subject: 'guest',
		field: 'name',
		was: '客人',
		first: '赵阿姨',
		second: '赵大姐',
		aside: { phone: '+8613711112222' }
	},
	'a person’s phone': {
		save: (fields, expected) => [
			'change_person',
			{ p_person: ids['guest'], p_fields: fields, p_expected: expected ?? null }
		],
		read: `select jsonb_build_object('name', p.display_name, 'phone', c.phone) as row
			from public.people p join public.contacts c on c.person_id = p.id where p.id = $1`,
		subject: 'guest',
		field: 'phone',
		was: '+8613800000003',
		first: '+8613711112222',
		second: '+8613711113333',
		aside: { name: '赵阿姨' }
	},
	'a party’s size': {
		save: (fields, expected) => [
			'change_signup',
			{ p_signup: ids['signup of guest'], p_party: fields, p_expected: expected ?? null }
		],
		read: 'select to_jsonb(t) as row from public.signups t where id = $1',
		subject: 'signup of guest',
		field: 'headcount',
		was: 2,
		first: 4,
		second: 3,
		aside: { tools: '扫把' }
	}
};

describe.each(Object.entries(THINGS))('%s', (_, thing) => {
	const { field, was, first, second, aside } = thing;
	const save = (fields: Json, expected?: Json) =>
		district.call<unknown>('organizer', ...thing.save(fields, expected));
	const refused = (fields: Json, expected: Json) =>
		district.refused('organizer', ...thing.save(fields, expected));
	const stands = async () => (await district.row<{ row: Json }>(thing.read, [ids[thing.subject]])).row[field];

	it('is saved when it is what one saw, and refused by name when it is not', async () => {
		expect(await stands()).toEqual(was);
		await save({ [field]: first }, { [field]: was });
		expect(await stands()).toEqual(first);
		expect(await refused({ [field]: second }, { [field]: was })).toEqual({
			code: 'changed_meanwhile',
			detail: `["${field}"]`
		});
		expect(await stands(), 'the row is unchanged').toEqual(first);
		// Both ways on: it stays, or one saves over it knowing what stands there.
		await save({ [field]: second }, { [field]: first });
		expect(await stands()).toEqual(second);
	});

	it('does not mind what the other changed beside it, nor that both wrote the same', async () => {
		await save(aside);
		await save({ [field]: first }, { [field]: was });
		await save({ [field]: first }, { [field]: was });
		expect(await stands()).toEqual(first);
		const { row } = await district.row<{ row: Json }>(thing.read, [ids[thing.subject]]);
		expect(row).toMatchObject(aside);
	});
});

it('spaces around a text, and nothing for an empty one, are no change', async () => {
	await district.rows(`update public.sites set note = ' 从桥头下去 ', interval_days = null where id = $1`, [
		ids['site']
	]);
	await district.call('organizer', 'change_site', {
		p_site: ids['site'],
		p_fields: { note: '从桥尾下去', interval_days: 30 },
		p_expected: { note: '从桥头下去', interval_days: '' }
	});
	expect(
		await district.row('select note, interval_days from public.sites where id = $1', [ids['site']])
	).toEqual({ note: '从桥尾下去', interval_days: 30 });
});

describe('a site', () => {
	const site = () =>
		district.row<{ row: Json }>('select to_jsonb(s) as row from public.sites s where id = $1', [ids['site']]);
	const change = (p_fields: Json) => ({ p_site: ids['site'], p_fields });

	it('takes nothing from a form that records or an import decide', async () => {
		const { row: before } = await site();
		await district.call(
			'organizer',
			'change_site',
			change({
				id: randomUUID(),
				last_cleaned_on: '2031-01-01',
				dataset: 'x',
				external_id: '1',
				retired_at: '2031-01-01',
				edited_fields: ['name'],
				created_at: '2031-01-01'
			})
		);
		const { row: after } = await site();
		expect({ ...after, updated_at: before.updated_at }).toEqual(before);
	});

	it('goes to no area that one does not organize, and says who changed what', async () => {
		expect(
			await district.refused('organizer', 'change_site', change({ area_id: ids['other street'] }))
		).toMatchObject({ code: 'not_yours' });
		expect((await site()).row).toMatchObject({ area_id: ids['own street'] });
		await district.call('organizer', 'change_site', change({ address: '桥头' }));
		expect(
			await district.rows(
				`select p.display_name as by, l.after ->> 'address' as address from public.audit_log l join public.people p on p.id = l.actor_id
				 where l.table_name = 'sites' and l.row_id = $1 order by l.id desc limit 1`,
				[ids['site']]
			)
		).toEqual([{ by: 'organizer', address: '桥头' }]);
	});
});

describe('a person', () => {
	const change = (p_fields: Json, p_expected?: Json) => ({
		p_person: ids['guest'],
		p_fields,
		...(p_expected && { p_expected })
	});
	const phone = async () =>
		(
			await district.row<{ phone: string }>('select phone from public.contacts where person_id = $1', [
				ids['guest']
			])
		).phone;

	it('has one phone number, whichever way a form writes it', async () => {
		await district.call(
			'organizer',
			'change_person',
			change({ phone: '137 1111 2222' }, { phone: '138 0000 0003' })
		);
		expect(await phone()).toBe('+8613711112222');
		await district.call(
			'organizer',
			'change_person',
			change({ phone: '13711112222' }, { phone: '13800000003' })
		);
		expect(
			await district.refused('organizer', 'change_person', change({ phone: '' }, { phone: '138 0000 0003' }))
		).toEqual({ code: 'changed_meanwhile', detail: '["phone"]' });
		expect(await phone()).toBe('+8613711112222');
	});

	it('is changed by those who organize their home, whole or not at all, and moves to none that one does not organize', async () => {
		const before = await district.everything();
		for (const [caller, fields, code] of [
			['other_organizer', { name: '别人' }, 'not_yours'],
			['leader', { name: '别人' }, 'not_yours'],
			['organizer', { area_id: ids['other street'] }, 'not_yours'],
			['organizer', { name: '赵阿姨', phone: '12' }, 'bad_phone'],
			['organizer', { name: ' ', phone: '13711112222' }, 'bad_name'],
			['organizer', { name: '长'.repeat(41) }, 'bad_name']
		] as const)
			expect((await district.refused(caller, 'change_person', change(fields))).code, code).toBe(code);
		expect(await district.everything()).toEqual(before);
	});
});

it('an area is changed by its organizers alone, and keeps its place, level and code', async () => {
	const change = (p_fields: Json) => ({ p_area: ids['own street'], p_fields });
	const before = await district.everything();
	for (const [caller, fields, code] of [
		['other_organizer', { name: '别处' }, 'not_yours'],
		['leader', { phone: '1' }, 'not_yours'],
		['organizer', { name: '' }, 'bad_name'],
		['organizer', { name: '长'.repeat(61) }, 'bad_name']
	] as const)
		expect((await district.refused(caller, 'change_area', change(fields))).code).toBe(code);
	await district.call(
		'organizer',
		'change_area',
		change({ id: randomUUID(), level: 'community', parent_id: null, code: '1', time_zone: 'UTC', sort: 9 })
	);
	expect(await district.everything()).toEqual(before);
	// Empty is nothing, and what is too long is cut.
	await district.call(
		'organizer',
		'change_area',
		change({ responsible_unit: ' ', responsible_person: '长'.repeat(70) })
	);
	expect(
		await district.row(
			`select a.responsible_unit as unit, d.responsible_person as person, d.phone from public.areas a
			 join public.area_duties d on d.area_id = a.id where a.id = $1`,
			[ids['own street']]
		)
	).toEqual({ unit: null, person: '长'.repeat(60), phone: '0851-28220001' });
});
