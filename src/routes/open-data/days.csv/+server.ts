import { readOpenDays } from '$lib/data/open-data';
import { openContext } from '$lib/server/open-context';
import { csvAnswer, DAY_COLUMNS, yearOf } from '$lib/server/open-data';
import { serverClient } from '$lib/server/supabase';
import type { RequestHandler } from './$types';

/** The same as days.json, for a spreadsheet. */
export const GET: RequestHandler = async ({ url, request }) => {
	const client = serverClient();
	const { today } = await openContext(client);
	return csvAnswer(DAY_COLUMNS, await readOpenDays(client, yearOf(url, today)), request);
};
