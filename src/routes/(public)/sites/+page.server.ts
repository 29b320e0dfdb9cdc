import { listAreas, zoneOf } from '$lib/data/areas';
import { listSites } from '$lib/data/sites';
import { today } from '$lib/domain/calendar/today';
import { subtree } from '$lib/domain/areas';
import { KINDS } from '$lib/domain/sites';
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
	const street = areas.find(({ id }) => id === url.searchParams.get('area'));
	const kind = KINDS.find((one) => one === url.searchParams.get('kind'));
	const search = (url.searchParams.get('q') ?? '').trim().slice(0, MAX_SEARCH);
	const page = Math.max(1, Math.min(1000, Number.parseInt(url.searchParams.get('page') ?? '1', 10) || 1));
	const areaIds =
		street && street.level !== 'district' ? subtree(areas, [street.id]).map(({ id }) => id) : undefined;
	const { sites, total } = await orErrorPage(
		listSites(client, { areaIds, kind, search }, { from: (page - 1) * PAGE, size: PAGE })
	);
	const shown = new Set(sites.map((site) => site.area_id));
	return {
		sites,
		total,
		page,
		pages: Math.max(1, Math.ceil(total / PAGE)),
		wanted: { area: street?.id ?? '', kind: kind ?? '', search },
		streets: areas
			.filter(({ level }) => level === 'street')
			.map(({ id, name, name_en }) => ({ id, name, name_en })),
		names: areas.filter(({ id }) => shown.has(id)).map(({ id, name, name_en }) => ({ id, name, name_en })),
		today: today(new Date(), zoneOf(areas))
	};
}) satisfies PageServerLoad;
