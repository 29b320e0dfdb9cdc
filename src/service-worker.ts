/**
 * Opens the app without a signal. Kept at installation: the offline page and one empty page that every page made in the
 * browser starts from — a few kilobytes, because most visitors come once. The files of a visited page are kept when the
 * page says which it has (no transfer); all of them for those who work in the alley. Decisions are in `caching.ts`.
 */
import { version } from '$service-worker';
import {
	COMPLETE,
	ENHANCE,
	known,
	mayKeep,
	OFFLINE,
	SHELL,
	treatmentOf,
	type PageMessage,
	type Treatment
} from '$lib/offline/caching';
import { SYNC_TAG } from '$lib/offline/executor/background';
import { sendInBackground } from '$lib/offline/executor/worker';
import { clientsClaim } from 'workbox-core';
import { ExpirationPlugin } from 'workbox-expiration';
import { cleanupOutdatedCaches, matchPrecache, precache } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { CacheFirst, NetworkFirst, NetworkOnly, StaleWhileRevalidate } from 'workbox-strategies';

declare const self: ServiceWorkerGlobalScope & {
	__WB_MANIFEST: { url: string; revision: string | null }[];
};

const ASSETS = 'assets';
const READY = 'ready';
const PAGES = ['pages', 'data'] as const;
const build = new Set(
	(self.__WB_MANIFEST as { url: string }[]).map(({ url }) => `/${url.replace(/^\//, '')}`)
);

precache([OFFLINE, SHELL, ENHANCE].map((url) => ({ url, revision: version })));
cleanupOutdatedCaches();
clientsClaim();

const keepable = {
	cacheWillUpdate: async ({ response }: { response: Response }) => (mayKeep(response) ? response : null)
};
const fallback = (url: string) => ({
	handlerDidError: async () => (await matchPrecache(url)) ?? Response.error()
});
/** What was kept at installation, where neither the network nor a later copy has it. */
const precached = {
	handlerDidError: async ({ request }: { request: Request }) =>
		(await matchPrecache(request.url)) ?? Response.error()
};
const at =
	(treatment: Treatment) =>
	({ url, request }: { url: URL; request: Request }) =>
		treatmentOf(url, self.location.origin, {
			method: request.method,
			navigates: request.mode === 'navigate'
		}) === treatment;
const recent = () => new ExpirationPlugin({ maxEntries: 40, maxAgeSeconds: 35 * 24 * 60 * 60 });

const shell = new NetworkOnly({ networkTimeoutSeconds: 4, plugins: [fallback(SHELL)] });
/** A phone that has every file of this version opens from them at once, also with one bar of signal; others ask first. */
registerRoute(at('shell'), {
	handle: async (options) =>
		((await isComplete()) ? await matchPrecache(SHELL) : undefined) ?? shell.handle(options)
});
registerRoute(
	at('page'),
	new NetworkFirst({
		cacheName: PAGES[0],
		networkTimeoutSeconds: 6,
		plugins: [keepable, recent(), fallback(OFFLINE)]
	})
);
registerRoute(at('data'), new NetworkFirst({ cacheName: PAGES[1], plugins: [keepable, recent()] }));
registerRoute(at('asset'), new CacheFirst({ cacheName: ASSETS, plugins: [keepable] }));
registerRoute(
	at('static'),
	new StaleWhileRevalidate({ cacheName: 'static', plugins: [keepable, precached] })
);

/** Puts those files among the assets that are not there; one that fails does not keep the others away. @returns how many failed */
async function keep(names: Iterable<string>): Promise<number> {
	const cache = await caches.open(ASSETS);
	const there = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
	let failed = 0;
	for (const name of names) {
		if (!there.has(name)) await cache.add(name).catch(() => (failed += 1));
	}
	return failed;
}

/** Every file of this version, and a mark that it is so. */
async function keepAll(): Promise<number> {
	const failed = await keep(build);
	if (failed === 0) await (await caches.open(READY)).put(COMPLETE, new Response(version));
	return failed;
}

/** Moves the mark on to this version, where an earlier one had it and every file of this one is there. */
async function markReady(): Promise<void> {
	if (await (await caches.open(READY)).match(COMPLETE)) await keepAll();
}

async function isComplete(): Promise<boolean> {
	const mark = await (await caches.open(READY)).match(COMPLETE);
	return (await mark?.text()) === version;
}

/** Files of earlier builds go when this one has taken over. */
async function forgetOldFiles(): Promise<void> {
	const cache = await caches.open(ASSETS);
	for (const { url } of await cache.keys()) {
		if (!build.has(new URL(url).pathname)) await cache.delete(url);
	}
}

/**
 * A phone that was made ready stays so: a new version waits until it has every file too, and only then may take over, which
 * it does by itself once no page is open. One that cannot be had whole is tried again later; the old one goes on meanwhile.
 */
async function keepReady(): Promise<void> {
	if (!(await (await caches.open(READY)).match(COMPLETE))) return;
	const failed = await keep(build);
	if (failed > 0) throw new Error('Files of this version could not be had.');
}

self.addEventListener('install', (event) => event.waitUntil(keepReady()));
self.addEventListener('activate', (event) => event.waitUntil(markReady().then(forgetOldFiles)));

self.addEventListener('message', (event) => {
	const message = event.data as PageMessage | undefined;
	if (message?.type === 'update') void self.skipWaiting();
	else if (message?.type === 'claim') event.waitUntil(self.clients.claim());
	else if (message?.type === 'keep') event.waitUntil(keep(known(message.assets, build)));
	else if (message?.type === 'keep-all')
		event.waitUntil(keepAll().then((failed) => event.ports[0]?.postMessage({ failed })));
});

/** The browser has found a network, perhaps long after the page was closed. */
self.addEventListener('sync', (event) => {
	const { tag } = event as ExtendableEvent & { tag: string };
	if (tag === SYNC_TAG) (event as ExtendableEvent).waitUntil(sendInBackground());
});

// Kept pages are in the language and size they were read in: a change of either makes them stale.
self.addEventListener('fetch', (event) => {
	const { method, url } = event.request;
	if (method !== 'POST' || new URL(url).pathname !== '/prefs') return;
	event.waitUntil(Promise.all(PAGES.map((name) => caches.delete(name))));
});
