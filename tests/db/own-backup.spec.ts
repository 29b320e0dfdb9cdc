/** Backup and restore of one's own PostgreSQL by PostgreSQL's own tools, as a user that owns its database and nothing else. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { create, extract } from 'tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgres } from '$lib/server/supabase/postgres';
import { clientTools } from './client-tools';
import { startCluster, type Cluster } from './cluster';
import { District } from './district';
import { serve, type TestEngine } from './engine';

const tools = clientTools();

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'last-friday-own-backup-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
	code: number;
	output: string;
}

/** Runs one of the two commands as somebody types it; npm's part left out. */
function command(name: 'backup' | 'restore', env: Record<string, string>, ...args: string[]): Promise<Ended> {
	const all = { ...process.env, PUBLIC_SUPABASE_URL: '', ...env };
	return new Promise((done) =>
		execFile(process.execPath, [`src/cli/${name}.ts`, ...args], { env: all }, (error, stdout, stderr) =>
			done({ code: error ? Number(error.code) : 0, output: stdout + stderr })
		)
	);
}

/** A data folder as a server leaves it. */
async function dataFolder(name: string): Promise<string> {
	const dataDir = join(folder, name);
	await mkdir(join(dataDir, 'photos'), { recursive: true });
	await writeFile(join(dataDir, 'keys.json'), JSON.stringify({ of: name }));
	await writeFile(join(dataDir, 'photos', 'a.webp'), `a photo of ${name}`);
	return dataDir;
}

/** What a data folder holds, file by file; copies that were put aside are not part of it. */
async function filesOf(dataDir: string): Promise<Record<string, string>> {
	const names = (await readdir(dataDir, { recursive: true, withFileTypes: true }))
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(dataDir.length + 1))
		.filter((name) => !/^(backups|replaced-)/.test(name));
	const texts = await Promise.all(names.map((name) => readFile(join(dataDir, name), 'utf8')));
	return Object.fromEntries(names.map((name, n) => [name, texts[n] ?? '']));
}

it('says what to install where the tools are missing, and leaves nothing behind', async () => {
	const dataDir = await dataFolder('bare');
	const env = { DATA_DIR: dataDir, DATABASE_URL: 'postgres://friday:secret@127.0.0.1:1/app', PATH: folder };
	const { code, output } = await command('backup', env);
	expect(code).toBe(1);
	expect(output.trim()).toMatch(
		/^pg_dump was not found\. Install PostgreSQL's client programs \(.+\), as new as the server\.$/
	);
	expect(await readdir(dataDir, { recursive: true })).toEqual(['keys.json', 'photos', 'photos/a.webp']);
});

describe.runIf(tools && tools.version < 17)('with tools older than the server', () => {
	it('says so, and what to install', async () => {
		const cluster = await startCluster();
		const dataDir = await dataFolder('older');
		const { code, output } = await command('backup', { DATA_DIR: dataDir, DATABASE_URL: cluster.url });
		await cluster.stop();
		expect(code).toBe(1);
		expect(output).toMatch(/pg_dump is of version \d+\S*, older than the server \(17\.\d+\)\. Install/);
		expect(output).not.toContain(new URL(cluster.url).password);
		expect(await readdir(dataDir)).toEqual(['keys.json', 'photos']);
	}, 60_000);
});

