/** The embedded database backs itself up every day into DATA_DIR/backups and keeps the last two weeks. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { backupName } from './archive.ts';

const KEEP = 14;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const OURS = /^last-friday-\d{4}-\d\d-\d\d-\d{4}\.tar$/;

export const backupsFolder = (dataDir: string) => join(dataDir, 'backups');

async function backupsIn(folder: string): Promise<string[]> {
	const names = await readdir(folder).catch(() => []);
	return names.filter((name) => OURS.test(name)).sort();
}

/** Makes a backup when the newest is a day old, and drops those beyond the fortnight. */
export async function backUpIfDue(
	dataDir: string,
	now: Date,
	backUp: (file: string) => Promise<unknown>
): Promise<boolean> {
	const folder = backupsFolder(dataDir);
	const newest = (await backupsIn(folder)).at(-1);
	if (newest && now.getTime() - (await stat(join(folder, newest))).mtimeMs < DAY) return false;
	await backUp(join(folder, backupName(now)));
	for (const name of (await backupsIn(folder)).slice(0, -KEEP)) await rm(join(folder, name));
	return true;
}

/** Looks every hour whether one is due, first a minute after the start; the answer ends it. */
export function backUpDaily(dataDir: string, backUp: (file: string) => Promise<unknown>): () => void {
	const look = () =>
		void backUpIfDue(dataDir, new Date(), backUp).catch((error: Error) =>
			console.error(`The daily backup failed: ${error.message}`)
		);
	const first = setTimeout(look, 60_000);
	const hourly = setInterval(look, HOUR);
	first.unref();
	hourly.unref();
	return () => {
		clearTimeout(first);
		clearInterval(hourly);
	};
}
