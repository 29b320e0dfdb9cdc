/** Sign-in codes for people without e-mail: an organizer issues one, the person's phone uses it once. */
import type { Client } from './client';
import { answer } from './command';
import { DataError } from './errors';

/** Issues a code and ends the person's former sign-in. @throws DataError not_yours, signed_up_elsewhere, has_own_account */
export const issueEnrolment = (client: Client, person: string, token: string) =>
	answer<null>(client.rpc('issue_enrolment', { p_person: person, p_token: token }));

async function ask<T>(body: { token: string; look?: true }): Promise<T> {
	const response = await fetch('/enrol', {
		method: 'POST',
		headers: { 'content-type': 'application/json', accept: 'application/json' },
		body: JSON.stringify(body)
	}).catch(() => null);
	if (!response) throw new DataError('offline');
	const said = (await response.json().catch(() => ({}))) as T & { code?: string };
	if (!response.ok) throw new DataError(said.code ?? 'server', '', response.status);
	return said;
}

/** The name of whom a code signs in. @throws DataError enrolment_unknown, enrolment_used, enrolment_expired */
export const lookAtEnrolment = (token: string) => ask<{ name: string }>({ token, look: true });

/** Uses the code up; the answer is this phone's session. @throws DataError as {@link lookAtEnrolment} */
export const useEnrolment = (token: string) => ask<{ access_token: string; refresh_token: string }>({ token });
