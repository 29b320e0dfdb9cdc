/**
 * The secrets of one installation. Made at the first start, kept in `DATA_DIR/keys.json`, readable by its owner only.
 * None has a default in the code; losing the file ends all sessions and unties guests from their phone numbers.
 */
import { randomBytes } from 'node:crypto';
import {
	accessSync,
	chmodSync,
	constants,
	linkSync,
	mkdirSync,
	readFileSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import { SettingsError } from '../settings';

export interface Keys {
	/** Signs the sessions of people with an account. */
	jwt_secret: string;
	/** Names the app to the data API; every browser knows it. */
	publishable_key: string;
	/** Opens everything; never leaves the server. */
	secret_key: string;
	/** Keys the hash by which a guest's phone number is recognised. */
	phone_pepper: string;
}

const secret = (bytes = 32) => randomBytes(bytes).toString('base64url');

const MAKERS: { [Name in keyof Keys]: () => string } = {
	jwt_secret: () => secret(48),
	publishable_key: () => `sb_publishable_${secret(17).slice(0, 22)}`,
	secret_key: () => `sb_secret_${secret(17).slice(0, 22)}`,
	phone_pepper: () => secret()
};

const NAMES = Object.keys(MAKERS) as (keyof Keys)[];

function read(file: string): Keys | undefined {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw new SettingsError(`The keys in ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
	}
	try {
		const keys = JSON.parse(text) as Keys;
		if (NAMES.every((name) => typeof keys[name] === 'string' && keys[name].length >= 16)) return keys;
	} catch {
		// told below
	}
	throw new SettingsError(
		`${file} is damaged. Put it back from a backup; a new one would lock everybody out.`
	);
}

/** Reads the keys of this data folder, or makes them. Two processes starting at once end up with the same ones. */
export function loadKeys(dataDir: string): Keys {
	const file = join(dataDir, 'keys.json');
	makeFolder(dataDir);
	const known = read(file);
	if (known) return known;

	const keys = Object.fromEntries(NAMES.map((name) => [name, MAKERS[name]()])) as unknown as Keys;
	const draft = `${file}.${process.pid}`;
	writeFileSync(draft, JSON.stringify(keys, null, '\t') + '\n', { mode: 0o600, flush: true });
	try {
		linkSync(draft, file);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	} finally {
		rmSync(draft, { force: true });
	}
	return read(file) ?? keys;
}

/** The data folder, open to its owner only. */
function makeFolder(dataDir: string): void {
	try {
		mkdirSync(dataDir, { recursive: true, mode: 0o700 });
		chmodSync(dataDir, 0o700);
		accessSync(dataDir, constants.W_OK);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		throw new SettingsError(`The data folder ${dataDir} cannot be written to (${code}).`);
	}
}
