/** What pages read over HTTP with an embedded table: PostgREST refuses it as soon as two ways lead from one to the other. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listAreasWithUnits, readAreaHistory } from '$lib/data/area-admin';
import { listAreas } from '$lib/data/areas';
import { readGatheringFields, readPartyFields } from '$lib/data/gatherings';
import { listInvitations } from '$lib/data/invitations';
import { readGatheringsToRun } from '$lib/data/roster';
import { readCrewFields } from '$lib/data/tasks';
import { District } from './district';
import { startTestEngine, type TestEngine } from './engine';

let engine: TestEngine;
let district: District;
let token: string;

beforeAll(async () => {
	engine = await startTestEngine();
	const account = await engine.account('organizer@example.org');
	token = account.token;
	district = await District.open(engine, { organizer: account.id });
}, 120_000);
afterAll(() => engine?.close());

it("lists the gatherings an organizer runs, newest first, with their area and day, and not another street's", async () => {
	const [own, elsewhere] = [await district.id('gathering'), await district.id('gathering elsewhere')];
	const rows = await readGatheringsToRun(engine.client({ token }));
	expect(rows.map(({ id }) => id)).toContain(own);
	expect(rows.map(({ id }) => id)).not.toContain(elsewhere);
	const dates = rows.map(({ day }) => day.date);
	expect(dates).toEqual([...dates].sort().reverse());
	expect(rows.find(({ id }) => id === own)).toMatchObject({
		area: { name: expect.any(String) as string },
		day: { status: 'planned' },
		starts: expect.stringMatching(/^\d\d:\d\d$/) as string
	});
});

it('lists the invitations of an organizer', async () => {
	expect(await listInvitations(engine.client({ token }))).toMatchObject([
		{ area: { name: expect.any(String) as string } }
	]);
});

it('reads what a form may change as the form holds it', async () => {
	const client = engine.client({ token });
	expect(await readGatheringFields(client, await district.id('later gathering'))).toMatchObject({
		place: '老城广场',
		starts: '08:30',
		ends: '11:00',
		capacity: 40
	});
	expect(await readPartyFields(client, await district.id('signup of guest'))).toMatchObject({
		name: 'guest',
		headcount: 2,
		minors: 0
	});
	expect(await readCrewFields(client, await district.id('task'))).toEqual({
		crew_min: 2,
		crew_max: 8,
		note: '钥匙在门卫处'
	});
	expect(await readCrewFields(client, await district.id('spare task'))).toMatchObject({ note: '' });
});

it('tells of a gathering on which labour day it is, as that day stands now', async () => {
	const history = async () =>
		(await readAreaHistory(engine.client({ token }), await district.id('own street')))
			.filter(({ table }) => table === 'gatherings')
			.map(({ after, date }) => [after?.['id'], date]);
	const { id, day, date } = await district.gathering();
	expect((await history())[0]).toEqual([id, date]);
	const { later } = await district.row<{ later: string }>(`select ($1::date + 1)::text as later`, [date]);
	await district.call('admin', 'move_labour_day', { p_day: day, p_date: later, p_reason: '下雨' });
	expect((await history())[0]).toEqual([id, later]);
});

it('lists all areas of a large district, each once, in one order', { timeout: 60_000 }, async () => {
	const before = (await listAreas(engine.client())).length;
	// Of one name and place in the order, so that only their ids tell them apart.
	await district.rows(
		`insert into public.areas (parent_id, level, name) select tests.id('other street'), 'community', '新村' from generate_series(1, 2100)`
	);
	const { n } = await district.row<{ n: number }>('select count(*)::int as n from public.areas');
	expect(n).toBe(before + 2100);
	for (const list of [listAreas, listAreasWithUnits]) {
		const areas: { id: string }[] = await list(engine.client({ token }));
		expect(areas).toHaveLength(n);
		expect(new Set(areas.map(({ id }) => id)).size).toBe(n);
		expect(await list(engine.client({ token }))).toEqual(areas);
	}
});
