/** Writes one file that holds the whole installation: `npm run backup [file]`. Works while the app runs. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { backupName, packFolder, writeArchive } from '../lib/server/backup/archive.ts';
import { requestBackup } from '../lib/server/backup/control.ts';
import { folderHolder, lockFolder } from '../lib/server/lock.ts';
import { readSettings, SettingsError, type Settings } from '../lib/server/settings.ts';
import { finish } from './finish.ts';
import { dumpDatabase } from './postgres-tools.ts';

const PLATFORM = `This installation keeps its data on the Supabase platform, which backs them up itself.
For a copy of your own:  npx supabase db dump --db-url "postgresql://…" -f backup.sql
and download the bucket "photos":  npx supabase storage cp -r ss:///photos ./photos`;

async function embedded({ dataDir }: Settings, file: string, now: Date): Promise<number> {
	if (folderHolder(dataDir)) return requestBackup(dataDir, file);
	const database = join(dataDir, 'db');
	if (!existsSync(database)) throw new SettingsError(`There are no data in ${dataDir}.`);
	const unlock = lockFolder(dataDir);
	try {
		return await writeArchive(file, { dataDir, engine: 'embedded', now }, (part) =>
			packFolder(database, part)
		);
	} finally {
		unlock();
	}
}

async function main() {
	const settings = readSettings();
	const { engine, dataDir } = settings;
	if (engine.kind === 'platform') throw new SettingsError(PLATFORM);
	const now = new Date();
	const file = resolve(process.argv[2] ?? join(dataDir, 'backups', backupName(now)));
	const bytes =
		engine.kind === 'embedded'
			? await embedded(settings, file, now)
			: await writeArchive(file, { dataDir, engine: 'postgres', now }, async (part) =>
					dumpDatabase(engine.url, part)
				);
	console.log(`${file} (${(bytes / 1024 / 1024).toFixed(1)} MB)`);
}

finish(main());
