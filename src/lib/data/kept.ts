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
