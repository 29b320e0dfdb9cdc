/** A list of sites on a real engine: imported, imported again, edited, cancelled, exported, imported elsewhere. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '$lib/data/client';
import {
	beginImport,
	cancelImport,
	CHUNK,
	commitImport,
	listDatasets,
	listsWith,
	readForExport,
	stageRows
} from '$lib/data/site-import';
import {
	changeSite,
	listSites,
	readPublicSiteHistory,
	readSite,
	readSiteHistory,
	sitesNear,
	type SiteFields
} from '$lib/data/sites';
import { suggestSites } from '$lib/data/tasks';
import { distanceBetween } from '$lib/domain/sites';
import {
	exportCsv,
	guessMapping,
	parse,
	readSites,
	SITE_FIELDS,
	type ExportWords,
	type ImportOptions
} from '$lib/domain/site-import';
import { utilityDrains } from '$lib/domain/site-import/fixtures/utility-drains';
import { startTestEngine, type TestEngine } from './engine';

let engine: TestEngine;
let organizer: Client;
let neighbour: Client;
let street: string;
let other: string;

beforeAll(async () => {
	engine = await startTestEngine();
	const [district] = await engine.database.rows<{ id: string }>(
		`insert into public.areas (level, name, time_zone) values ('district', 'District', 'Asia/Shanghai') returning id`
	);
	[street, other] = (await Promise.all(
		['North street', 'South street'].map(async (name) => {
			const [row] = await engine.database.rows<{ id: string }>(
				`insert into public.areas (level, name, parent_id) values ('street', $1, $2) returning id`,
				[name, district!.id]
			);
			return row!.id;
		})
	)) as [string, string];
	organizer = await organizerOf(street);
	neighbour = await organizerOf(other);
}, 60_000);
afterAll(() => engine?.close());

async function organizerOf(area: string): Promise<Client> {
	const account = await engine.account(`${randomUUID()}@example.org`);
	const client = engine.client({ token: account.token });
	const { data: person, error } = await client.rpc('start_account', {
		p_display_name: 'Organizer',
		p_area: area,
		p_language: 'zh'
	});
	if (error) throw error;
	await engine.database.rows(
		`insert into public.memberships (area_id, person_id, role) values ($1, $2, 'organizer')`,
		[area, person]
	);
	return client;
}

const WORDS: ExportWords = {
	headers: Object.fromEntries(SITE_FIELDS.map((field) => [field, field])) as ExportWords['headers'],
	kind: (kind) => kind,
	area: (id) => id
};

const inChinese = (_: string, id: string) => `沟渠 ${id}`;
const inEnglish = (_: string, id: string) => `Drain ${id}`;

/** Reads a text as the import page does. */
function read(text: string, areaId = street, nameFor: ImportOptions['nameFor'] = inChinese) {
	const table = parse(text);
	const mapping = guessMapping(
		table.headers,
		table.rows.map((row) => row.cells)
	);
	const options: ImportOptions = {
		areaId,
		datum: 'wgs84',
		kind: 'drain',
		leaveOut: ['Proposed', 'Abandoned'],
		nameFor
	};
	const { nameFor: _, ...kept } = options;
	return {
		reading: readSites(table, mapping, options),
		layout: { headers: table.headers, mapping, options: kept }
	};
}

async function run(
	client: Client,
	text: string,
	dataset = 'drains',
	areaId = street,
	nameFor: ImportOptions['nameFor'] = inChinese
) {
	const { reading, layout } = read(text, areaId, nameFor);
	const id = randomUUID();
	await beginImport(client, id, areaId, dataset, layout);
	for (let at = 0; at < reading.sites.length; at += CHUNK)
		await stageRows(client, id, reading.sites.slice(at, at + CHUNK));
	return commitImport(client, id);
}

const everything = () =>
	engine.database.rows<{ name: string }>(
		'select s.*, e.source from public.sites s left join public.site_extras e on e.site_id = s.id order by s.id'
	);

