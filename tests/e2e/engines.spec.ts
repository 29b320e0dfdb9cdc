/** The built app on the other two engines: a PostgreSQL of its own, and a Supabase that is somewhere else. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, expect } from '@playwright/test';
import { startCluster, type Cluster } from '../db/cluster.ts';
import { startApp, type RunningApp } from './app.ts';

const config = async (app: RunningApp) =>
	(await (await fetch(`${app.url}/config.json`)).json()) as Record<string, string>;

async function post(app: RunningApp, path: string, body: unknown): Promise<number> {
	const { key } = await config(app);
	const headers = { apikey: key!, 'content-type': 'application/json' };
	return (await fetch(`${app.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).status;
}

test.describe('on a PostgreSQL of its own', () => {
	let cluster: Cluster;
	test.beforeAll(async () => {
		cluster = await startCluster();
	});
	test.afterAll(() => cluster?.stop());

	test('two servers that start together prepare it once and serve the same accounts', async () => {
		const dataDir = await mkdtemp(join(tmpdir(), 'last-friday-pair-'));
		const [one, other] = await Promise.all([
			startApp({ dataDir, env: { DATABASE_URL: cluster.url } }),
			startApp({ dataDir, env: { DATABASE_URL: cluster.url } })
		]);
		const account = { email: 'shared@example.org', password: 'a long password' };
		expect(await post(one, '/auth/v1/signup', account)).toBe(200);
		expect(await post(other, '/auth/v1/token?grant_type=password', account)).toBe(200);
		expect((await fetch(one.url)).status).toBe(200);
		expect(await one.stop()).toBe(0);
		expect(await other.stop()).toBe(0);
		await rm(dataDir, { recursive: true, force: true });
	});

	test('the password of the database is in no output', async () => {
		const app = await startApp({ env: { DATABASE_URL: cluster.url } });
		expect(app.output()).toContain('PostgreSQL at 127.0.0.1');
		expect(app.output()).not.toContain(new URL(cluster.url).password);
		await app.stop();
	});
});

test('on a Supabase somewhere else it keeps nothing and sends browsers there', async () => {
	// The embedded engine of one app plays the platform for another.
	const platform = await startApp();
	const keys = JSON.parse(await readFile(join(platform.dataDir, 'keys.json'), 'utf8')) as Record<
		string,
		string
	>;
	const app = await startApp({
		env: {
			PUBLIC_SUPABASE_URL: platform.url,
			PUBLIC_SUPABASE_PUBLISHABLE_KEY: keys.publishable_key!,
			SUPABASE_SECRET_KEY: keys.secret_key!
		}
	});
	expect(app.setupCode, 'the first admin is offered there too').toMatch(/^\w{10}$/);
	expect(await config(app)).toMatchObject({ url: platform.url, key: keys.publishable_key });
	const page = await fetch(app.url);
	expect(page.status).toBe(200);
	expect(page.headers.get('content-security-policy')).toContain(`connect-src 'self' ${platform.url}`);
	expect(await post(app, '/auth/v1/signup', { email: 'a@example.org', password: 'a long password' })).toBe(
		404
	);
	expect(await app.stop()).toBe(0);
	await platform.stop();
});
