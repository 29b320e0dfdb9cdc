/** What the service worker does with a request, decided here so that it can be tested without one. */

/**
 * shell: a page made in the browser; opens from the kept empty page when the network does not answer.
 * page: a server-rendered page; the newest, else the copy of the last visit, else the offline page.
 * data: what such a page loads when one moves inside the app.
 * asset: a built file whose name changes with its content.
 * static: the icons and the like.
 * none: not the service worker's business.
 */
export type Treatment = 'shell' | 'page' | 'data' | 'asset' | 'static' | 'none';

const ASSETS = '/_app/immutable/';
const SHELLS = /^\/(start|me|lead|organize)(\/|$)/;
/** Answers with people's data, interfaces and files: never kept by the service worker, whatever page asks. */
const NEVER =
	/^\/(rest|auth|storage|photos|prefs|config\.json|healthz|setup|sign-in|sign-out|enrol|invite)(\/|$)/;

/** The empty page that every page made in the browser starts from, kept for the day without a signal. */
export const SHELL = '/shell';
export const OFFLINE = '/offline';
/** The script of every page's shell (src/enhance.ts): what the offline page does, it does by this. */
export const ENHANCE = '/enhance.js';
/** Where the service worker keeps the mark that this phone has every file of a version. */
export const COMPLETE = '/_app/complete';

export interface Asked {
	method: string;
	/** Whether the whole page is asked for, as by a link or the address bar. */
	navigates: boolean;
}

export function treatmentOf(url: URL, origin: string, { method, navigates }: Asked): Treatment {
	const { pathname } = url;
	if (url.origin !== origin || method !== 'GET') return 'none';
	if (pathname.startsWith(ASSETS)) return 'asset';
	if (pathname.endsWith('/__data.json')) {
		const page = pathname.slice(0, -'__data.json'.length);
		return NEVER.test(page) || SHELLS.test(page) ? 'none' : 'data';
	}
	if (NEVER.test(pathname)) return 'none';
	if (/^\/(enhance\.js|[\w-]+\.(svg|png|webmanifest))$/.test(pathname)) return 'static';
	if (!navigates || /\.\w+$/.test(pathname)) return 'none';
	return SHELLS.test(pathname) ? 'shell' : 'page';
}

/** Whether an answer may be kept on the phone: a page that says no-store holds somebody's data. */
export function mayKeep(response: Pick<Response, 'status' | 'redirected' | 'headers'>): boolean {
	return (
		response.status === 200 &&
		!response.redirected &&
		!/no-store/i.test(response.headers.get('cache-control') ?? '')
	);
}

/** Of the files a page names, those this build has: nothing else is ever put among the assets. */
export function known(names: readonly string[], assets: ReadonlySet<string>): string[] {
	return names.filter((name) => assets.has(name));
}

/** What a page may tell the service worker. */
export type PageMessage =
	/** These files are on this phone already: keep them, so that the page opens again without a signal. */
	| { type: 'keep'; assets: string[] }
	/** This phone will work without a signal: fetch every page's files. Answers { failed } on the port that comes along. */
	| { type: 'keep-all' }
	/** This page has no worker though there is one: take it over, or its next request goes past what was kept. */
	| { type: 'claim' }
	/** The person agreed to the new version. */
	| { type: 'update' };
