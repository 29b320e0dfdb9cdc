/** The embedded engine in memory, served in process the way the app serves it, for tests over HTTP semantics. */
import { randomBytes } from 'node:crypto';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import type { Database as Schema } from '$lib/data/database.types';
import type { MailSettings } from '$lib/server/settings';
import { createLiteApp } from '$lib/server/supabase/app';
import type { Database } from '$lib/server/supabase/database';
import { openEmbedded } from '$lib/server/supabase/embedded';
import type { Keys } from '$lib/server/supabase/keys';
import { orderMigrations, type Migration } from '$lib/server/supabase/migrate';
import { quietly } from '$lib/server/supabase/quiet';

/** The files of supabase/migrations, in order. */
export const migrations: Migration[] = orderMigrations(
	import.meta.glob<string>('/supabase/migrations/*.sql', { query: '?raw', import: 'default', eager: true })
);

const random = () => randomBytes(24).toString('hex');

export interface TestEngine {
	keys: Keys;
	/** SQL as the owner: to arrange rows and to look at what is really there. */
	database: Database;
	/** One HTTP request, with the key of a visitor unless another is given. */
	request(path: string, init?: RequestInit & { key?: string; token?: string }): Promise<Response>;
	/** A client as a browser would have it: of a visitor, of a person by their token, or of the server. */
	client(as?: { token: string } | 'service'): SupabaseClient<Schema>;
	/** Makes an account and signs it in. */
	account(email: string): Promise<{ id: string; token: string }>;
	close(): Promise<void>;
}

/** An embedded engine in memory. `extra` migrations run after the app's own. */
export const startTestEngine = async (extra: Migration[] = [], mail?: MailSettings): Promise<TestEngine> =>
	serve(await openEmbedded(), extra, mail);

/** Prepares a database and answers requests on it. */
export async function serve(
	database: Database,
	extra: Migration[] = [],
	mail?: MailSettings
): Promise<TestEngine> {
	const keys: Keys = {
		jwt_secret: random(),
		publishable_key: `sb_publishable_${random()}`,
		secret_key: `sb_secret_${random()}`,
		phone_pepper: random()
	};
	const app = await createLiteApp({ database, keys, migrations: [...migrations, ...extra], mail });
	const answer = (request: Request) =>
		quietly(new URL(request.url).pathname, () => app.fetch(request, { peerAddress: null }));
	return { keys, database, ...askedAt('http://localhost', keys, answer), close: () => database.close() };
}

/** The ways in which tests ask whatever answers requests to `url`. */
export function askedAt(
	url: string,
	keys: Keys,
	answer: (request: Request) => Promise<Response>
): Pick<TestEngine, 'client' | 'request' | 'account'> {
	const client: TestEngine['client'] = (as) =>
		createClient<Schema>(url, as === 'service' ? keys.secret_key : keys.publishable_key, {
			auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
			global: {
				fetch: (input, init) => answer(new Request(input, init)),
				...(typeof as === 'object' && { headers: { Authorization: `Bearer ${as.token}` } })
			}
		});

	return {
		client,
		request: (path, { key = keys.publishable_key, token, ...init } = {}) => {
			const headers = new Headers(init.headers);
			headers.set('apikey', key);
			if (token) headers.set('authorization', `Bearer ${token}`);
			if (init.body && !headers.has('content-type')) headers.set('content-type', 'application/json');
			return answer(new Request(new URL(path, url), { ...init, headers }));
		},
		account: async (email) => {
			const { data, error } = await client().auth.signUp({ email, password: random() });
			if (error || !data.session) throw error ?? new Error('no session');
			return { id: data.session.user.id, token: data.session.access_token };
		}
	};
}
