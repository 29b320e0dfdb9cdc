/**
 * One-time sign-in codes for people without e-mail. Each use makes a fresh account that nobody knows the password of and
 * ties the person to it; the former account goes, and with it every session it had.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { answer } from '$lib/data/command';
import type { Language } from '$lib/i18n/prefs';
import type { Accounts, Client, ServerSession } from './supabase';

/** Addresses that mail never reaches (RFC 2606). */
const NOWHERE = 'enrolled.invalid';

/** Whose code this is, before anything happens. @throws DataError enrolment_unknown, enrolment_used, enrolment_expired */
export const whoseEnrolment = (service: Client, token: string) =>
	answer<string>(service.rpc('redeem_enrolment', { p_token: token }));

/**
 * Signs a phone in with a code and uses the code up; who signs in for the first time goes on in the phone's language.
 * @throws DataError as {@link whoseEnrolment}
 */
export async function enrolPhone(
	service: Client,
	accounts: Accounts,
	token: string,
	language: Language
): Promise<ServerSession> {
	await whoseEnrolment(service, token);
	const email = `${randomUUID()}@${NOWHERE}`;
	const password = randomBytes(32).toString('base64url');
	const id = await accounts.make(email, password);
	try {
		const { access_token, refresh_token } = await accounts.signIn(email, password);
		const former = await answer<string | null>(
			service.rpc('bind_enrolment', { p_token: token, p_user: id, p_language: language })
		);
		// Its sessions see nobody's data any more, whether or not this succeeds.
		if (former) await accounts.remove(former).catch(() => {});
		return { access_token, refresh_token };
	} catch (error) {
		await accounts.remove(id).catch(() => {});
		throw error;
	}
}
