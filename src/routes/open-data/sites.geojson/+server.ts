import { openContext } from '$lib/server/open-context';
import { jsonAnswer } from '$lib/server/open-data';
import { serverClient } from '$lib/server/supabase';
import type { RequestHandler } from './$types';

const PAGE = 1000;

/** The sites in use that have a place, as points in WGS-84 (RFC 7946). They are public on the map already. */
export const GET: RequestHandler = async ({ request }) => {
	const client = serverClient();
	await openContext(client);
	const features = [];
	for (let from = 0; ; from += PAGE) {
		const { data } = await client
			.from('sites')
			.select('id, kind, name, length_m, lng, lat, last_cleaned_on, areas!sites_area_id_fkey(name)')
			.is('retired_at', null)
			.not('lng', 'is', null)
			.not('lat', 'is', null)
			.order('id')
			.range(from, from + PAGE - 1)
			.throwOnError();
		for (const { id, lng, lat, areas, ...rest } of data)
			features.push({
				type: 'Feature',
				id,
				geometry: { type: 'Point', coordinates: [lng, lat] },
				properties: { ...rest, area: areas?.name ?? null }
			});
		if (data.length < PAGE) break;
	}
	return jsonAnswer({ type: 'FeatureCollection', features }, request, 'application/geo+json');
};
