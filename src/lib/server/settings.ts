/**
 * Everything that the environment may decide, read once and checked.
 * A value that cannot work ends the start with one sentence (`SettingsError`), never with a stack.
 */
import { resolve } from 'node:path';

/** A mistake in the surroundings (a setting, a folder, a port) that the person who starts the app can put right. */
export class SettingsError extends Error {
	override name = 'SettingsError';
}

export interface MailSettings {
	host: string;
	port: number;
	user?: string;
	pass?: string;
	from: string;
}

/** Where the data live: inside this process, in a PostgreSQL of your own, or on the Supabase platform. */
export type EngineSettings =
	| { kind: 'embedded' }
	| { kind: 'postgres'; url: string }
	| { kind: 'platform'; url: string; publishableKey: string; secretKey: string };

const DATUMS = ['wgs84', 'gcj02', 'bd09'] as const;

/** Where maps get their ground from; without it they show dots on a plain one. */
export interface TileSettings {
	/** With `{z}`, `{x}`, `{y}`, perhaps `{s}`. */
	url: string;
	attribution: string;
	/** The datum the tiles are drawn in: Chinese maps are GCJ-02. */
	datum: (typeof DATUMS)[number];
}

export interface Settings {
	/** Absolute path of the folder that holds keys, photos, backups and, embedded, the database. */
	dataDir: string;
	/** The public address, when a reverse proxy gives the app one. */
	origin: string | undefined;
	engine: EngineSettings;
	mail: MailSettings | undefined;
	tiles: TileSettings | undefined;
}

type Environment = Record<string, string | undefined>;

function engineOf(env: Environment): EngineSettings {
	if (env.PUBLIC_SUPABASE_URL) {
		const { PUBLIC_SUPABASE_PUBLISHABLE_KEY: publishableKey, SUPABASE_SECRET_KEY: secretKey } = env;
		if (!publishableKey || !secretKey) {
			const missing = publishableKey ? 'SUPABASE_SECRET_KEY' : 'PUBLIC_SUPABASE_PUBLISHABLE_KEY';
			throw new SettingsError(`PUBLIC_SUPABASE_URL is set, so ${missing} is needed too.`);
		}
		const { origin } = webAddress('PUBLIC_SUPABASE_URL', env.PUBLIC_SUPABASE_URL);
		return { kind: 'platform', url: origin, publishableKey, secretKey };
	}
	if (!env.DATABASE_URL) return { kind: 'embedded' };
	if (!/^postgres(ql)?:\/\/\S+$/.test(env.DATABASE_URL)) {
		throw new SettingsError('DATABASE_URL must look like postgres://user:password@host:5432/database.');
	}
	return { kind: 'postgres', url: env.DATABASE_URL };
}

function mailOf(env: Environment): MailSettings | undefined {
	if (!env.SMTP_HOST) return undefined;
	if (!env.SMTP_FROM)
		throw new SettingsError('SMTP_HOST is set, so SMTP_FROM (the sender address) is needed too.');
	const port = Number(env.SMTP_PORT || 587);
	if (!Number.isInteger(port) || port < 1 || port > 65535)
		throw new SettingsError('SMTP_PORT must be a port number.');
	return {
		host: env.SMTP_HOST,
		port,
		from: env.SMTP_FROM,
		...(env.SMTP_USER && { user: env.SMTP_USER, pass: env.SMTP_PASS ?? '' })
	};
}

function tilesOf(env: Environment): TileSettings | undefined {
	if (!env.TILE_URL) return undefined;
	const { protocol } = webAddress('TILE_URL', env.TILE_URL.replace('{s}', 'a'));
	if (protocol !== 'https:' || !['{z}', '{x}', '{y}'].every((part) => env.TILE_URL?.includes(part)))
		throw new SettingsError('TILE_URL must look like https://tiles.example.org/{z}/{x}/{y}.png.');
	const datum = DATUMS.find((known) => known === (env.TILE_DATUM || 'wgs84').toLowerCase());
	if (!datum) throw new SettingsError('TILE_DATUM must be wgs84, gcj02 or bd09.');
	return { url: env.TILE_URL, attribution: env.TILE_ATTRIBUTION ?? '', datum };
}

function webAddress(name: string, value: string): URL {
	const url = URL.parse(value);
	if (!url || !/^https?:$/.test(url.protocol)) {
		throw new SettingsError(`${name} must be a web address such as https://example.org.`);
	}
	return url;
}

export function readSettings(env: Environment = process.env): Settings {
	return {
		dataDir: resolve(env.DATA_DIR || 'data'),
		origin: env.ORIGIN ? webAddress('ORIGIN', env.ORIGIN).origin : undefined,
		engine: engineOf(env),
		mail: mailOf(env),
		tiles: tilesOf(env)
	};
}
