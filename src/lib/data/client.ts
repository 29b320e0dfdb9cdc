/** The browser's one connection to the data, made when a page first needs it. */
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import type { Database } from './database.types';
import { DataError } from './errors';

export type Client = SupabaseClient<Database>;

let connecting: Promise<Client> | undefined;

/** The signed-in person's client. Only for the browser: on the server each request has its own (`lib/server`). */
export function browserClient(): Promise<Client> {
	if (typeof window === 'undefined') throw new Error('browserClient() was called on the server');
	connecting ??= connect().catch((cause: unknown) => {
		connecting = undefined;
		throw cause;
	});
	return connecting;
}

async function connect(): Promise<Client> {
	const answer = await fetch('/config.json').catch(() => null);
	if (!answer) throw new DataError('offline');
	if (!answer.ok) throw new DataError('server', '', answer.status);
	const { url, key } = (await answer.json()) as { url: string; key: string };
	return createClient<Database>(url || location.origin, key, { auth: { flowType: 'pkce' } });
}
