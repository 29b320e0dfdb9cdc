/** Rows look the same on every engine: as PostgREST writes them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from './engine';
import { startPostgres } from './postgres';

const echo = {
	version: '99999999999999',
	name: 'echo',
	text: `create function public.echo(p_value jsonb) returns jsonb language sql
		as $$ select jsonb_build_object('type', jsonb_typeof(p_value), 'value', p_value) $$;`
};

describe.each([
	['the embedded engine', () => startTestEngine([echo])],
	['PostgreSQL', () => startPostgres({}, [echo])]
])('on %s', (_, start) => {
	let engine: TestEngine;
	beforeAll(async () => {
		engine = await start();
		await engine.database.rows(
			`with district as (
				insert into public.areas (level, name, time_zone) values ('district', 'District', 'Asia/Shanghai') returning id)
			insert into public.sites (area_id, kind, name, hazards, length_m, lng, lat, last_cleaned_on, created_at)
			select id, 'drain', 'Drain', '{deep_water,heavy_lifting}', 620, 106.92, 27.7, '2026-10-30', '2026-11-23 17:49:04.003+00' from district`
		);
	}, 120_000);
	afterAll(() => engine?.close());

	it.each([[[{ a: ['x', 'a "quoted" \\ 字'] }]], [[]], [[1, 2]], [{ a: null }]])(
		'a command gets %j as it was sent',
		async (sent) => {
			const { data, error } = await engine.client('service').rpc('echo' as never, { p_value: sent } as never);
			expect(error).toBeNull();
			expect(data).toEqual({ type: Array.isArray(sent) ? 'array' : 'object', value: sent });
		}
	);

	it('a drawn line is stored as a list and comes back as one', async () => {
		const path = [
			[106.92, 27.7],
			[106.93, 27.71]
		];
		const { data } = await engine
			.client('service')
			.from('sites')
			.update({ path })
			.eq('kind', 'drain')
			.select('path');
		expect(data).toEqual([{ path }]);
		const [row] = await engine.database.rows('select jsonb_typeof(path) as type from public.sites');
		expect(row).toEqual({ type: 'array' });
	});

	it('numbers are numbers, lists are lists, instants are ISO 8601', async () => {
		const { data } = await engine
			.client()
			.from('sites')
			.select(
				'kind, hazards, edited_fields, length_m, lng, last_cleaned_on, created_at, areas!sites_area_id_fkey(name)'
			);
		expect(data).toEqual([
			{
				kind: 'drain',
				hazards: ['deep_water', 'heavy_lifting'],
				edited_fields: [],
				length_m: 620,
				lng: 106.92,
				last_cleaned_on: '2026-10-30',
				created_at: '2026-11-23T17:49:04.003+00:00',
				areas: { name: 'District' }
			}
		]);
	});

	it.each([[[]], [['traffic']], [['deep_water', 'traffic']]] as const)(
		'a list is written as it is read: %j',
		async (hazards) => {
			const client = engine.client('service');
			const { data, error } = await client
				.from('sites')
				.update({ hazards: [...hazards], length_m: 12.5 })
				.eq('kind', 'drain')
				.select('hazards, length_m');
			expect(error).toBeNull();
			expect(data).toEqual([{ hazards, length_m: 12.5 }]);
		}
	);
});
