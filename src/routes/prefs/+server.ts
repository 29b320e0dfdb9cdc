import { redirect } from '@sveltejs/kit';
import { languages, PREFS_MAX_AGE, prefCookies, samePlace, themes } from '$lib/i18n/prefs';

/** Keeps a preference and goes back to the page it was chosen on; works without scripts. */
export async function POST({ request, cookies, url }) {
	const form = await request.formData();
	const allowed: Record<keyof typeof prefCookies, readonly string[]> = {
		language: languages,
		large: ['0', '1'],
		theme: themes
	};
	for (const [pref, cookie] of Object.entries(prefCookies) as [keyof typeof prefCookies, string][]) {
		const value = form.get(pref);
		if (typeof value !== 'string' || !allowed[pref].includes(value)) continue;
		// Scripts change them too; and they must hold on an address without HTTPS.
		cookies.set(cookie, value, {
			path: '/',
			maxAge: PREFS_MAX_AGE,
			httpOnly: false,
			secure: false,
			sameSite: 'lax'
		});
	}
	redirect(303, samePlace(form.get('to'), url.origin));
}
