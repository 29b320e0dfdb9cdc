/**
 * One file that holds an installation: `manifest.json`, the keys, the photos and the database.
 * Used by the server (its daily backup) and by the commands, so it imports nothing of the app by alias.
 */
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { create, extract } from 'tar';

export type ArchivedEngine = 'embedded' | 'postgres';

export interface Manifest {
	app: 'last-friday';
	format: 1;
	engine: ArchivedEngine;
	/** When it was made (ISO, UTC). */
	made: string;
}

/** The database's part of the archive: a packed data folder, or what pg_dump wrote. */
export const DATABASE_FILE: Record<ArchivedEngine, string> = { embedded: 'db.tar.gz', postgres: 'db.dump' };

/** What is archived of the data folder beside the database; each may be absent. */
const KEPT = ['keys.json', 'photos'];

/** A good name for a backup made at this moment, in UTC. */
export const backupName = (now: Date) =>
	`last-friday-${now.toISOString().slice(0, 16).replace('T', '-').replace(':', '')}.tar`;

/** Writes the archive beside its target first, so that a broken one never bears the name. */
export async function writeArchive(
	target: string,
	{ dataDir, engine, now }: { dataDir: string; engine: ArchivedEngine; now: Date },
	addDatabase: (file: string) => Promise<void>
): Promise<number> {
	const stage = join(dataDir, `.backup-${process.pid}`);
	const draft = `${target}.part`;
	await rm(stage, { recursive: true, force: true });
	await mkdir(stage, { recursive: true, mode: 0o700 });
	try {
		const manifest: Manifest = { app: 'last-friday', format: 1, engine, made: now.toISOString() };
		await writeFile(join(stage, 'manifest.json'), JSON.stringify(manifest, null, '\t'));
		await addDatabase(join(stage, DATABASE_FILE[engine]));
		const kept = KEPT.filter((name) => existsSync(join(dataDir, name)));
		for (const name of kept) await symlink(join(dataDir, name), join(stage, name));
		await mkdir(dirname(target), { recursive: true });
		const names = ['manifest.json', DATABASE_FILE[engine], ...kept];
		await pipeline(
			create({ cwd: stage, follow: true, portable: true }, names),
			createWriteStream(draft, { mode: 0o600 })
		);
		await rename(draft, target);
		return (await stat(target)).size;
	} finally {
		await rm(draft, { force: true });
		await rm(stage, { recursive: true, force: true });
	}
}

/** Packs the files of an embedded database that nobody has open. */
export const packFolder = async (folder: string, file: string): Promise<void> =>
	pipeline(create({ cwd: folder, gzip: true, portable: true }, ['.']), createWriteStream(file));

/** Unpacks an archive into an empty folder and says what it is. Throws when it is none of ours. */
export async function readArchive(file: string, folder: string): Promise<Manifest> {
	await mkdir(folder, { recursive: true, mode: 0o700 });
	await pipeline(createReadStream(file), extract({ cwd: folder, strict: true, preserveOwner: false }));
	const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Manifest;
	if (manifest.app !== 'last-friday' || manifest.format !== 1) throw new Error('not a backup of this app');
	if (manifest.engine !== 'embedded') return manifest;

	const packed = join(folder, DATABASE_FILE.embedded);
	await mkdir(join(folder, 'db'));
	await pipeline(createReadStream(packed), extract({ cwd: join(folder, 'db'), preserveOwner: false }));
	await rm(packed);
	return manifest;
}
