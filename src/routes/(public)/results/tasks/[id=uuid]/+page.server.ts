import { error } from '@sveltejs/kit';
import { readTask } from '$lib/data/results';
import { m } from '$lib/paraglide/messages';
import { orErrorPage } from '$lib/server/page-error';
import { serverClient } from '$lib/server/supabase';
import type { PageServerLoad } from './$types';

/** A document to read: the framework would weigh ten times as much as the page. */
export const csr = false;

export const load = (async ({ params }) => {
	const task = await orErrorPage(readTask(serverClient(), params.id));
	if (!task) error(404, m.errors_gone());
	return { task };
}) satisfies PageServerLoad;
