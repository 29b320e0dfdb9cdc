import { readGathering } from '$lib/data/days';
import { navigationLinks } from '$lib/domain/map-links';
import { orErrorPage } from '$lib/server/page-error';
import { serverClient } from '$lib/server/supabase';
import type { PageServerLoad } from './$types';

export const load = (async ({ params }) => {
	const page = await orErrorPage(readGathering(serverClient(), params.id));
	const { lng, lat, place } = page.gathering;
	return {
		...page,
		// For a phone nobody knows yet: the page is the same for all. The browser puts its own map first.
		links:
			lng !== null && lat !== null
				? await navigationLinks({ lng, lat, name: place }, '', page.district.time_zone)
				: []
	};
}) satisfies PageServerLoad;