describe('a utility’s 591 drains', () => {
	const file = utilityDrains(591);

	it('are imported, the planned and the gone left out', async () => {
		expect(await run(organizer, file)).toEqual({ inserted: 460, updated: 0, unchanged: 0 });
		expect(await listDatasets(organizer, street)).toEqual(['drains']);
	});

	it('imported again change nothing, not even when they were last touched', async () => {
		const before = await everything();
		expect(await run(organizer, file)).toEqual({ inserted: 0, updated: 0, unchanged: 460 });
		expect(await everything()).toEqual(before);
	});

	it('imported again in another language keep the names that were made up', async () => {
		const before = await everything();
		expect(await run(organizer, file, 'drains', street, inEnglish)).toEqual({
			inserted: 0,
			updated: 0,
			unchanged: 460
		});
		expect(await everything()).toEqual(before);
		// Of a site that changes otherwise, too.
		const newer = file.replace('EXISTING CB', 'CLEANED OUT');
		expect(await run(organizer, newer, 'drains', street, inEnglish)).toMatchObject({ updated: 1 });
		expect(await run(organizer, file, 'drains', street, inEnglish)).toMatchObject({ updated: 1 });
		const names = (rows: { name: string }[]) => rows.map(({ name }) => name);
		expect(names(await everything())).toEqual(names(before));
	});

	it('are recognised by their ids under another name, by whoever organizes there', async () => {
		const ids = read(file).reading.sites.map(({ externalId }) => externalId);
		expect(await listsWith(organizer, [...ids, 'new'])).toEqual([
			{ area_id: street, dataset: 'drains', held: 460 }
		]);
		// Asked in parts, they add up.
		const many = [...Array.from({ length: 4990 }, (_, n) => `other ${n}`), ...ids];
		expect(await listsWith(organizer, many)).toEqual([{ area_id: street, dataset: 'drains', held: 460 }]);
		expect(await listsWith(organizer, ['new'])).toEqual([]);
		expect(await listsWith(neighbour, ids)).toEqual([]);
	});

	it('come back on export, cell by cell', async () => {
		const groups = await readForExport(organizer, undefined, undefined, () => {});
		const kept = parse(file).rows.filter((row) => row.cells[8] === 'Active');
		const exported = parse(exportCsv(groups, WORDS));
		expect(exported.headers).toEqual(parse(file).headers);
		expect(exported.rows.map((row) => row.cells)).toEqual(kept.map((row) => row.cells));
	});

	it('keep what a person changed, and take the rest from a newer file', async () => {
		const [row] = await engine.database.rows<{ id: string }>(
			`select id from public.sites where external_id = '39'`
		);
		const site = (await readSite(organizer, row!.id))!;
		const fields: SiteFields = { ...site, name: '官井沟渠' };
		for (const extra of ['id', 'dataset', 'external_id', 'last_cleaned_on', 'retired_at'])
			delete fields[extra as never];
		await changeSite(organizer, row!.id, fields);

		const newer = file.replace('EXISTING CB', 'CLEANED OUT');
		expect(await run(organizer, newer)).toEqual({ inserted: 0, updated: 1, unchanged: 459 });
		expect(await readSite(organizer, row!.id)).toMatchObject({ name: '官井沟渠', note: 'CLEANED OUT' });
		expect(await run(organizer, file)).toEqual({ inserted: 0, updated: 1, unchanged: 459 });
	});

	it('can be searched, paged and looked for nearby by anybody', async () => {
		const visitor = engine.client();
		const found = await listSites(visitor, { search: '官井' }, { from: 0, size: 20 });
		expect(found).toMatchObject({ total: 1, sites: [{ name: '官井沟渠' }] });
		expect(await listSites(visitor, { search: 'a"b,%)' }, { from: 0, size: 20 })).toEqual({
			sites: [],
			total: 0
		});

		const page = await listSites(visitor, { areaIds: [street], kind: 'drain' }, { from: 440, size: 50 });
		expect(page.total).toBe(460);
		expect(page.sites).toHaveLength(20);
		expect((await listSites(visitor, { areaIds: [other] }, { from: 0, size: 50 })).total).toBe(0);

		const near = await sitesNear(visitor, {}, { lng: 106.925, lat: 27.705 }, 10);
		expect(near).toHaveLength(10);
		expect(near.map((site) => site.metres)).toEqual(
			near.map((site) => site.metres).toSorted((a, b) => a - b)
		);
	});

	it(
		'are found by distance in a dense town too, where more lie near than one answer holds',
		{ timeout: 30_000 },
		async () => {
			const here = { lng: 110.31, lat: 30.2 };
			// Three thousand within a kilometre or two, and 1,100 at one and the same gate a little further off.
			const made = await engine.database.rows<{ id: string; lng: number; lat: number }>(
				`insert into public.sites (id, area_id, kind, name, lng, lat)
			 select gen_random_uuid(), $1::uuid, 'other', '密 ' || n,
			   case when n <= 3000 then 110.31 + (n * 7919 % 3000 - 1500) * 0.00001 else 110.33 end,
			   case when n <= 3000 then 30.2 + (n * 104729 % 2999 - 1500) * 0.00001 else 30.22 end
			 from generate_series(1, 4100) n returning id, lng, lat`,
				[street]
			);
			const visitor = engine.client();
			for (const [place, count] of [
				[here, 30],
				[{ lng: 110.33, lat: 30.2204 }, 40],
				[{ lng: 110.2, lat: 30.1 }, 25]
			] as const) {
				const truly = made.map((site) => distanceBetween(place, site)).toSorted((a, b) => a - b);
				const near = await sitesNear(visitor, {}, place, count);
				expect(near.map(({ metres }) => Math.round(metres * 100))).toEqual(
					truly.slice(0, count).map((metres) => Math.round(metres * 100))
				);
			}
			await engine.database.rows('delete from public.sites where id = any ($1)', [made.map(({ id }) => id)]);
		}
	);

	it('show their history in parts, to everybody and to organizers', async () => {
		const [site] = await engine.database.rows<{ id: string }>(
			`insert into public.sites (area_id, kind, name) values ($1, 'other', '老地方') returning id`,
			[street]
		);
		const id = site!.id;
		await engine.database.rows(
			`insert into public.tasks (site_id, area_id, date, crew_min, crew_max)
			 select $1, $2, date '2025-01-01' + n, 1, 5 from generate_series(1, 60) n`,
			[id, street]
		);
		const visitor = engine.client();
		const [first, second] = [
			await readPublicSiteHistory(visitor, id),
			await readPublicSiteHistory(visitor, id, 8)
		];
		expect(first.days.map(({ date }) => date).slice(0, 2)).toEqual(['2025-03-02', '2025-03-01']);
		expect([first.days.length, first.more, second.days.length, second.more]).toEqual([8, true, 8, true]);
		expect(second.days[0]!.date).toBe('2025-02-22');
		expect(await readPublicSiteHistory(visitor, id, 56)).toMatchObject({ days: { length: 4 }, more: false });
		expect(await readSiteHistory(organizer, id)).toMatchObject({ days: { length: 50 }, more: true });
		expect(await readSiteHistory(organizer, id, 50)).toMatchObject({ days: { length: 10 }, more: false });
		await engine.database.rows('delete from public.tasks where site_id = $1', [id]);
		await engine.database.rows('delete from public.sites where id = $1', [id]);
	});

	it('need cleaning once their interval has passed, those outside the jurisdiction never', async () => {
		await engine.database.rows(
			`update public.sites set interval_days = case when external_id in ('38', '39', '41') then 28 end, in_jurisdiction = external_id <> '41'`
		);
		const due = async (daysAgo: number) => {
			await engine.database.rows('update public.sites set last_cleaned_on = private.today() - $1::int', [
				daysAgo
			]);
			return (await listSites(organizer, { needsCleaning: true }, { from: 0, size: 10 })).total;
		};
		expect(await due(27)).toBe(0);
		expect(await due(28)).toBe(2);
	});

	it('are suggested as work by how long they wait; what cannot be chosen takes no place from what can', async () => {
		await engine.database.rows(
			`update public.sites set interval_days = case when external_id in ('38', '39', '41') then 28 end,
				in_jurisdiction = external_id not in ('41', '42'),
				last_cleaned_on = private.today() - case external_id when '39' then 50 when '41' then 90 else 40 end`
		);
		const suggested = async (limit: number) => {
			const sites = await suggestSites(organizer, { areas: [street], limit });
			const known = await engine.database.rows<{ id: string; external_id: string }>(
				'select id, external_id from public.sites'
			);
			return sites.map(({ id }) => known.find((one) => one.id === id)!.external_id);
		};
		expect(await suggested(2)).toEqual(['39', '38']);
		expect((await suggested(500)).slice(-2)).toEqual(['41', '42']);
	});
});

