/**
 * The session as the service worker may read it: it has no page and no localStorage. Only a page writes here, and only a page
 * renews a token; the worker sends while the token lasts.
 */
import type { Connection } from '$lib/data/rpc';
import { withDatabase } from './database';

export interface KeptSession extends Connection {
	/** The person whose records may leave with this token. */
	person: string;
	/** Which phone this is, to the server. Absent in what an earlier version left. */
	device?: string;
}

const KEY = 'current';

/** Null forgets. A browser that keeps nothing has no background sending either. */
export async function keepSession(session: KeptSession | null): Promise<void> {
	await withDatabase(async (db) => {
		if (session) await db.put('session', session, KEY);
		else await db.delete('session', KEY);
	}).catch(() => {});
}

export const keptSession = (): Promise<KeptSession | undefined> =>
	withDatabase((db) => db.get('session', KEY)).catch(() => undefined);
