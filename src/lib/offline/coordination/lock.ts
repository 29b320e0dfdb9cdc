/**
 * One at a time in this browser: over all tabs and the service worker. Where the browser has no locks, everybody may send;
 * the server takes every record once all the same.
 */
export type LockName = 'outbox' | 'photos';

const nameOf = (lock: LockName) => `last-friday-${lock}`;

export async function withLock<T>(lock: LockName, work: () => Promise<T>): Promise<T> {
	if (!globalThis.navigator?.locks) return work();
	return navigator.locks.request(nameOf(lock), work) as Promise<T>;
}
