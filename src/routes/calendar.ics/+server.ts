import { readCalendar } from '$lib/data/days';
import { areaName } from '$lib/i18n/area-words';
import { m } from '$lib/paraglide/messages';
import { feedContext } from '$lib/server/feed-context';
import { calendarResponse, districtEvents } from '$lib/server/feeds';
import { serverClient } from '$lib/server/supabase';
import type { RequestHandler } from './$types';

/** The district's labour days, for every phone's calendar. */
export const GET: RequestHandler = async ({ url }) => {
	const client = serverClient();
	const [context, days] = await Promise.all([feedContext(client, url), readCalendar(client)]);
	const { district, language: locale } = context;
	const name = m.calendar_feed_name({ area: areaName(district, locale) }, { locale });
	return calendarResponse(districtEvents(days, district, context), name, context, 'last-friday');
};
