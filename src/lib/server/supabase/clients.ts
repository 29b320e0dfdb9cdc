/** Supabase clients for the server: one per request, none remembers a session. */
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import type { Database } from '$lib/data/database.types';
import type { TileSettings } from '../settings';
import { engine } from './engine';
import { quietly } from './quiet';

export type Client = SupabaseClient<Database>;

/** What a browser must know to reach the data. An empty address means: where the page came from. */
export interface PublicConfig {
	url: string;
	key: string;
	/** The ground of maps, where one is configured. */
	tiles: TileSettings | null;
}

export function publicConfig(): PublicConfig {
	const { settings, keys } = engine();
	const tiles = settings.tiles ?? null;
	if (settings.engine.kind === 'platform')
		return { url: settings.engine.url, key: settings.engine.publishableKey, tiles };
	return { url: '', key: keys.publishable_key, tiles };
}

function client(key: string, accessToken?: string): Client {
	const { app, settings } = engine();
	const inProcess: typeof fetch = async (input, init) => {
		const request = new Request(input, init);
		return quietly(new URL(request.url).pathname, async () => app!.fetch(request, { peerAddress: null }));
	};
	return createClient<Database>(
		settings.engine.kind === 'platform' ? settings.engine.url : 'http://localhost',
		key,
		{
			auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
			global: {
				...(app && { fetch: inProcess }),
				...(accessToken && { headers: { Authorization: `Bearer ${accessToken}` } })
			}
		}
	);
}

/** A visitor: may do what anybody on the street may. */
export const serverClient = (): Client => client(publicConfig().key);

/** The person whom this token was issued to. */
export const userClient = (accessToken: string): Client => client(publicConfig().key, accessToken);

/** Beyond every policy. Only for what a function in Postgres reserves to the server. */
export function serviceClient(): Client {
	const { settings, keys } = engine();
	return client(settings.engine.kind === 'platform' ? settings.engine.secretKey : keys.secret_key);
}
