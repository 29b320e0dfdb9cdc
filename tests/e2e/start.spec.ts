/** Starting, stopping and dying, with the built app. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { RefusedToStart, startApp, type RunningApp } from './app.ts';

const test = base.extend<{ dataDir: string; apps: RunningApp[] }>({
	// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs
	dataDir: async ({}, use) => {
		const folder = await mkdtemp(join(tmpdir(), 'last-friday-start-'));
		await use(folder);
		await rm(folder, { recursive: true, force: true });
	},
	// eslint-disable-next-line no-empty-pattern -- as above
	apps: async ({}, use) => {
		const apps: RunningApp[] = [];
		await use(apps);
		for (const app of apps) await app.stop('SIGKILL');
	}
});

async function keyOf(app: RunningApp): Promise<string> {
	const config = (await (await fetch(`${app.url}/config.json`)).json()) as { key: string };
	return config.key;
}

async function post(app: RunningApp, path: string, body: unknown): Promise<Response> {
	return fetch(`${app.url}${path}`, {
		method: 'POST',
		headers: { apikey: await keyOf(app), 'content-type': 'application/json' },
		body: JSON.stringify(body)
	});
}

const account = { email: 'kept@example.org', password: 'a long password' };

test('a second start on the same data is refused in one sentence, and the first goes on', async ({
	dataDir,
	apps
}) => {
	const first = await startApp({ dataDir });
	apps.push(first);
	const refused = await startApp({ dataDir }).catch((error: unknown) => error);
	expect(refused).toBeInstanceOf(RefusedToStart);
	expect((refused as RefusedToStart).code).toBe(1);
	expect((refused as RefusedToStart).message.trim()).toMatch(/^The data in .* are already in use .*\.$/);
	expect((await fetch(`${first.url}/healthz`)).status).toBe(200);
});

test('SIGTERM finishes the request under way, keeps the data and ends with 0', async ({ dataDir, apps }) => {
	const app = await startApp({ dataDir });
	apps.push(app);
	const signup = post(app, '/auth/v1/signup', account);
	await (await fetch(`${app.url}/healthz`)).text();
	const [code, answer] = await Promise.all([app.stop('SIGTERM'), signup]);
	expect(code).toBe(0);
	expect(answer.status).toBe(200);

	const began = performance.now();
	const again = await startApp({ dataDir });
	apps.push(again);
	await (await fetch(`${again.url}/`)).text();
	// Told, not judged: a busy machine is no fault of the app.
	const seconds = ((performance.now() - began) / 1000).toFixed(1);
	console.log(`A second start answers with the first page after ${seconds} s.`);
	expect((await post(again, '/auth/v1/token?grant_type=password', account)).status).toBe(200);
	expect(await again.stop('SIGINT')).toBe(0);
});

test('what was acknowledged outlives kill -9, and the lock it left is taken over', async ({
	dataDir,
	apps
}) => {
	for (let round = 0; round < 3; round++) {
		const app = await startApp({ dataDir });
		apps.push(app);
		const mail = { ...account, email: `round${round}@example.org` };
		expect((await post(app, '/auth/v1/signup', mail)).status).toBe(200);
		expect(await app.stop('SIGKILL')).toBeNull();
	}
	const app = await startApp({ dataDir });
	apps.push(app);
	for (let round = 0; round < 3; round++) {
		const mail = { ...account, email: `round${round}@example.org` };
		expect((await post(app, '/auth/v1/token?grant_type=password', mail)).status, `round ${round}`).toBe(200);
	}
});

test('a lock whose process number somebody else wears now is taken over', async ({ dataDir, apps }) => {
	await writeFile(join(dataDir, 'lock'), JSON.stringify({ pid: process.pid, began: 'long ago' }));
	apps.push(await startApp({ dataDir }));
});

for (const [what, env, sentence] of [
	['a bad DATABASE_URL', { DATABASE_URL: 'mysql://nowhere' }, /DATABASE_URL must look like/],
	['a database that is down', { DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c' }, /cannot be reached/],
	['a port that is none', { PORT: 'many' }, /PORT must be a number/],
	['a data folder that is none', { DATA_DIR: '/dev/null/data' }, /cannot be written/],
	[
		'half of the settings for the platform',
		{ PUBLIC_SUPABASE_URL: 'https://x.test' },
		/PUBLISHABLE_KEY is needed/
	]
] as const) {
	test(`${what} ends the start in one sentence`, async () => {
		const refused = await startApp({ env }).catch((error: unknown) => error);
		expect(refused).toBeInstanceOf(RefusedToStart);
		const { message, code } = refused as RefusedToStart;
		expect(code).toBe(1);
		expect(message.trim()).toMatch(sentence);
		expect(message.trim().split('\n')).toHaveLength(1);
	});
}

test('a port in use is named', async ({ dataDir }) => {
	const other = createServer();
	await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
	const { port } = other.address() as AddressInfo;
	const refused = await startApp({ dataDir, env: { PORT: `${port}` } }).catch((error: unknown) => error);
	expect((refused as Error).message).toContain(`Port ${port} is in use`);
	other.close();
});
