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

/** The lines of a document as the program reads them, without empty ones. */
export async function linesByOffice(program: string, file: Blob): Promise<string[]> {
	const folder = await mkdtemp(join(tmpdir(), 'last-friday-office-'));
	try {
		await writeFile(join(folder, 'file.docx'), new Uint8Array(await file.arrayBuffer()));
		// Settings of its own, so that it starts beside one that somebody is using.
		const own = `-env:UserInstallation=${pathToFileURL(join(folder, 'settings')).href}`;
		await promisify(execFile)(
			program,
			[
				own,
				'--headless',
				'--convert-to',
				'txt:Text (encoded):UTF8',
				'--outdir',
				folder,
				join(folder, 'file.docx')
			],
			{ timeout: 120_000 }
		);
		const text = await readFile(join(folder, 'file.txt'), 'utf8');
		return text
			.replace(/^\uFEFF/, '')
			.split(/\r?\n/)
			.filter((line) => line.trim() !== '');
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
