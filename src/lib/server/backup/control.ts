/**
 * How a command asks the running server for a backup: a socket in the data folder, which only its owner may enter.
 * Imports nothing by alias; the command uses it too.
 */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Systems allow about a hundred characters for a socket's path. */
const LONGEST = 100;

export function controlPath(dataDir: string): string {
	const name = `last-friday-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`;
	if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
	const path = join(dataDir, 'control.sock');
	return path.length <= LONGEST ? path : join(tmpdir(), `${name}.sock`);
}

/** Answers requests for a backup until it is closed. */
export function listenForBackups(
	dataDir: string,
	backUp: (file: string) => Promise<number>
): () => Promise<void> {
	const path = controlPath(dataDir);
	if (process.platform !== 'win32') rmSync(path, { force: true });
	const server = createServer((question, answer) => {
		const file = decodeURIComponent(question.headers['x-file']?.toString() ?? '');
		backUp(file).then(
			(bytes) => answer.end(JSON.stringify({ bytes })),
			(error: Error) => answer.writeHead(500).end(JSON.stringify({ error: error.message }))
		);
	});
	const mask = process.umask(0o077);
	server.on('error', (error) => console.error(`Backups on request are off: ${error.message}`));
	server.listen(path);
	process.umask(mask);
	return () => new Promise((done) => server.close(() => done()));
}

/** Asks the server on this data folder to write a backup; answers with its size. */
export function requestBackup(dataDir: string, file: string): Promise<number> {
	return new Promise((done, fail) => {
		const question = request({
			socketPath: controlPath(dataDir),
			method: 'POST',
			headers: { 'x-file': encodeURIComponent(file) }
		});
		question.on('error', fail);
		question.on('response', async (answer) => {
			const text = (await answer.toArray()).join('');
			const { bytes, error } = JSON.parse(text) as { bytes?: number; error?: string };
			if (bytes === undefined) fail(new Error(error));
			else done(bytes);
		});
		question.end();
	});
}
