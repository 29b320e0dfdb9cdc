/** The one engine of this process. Kept on `globalThis`, so that a module reloaded in development finds it again. */
import { join } from 'node:path';
import { lockFolder } from '../lock';
import { readSettings, type Settings } from '../settings';
import { createLiteApp, type LiteApp } from './app';
import type { Database } from './database';
import { openEmbedded } from './embedded';
import { loadKeys, type Keys } from './keys';
import { orderMigrations } from './migrate';
import { openPostgres } from './postgres';

export interface Engine {
	readonly settings: Settings;
	readonly keys: Keys;
	/** Absent on the Supabase platform, which serves its interfaces itself. */
	readonly app?: LiteApp;
	readonly database?: Database;
	close(): Promise<void>;
}

const SHARED = Symbol.for('last-friday.engine');
const shared = ((globalThis as { [SHARED]?: Shared })[SHARED] ??= {});

interface Shared {
	starting?: Promise<Engine> | undefined;
	running?: Engine | undefined;
}

const migrations = orderMigrations(
	import.meta.glob<string>('/supabase/migrations/*.sql', { query: '?raw', import: 'default', eager: true })
);

async function open(settings: Settings): Promise<Engine> {
	const keys = loadKeys(settings.dataDir);
	if (settings.engine.kind === 'platform') return { settings, keys, close: async () => {} };

	if (settings.engine.kind === 'postgres')
		return serve(settings, keys, await openPostgres(settings.engine.url));
	const unlock = lockFolder(settings.dataDir);
	try {
		const running = await serve(settings, keys, await openEmbedded(join(settings.dataDir, 'db')));
		return { ...running, close: () => running.close().finally(unlock) };
	} catch (error) {
		unlock();
		throw error;
	}
}

async function serve(settings: Settings, keys: Keys, database: Database): Promise<Engine> {
	try {
		const { mail, origin } = settings;
		const app = await createLiteApp({ database, keys, migrations, mail, origin });
		return { settings, keys, app, database, close: () => database.close() };
	} catch (error) {
		await database.close();
		throw error;
	}
}

/** Opens the database that the environment names and brings it up to date. Later calls wait for the first. */
export function startEngine(settings: Settings = readSettings()): Promise<Engine> {
	shared.starting ??= open(settings).then(
		(engine) => (shared.running = engine),
		(error: unknown) => {
			shared.starting = undefined;
			throw error;
		}
	);
	return shared.starting;
}

/** The running engine. The server's `init` hook has started it before any request arrives. */
export function engine(): Engine {
	const running = shared.running;
	if (!running) throw new Error('The engine has not been started.');
	return running;
}

/** Closes the database; what was acknowledged is on disk. */
export async function stopEngine(): Promise<void> {
	const running = shared.running;
	shared.starting = shared.running = undefined;
	await running?.close();
}

/** Whether the database answers right now. */
export async function healthy(): Promise<boolean> {
	try {
		const { database, settings } = engine();
		if (settings.engine.kind !== 'platform') {
			await database?.rows('select 1');
			return true;
		}
		const { url, publishableKey: apikey } = settings.engine;
		const asked = `${url}/rest/v1/areas?select=id&limit=1`;
		return (await fetch(asked, { headers: { apikey }, signal: AbortSignal.timeout(5_000) })).ok;
	} catch {
		return false;
	}
}

/** One sentence on where the data are, for the console. */
export function place(): string {
	const { settings } = engine();
	if (settings.engine.kind === 'embedded') return `Data: ${settings.dataDir} (embedded database)`;
	const { host } = new URL(settings.engine.url);
	return `Data: ${settings.engine.kind === 'postgres' ? 'PostgreSQL' : 'Supabase'} at ${host}`;
}

/** Where photos are kept: on this machine, or by the Supabase platform. */
export function photoPlace(): { dataDir: string } | 'platform' {
	const { settings } = engine();
	return settings.engine.kind === 'platform' ? 'platform' : { dataDir: settings.dataDir };
}
