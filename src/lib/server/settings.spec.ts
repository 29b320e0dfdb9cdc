import { describe, expect, it } from 'vitest';
import { readSettings } from './settings';

const platform = {
	PUBLIC_SUPABASE_URL: 'https://abc.supabase.co/',
	PUBLIC_SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_x',
	SUPABASE_SECRET_KEY: 'sb_secret_x'
};

describe('the settings', () => {
	it('choose the engine', () => {
		expect(readSettings({}).engine).toEqual({ kind: 'embedded' });
		expect(readSettings({ DATABASE_URL: 'postgres://a@b/c' }).engine.kind).toBe('postgres');
		expect(readSettings({ ...platform, DATABASE_URL: 'postgres://a@b/c' }).engine).toMatchObject({
			kind: 'platform',
			url: 'https://abc.supabase.co'
		});
	});

	it('keep the data in ./data unless told otherwise', () => {
		expect(readSettings({}).dataDir).toBe(`${process.cwd()}/data`);
		expect(readSettings({ DATA_DIR: '/srv/lf' }).dataDir).toBe('/srv/lf');
	});

	it('send mail only with a server and a sender', () => {
		expect(readSettings({}).mail).toBeUndefined();
		expect(readSettings({ SMTP_HOST: 'mail.test', SMTP_FROM: 'a@b.c' }).mail).toEqual({
			host: 'mail.test',
			port: 587,
			from: 'a@b.c'
		});
	});

	it('give maps a ground only when one is named', () => {
		const TILE_URL = 'https://{s}.tiles.test/{z}/{x}/{y}.png';
		expect(readSettings({}).tiles).toBeUndefined();
		expect(readSettings({ TILE_URL, TILE_DATUM: 'GCJ02', TILE_ATTRIBUTION: '© tiles' }).tiles).toEqual({
			url: TILE_URL,
			attribution: '© tiles',
			datum: 'gcj02'
		});
	});

	it.each([
		[{ ...platform, SUPABASE_SECRET_KEY: '' }, 'SUPABASE_SECRET_KEY'],
		[{ ...platform, PUBLIC_SUPABASE_URL: 'abc' }, 'PUBLIC_SUPABASE_URL'],
		[{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL'],
		[{ SMTP_HOST: 'mail.test' }, 'SMTP_FROM'],
		[{ SMTP_HOST: 'mail.test', SMTP_FROM: 'a@b.c', SMTP_PORT: 'x' }, 'SMTP_PORT'],
		[{ ORIGIN: 'example.org' }, 'ORIGIN'],
		[{ TILE_URL: 'https://tiles.test/map.png' }, 'TILE_URL'],
		[{ TILE_URL: 'http://tiles.test/{z}/{x}/{y}.png' }, 'TILE_URL'],
		[{ TILE_URL: 'https://tiles.test/{z}/{x}/{y}.png', TILE_DATUM: 'utm' }, 'TILE_DATUM']
	])('name what cannot work: %o', (env, name) => {
		expect(() => readSettings(env)).toThrow(name);
	});
});
