/**
 * What the shell of every page does with a script, also on pages that are mere documents (`csr = false`: the public pages that
 * one only reads). app.html loads it as /enhance.js. It listens on the document, so it does not matter when a page's parts
 * appear; it stays at a kilobyte because nothing of Svelte or of the app's framework is in it.
 */
import { htmlAttributesFromCookies, keepCookie, prefCookies } from '$lib/i18n/prefs';
import { watchUpdates } from '$lib/offline/app-update';

// The page may come from the phone's own store, in a size chosen before: bring it to what is chosen now.
htmlAttributesFromCookies(document);

/** Large text needs no journey to the server. */
document.addEventListener('submit', (event) => {
	if (!(event.target instanceof Element) || !event.target.matches('[data-enlarge]')) return;
	event.preventDefault();
	const large = document.documentElement.toggleAttribute('data-large');
	keepCookie(document, prefCookies.large, large ? '1' : '0');
});

// The service worker comes after everything the reader waits for. In development files change under it.
if (import.meta.env.PROD) {
	const start = () => void watchUpdates(document);
	if (document.readyState === 'complete') start();
	else addEventListener('load', start, { once: true });
}
