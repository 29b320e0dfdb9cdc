import { redirect } from '@sveltejs/kit';
import { Route } from '$lib/route';
import type { PageServerLoad } from './$types';

export const csr = false;

/** What is typed into the form leads to the number's own page. */
export const load = (({ url }) => {
	const typed = (url.searchParams.get('number') ?? '')
		.toLowerCase()
		.replace(/[^a-z0-9]/g, '')
		.slice(0, 40);
	if (typed) redirect(303, Route.verify(typed));
}) satisfies PageServerLoad;
