/** A backup made while people work holds all that was acknowledged, and comes back whole. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { startApp, type RunningApp } from './app.ts';

interface Ended {
	code: number;
	output: string;
}

function command(name: 'backup' | 'restore', dataDir: string, ...args: string[]): Promise<Ended> {
	const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '', PUBLIC_SUPABASE_URL: '' };
	return new Promise((done) =>
		execFile(process.execPath, [`src/cli/${name}.ts`, ...args], { env }, (error, stdout, stderr) =>
			done({ code: error ? Number(error.code) : 0, output: stdout + stderr })
		)
	);
}

async function post(app: RunningApp, path: string, body: unknown): Promise<number> {
	const { key } = (await (await fetch(`${app.url}/config.json`)).json()) as { key: string };
	const headers = { apikey: key, 'content-type': 'application/json' };
	return (await fetch(`${app.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).status;
}

const mail = (n: number) => ({ email: `person${n}@example.org`, password: 'a long password' });
const signUp = (app: RunningApp, n: number) => post(app, '/auth/v1/signup', mail(n));
const signIn = (app: RunningApp, n: number) => post(app, '/auth/v1/token?grant_type=password', mail(n));

const test = base.extend<{ folder: string }>({
	// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs
	folder: async ({}, use) => {
		const folder = await mkdtemp(join(tmpdir(), 'last-friday-backup-'));
		await use(folder);
		await rm(folder, { recursive: true, force: true });
	}
});

test('while it runs, and back on another machine', async ({ folder }) => {
	const dataDir = join(folder, 'first');
	const file = join(folder, 'all.tar');
	const app = await startApp({ dataDir });
	await mkdir(join(dataDir, 'photos'));
	await writeFile(join(dataDir, 'photos', 'a.webp'), 'a photo');
	expect(await signUp(app, 1)).toBe(200);
	const [made] = await Promise.all([command('backup', dataDir, file), signUp(app, 2)]);
	expect(made).toMatchObject({ code: 0 });
	expect((await stat(file)).mode & 0o077, 'readable by its owner only').toBe(0);
	expect(await command('restore', dataDir, file)).toMatchObject({
		code: 1,
		output: expect.stringContaining('in use')
	});
	await app.stop();

	const elsewhere = join(folder, 'second');
	expect(await command('restore', elsewhere, file)).toMatchObject({ code: 0 });
	const again = await startApp({ dataDir: elsewhere });
	expect(await signIn(again, 1)).toBe(200);
	expect(await readFile(join(elsewhere, 'photos', 'a.webp'), 'utf8')).toBe('a photo');
	expect(await readFile(join(elsewhere, 'keys.json'))).toEqual(await readFile(join(dataDir, 'keys.json')));
	await again.stop();
});

test('while it stands still; what is there is replaced only on demand, and moved aside', async ({
	folder
}) => {
	const dataDir = join(folder, 'data');
	const file = join(folder, 'all.tar');
	const app = await startApp({ dataDir });
	expect(await signUp(app, 1)).toBe(200);
	await app.stop();
	expect(await command('backup', dataDir, file)).toMatchObject({ code: 0 });

	const later = await startApp({ dataDir });
	expect(await signUp(later, 2)).toBe(200);
	await later.stop();
	expect(await command('restore', dataDir, file)).toMatchObject({
		code: 1,
		output: expect.stringContaining('--force')
	});
	expect(await command('restore', dataDir, file, '--force')).toMatchObject({ code: 0 });
	expect((await readdir(dataDir)).some((name) => name.startsWith('replaced-'))).toBe(true);

	const restored = await startApp({ dataDir });
	expect(await signIn(restored, 1)).toBe(200);
	expect(await signIn(restored, 2), 'came after the backup').toBe(400);
	await restored.stop();
});

test('what is no backup is refused and changes nothing', async ({ folder }) => {
	const dataDir = join(folder, 'data');
	await mkdir(dataDir);
	await writeFile(join(folder, 'other.tar'), 'not a tar');
	const { code, output } = await command('restore', dataDir, join(folder, 'other.tar'), '--force');
	expect(code).toBe(1);
	expect(output).toContain('cannot be restored');
	expect(await readdir(dataDir)).toEqual([]);
});
