/** Puts a backup back: `npm run restore FILE [--force]`. What was there is moved aside, not deleted. */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
	backupName,
	DATABASE_FILE,
	readArchive,
	writeArchive,
	type Manifest
} from '../lib/server/backup/archive.ts';
import { folderHolder, FolderInUseError, lockFolder } from '../lib/server/lock.ts';
import { readSettings, SettingsError, type Settings } from '../lib/server/settings.ts';
import { finish } from './finish.ts';
import { dumpDatabase, restoreDatabase, stateOf } from './postgres-tools.ts';

const PLATFORM =
	'This installation keeps its data on the Supabase platform: restore them there (Dashboard → Database → Backups).';

const { values, positionals } = parseArgs({
	options: { force: { type: 'boolean' } },
	allowPositionals: true
});
/** npm keeps `--force` for itself when there is no `--` before it, and tells it this way. */
const force = values.force === true || process.env.npm_config_force === 'true';

async function unpack(file: string, folder: string): Promise<Manifest> {
	try {
		return await readArchive(file, folder);
	} catch (error) {
		throw new SettingsError(`${file} cannot be restored: ${(error as Error).message}.`);
	}
}

/** Moves what the data folder holds now into a folder named after this moment. */
async function moveAside(dataDir: string, names: string[], now: Date): Promise<string | undefined> {
	const present = names.filter((name) => existsSync(join(dataDir, name)));
	if (present.length === 0) return undefined;
	const aside = join(dataDir, `replaced-${now.toISOString().slice(0, 19).replaceAll(':', '')}`);
	await mkdir(aside, { recursive: true, mode: 0o700 });
	for (const name of present) await rename(join(dataDir, name), join(aside, name));
	return aside;
}

async function moveIn(from: string, dataDir: string, names: string[]) {
	for (const name of names)
		if (existsSync(join(from, name))) await rename(join(from, name), join(dataDir, name));
}

async function restore({ dataDir, engine }: Settings, file: string, now: Date): Promise<string | undefined> {
	if (engine.kind === 'platform') throw new SettingsError(PLATFORM);
	const holder = folderHolder(dataDir);
	if (holder) throw new FolderInUseError(dataDir, holder);
	await mkdir(dataDir, { recursive: true, mode: 0o700 });
	const unlock = lockFolder(dataDir);
	const stage = join(dataDir, `.restore-${process.pid}`);
	try {
		const manifest = await unpack(file, stage);
		if (manifest.engine !== engine.kind) {
			throw new SettingsError(
				`${file} holds ${manifest.engine} data, and this installation is ${engine.kind}.`
			);
		}
		const { used, running } =
			engine.kind === 'embedded'
				? { used: existsSync(join(dataDir, 'db')), running: false }
				: await stateOf(engine.url);
		if (running) throw new SettingsError('The app is running on this database. Stop it first.');
		if (used && !force) {
			throw new SettingsError(`There are data already. To replace them: npm run restore ${file} --force`);
		}
		const files = ['keys.json', 'photos'];
		if (engine.kind === 'embedded') {
			const aside = await moveAside(dataDir, ['db', ...files], now);
			await moveIn(stage, dataDir, ['db', ...files]);
			return aside;
		}
		const before = used ? join(dataDir, 'backups', `before-restore-${backupName(now)}`) : undefined;
		if (before) {
			await writeArchive(before, { dataDir, engine: 'postgres', now }, async (part) =>
				dumpDatabase(engine.url, part)
			);
		}
		await restoreDatabase(engine.url, join(stage, DATABASE_FILE.postgres));
		await moveAside(dataDir, files, now);
		await moveIn(stage, dataDir, files);
		return before;
	} finally {
		await rm(stage, { recursive: true, force: true });
		unlock();
	}
}

async function main() {
	const [file] = positionals;
	if (!file) throw new SettingsError('Which backup? npm run restore FILE');
	if (!existsSync(file)) throw new SettingsError(`${file} does not exist.`);
	const aside = await restore(readSettings(), resolve(file), new Date());
	console.log(`Restored from ${file}.${aside ? ` What was there before is in ${aside}.` : ''}`);
}

finish(main());
