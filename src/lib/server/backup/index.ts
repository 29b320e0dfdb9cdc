/** Backups that the running server makes: on request, and by itself every day. */
import { writeFile } from 'node:fs/promises';
import type { Engine } from '../supabase/engine';
import { writeArchive } from './archive';
import { listenForBackups } from './control';
import { backUpDaily } from './daily';

/** Starts both for an engine whose database has no backup tools of its own; the answer ends them. */
export function startBackups({ settings: { dataDir }, database }: Engine): () => Promise<void> {
	const dump = database?.dump;
	if (!dump) return async () => {};
	let last: Promise<unknown> = Promise.resolve();
	const backUp = (file: string) => {
		const made = last.then(() =>
			writeArchive(file, { dataDir, engine: 'embedded', now: new Date() }, async (part) =>
				writeFile(part, (await dump()).stream())
			)
		);
		last = made.catch(() => {});
		return made;
	};
	const endDaily = backUpDaily(dataDir, backUp);
	const endRequests = listenForBackups(dataDir, backUp);
	return async () => {
		endDaily();
		await endRequests();
		await last;
	};
}
