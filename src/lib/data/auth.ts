/** Getting in and out: e-mail and password, an e-mailed code where mails are really sent, a session made by the server. */
import { connection, type Client } from './client';
import { DataError } from './errors';

interface Failure {
	name?: string;
	message: string;
	code?: string | undefined;
	status?: number | undefined;
}

const CODES: Readonly<Record<string, string>> = {
	invalid_credentials: 'bad_credentials',
	user_not_found: 'bad_credentials',
	user_already_exists: 'email_taken',
	email_exists: 'email_taken',
	weak_password: 'weak_password',
	same_password: 'same_password',
	email_not_confirmed: 'email_not_confirmed',
	email_address_invalid: 'bad_email',
	email_address_not_authorized: 'bad_email',
	validation_failed: 'bad_email',
	otp_expired: 'bad_code',
	email_provider_disabled: 'mail_off',
	otp_disabled: 'bad_credentials',
	signup_disabled: 'signup_disabled'
};

/** From what the account interface calls an error. */
export function authError({ name, code = '', status = 0 }: Failure): DataError {
	if (CODES[code]) return new DataError(CODES[code], '', status);
	if (status === 429) return new DataError('slow_down', '', status);
	if (status === 0 || name === 'AuthRetryableFetchError' && status < 500) return new DataError('offline');
	return new DataError('server', code, status);
}

type Answer = { data: unknown; error: Failure | null };

async function done<A extends Answer>(request: Promise<A>): Promise<Extract<A, { error: null }>['data']> {
	const { data, error } = await request;
	if (error) throw authError(error);
	return data;
}

/** Whether mails are really sent: only then are codes offered. False when nobody can say. */
export async function sendsMail(): Promise<boolean> {
	try {
		const { url, key } = await connection();
		const answer = await fetch(`${url}/auth/v1/settings`, { headers: { apikey: key } });
		const settings = (await answer.json()) as { mailer_autoconfirm?: boolean; external?: { email?: boolean } };
		// Without a mail server nothing can be confirmed, so accounts confirm themselves.
		return settings.external?.email === true && settings.mailer_autoconfirm === false;
	} catch {
		return false;
	}
}

/** @throws DataError bad_credentials, email_not_confirmed, slow_down, … */
export const signIn = (client: Client, email: string, password: string) =>
	done(client.auth.signInWithPassword({ email: email.trim(), password }));

/** Makes an account. True when it is signed in; false when a code was mailed that must be entered first. @throws DataError */
export async function createAccount(client: Client, email: string, password: string): Promise<boolean> {
	const { session, user } = await done(client.auth.signUp({ email: email.trim(), password }));
	// Where addresses are confirmed by mail, a taken one is answered like a new one, without identities.
	if (!session && user?.identities?.length === 0) throw new DataError('email_taken');
	return session !== null;
}

/** Mails a code that signs an existing account in. @throws DataError */
export const mailCode = (client: Client, email: string) =>
	done(client.auth.signInWithOtp({ email: email.trim(), options: { shouldCreateUser: false } }));

/** Signs in with a mailed code. @throws DataError bad_code */
export const enterCode = (client: Client, email: string, token: string, type: 'magiclink' | 'signup') =>
	done(client.auth.verifyOtp({ email: email.trim(), token: token.trim(), type }));

/** @throws DataError weak_password, same_password */
export const changePassword = (client: Client, password: string) =>
	done(client.auth.updateUser({ password }));

/** The address the caller signs in with; null for one without e-mail (an enrolled phone). */
export async function myEmail(client: Client): Promise<string | null> {
	const { data } = await client.auth.getSession();
	const email = data.session?.user.email;
	return email && !email.endsWith('.invalid') ? email : null;
}

/** Takes over a session that the server made. @throws DataError */
export const takeSession = (client: Client, session: { access_token: string; refresh_token: string }) =>
	done(client.auth.setSession(session));
