/** The built app as people run it, for browser tests and measurements: a process of its own with a data folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RunningApp {
	url: string;
	dataDir: string;
	/** The one-time code for /setup, as the console shows it while no admin exists. */
	setupCode: string | undefined;
	/** Everything printed so far. */
	output(): string;
	readonly pid: number;
	/** Sends a signal and waits for the end; the answer is the exit code, or null after a kill. */
	stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface StartOptions {
	/** Kept by the caller; without it the app gets a folder that goes with it. */
	dataDir?: string;
	env?: Record<string, string>;
	/** Arguments after `start.ts`, e.g. `--demo`. */
	args?: string[];
}

/** What a start printed when it ended without serving. */
export class RefusedToStart extends Error {
	readonly code: number | null;
	constructor(code: number | null, output: string) {
		super(output);
		this.code = code;
	}
}

const ADDRESS = /http:\/\/(?:localhost|127\.0\.0\.1):\d+/;

function environment({ env, dataDir }: StartOptions): NodeJS.ProcessEnv {
	const { ORIGIN: _, DATABASE_URL: __, PUBLIC_SUPABASE_URL: ___, ...inherited } = process.env;
	return { ...inherited, HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, ...env };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
	if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
	const ended = once(child, 'exit');
	child.kill(signal);
	await ended;
	return child.exitCode;
}

/** Starts the built app on a free port and waits until it serves. */
export async function startApp(options: StartOptions = {}): Promise<RunningApp> {
	const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'last-friday-e2e-')));
	const child = spawn(process.execPath, ['src/cli/start.ts', ...(options.args ?? [])], {
		env: environment({ ...options, dataDir }),
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let output = '';
	const served = new Promise<string>((done, fail) => {
		const read = (chunk: Buffer) => {
			output += chunk.toString();
			const address = ADDRESS.exec(output)?.[0];
			if (address) done(address);
		};
		child.stdout.on('data', read);
		child.stderr.on('data', read);
		child.once('exit', (code) => fail(new RefusedToStart(code, output)));
	});
	const url = await served;
	return {
		url,
		dataDir,
		get setupCode() {
			return /one-time code\s+(\S+)/.exec(output)?.[1];
		},
		output: () => output,
		pid: child.pid!,
		stop: async (signal = 'SIGTERM') => {
			const code = await end(child, signal);
			if (!options.dataDir) await rm(dataDir, { recursive: true, force: true });
			return code;
		}
	};
}
