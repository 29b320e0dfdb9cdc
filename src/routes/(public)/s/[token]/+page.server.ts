import { error, fail, redirect } from '@sveltejs/kit';
import { DataError, wordsFor } from '$lib/data/errors';
import { readDistrict } from '$lib/data/days';
import { today } from '$lib/domain/calendar/today';
import { navigationLinks } from '$lib/domain/map-links';
import { m } from '$lib/paraglide/messages';
import { Route } from '$lib/route';
import { guestCancel, guestChange, guestPage } from '$lib/server/bookings';
import { orErrorPage } from '$lib/server/page-error';
import { forgetBooking } from '$lib/server/remembered';
import { serverClient } from '$lib/server/supabase';
import type { Actions, PageServerLoad } from './$types';

export const load = (async ({ params, request, url }) => {
	const [page, district] = await Promise.all([
		orErrorPage(guestPage(params.token, true)),
		readDistrict(serverClient())
	]);
	if (!district) error(404, m.errors_gone());
	const userAgent = request.headers.get('user-agent') ?? '';
	const links = (name: string, { lng, lat }: { lng: number | null; lat: number | null }) =>
		lng !== null && lat !== null
			? navigationLinks({ lng, lat, name }, userAgent, district.time_zone)
			: undefined;
	return {
		page,
		zone: district.time_zone,
		today: today(new Date(), district.time_zone),
		token: params.token,
		link: url.origin + Route.booking(params.token),
		navigation: {
			task: page.task ? await links(page.task.site, page.task) : undefined,
			gathering: await links(page.gathering.place, page.gathering)
		}
	};
}) satisfies PageServerLoad;

/** Runs a command and comes back to the page; a refusal stays on it, in words. */
async function run(token: string, command: () => Promise<unknown>) {
	try {
		await command();
	} catch (cause) {
		if (!(cause instanceof DataError)) throw cause;
		return fail(cause.status || 503, { words: wordsFor(cause) });
	}
	redirect(303, Route.booking(token));
}

/** What is no number is refused by the database, in words. */
const wholeNumber = (value: FormDataEntryValue | null) => Number.parseInt(String(value), 10) || 0;

export const actions = {
	change: async ({ request, params }) => {
		const form = await request.formData();
		const party = { headcount: wholeNumber(form.get('headcount')), minors: wholeNumber(form.get('minors')) };
		return run(params.token, () => guestChange(params.token, party));
	},
	cancel: ({ params, cookies, url }) =>
		run(params.token, async () => {
			await guestCancel(params.token);
			forgetBooking(cookies, url, params.token);
		})
} satisfies Actions;
