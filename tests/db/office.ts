/** LibreOffice, where this machine has one: the office program that reads a file as people's own programs will. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const PLACES = [
	...(process.env['PATH'] ?? '')
		.split(delimiter)
		.flatMap((folder) => [join(folder, 'soffice'), join(folder, 'libreoffice')]),
	'/Applications/LibreOffice.app/Contents/MacOS/soffice'
];

/** Its program, or undefined. */
export const officeProgram = (): string | undefined => PLACES.find((path) => existsSync(path));

/** The lines of each document as the program reads them, without empty ones. */
export async function linesByOffice(program: string, files: readonly Blob[]): Promise<string[][]> {
	const folder = await mkdtemp(join(tmpdir(), 'last-friday-office-'));
	const path = (n: number, ending: string) => join(folder, `${n}.${ending}`);
	try {
		for (const [n, file] of files.entries())
			await writeFile(path(n, 'docx'), new Uint8Array(await file.arrayBuffer()));
		// Settings of its own, so that it starts beside one that somebody is using.
		const own = `-env:UserInstallation=${pathToFileURL(join(folder, 'settings')).href}`;
		const what = ['--convert-to', 'txt:Text (encoded):UTF8', '--outdir', folder];
		await promisify(execFile)(
			program,
			[own, '--headless', ...what, ...files.map((_, n) => path(n, 'docx'))],
			{ timeout: 120_000 }
		);
		return await Promise.all(
			files.map(async (_, n) =>
				(await readFile(path(n, 'txt'), 'utf8'))
					.replace(/^\uFEFF/, '')
					.split(/\r?\n/)
					.filter((line) => line.trim() !== '')
			)
		);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
