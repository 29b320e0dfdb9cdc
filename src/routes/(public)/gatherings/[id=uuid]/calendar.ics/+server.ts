import { error } from '@sveltejs/kit';
import { listAreas } from '$lib/data/areas';
import { readCalendar, readFeedGathering } from '$lib/data/days';
import { areaName } from '$lib/i18n/area-words';
import { m } from '$lib/paraglide/messages';
import { feedContext } from '$lib/server/feed-context';
import { calendarResponse, gatheringEvent } from '$lib/server/feeds';
import { serverClient } from '$lib/server/supabase';
import type { RequestHandler } from './$types';

/** One gathering, to be put into a calendar with a tap. */
export const GET: RequestHandler = async ({ params, url, locals }) => {
	const client = serverClient();
	const [context, days, areas, gathering] = await Promise.all([
		feedContext(client, url),
		readCalendar(client),
		listAreas(client),
		readFeedGathering(client, params.id)
	]);
	const day = days.find(({ id }) => id === gathering?.labour_day_id);
	const area = areas.find(({ id }) => id === gathering?.area_id);
	if (!gathering || !day || !area) error(404, m.errors_gone());
	// A person taps this, not an app: they read the language of the page they tapped it on.
	const own = { ...context, language: locals.prefs.language };
	const event = gatheringEvent(day, gathering, area, own);
	const response = calendarResponse([event], areaName(area, own.language), own, 'last-friday');
	response.headers.set('cache-control', 'private, no-cache');
	return response;
};
