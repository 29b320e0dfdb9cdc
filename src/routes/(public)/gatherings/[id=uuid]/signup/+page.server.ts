import { fail, redirect } from '@sveltejs/kit';
import { DataError, wordsFor } from '$lib/data/errors';
import { listAreas } from '$lib/data/areas';
import { readGathering } from '$lib/data/days';
import { Route } from '$lib/route';
import { guestPage, newFormKey, signUpGuest } from '$lib/server/bookings';
import { orErrorPage } from '$lib/server/page-error';
import { remember } from '$lib/server/remembered';
import { serverClient } from '$lib/server/supabase';
import type { Actions, PageServerLoad } from './$types';
import { HONEYPOT, problemsOf, readParty, type PartyInput } from './party-form';
import { homeOptions } from './home-options';
import { wordsForProblems, type FieldWords } from './problem-words';

export const load = (async ({ params, setHeaders }) => {
	const client = serverClient();
	const [page, areas] = await Promise.all([orErrorPage(readGathering(client, params.id)), listAreas(client)]);
	// Each form is its own, so that sending it twice is signing up once.
	setHeaders({ 'cache-control': 'private, no-cache' });
	return { ...page, homes: homeOptions(areas, page.gathering.area.id), formKey: newFormKey() };
}) satisfies PageServerLoad;

interface Refusal {
	party: PartyInput;
	fields: FieldWords;
	/** Words for what concerns no single field. */
	words: string;
	/** The number is signed up already; where that leads, if this phone did it. */
	taken?: boolean;
}

const refuse = (status: number, refusal: Refusal) => fail(status, refusal);

/** Refusals of the database that belong next to a field. */
const FIELD_OF: Partial<Record<string, keyof FieldWords>> = {
	bad_name: 'name',
	bad_phone: 'phone',
	phone_needed: 'phone',
	bad_headcount: 'headcount',
	bad_minors: 'minors',
	adult_needed: 'minors'
};

export const actions = {
	default: async ({ request, params, cookies, url, getClientAddress }) => {
		const form = await request.formData();
		const party = readParty(form);
		const fields = wordsForProblems(problemsOf(party));
		if (Object.keys(fields).length > 0) return refuse(400, { party, fields, words: '' });
		// A machine filled in what no person sees: it gets the words of a failure and nothing to learn from.
		if (form.get(HONEYPOT)) return refuse(400, { party, fields, words: wordsFor(null) });

		let token: string;
		try {
			token = await signUpGuest(
				params.id,
				{
					name: party.name,
					phone: party.phone,
					headcount: party.headcount,
					minors: party.minors,
					home_area_id: party.home,
					wishes: party.wishes,
					can_lead: party.lead,
					tools: party.tools
				},
				String(form.get('key')),
				getClientAddress()
			);
		} catch (error) {
			if (!(error instanceof DataError)) throw error;
			const field = FIELD_OF[error.code];
			return refuse(error.status || 503, {
				party,
				fields: field ? { [field]: wordsFor(error) } : {},
				words: field ? '' : wordsFor(error),
				taken: error.code === 'already_signed_up'
			});
		}
		const { day } = await guestPage(token, true);
		remember(cookies, url, token, day.id);
		redirect(303, Route.booking(token));
	}
} satisfies Actions;
