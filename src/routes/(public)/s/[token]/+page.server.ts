import { error, fail, redirect } from '@sveltejs/kit';
import { DataError, wordsFor } from '$lib/data/errors';
import { readDistrict } from '$lib/data/days';
import type { Party } from '$lib/data/signups';
import { today } from '$lib/domain/calendar/today';
import { readVenueCode } from '$lib/domain/venue';
import { navigationLinks } from '$lib/domain/map-links';
import { MAX_TOOLS } from '$lib/domain/signups/party';
import { KINDS } from '$lib/domain/sites';
import { m } from '$lib/paraglide/messages';
import { Route } from '$lib/route';
import { guestAskForHours, guestCancel, guestChange, guestCheckIn, guestPage } from '$lib/server/bookings';
import { orErrorPage } from '$lib/server/page-error';
import { forgetBooking, rememberedTokens } from '$lib/server/remembered';
import { serverClient } from '$lib/server/supabase';
import { isId, newId } from '$lib/uuid';
import type { Actions, PageServerLoad } from './$types';

export const load = (async ({ params, request, url, cookies }) => {
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
		/** Of what one may ask: sent twice, it is asked once. */
		asking: newId(),
		/** The code of the venue, when the page was opened by its QR. */
		scanned: readVenueCode(url.searchParams.get('code') ?? '') ?? undefined,
		link: url.origin + Route.booking(params.token),
		remembered: rememberedTokens(cookies).includes(params.token),
		navigation: {
			task: page.task ? await links(page.task.site, page.task) : undefined,
			gathering: await links(page.gathering.place, page.gathering)
		}
	};
}) satisfies PageServerLoad;

/** Runs a command and comes back to the page; a refusal stays on it, in words, and so does what was typed. */
async function run(token: string, command: () => Promise<unknown>, typed?: Party) {
	try {
		await command();
	} catch (cause) {
		if (!(cause instanceof DataError)) throw cause;
		return fail(cause.status || 503, { words: wordsFor(cause), at: 'change', typed });
	}
	redirect(303, Route.booking(token));
}

/** What is no number is refused by the database, in words. */
const wholeNumber = (value: FormDataEntryValue | null) => Number.parseInt(String(value), 10) || 0;

export const actions = {
	change: async ({ request, params }) => {
		const form = await request.formData();
		const wished = new Set(form.getAll('wishes'));
		const party = {
			headcount: wholeNumber(form.get('headcount')),
			minors: wholeNumber(form.get('minors')),
			...(form.has('extras') && {
				wishes: KINDS.filter((kind) => wished.has(kind)),
				tools: String(form.get('tools') ?? '').trim(),
				can_lead: form.has('lead')
			})
		};
		if (party.tools !== undefined && [...party.tools].length > MAX_TOOLS)
			return fail(400, { words: m.signup_tools_too_long(), at: 'change', typed: party });
		// As when signing up: somebody has to answer for the children.
		if (party.headcount > 0 && party.minors >= party.headcount)
			return fail(400, { words: m.signup_minors_wrong(), at: 'change', typed: party });
		return run(params.token, () => guestChange(params.token, party), party);
	},
	checkin: async ({ request, params }) => {
		const form = await request.formData();
		const given = (name: string) => (form.has(name) ? wholeNumber(form.get(name)) : undefined);
		const code = readVenueCode(String(form.get('code') ?? '')) ?? '';
		try {
			await guestCheckIn(params.token, code, {
				heads: given('heads'),
				minors: given('minors'),
				age: given('age')
			});
		} catch (cause) {
			if (!(cause instanceof DataError)) throw cause;
			return fail(cause.status || 503, { words: wordsFor(cause), at: 'checkin' });
		}
		redirect(303, Route.booking(params.token));
	},
	hours: async ({ request, params }) => {
		const form = await request.formData();
		const says = String(form.get('says') ?? '');
		const id = String(form.get('id') ?? '');
		try {
			await guestAskForHours(params.token, isId(id) ? id : newId(), says);
		} catch (cause) {
			if (!(cause instanceof DataError)) throw cause;
			return fail(cause.status || 503, { words: wordsFor(cause), at: 'hours', says });
		}
		redirect(303, Route.booking(params.token));
	},
	cancel: ({ params, cookies, url }) =>
		run(params.token, async () => {
			await guestCancel(params.token);
			forgetBooking(cookies, url, params.token);
		}),
	/** The sign-up stands; a borrowed phone does not lead its owner to it. */
	forget: ({ params, cookies, url }) => {
		forgetBooking(cookies, url, params.token);
		redirect(303, Route.bookings());
	}
} satisfies Actions;
