/**
 * The way in to an empty district: while no admin exists, each start makes a code, prints it on the console and lets
 * Postgres know its hash. Whoever can read the console may create the first admin, and nobody else.
 */
import { createHash, randomInt } from 'node:crypto';
import { engine } from './supabase/engine';
import { serviceClient } from './supabase/clients';

/** Without letters and digits that look alike on paper. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

const makeCode = () => Array.from({ length: 10 }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** A new code, known to the database; undefined once an admin exists. */
export async function offerSetup(): Promise<string | undefined> {
	const { database } = engine();
	if (!database) return undefined;
	const { data: needed } = await serviceClient().rpc('setup_needed');
	if (needed !== true) return undefined;
	const code = makeCode();
	await database.rows(
		`insert into private.settings (key, value) values ('setup_code_hash', $1)
		 on conflict (key) do update set value = excluded.value`,
		[createHash('sha256').update(code).digest('hex')]
	);
	return code;
}
