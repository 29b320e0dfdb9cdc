/**
 * The browser's one Supabase client, loaded only when somebody acts: public pages show without it.
 * On the server, clients are made per request by `lib/server/supabase`; every data function takes the client it uses.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import type { Database } from './database.types';
import { DataError } from './errors';
import { keep, kept, SESSION_KEY } from './kept';

export type Client = SupabaseClient<Database>;

let client: Promise<Client> | undefined;

/** What the server tells every browser. An empty address of the data means: where the page came from. */
interface Config {
	url: string;
	key: string;
	/** The ground of maps; none where none is configured (or was, when this phone last asked). */
	tiles?: { url: string; attribution: string; datum: 'wgs84' | 'gcj02' | 'bd09' } | null;
}

const CONFIG_KEY = 'last-friday-config';

async function fetchConfig(): Promise<Config> {
	const response = await fetch('/config.json').catch(() => null);
	if (!response) throw new DataError('offline');
	if (!response.ok) throw new DataError('server', '', response.status);
	const config = (await response.json()) as Config;
	keep(CONFIG_KEY, config);
	return config;
}

/** What this phone knows from the last time comes first, so that pages open without a signal; the next visit has it anew. */
export async function connection(): Promise<Config> {
	const known = kept<Config>(CONFIG_KEY);
	if (!known) return fetchConfig();
	fetchConfig().catch(() => {});
	return known;
}

async function load(): Promise<Client> {
	const [{ createClient }, { url, key }] = await Promise.all([import('@supabase/supabase-js'), connection()]);
	return createClient<Database>(url || location.origin, key, {
		auth: {
			storageKey: SESSION_KEY,
			flowType: 'pkce',
			persistSession: true,
			autoRefreshToken: true,
			detectSessionInUrl: true
		}
	});
}

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
