/**
 * A code of the venue that was read where there was no signal, kept with its time until it can be sent. Small and without
 * imports: the page that a phone shows without a signal has it too.
 */
const KEY = 'last-friday-venue';
const KEPT_FOR = 20 * 60 * 60_000;

export interface KeptCode {
	gathering: string;
	code: string;
	/** When it was read, by this device's clock. */
	at: number;
	heads?: number;
	minors?: number;
}

/** What the address of a scanned code says; null for every other address. */
export function scannedIn(pathname: string): { gathering: string; code: string } | null {
	const [, gathering, code] = /^\/v\/([0-9a-f-]{36})\/(\d{1,12}_[0-9a-f]{16})$/.exec(pathname) ?? [];
	return gathering && code ? { gathering, code } : null;
}

/** The first reading counts: the same code read again was not read later. */
export function keepCode(code: KeptCode): void {
	if (keptCode(code.gathering, code.at)?.code === code.code) return;
	try {
		localStorage.setItem(KEY, JSON.stringify(code));
	} catch {
		// A browser that keeps nothing: the page says that the leader can help.
	}
}

export function keptCode(gathering: string, now: number = Date.now()): KeptCode | undefined {
	try {
		const code = JSON.parse(localStorage.getItem(KEY) ?? 'null') as KeptCode | null;
		return code?.gathering === gathering && now - code.at < KEPT_FOR ? code : undefined;
	} catch {
		return undefined;
	}
}

export function forgetCode(): void {
	try {
		localStorage.removeItem(KEY);
	} catch {
		// told above
	}
}
