import { listAreas, zoneOf } from '$lib/data/areas';
import { filterOf, queryOf, wantedOf, type Wanted } from '$lib/components/sites/wanted';
import { listSites } from '$lib/data/sites';
import { today } from '$lib/domain/calendar/today';
import { orErrorPage } from '$lib/server/page-error';
import { serverClient } from '$lib/server/supabase';
import type { PageServerLoad } from './$types';

/** A document to read: the framework would weigh ten times as much as the page. */
export const csr = false;

const PAGE = 30;
const MAX_SEARCH = 60;

/** The sites that the address asks for, a page at a time; works as links and a form, without scripts. */
export const load = (async ({ url }) => {
	const client = serverClient();
	const areas = await orErrorPage(listAreas(client));
	const asked = wantedOf(url.searchParams);
	const wanted: Wanted = {
		...asked,
		area: areas.find(({ id }) => id === asked.area)?.id ?? '',
		search: asked.search.trim().slice(0, MAX_SEARCH),
		view: 'list'
	};
	const district = areas.filter(({ level }) => level === 'district').map(({ id }) => id);
	const page = Math.max(1, Math.min(1000, Number.parseInt(url.searchParams.get('page') ?? '1', 10) || 1));
	const { sites, total } = await orErrorPage(
		listSites(client, filterOf(wanted, areas, district), { from: (page - 1) * PAGE, size: PAGE })
	);
	const shown = new Set(sites.map((site) => site.area_id));
	return {
		sites,
		total,
		page,
		pages: Math.max(1, Math.ceil(total / PAGE)),
		wanted,
		query: queryOf(wanted),
		streets: areas
			.filter(({ level }) => level === 'street')
			.map(({ id, name, name_en }) => ({ id, name, name_en })),
		names: areas.filter(({ id }) => shown.has(id)).map(({ id, name, name_en }) => ({ id, name, name_en })),
		today: today(new Date(), zoneOf(areas))
	};
}) satisfies PageServerLoad;
