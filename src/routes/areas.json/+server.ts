import { json } from '@sveltejs/kit';
import { listAreas } from '$lib/data/areas';
import type { FindableArea } from '$lib/domain/gatherings/find';
import { serverClient } from '$lib/server/supabase';

/** Every area's names, for a search that answers while one types; asked for only when somebody begins to. */
export async function GET() {
	const areas = await listAreas(serverClient());
	const list = areas.map(({ id, parent_id, code, name, name_en }): FindableArea => ({
		id,
		parent_id,
		code,
		name,
		name_en
	}));
	return json(list, { headers: { 'cache-control': 'public, max-age=3600' } });
}
