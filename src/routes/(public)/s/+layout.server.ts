import type { LayoutServerLoad } from './$types';

/** These pages are one person's: nobody on the way keeps them, no search engine finds them. */
export const load = (({ setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' });
}) satisfies LayoutServerLoad;
