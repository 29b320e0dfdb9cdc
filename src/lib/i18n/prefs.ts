/** How a reader wants pages shown. Kept in cookies, so that the server renders it and no page flashes. */

export const languages = ['zh', 'en'] as const;
export const themes = ['auto', 'light', 'dark'] as const;
export type Language = (typeof languages)[number];
export type Theme = (typeof themes)[number];

export interface Prefs {
	language: Language;
	large: boolean;
	theme: Theme;
}

/** Cookie names; `lang` is Paraglide's too. */
export const prefCookies = { language: 'lang', large: 'large', theme: 'theme' } as const;
export const PREFS_MAX_AGE = 400 * 24 * 60 * 60;

/** The language tag for `<html lang>` and `Intl`. */
export const languageTag = (language: Language): string => (language === 'zh' ? 'zh-CN' : 'en');

/** The attributes these preferences put on `<html>`. */
export function htmlAttributes({ large, theme }: Pick<Prefs, 'large' | 'theme'>): string {
	return [large && 'data-large', theme !== 'auto' && `data-theme="${theme}"`].filter(Boolean).join(' ');
}

/** One short word per way a page can be shown: the part of a page cache's key that is not the address. */
export const prefsKey = ({ language, large, theme }: Prefs): string =>
	`${language}${large ? '+large' : ''}${theme === 'auto' ? '' : `+${theme}`}`;

/** Where to go back to after a change: a path on this site, whatever was asked for. */
export function samePlace(asked: unknown, origin: string): string {
	try {
		const url = new URL(typeof asked === 'string' ? asked : '/', origin);
		return url.origin === origin ? url.pathname.replace(/^\/{2,}/, '/') + url.search : '/';
	} catch {
		return '/';
	}
}

/** Does in the browser what the server does with the same cookies. */
export function htmlAttributesFromCookies(document: Document): void {
	const value = (name: string) => new RegExp(`(?:^|; )${name}=([^;]*)`).exec(document.cookie)?.[1];
	const root = document.documentElement;
	root.toggleAttribute('data-large', value(prefCookies.large) === '1');
	const theme = value(prefCookies.theme);
	if (theme === 'light' || theme === 'dark') root.dataset['theme'] = theme;
	else delete root.dataset['theme'];
}

/** Keeps a preference in the browser, as POST /prefs does on the server. */
export function keepCookie(document: Document, name: string, value: string): void {
	document.cookie = `${name}=${value};path=/;max-age=${PREFS_MAX_AGE};samesite=lax`;
}

/** Keeps a person's own preferences in the browser's cookies; true when the page must load anew to speak their language. */
export function keepPreferences(
	document: Document,
	{ language, large }: { language: Language; large: boolean },
	shown: Language
): boolean {
	keepCookie(document, prefCookies.language, language);
	keepCookie(document, prefCookies.large, large ? '1' : '0');
	htmlAttributesFromCookies(document);
	return language !== shown;
}
