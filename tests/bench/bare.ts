/** Builds and runs the bare SvelteKit app beside this file. */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
/** Built where the packages are found and no other tool looks. */
const folder = join(here, '../../node_modules/.cache/last-friday-bare');

const freePort = () =>
	new Promise<number>((done) => {
		const server = createServer().listen(0, '127.0.0.1', () => {
			const { port } = server.address() as { port: number };
			server.close(() => done(port));
		});
	});

export async function startBareApp(): Promise<{ url: string; stop(): void }> {
	mkdirSync(folder, { recursive: true });
	cpSync(join(here, 'bare'), folder, { recursive: true });
	const vite = fileURLToPath(new URL('../../node_modules/vite/bin/vite.js', import.meta.url));
	execFileSync(process.execPath, [vite, 'build'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const child = spawn(process.execPath, ['build/index.js'], {
		cwd: folder,
		env: { ...process.env, PORT: String(port), HOST: '127.0.0.1' },
		stdio: 'ignore'
	});
	for (let tries = 0; tries < 100; tries++) {
		const up = await fetch(url).then(
			(answer) => answer.ok,
			() => false
		);
		if (up) return { url, stop: () => void child.kill() };
		await new Promise((wait) => setTimeout(wait, 100));
	}
	child.kill();
	throw new Error('The bare app did not start.');
}
