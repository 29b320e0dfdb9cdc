/**
 * What the shell of every page does with a script, also on pages that are mere documents (`csr = false`: the public pages that
 * one only reads). app.html loads it as /enhance.js. It listens on the document, so it does not matter when a page's parts
 * appear; it stays at a kilobyte because nothing of Svelte or of the app's framework is in it.
 */
import { htmlAttributesFromCookies, keepCookie, prefCookies } from '$lib/i18n/prefs';
import { keepCode, scannedIn } from '$lib/offline/venue-kept';
import { watchUpdates } from '$lib/offline/app-update';
import { probe } from '$lib/offline/connectivity/probe';

// The page may come from the phone's own store, in a size chosen before: bring it to what is chosen now.
htmlAttributesFromCookies(document);

/** Large text needs no journey to the server. */
document.addEventListener('submit', (event) => {
	if (!(event.target instanceof Element) || !event.target.matches('[data-enlarge]')) return;
	event.preventDefault();
	const large = document.documentElement.toggleAttribute('data-large');
	keepCookie(document, prefCookies.large, large ? '1' : '0');
});

// The page that the phone shows without a signal, asked for by a code of the venue: keep it, and go on as soon as the server answers.
// That the phone says it is online is no answer: one bar of signal loads this page once more, and nothing would call again.
const venueKept = document.querySelector('[data-venue-kept]');
const scanned = venueKept && scannedIn(location.pathname);
if (scanned) {
	keepCode({ ...scanned, at: Date.now() });
	venueKept.toggleAttribute('hidden', false);
	const ask = () => void probe().then((well) => well && location.reload());
	addEventListener('online', ask);
	setInterval(ask, 5_000);
}

// The service worker comes after everything the reader waits for. In development files change under it.
if (import.meta.env.PROD) {
	const start = () => void watchUpdates(document);
	if (document.readyState === 'complete') start();
	else addEventListener('load', start, { once: true });
}
