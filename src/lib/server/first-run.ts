/**
 * The way in to an empty district: while no admin exists, each start makes a code, prints it on the console and lets
 * Postgres know its hash. Whoever can read the console may create the first admin, and nobody else.
 */
import { createHash, randomInt } from 'node:crypto';
import { serviceClient } from './supabase';

/** Without letters and digits that look alike on paper. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

const makeCode = () => Array.from({ length: 10 }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** A new code, known to the database; undefined once an admin exists. */
export async function offerSetup(): Promise<string | undefined> {
	const client = serviceClient();
	const { data: needed, error } = await client.rpc('setup_needed');
	if (error) throw new Error(`The database cannot say whether it has an admin (${error.code}).`);
	if (!needed) return undefined;
	const code = makeCode();
	const hash = createHash('sha256').update(code).digest('hex');
	await client.rpc('set_setting', { p_key: 'setup_code_hash', p_value: hash }).throwOnError();
	return code;
}
