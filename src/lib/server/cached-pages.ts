/** Which pages are the same for everybody, and their way through the page cache. */
import { prefsKey } from '$lib/i18n/prefs';
import type { Handle, RequestEvent } from '@sveltejs/kit';
import { encodingFor, PageCache } from './page-cache';

/**
 * Pages that depend on nothing but their address, the reader's language, size and theme. A page is named here by whoever
 * made sure of that: what is not named is rendered for each reader.
 */
const IMPERSONAL: ReadonlySet<string | null> = new Set([
	'/(public)',
	'/(public)/days',
	'/(public)/days/[id=uuid]',
	'/(public)/gatherings/[id=uuid]',
	'/(public)/results',
	'/(public)/results/tasks/[id=uuid]',
	'/(public)/open-data',
	'/(public)/about'
]);

/** An address longer than any link on a page is somebody's play: it is answered, and not kept. */
const MAX_ADDRESS = 500;

/** No other part of the request may decide what the page says. */
const SHARED_HEADERS = {
	// The browser asks each time whether its copy still holds: the answer is an empty 304.
	'cache-control': 'no-cache',
	vary: 'cookie, accept-language'
};

const pages = new PageCache();

function isImpersonal({ request, route, isSubRequest }: RequestEvent): boolean {
	return (
		request.method === 'GET' && !isSubRequest && IMPERSONAL.has(route.id) && request.url.length <= MAX_ADDRESS
	);
}

/** Runs after the preferences are known and before the page is rendered. */
export const handleCachedPages: Handle = ({ event, resolve }) => {
	if (!isImpersonal(event)) return resolve(event);
	// `request.url` and not `event.url`: what a page loads as data has an address of its own.
	const key = `${prefsKey(event.locals.prefs)} ${event.request.url}`;
	return pages.get(key, encodingFor(event.request.headers.get('accept-encoding')), async () => {
		const response = await resolve(event);
		for (const [name, value] of Object.entries(SHARED_HEADERS)) response.headers.set(name, value);
		return response;
	});
};
