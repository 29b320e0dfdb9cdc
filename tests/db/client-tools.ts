/** PostgreSQL's client programs (pg_dump, pg_restore, psql), where this machine has them: no package brings them. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The server that the packages bring, see cluster.ts. */
const BROUGHT = 17;

export interface ClientTools {
	/** The major version of pg_dump. It reads servers of its own version and older ones. */
	version: number;
	/** A server that they can read: the one that the packages bring, or this machine's own beside them; undefined if neither will do. */
	server: { programs: string | undefined } | undefined;
}

/** What this machine has, or undefined. */
export function clientTools(): ClientTools | undefined {
	const [major] = ['pg_dump', 'pg_restore', 'psql'].map((tool) => {
		const { stdout } = spawnSync(tool, ['--version'], { encoding: 'utf8' });
		return Number(/\) (\d+)/.exec(stdout ?? '')?.[1] ?? 0);
	});
	if (!major) return undefined;
	if (major >= BROUGHT) return { version: major, server: { programs: undefined } };
	const programs = [
		`/usr/lib/postgresql/${major}/bin`,
		`/usr/pgsql-${major}/bin`,
		`/opt/homebrew/opt/postgresql@${major}/bin`
	].find((folder) => existsSync(join(folder, 'initdb')));
	return { version: major, server: programs ? { programs } : undefined };
}
