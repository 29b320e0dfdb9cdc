/**
 * The browser's one Supabase client, loaded only when somebody acts: public pages show without it.
 * On the server, clients are made per request by `lib/server/supabase`; every data function takes the client it uses.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import type { Database } from './database.types';
import { DataError } from './errors';

export type Client = SupabaseClient<Database>;

let client: Promise<Client> | undefined;

async function load(): Promise<Client> {
	const [{ createClient }, response] = await Promise.all([
		import('@supabase/supabase-js'),
		fetch('/config.json').catch(() => null)
	]);
	if (!response) throw new DataError('offline');
	if (!response.ok) throw new DataError('server', '', response.status);
	const { url, key } = (await response.json()) as { url: string; key: string };
	return createClient<Database>(url || location.origin, key, {
		auth: { storageKey: SESSION_KEY, persistSession: true, autoRefreshToken: true, detectSessionInUrl: true }
	});
}

/** Where the browser keeps the session; its presence tells a public page, without loading anything, that somebody is signed in. */
export const SESSION_KEY = 'last-friday-session';

/** The browser's client; the first call loads it. Never call it while rendering on the server. */
export function browserClient(): Promise<Client> {
	if (typeof window === 'undefined') throw new Error('browserClient() was called on the server.');
	client ??= load().catch((error: unknown) => {
		client = undefined;
		throw error;
	});
	return client;
}

/** Whether this browser holds a session (perhaps an expired one). Costs nothing. */
export function looksSignedIn(): boolean {
	try {
		return localStorage.getItem(SESSION_KEY) !== null;
	} catch {
		return false;
	}
}
