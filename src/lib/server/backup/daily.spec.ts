import { mkdtemp, readdir, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { backUpIfDue, backupsFolder } from './daily';

const DAY = 86_400_000;

/** A backup that costs nothing: a file that claims to be written at the given moment. */
const pretend = (now: Date) => async (file: string) => {
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, 'x');
	await utimes(file, now, now);
};

it('makes one a day and keeps a fortnight of them, and whatever else lies there', async () => {
	const dataDir = await mkdtemp(join(tmpdir(), 'last-friday-daily-'));
	const folder = backupsFolder(dataDir);
	await mkdir(folder);
	await writeFile(join(folder, 'before-restore-last-friday-2020-01-01-0000.tar'), 'kept');
	const start = Date.UTC(2026, 0, 1, 4);
	let made = 0;
	for (let hour = 0; hour < 20 * 24; hour++) {
		const now = new Date(start + hour * 3_600_000);
		if (await backUpIfDue(dataDir, now, pretend(now))) made++;
	}
	expect(made).toBe(20);
	const names = (await readdir(folder)).filter((name) => name.startsWith('last-friday-')).sort();
	expect(names).toHaveLength(14);
	expect(names.at(-1)).toBe(`last-friday-${new Date(start + 19 * DAY).toISOString().slice(0, 10)}-0400.tar`);
	expect(await readdir(folder)).toContain('before-restore-last-friday-2020-01-01-0000.tar');
});

it('tries again after a failure', async () => {
	const dataDir = await mkdtemp(join(tmpdir(), 'last-friday-daily-'));
	const now = new Date(Date.UTC(2026, 0, 1));
	await expect(backUpIfDue(dataDir, now, () => Promise.reject(new Error('disk full')))).rejects.toThrow(
		'disk full'
	);
	expect(await backUpIfDue(dataDir, now, pretend(now))).toBe(true);
});
