/** How a photo goes to the app's own server: from a page, which shows how far it is, or from the service worker. */
import { DataError } from './data-error';
import { Route } from '$lib/route';
import type { Connection } from './rpc';

export type PhotoKind = 'before' | 'after' | 'other';

export interface PhotoToSend {
	id: string;
	task: string;
	kind: PhotoKind;
	blob: Blob;
	taken_at: string;
}

/** What the server says of a photo it has taken: the bytes it got, and the name under which it keeps what it made of them. */
export interface PhotoReceipt {
	id: string;
	sha256: string;
	received_sha256: string;
	received_bytes: number;
}

/** Sends a photo; `onprogress` hears how much of it has gone, 0 to 1. The same id again adds nothing. @throws DataError */
export async function sendPhoto(
	{ token }: Connection,
	photo: PhotoToSend,
	onprogress: (share: number) => void = () => {}
): Promise<PhotoReceipt> {
	// XMLHttpRequest, because fetch does not tell how much of a body has been sent.
	const request = new XMLHttpRequest();
	request.open('POST', Route.photoUpload(photo));
	request.setRequestHeader('authorization', `Bearer ${token}`);
	const start = performance.now();
	request.timeout = PATIENCE;
	request.upload.onprogress = ({ loaded, total }) => {
		// Counted from the start of the request: with a trickle of a signal it may take as long as it moves.
		request.timeout = performance.now() - start + PATIENCE;
		onprogress(total > 0 ? loaded / total : 0);
	};
	return new Promise<PhotoReceipt>((done, fail) => {
		request.onload = () => {
			try {
				done(receiptIn(request.status, request.responseText));
			} catch (error) {
				fail(error as DataError);
			}
		};
		request.onerror = request.ontimeout = request.onabort = () => fail(new DataError('offline'));
		request.send(photo.blob);
	});
}

/** The same where there is no page to show progress: in the service worker. @throws DataError */
export async function sendPhotoQuietly({ token }: Connection, photo: PhotoToSend): Promise<PhotoReceipt> {
	const response = await fetch(Route.photoUpload(photo), {
		method: 'POST',
		headers: { authorization: `Bearer ${token}` },
		body: photo.blob,
		signal: AbortSignal.timeout(PATIENCE)
	}).catch(() => null);
	if (!response) throw new DataError('offline');
	return receiptIn(response.status, await response.text().catch(() => ''));
}

/** Milliseconds in which something of a photo must have gone; in the background, where nobody hears of that, all of it. */
const PATIENCE = 120_000;

function receiptIn(status: number, text: string): PhotoReceipt {
	let answer: Partial<PhotoReceipt> & { code?: unknown } = {};
	try {
		answer = JSON.parse(text) as typeof answer;
	} catch {
		// Something between phone and server answered.
	}
	if (status === 201 && answer.sha256 && answer.received_sha256) return answer as PhotoReceipt;
	const code = typeof answer.code === 'string' ? answer.code : status === 413 ? 'too_large' : 'server';
	throw new DataError(code, '', status === 201 ? 502 : status);
}
