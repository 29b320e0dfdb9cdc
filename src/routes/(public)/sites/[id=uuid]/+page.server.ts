import { error } from '@sveltejs/kit';
import { listAreas, zoneOf } from '$lib/data/areas';
import { PUBLIC_DAYS, readPublicSiteHistory, readSite } from '$lib/data/sites';
import { today } from '$lib/domain/calendar/today';
import { navigationLinks } from '$lib/domain/map-links';
import { m } from '$lib/paraglide/messages';
import { orErrorPage } from '$lib/server/page-error';
import { serverClient } from '$lib/server/supabase';
import type { PageServerLoad } from './$types';

/** One site as everybody may see it. The links to maps are made here, so that they work without scripts. */
export const load = (async ({ params, request, url }) => {
	const from = Number(/^\d{1,5}$/.exec(url.searchParams.get('from') ?? '')?.[0] ?? 0);
	const client = serverClient();
	const [site, areas, history] = await orErrorPage(
		Promise.all([
			readSite(client, params.id),
			listAreas(client),
			readPublicSiteHistory(client, params.id, from)
		])
	);
	if (!site || site.retired_at) error(404, m.sites_gone());
	const zone = zoneOf(areas);
	const { id, name, name_en } = areas.find((area) => area.id === site.area_id) ?? {
		id: '',
		name: '',
		name_en: null
	};
	const place =
		site.lng === null || site.lat === null ? null : { lng: site.lng, lat: site.lat, name: site.name };
	const links = place && (await navigationLinks(place, request.headers.get('user-agent') ?? '', zone));
	const { days, more } = history;
	/** Where the older and the newer part of the history begin. */
	const pages = {
		older: more ? from + PUBLIC_DAYS : null,
		newer: from > 0 ? Math.max(0, from - PUBLIC_DAYS) : null
	};
	return {
		site,
		area: { id, name, name_en },
		days,
		pages,
		place,
		links,
		zone,
		today: today(new Date(), zone)
	};
}) satisfies PageServerLoad;