describe('an import', () => {
	const few = utilityDrains(4);

	it('renames by a file that has names, except what was named here', async () => {
		const named = (...names: string[]) =>
			`编号,名称,经度,纬度\n${names.map((name, n) => `${n},${name},106.92,27.69`).join('\n')}`;
		const again = (text: string) => run(organizer, text, 'named', street, inEnglish);
		const names = async () =>
			(
				await engine.database.rows<{ name: string }>(
					`select name from public.sites where dataset = 'named' order by external_id`
				)
			).map(({ name }) => name);
		await run(organizer, named('官井沟', '后街沟', ''), 'named');
		expect(await names()).toEqual(['官井沟', '后街沟', '沟渠 2']);
		expect(await again(named('官井沟', '后街沟', ''))).toMatchObject({ unchanged: 3 });
		await engine.database.rows(
			`update public.sites set name = '北门沟' where dataset = 'named' and external_id = '1'`
		);
		expect(await again(named('官井大沟', '后街大沟', '新沟'))).toMatchObject({ updated: 2 });
		expect(await names()).toEqual(['官井大沟', '北门沟', '新沟']);
		// Where the file no longer says, what it said stays.
		expect(await again(named('', '', ''))).toMatchObject({ unchanged: 3 });
		expect(await names()).toEqual(['官井大沟', '北门沟', '新沟']);
	});

	it('that is cancelled leaves nothing, whatever was staged', async () => {
		const before = await everything();
		const { reading, layout } = read(few);
		const id = randomUUID();
		await beginImport(organizer, id, street, 'half', layout);
		await stageRows(organizer, id, reading.sites);
		await cancelImport(organizer, id);
		expect(await everything()).toEqual(before);
		expect(await engine.database.rows('select from private.site_import_rows')).toEqual([]);
		await expect(commitImport(organizer, id)).rejects.toMatchObject({ code: 'gone' });
	});

	it('that meets a row which no site can be made of changes nothing', async () => {
		const before = await everything();
		const { reading, layout } = read(few);
		const id = randomUUID();
		await beginImport(organizer, id, street, 'broken', layout);
		await stageRows(organizer, id, reading.sites.slice(0, 2));
		await stageRows(organizer, id, [{ ...reading.sites[2]!, kind: null as never }]);
		await expect(commitImport(organizer, id)).rejects.toMatchObject({ code: 'bad_value' });
		expect(await everything()).toEqual(before);
		// Nothing is lost either: the row is sent again as it should be.
		await stageRows(organizer, id, reading.sites.slice(2));
		expect(await commitImport(organizer, id)).toEqual({ inserted: 3, updated: 0, unchanged: 0 });
	});

	it('committed twice answers the same', async () => {
		const { reading, layout } = read(few);
		const id = randomUUID();
		await beginImport(organizer, id, street, 'twice', layout);
		await stageRows(organizer, id, reading.sites);
		await stageRows(organizer, id, reading.sites);
		const outcome = await commitImport(organizer, id);
		expect(outcome).toEqual({ inserted: 3, updated: 0, unchanged: 0 });
		expect(await commitImport(organizer, id)).toEqual(outcome);
	});

	it('leaves no staged rows behind, nor what was begun and never finished', async () => {
		const { reading, layout } = read(few);
		const [done, left, open] = [randomUUID(), randomUUID(), randomUUID()];
		for (const id of [done, left, open]) {
			await beginImport(organizer, id, street, 'swept', layout);
			await stageRows(organizer, id, reading.sites);
		}
		await commitImport(organizer, done);
		await engine.database.rows(
			`update public.site_imports set created_at = created_at - interval '25 hours' where id = $1`,
			[left]
		);
		await engine.client('service').rpc('keep_house').throwOnError();
		expect(await engine.database.rows('select distinct import_id from private.site_import_rows')).toEqual([
			{ import_id: open }
		]);
		expect(
			await engine.database.rows('select id from public.site_imports where id = any ($1) order by id', [
				[done, left, open]
			])
		).toEqual([done, open].toSorted().map((id) => ({ id })));
		await cancelImport(organizer, open);
	});

	it('keeps its area from being removed, also when all its sites lie elsewhere by now', async () => {
		const [made] = await engine.database.rows<{ id: string }>(
			`insert into public.areas (level, name, parent_id) select 'street', 'West street', parent_id from public.areas where id = $1 returning id`,
			[street]
		);
		const area = made!.id;
		const west = await organizerOf(area);
		expect(await run(west, few, 'west', area)).toMatchObject({ inserted: 3 });
		for (const table of ['sites', 'people'])
			await engine.database.rows(`update public.${table} set area_id = $1 where area_id = $2`, [
				street,
				area
			]);
		await expect(engine.database.rows('delete from public.areas where id = $1', [area])).rejects.toThrow(
			'site_imports'
		);
	});

	it('is refused for an area of others, and nobody touches another’s', async () => {
		const before = await everything();
		await expect(run(neighbour, few)).rejects.toMatchObject({ code: 'not_yours' });
		const id = randomUUID();
		await beginImport(organizer, id, street, 'mine', read(few).layout);
		await expect(stageRows(neighbour, id, read(few).reading.sites)).rejects.toMatchObject({
			code: 'not_yours'
		});
		await expect(commitImport(neighbour, id)).rejects.toMatchObject({ code: 'not_yours' });
		await cancelImport(organizer, id);
		expect(await everything()).toEqual(before);
	});

	it('of the same ids into another area makes sites of its own', async () => {
		expect(await run(neighbour, few, 'drains', other)).toEqual({ inserted: 3, updated: 0, unchanged: 0 });
	});
});