describe.runIf(tools?.server)('with tools as new as the server', { timeout: 120_000 }, () => {
	let cluster: Cluster;
	let admin: pg.Client;
	let password: string;

	beforeAll(async () => {
		cluster = await startCluster({}, tools?.server?.programs);
		admin = new pg.Client(cluster.url);
		await admin.connect();
		password = randomBytes(12).toString('hex');
		// As the README has an administrator do it.
		await admin.query(`create role friday login password '${password}'`);
		await admin.query('create role anon nologin');
		await admin.query('create role authenticated nologin');
		await admin.query('create role service_role nologin bypassrls');
		await admin.query('grant anon, authenticated, service_role to friday');
	}, 60_000);
	afterAll(async () => {
		await admin?.end();
		await cluster?.stop();
	});

	async function database(name: string): Promise<string> {
		await admin.query(`create database ${name} owner friday`);
		return Object.assign(new URL(cluster.url), { username: 'friday', password, pathname: `/${name}` }).href;
	}
	const start = async (url: string): Promise<TestEngine> => serve(await openPostgres(url));
	/** Every row of every table of the app's, accounts included, and who may do what. */
	async function contents(url: string) {
		const client = new pg.Client(url);
		await client.connect();
		const ask = async (text: string) => (await client.query<Record<string, string>>(text)).rows;
		const tables = await ask(
			`select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
			 where n.nspname in ('public', 'private', 'auth', 'supabase_migrations') and c.relkind = 'r' order by 1`
		);
		const rows = await ask(
			tables
				.map(
					({ name }) =>
						`select '${name}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as rows from ${name} t`
				)
				.join(' union all ')
		);
		const policies = await ask(
			`select tablename, policyname, roles::text, cmd, qual, with_check from pg_policies order by 1, 2`
		);
		const rights = await ask(
			`select c.oid::regclass::text as name, relrowsecurity::text as guarded, array(select unnest(relacl)::text order by 1)::text as acl
			 from pg_class c where relnamespace in ('public'::regnamespace, 'private'::regnamespace) and relkind in ('r', 'v') order by 1`
		);
		const functions = await ask(
			`select p.oid::regprocedure::text as name, array(select unnest(proacl)::text order by 1)::text as acl, md5(prosrc) as source
			 from pg_proc p where pronamespace in ('public'::regnamespace, 'private'::regnamespace) order by 1`
		);
		await client.end();
		return { rows, policies, rights, functions };
	}

	/** A district with one row of every table, whose app has stopped; and a backup of it. */
	async function backedUp(name: string) {
		const url = await database(name);
		const dataDir = await dataFolder(name);
		const engine = await start(url);
		await District.open(engine);
		await engine.account('person@example.org');
		await engine.database.script('drop schema tests cascade');
		await engine.close();
		const file = join(folder, `${name}.tar`);
		const env = { DATA_DIR: dataDir, DATABASE_URL: url };
		const made = await command('backup', env, file);
		expect(made.output).toContain(file);
		expect(made.code).toBe(0);
		return { url, dataDir, env, file };
	}

	it('brings everything back in an empty database, and the app runs on it', async () => {
		const { url, dataDir, file } = await backedUp('first');
		expect((await stat(file)).mode & 0o077, 'readable by its owner only').toBe(0);
		const elsewhere = { DATA_DIR: join(folder, 'second'), DATABASE_URL: await database('second') };
		const { code, output } = await command('restore', elsewhere, file);
		expect({ code, output }).toEqual({ code: 0, output: `Restored from ${file}.\n` });
		expect(await contents(elsewhere.DATABASE_URL)).toEqual(await contents(url));
		expect(await filesOf(elsewhere.DATA_DIR)).toEqual(await filesOf(dataDir));

		const engine = await start(elsewhere.DATABASE_URL);
		const answer = await engine.request('/rest/v1/areas?select=name&level=eq.district');
		expect([answer.status, await answer.json()]).toEqual([200, [{ name: '红花岗区' }]]);
		expect(
			(await engine.client().auth.signUp({ email: 'person@example.org', password: 'a long one' })).error,
			'the account is known'
		).not.toBeNull();

		// While an app runs on it, nothing is replaced.
		const before = await contents(elsewhere.DATABASE_URL);
		const running = await command('restore', elsewhere, file, '--force');
		expect(running).toMatchObject({ code: 1, output: expect.stringContaining('Stop it first') });
		expect(await contents(elsewhere.DATABASE_URL)).toEqual(before);
		await engine.close();
	});

	it('replaces what is there only on demand, after a backup of it', async () => {
		const { url, dataDir, env, file } = await backedUp('third');
		const then = await contents(url);
		const client = new pg.Client(url);
		await client.connect();
		await client.query(`update public.people set display_name = '后来改的'`);
		await client.query('create table public.came_later (id int)');
		await client.end();
		await writeFile(join(dataDir, 'photos', 'b.webp'), 'a later photo');
		const later = await contents(url);

		const refused = await command('restore', env, file);
		expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('--force') });
		expect(await contents(url)).toEqual(later);

		const { code, output } = await command('restore', env, file, '--force');
		expect(code, output).toBe(0);
		expect(await contents(url)).toEqual(then);
		expect(Object.keys(await filesOf(dataDir)).toSorted()).toEqual(['keys.json', 'photos/a.webp']);

		// And what was there is not lost.
		const aside = /in (\S+before-restore-\S+\.tar)\./.exec(output)?.[1];
		const back = await command('restore', env, aside ?? '', '--force');
		expect(back.code, back.output).toBe(0);
		expect(await contents(url)).toEqual(later);
		expect(Object.keys(await filesOf(dataDir)).toSorted()).toEqual([
			'keys.json',
			'photos/a.webp',
			'photos/b.webp'
		]);
	});

	it('leaves everything in place when the dump is cut off, wherever it is cut', async () => {
		const { url, dataDir, env, file } = await backedUp('fourth');
		const before = { database: await contents(url), files: await filesOf(dataDir) };
		const parts = join(folder, 'parts');
		await mkdir(parts);
		await extract({ file, cwd: parts });
		await writeFile(join(parts, 'keys.json'), '{"of":"a broken backup"}');
		const dump = join(parts, 'db.dump');
		const whole = await readFile(dump);
		const broken = join(folder, 'broken.tar');
		for (const share of [0, 0.01, 0.3, 0.6, 0.9, 0.999]) {
			await writeFile(dump, whole);
			await truncate(dump, Math.floor(whole.length * share));
			await create({ file: broken, cwd: parts }, ['manifest.json', 'db.dump', 'keys.json', 'photos']);
			const { code, output } = await command('restore', env, broken, '--force');
			expect(code, `${share} of it: ${output}`).toBe(1);
			expect(output, 'in one sentence').toMatch(/^\n(pg_restore|psql) failed: .+\n\n$/);
			expect({ database: await contents(url), files: await filesOf(dataDir) }).toEqual(before);
		}

		// A file that was not copied whole is refused before anything is asked of the database.
		const archive = await readFile(file);
		await writeFile(broken, archive.subarray(0, Math.floor(archive.length / 2)));
		expect(await command('restore', env, broken, '--force')).toMatchObject({
			code: 1,
			output: expect.stringContaining('cannot be restored')
		});
		expect({ database: await contents(url), files: await filesOf(dataDir) }).toEqual(before);
		expect((await readdir(dirname(file))).filter((name) => name.endsWith('.part'))).toEqual([]);
	});
});
