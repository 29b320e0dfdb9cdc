/**
 * One process per data folder: two on the same embedded database would ruin it.
 * The lock is a file that names its holder; a holder that has died (or whose number another program wears now) has left it.
 */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';

/** Another process works on the folder. */
export class FolderInUseError extends Error {
	override name = 'SettingsError';
	constructor(dataDir: string, pid: number) {
		super(
			`The data in ${dataDir} are already in use by another run of this app (process ${pid}). Stop that one first.`
		);
	}
}

interface Holder {
	pid: number;
	/** When that process began, in whatever form the system tells it: a number is given out again, a moment is not. */
	began: string;
}

/** When a process began; undefined when there is none. */
function beganAt(pid: number): string | undefined {
	try {
		process.kill(pid, 0);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined;
	}
	try {
		if (process.platform === 'linux') {
			const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
			const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
			return `${boot} ${stat.slice(stat.lastIndexOf(')')).split(' ')[20]}`;
		}
		if (process.platform !== 'win32')
			return execFileSync('ps', ['-o', 'lstart=', '-p', `${pid}`], { encoding: 'utf8' });
	} catch {
		// told by the number alone
	}
	return 'unknown';
}

function holderOf(file: string): Holder | undefined {
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as Holder;
	} catch {
		return undefined;
	}
}

const alive = ({ pid, began }: Holder) => beganAt(pid) === began;

/** The process that works on this folder right now, if any. */
export function folderHolder(dataDir: string): number | undefined {
	const holder = holderOf(join(dataDir, 'lock'));
	return holder && alive(holder) ? holder.pid : undefined;
}

/** Takes the folder for this process; the answer gives it back. Throws `FolderInUseError`. */
export function lockFolder(dataDir: string): () => void {
	const file = join(dataDir, 'lock');
	const draft = `${file}.${process.pid}`;
	const me: Holder = { pid: process.pid, began: beganAt(process.pid) ?? 'unknown' };
	writeFileSync(draft, JSON.stringify(me), { mode: 0o600 });
	try {
		for (;;) {
			try {
				linkSync(draft, file);
				break;
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
			}
			const holder = holderOf(file);
			if (holder && alive(holder)) throw new FolderInUseError(dataDir, holder.pid);
			removeStale(file, holder);
		}
	} finally {
		rmSync(draft, { force: true });
	}
	return () => {
		if (holderOf(file)?.pid === process.pid) rmSync(file, { force: true });
	};
}

/** Removes the lock that `stale` left, unless somebody else has replaced it in the meantime. */
function removeStale(file: string, stale: Holder | undefined) {
	const aside = `${file}.${process.pid}.stale`;
	try {
		renameSync(file, aside);
	} catch {
		return;
	}
	const moved = holderOf(aside);
	if (moved && moved.began !== stale?.began) {
		try {
			linkSync(aside, file);
		} catch {
			// a third process was faster; it will find out
		}
	}
	rmSync(aside, { force: true });
}
