/** Photos: sent to and read from the app's own server, which asks Postgres who may. */
import type { Client } from './client';
import { answer } from './command';
import { DataError } from './errors';
import { Route } from '$lib/route';
import type { PhotoKind } from './roster';

export interface PhotoToSend {
	id: string;
	task: string;
	kind: PhotoKind;
	blob: Blob;
	taken_at: string;
}

async function tokenOf(client: Client): Promise<string> {
	const { data } = await client.auth.getSession();
	if (!data.session) throw new DataError('sign_in_first', '', 401);
	return data.session.access_token;
}

/** Sends a photo; `onprogress` hears how much of it has gone, 0 to 1. The same id again adds nothing. @throws DataError */
export async function sendPhoto(
	client: Client,
	photo: PhotoToSend,
	onprogress: (share: number) => void = () => {}
): Promise<void> {
	const token = await tokenOf(client);
	// XMLHttpRequest, because fetch does not tell how much of a body has been sent.
	const request = new XMLHttpRequest();
	request.open('POST', Route.photoUpload(photo));
	request.setRequestHeader('authorization', `Bearer ${token}`);
	request.timeout = 120_000;
	request.upload.onprogress = ({ loaded, total }) => onprogress(total > 0 ? loaded / total : 0);
	await new Promise<void>((done, fail) => {
		request.onload = () =>
			request.status === 201 ? done() : fail(new DataError(codeIn(request), '', request.status));
		request.onerror = request.ontimeout = request.onabort = () => fail(new DataError('offline'));
		request.send(photo.blob);
	});
}

function codeIn({ status, responseText }: XMLHttpRequest): string {
	try {
		const { code } = JSON.parse(responseText) as { code?: unknown };
		if (typeof code === 'string') return code;
	} catch {
		// Something between phone and server answered.
	}
	return status === 413 ? 'too_large' : 'server';
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
