/** The built app as a process on a PostgreSQL of its own: what a browser could really ask, doors and proxy included. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Keys } from '$lib/server/supabase/keys';
import { openPostgres } from '$lib/server/supabase/postgres';
import { startApp } from '../e2e/process';
import { startCluster } from './cluster';
import { askedAt, type TestEngine } from './engine';

export interface TestServer extends TestEngine {
	/** Everything that the app and its database server have printed so far. */
	log(): string;
}

/** Starts the app as the last build left it. */
export async function startTestServer(): Promise<TestServer> {
	const cluster = await startCluster();
	const app = await startApp({ env: { DATABASE_URL: cluster.url } });
	const keys = JSON.parse(await readFile(join(app.dataDir, 'keys.json'), 'utf8')) as Keys;
	const database = await openPostgres(cluster.url);
	return {
		keys,
		database,
		log: () => `${app.output()}\n${cluster.log()}`,
		...askedAt(app.url, keys, fetch),
		close: async () => {
			await database.close();
			await app.stop();
			await cluster.stop();
		}
	};
}
