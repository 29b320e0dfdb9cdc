import { error } from '@sveltejs/kit';
import { listAreas } from '$lib/data/areas';
import { readCalendar, readFeedGatherings } from '$lib/data/days';
import { areaName } from '$lib/i18n/area-words';
import { m } from '$lib/paraglide/messages';
import { feedContext } from '$lib/server/feed-context';
import { areaEvents, calendarResponse } from '$lib/server/feeds';
import { serverClient } from '$lib/server/supabase';
import type { RequestHandler } from './$types';

/** The gatherings of one area, named by its id or its national code. */
export const GET: RequestHandler = async ({ params, url }) => {
	const client = serverClient();
	const [context, days, areas] = await Promise.all([
		feedContext(client, url),
		readCalendar(client),
		listAreas(client)
	]);
	const area = areas.find(({ id, code }) => id === params.area || code === params.area);
	if (!area) error(404, m.errors_gone());
	const gatherings = await readFeedGatherings(client, days);
	const { language: locale } = context;
	const name = m.calendar_feed_name({ area: areaName(area, locale) }, { locale });
	const events = areaEvents(days, gatherings, area, areas, context);
	return calendarResponse(events, name, context, `last-friday-${area.code ?? area.id}`);
};
