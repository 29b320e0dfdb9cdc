/**
 * One at a time in this browser: over all tabs and the service worker. Where the browser has no locks, everybody may send;
 * the server takes every record once all the same.
 */
export type LockName = 'outbox' | 'photos';

const nameOf = (lock: LockName) => `last-friday-${lock}`;

/** @param patience milliseconds after which it no longer waits for its turn; without it, for ever @throws DOMException when they are over */
export async function withLock<T>(lock: LockName, work: () => Promise<T>, patience?: number): Promise<T> {
	if (!globalThis.navigator?.locks) return work();
	const options = patience === undefined ? {} : { signal: AbortSignal.timeout(patience) };
	return navigator.locks.request(nameOf(lock), options, work) as Promise<T>;
}
