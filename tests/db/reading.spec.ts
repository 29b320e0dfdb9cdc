/** What pages read over HTTP with an embedded table: PostgREST refuses it as soon as two ways lead from one to the other. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listInvitations } from '$lib/data/invitations';
import { readGatheringsToRun } from '$lib/data/roster';
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
