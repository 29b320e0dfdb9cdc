import { languageTag } from '$lib/i18n/prefs';
import { getLocale } from '$lib/paraglide/runtime';
import type { ClientInit, HandleClientError } from '@sveltejs/kit';

/** The empty page may come from the phone's own store, in a language chosen before. */
export const init: ClientInit = () => {
	document.documentElement.lang = languageTag(getLocale());
};

/** What fails without a signal is told as that. */
export const handleError: HandleClientError = ({ error, message }) => {
	console.error(error);
	return { message, offline: !navigator.onLine || isConnectionLost(error) };
};

/** Browsers word it differently and give no code. */
function isConnectionLost(error: unknown): boolean {
	return (
		error instanceof TypeError &&
		/failed to fetch|load failed|networkerror|dynamically imported module|module script failed/i.test(
			error.message
		)
	);
}
