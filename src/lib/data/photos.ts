/** Photos as pages read them: from the app's own server, which asks Postgres who may. */
import type { Client } from './client';
import { answer } from './command';
import { DataError } from './data-error';
import { Route } from '$lib/route';

async function tokenOf(client: Client): Promise<string> {
	const { data } = await client.auth.getSession();
	if (!data.session) throw new DataError('sign_in_first', '', 401);
	return data.session.access_token;
}

/** The address of a photo for an `<img>`: of one that is not public, a blob that must be revoked. @throws DataError */
export async function photoAddress(client: Client, sha256: string, size?: 'small'): Promise<string> {
	const headers = { authorization: `Bearer ${await tokenOf(client)}` };
	const response = await fetch(Route.photo(sha256, size), { headers }).catch(() => null);
	if (!response) throw new DataError('offline');
	if (!response.ok) throw new DataError(response.status === 404 ? 'gone' : 'server', '', response.status);
	return URL.createObjectURL(await response.blob());
}

/** Makes a photo public, or takes that back. @throws DataError */
export const releasePhoto = (client: Client, photo: string, release: boolean) =>
	answer<null>(client.rpc('release_photo', { p_photo: photo, p_release: release }));
