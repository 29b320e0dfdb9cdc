import { goto } from '$app/navigation';
import { readSelf } from '$lib/data/account';
import type { Client } from '$lib/data/client';
import { keepPreferences } from '$lib/i18n/prefs';
import { getLocale } from '$lib/paraglide/runtime';
import { Route } from '$lib/route';

/**
 * Leads somebody who has just signed in to where they were going; without a place, to their work or their own page.
 * The page takes on their language; large text chosen on this phone stays, whatever the account says.
 */
export async function arrive(client: Client, next: string): Promise<void> {
	const self = await readSelf(client);
	if (!self) return goto(Route.meStart(next), { replaceState: true });
	const organizes = self.roles.some(({ role }) => role !== 'leader');
	const to = next !== '/' ? next : organizes ? Route.organize() : Route.me();
	const large = self.large_text || document.documentElement.hasAttribute('data-large');
	if (keepPreferences(document, { language: self.language, large }, getLocale())) location.replace(to);
	else await goto(to, { replaceState: true });
}
