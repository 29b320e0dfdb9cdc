import { readOpenAreas } from '$lib/data/open-data';
import { openContext } from '$lib/server/open-context';
import { jsonAnswer, yearOf } from '$lib/server/open-data';
import { serverClient } from '$lib/server/supabase';
import type { RequestHandler } from './$types';

/** What was done on a year by street, town, community and village. */
export const GET: RequestHandler = async ({ url, request }) => {
	const client = serverClient();
	const { district, today } = await openContext(client);
	const year = yearOf(url, today);
	return jsonAnswer({ district, year, areas: await readOpenAreas(client, year) }, request);
};
