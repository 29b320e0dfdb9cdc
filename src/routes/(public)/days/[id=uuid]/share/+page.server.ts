import { error } from '@sveltejs/kit';
import { readDay } from '$lib/data/days';
import { readResults } from '$lib/data/results';
import { m } from '$lib/paraglide/messages';
import { orErrorPage } from '$lib/server/page-error';
import { serverClient } from '$lib/server/supabase';
import type { PageServerLoad } from './$types';

export const load = (async ({ params, url }) => {
	const client = serverClient();
	const page = await orErrorPage(readDay(client, params.id));
	if (!page?.day) error(404, m.errors_gone());
	const { date } = page.day;
	const results =
		date <= page.today ? await orErrorPage(readResults(client, { from: date, to: date })) : null;
	return {
		page: { ...page, day: page.day },
		/** Only of a day on which something was done. */
		results: results && (results.days.length > 0 || results.areas.length > 0) ? results : null,
		gathering: url.searchParams.get('gathering'),
		origin: url.origin
	};
}) satisfies PageServerLoad;
