import { redirect } from '@sveltejs/kit';
import { DataError } from '$lib/data/errors';
import { Route } from '$lib/route';
import { guestPage } from '$lib/server/bookings';
import { forgetAllBookings, forgetBooking, rememberedTokens } from '$lib/server/remembered';
import type { Actions, PageServerLoad } from './$types';

export const load = (async ({ cookies, url }) => {
	const bookings = await Promise.all(
		rememberedTokens(cookies).map(async (token) => {
			try {
				const { name, status, day, gathering, headcount, minors } = await guestPage(token, false);
				return [{ token, name, status, date: day.date, area: gathering.area, headcount, minors }];
			} catch (error) {
				if (!(error instanceof DataError) || error.code !== 'link_unknown') throw error;
				// The sign-up went to an account, or was made anew under another link.
				forgetBooking(cookies, url, token);
				return [];
			}
		})
	);
	const [first, ...others] = bookings.flat();
	if (first && others.length === 0) redirect(303, Route.booking(first.token));
	return { bookings: bookings.flat() };
}) satisfies PageServerLoad;

export const actions = {
	forget: ({ cookies, url }) => {
		forgetAllBookings(cookies, url);
		redirect(303, Route.bookings());
	}
} satisfies Actions;
