/** The demo district on a test engine, and an admin who sees all of it. */
import type { Client } from '$lib/data/client';
import { seed } from '$lib/server/demo';
import { startTestEngine, type TestEngine } from './engine';

const NOW = new Date('2026-11-23T10:00:00Z');

/** `gatherings`: those that are open and have tasks. */
export async function startDemo(): Promise<{ engine: TestEngine; client: Client; gatherings: string[] }> {
	const engine = await startTestEngine();
	await engine.database.rows(`select set_config('lf.clock', '${NOW.toISOString()}', false)`);
	const { district } = await seed((work) => engine.database.transaction(work), NOW);
	const { id, token } = await engine.account('office@example.org');
	const [person] = await engine.database.rows<{ id: string }>(
		`insert into public.people (display_name, area_id) values ('办公室', $1) returning id`,
		[district]
	);
	await engine.database.rows('insert into public.profiles (user_id, person_id) values ($1, $2)', [
		id,
		person?.id
	]);
	await engine.database.rows(
		`insert into public.memberships (area_id, person_id, role) values ($1, $2, 'admin')`,
		[district, person?.id]
	);
	const open = await engine.database.rows<{ id: string }>(
		`select id from public.gatherings where status = 'open' and id in (select gathering_id from public.tasks)`
	);
	return { engine, client: engine.client({ token }), gatherings: open.map((gathering) => gathering.id) };
}
