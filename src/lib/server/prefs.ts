import type { Cookies, Handle } from '@sveltejs/kit';
import { htmlAttributes, languageTag, prefCookies, themes, type Theme } from '$lib/i18n/prefs';
import { getLocale } from '$lib/paraglide/runtime';

function themeOf(cookies: Cookies): Theme {
	const theme = cookies.get(prefCookies.theme);
	return themes.find((known) => known === theme) ?? 'auto';
}

/** Reads the reader's preferences and writes them on `<html>`. Runs inside Paraglide's handle, which knows the language. */
export const handlePrefs: Handle = ({ event, resolve }) => {
	const prefs = {
		language: getLocale(),
		large: event.cookies.get(prefCookies.large) === '1',
		theme: themeOf(event.cookies)
	};
	event.locals.prefs = prefs;
	return resolve(event, {
		transformPageChunk: ({ html }) =>
			html
				.replace('%lf.lang%', languageTag(prefs.language))
				.replace('%lf.manifest%', prefs.language === 'en' ? '-en' : '')
				.replace(' %lf.attributes%', htmlAttributes(prefs).replace(/^(?=.)/, ' '))
	});
};
