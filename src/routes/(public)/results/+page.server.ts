import { error } from '@sveltejs/kit';
import { readAreaTasks, readResults } from '$lib/data/results';
import { readPeriod } from '$lib/domain/figures/period';
import { m } from '$lib/paraglide/messages';
import { orErrorPage } from '$lib/server/page-error';
import { serverClient } from '$lib/server/supabase';
import { isId } from '$lib/uuid';
import type { PageServerLoad } from './$types';
import { taskPage, toRead } from './task-page';

/** A document to read: the framework would weigh ten times as much as the page. */
export const csr = false;

export const load = (async ({ url }) => {
	const client = serverClient();
	const period = readPeriod(url.searchParams);
	const asked = url.searchParams.get('area') ?? '';
	const area = isId(asked) ? asked : undefined;
	const every = url.searchParams.get('tasks') === 'all';

	const results = await orErrorPage(
		readResults(client, period.kind === 'this-year' ? undefined : period, area)
	);
	if (!results && area) error(404, m.errors_gone());
	// The whole district's year is a thousand tasks: they are listed below an area or a day.
	const listed = results && (area || period.kind === 'day');
	const tasks = listed ? await orErrorPage(readAreaTasks(client, results, area, toRead(every))) : [];
	return {
		results,
		area: area ?? null,
		kind: period.kind === 'this-year' ? ('year' as const) : period.kind,
		...taskPage(tasks, every)
	};
}) satisfies PageServerLoad;
