/**
 * Commands without the client library: what must also run in the service worker, which has the session but no page, sends
 * them so. The same interface, the same refusals.
 */
import { DataError } from './data-error';

/** Where the data are and as whom they are asked. */
export interface Connection {
	/** Empty: where the app came from. */
	url: string;
	key: string;
	token: string;
}

/** A server that has said nothing for so long will not. */
const TIMEOUT = 25_000;

/** The answer of a command. @throws DataError the refusal; `offline` or `server` when there was no proper answer */
export async function callRpc<T>({ url, key, token }: Connection, name: string, body: object): Promise<T> {
	let response: Response;
	try {
		response = await fetch(`${url}/rest/v1/rpc/${name}`, {
			method: 'POST',
			headers: { apikey: key, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
			body: JSON.stringify(body),
			cache: 'no-store',
			credentials: 'omit',
			signal: AbortSignal.timeout(TIMEOUT)
		});
	} catch {
		throw new DataError('offline');
	}
	// A command that says nothing.
	if (response.status === 204) return null as T;
	// A sign-in page of a foreign network answers too, but not in JSON.
	const answer: unknown = await response.json().catch(() => undefined);
	if (response.ok && answer !== undefined) return answer as T;
	const { message = '', code, details = null } = (answer ?? {}) as Partial<Record<string, string>>;
	throw DataError.from({ message, code, details }, response.status);
}
