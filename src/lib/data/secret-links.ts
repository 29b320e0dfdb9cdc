/** Addresses that open something once. What opens it stands after the `#`, which no browser sends to any server's log. */

/** 128 random bits; the database keeps their hash only. */
export const newToken = (): string =>
	Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The address of a link, to send or to show as a QR. */
export const secretLink = (path: string, token: string): string => `${location.origin}${path}#${token}`;

/** The token of the address that was opened, or what an earlier page of this visit put by; empty when there is none. */
export function tokenHere(key: string): string {
	const opened = /^#([0-9a-f]{32})$/.exec(location.hash)?.[1];
	try {
		if (opened) sessionStorage.setItem(key, opened);
		return opened ?? sessionStorage.getItem(key) ?? '';
	} catch {
		return opened ?? '';
	}
}

/** Forgets a token that has done its work. */
export function dropToken(key: string): void {
	try {
		sessionStorage.removeItem(key);
	} catch {
		// none was kept
	}
}
