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
	for (const name of ['gathering', 'day', 'own street', 'other street', 'site', 'task', 'signup of guest'])
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
