import { htmlAttributesFromCookies } from '$lib/i18n/prefs';
import type { ClientInit, HandleClientError } from '@sveltejs/kit';

/** The page may come from the phone's own store, in a size chosen before: bring it to what is chosen now. */
export const init: ClientInit = () => htmlAttributesFromCookies(document);

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
