import { error } from '@sveltejs/kit';
import { listAreas } from '$lib/data/areas';
import { readDay } from '$lib/data/days';
import { findGatherings } from '$lib/domain/gatherings/find';
import { m } from '$lib/paraglide/messages';
import { orErrorPage } from '$lib/server/page-error';
import { serverClient } from '$lib/server/supabase';
import { dayView } from './day-view';

const MAX_SEARCH = 60;

/** What the page of a labour day needs (by default the next one), with what the address asks to find on it. */
export async function loadDay(url: URL, id?: string) {
	const client = serverClient();
	const page = await orErrorPage(readDay(client, id));
	if (id && !page?.day) error(404, m.errors_gone());
	const view = page && dayView(page);
	const search = (url.searchParams.get('area') ?? '').trim().slice(0, MAX_SEARCH);
	const found =
		view && search
			? findGatherings(view.gatherings, await listAreas(client), search).map((gathering) => gathering.id)
			: null;
	return { view, search, found };
}
