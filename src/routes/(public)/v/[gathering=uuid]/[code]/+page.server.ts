import { redirect } from '@sveltejs/kit';
import { DataError } from '$lib/data/errors';
import { readDistrict } from '$lib/data/days';
import { today } from '$lib/domain/calendar/today';
import { readVenueCode } from '$lib/domain/venue';
import { Route } from '$lib/route';
import { guestPage } from '$lib/server/bookings';
import { rememberedTokens } from '$lib/server/remembered';
import { serverClient } from '$lib/server/supabase';
import type { PageServerLoad } from './$types';

/** The code of the venue leads to one's own page: of the sign-ups that this phone remembers, to the one for today and here. */
export const load = (async ({ params, cookies, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' });
	const code = readVenueCode(params.code) ?? '';
	const district = await readDistrict(serverClient());
	const date = district && today(new Date(), district.time_zone);
	const found = await Promise.all(
		rememberedTokens(cookies).map(async (token) => {
			try {
				const page = await guestPage(token, false);
				const here = page.gathering.id === params.gathering && page.day.date === date;
				return here && page.status !== 'cancelled' ? [{ token, name: page.name }] : [];
			} catch (error) {
				if (!(error instanceof DataError) || error.code !== 'link_unknown') throw error;
				return [];
			}
		})
	);
	const parties = found.flat().map(({ token, name }) => ({ name, href: Route.bookingWith(token, code) }));
	const [only] = parties;
	if (only && parties.length === 1) redirect(303, only.href);
	return { parties, code };
}) satisfies PageServerLoad;
