import { readOpenAreas } from '$lib/data/open-data';
import { openContext } from '$lib/server/open-context';
import { csvAnswer, AREA_COLUMNS, yearOf } from '$lib/server/open-data';
import { serverClient } from '$lib/server/supabase';
import type { RequestHandler } from './$types';

/** The same as areas.json, for a spreadsheet. */
export const GET: RequestHandler = async ({ url, request }) => {
	const client = serverClient();
	const { today } = await openContext(client);
	return csvAnswer(AREA_COLUMNS, await readOpenAreas(client, yearOf(url, today)), request);
};
