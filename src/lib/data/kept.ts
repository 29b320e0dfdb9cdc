/** Small things this browser keeps. A browser that keeps nothing (a private window, a full disk) simply asks again. */

export function kept<T>(key: string): T | undefined {
	try {
		const text = localStorage.getItem(key);
		return text === null ? undefined : (JSON.parse(text) as T);
	} catch {
		return undefined;
	}
}

export function keep(key: string, value: unknown): void {
	try {
		localStorage.setItem(key, JSON.stringify(value));
	} catch {
		// told above
	}
}

export function forget(key: string): void {
	try {
		localStorage.removeItem(key);
	} catch {
		// told above
	}
}

/** Where the browser keeps the session; its presence tells a public page, without loading anything, that somebody is signed in. */
export const SESSION_KEY = 'last-friday-session';

/** Keys that begin so hold something of the person who is signed in; signing out removes them. */
export const OWN = 'last-friday-own-';

export const forgetOwn = (): void => forgetWhere((key) => key.startsWith(OWN));

/** Forgets everything whose key is such. */
export function forgetWhere(such: (key: string) => boolean): void {
	try {
		for (const key of Object.keys(localStorage)) if (such(key)) localStorage.removeItem(key);
	} catch {
		// told above
	}
}
