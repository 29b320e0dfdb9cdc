/** A real PostgreSQL 17 with the app's schema, for what only real connections can show: races, durability, the tools. */
import { openPostgres } from '$lib/server/supabase/postgres';
import type { Migration } from '$lib/server/supabase/migrate';
import { startCluster } from './cluster';
import { serve, type TestEngine } from './engine';

export interface TestPostgres extends TestEngine {
	/** Where `pg` or a command-line tool connects as the owner. */
	url: string;
	/** What the database server has logged so far. */
	log(): string;
}

/** Starts a server of its own. `settings` are PostgreSQL's, e.g. `{ max_connections: 300 }`. */
export async function startPostgres(
	settings: Record<string, string | number> = {},
	extra: Migration[] = []
): Promise<TestPostgres> {
	const { url, log, stop } = await startCluster(settings);
	try {
		const engine = await serve(await openPostgres(url), extra);
		return { ...engine, url, log, close: () => engine.close().finally(stop) };
	} catch (error) {
		await stop();
		throw error;
	}
}
