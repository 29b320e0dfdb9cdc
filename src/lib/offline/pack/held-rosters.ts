/** Of which gatherings this phone took the roster, so that the server hears what it still holds of them. */
import { keep, kept, OWN } from '$lib/data/kept';

const KEY = `${OWN}rosters`;
/** A day and its evening: who holds a roster longer has sent everything, or says so when the page is opened again. */
const KEPT_FOR = 36 * 60 * 60_000;

/** The phone took the roster of this gathering. */
export function noteRoster(gathering: string, now = Date.now()): void {
	const known = Object.entries(kept<Record<string, number>>(KEY) ?? {}).filter(
		([, at]) => now - at < KEPT_FOR
	);
	keep(KEY, { ...Object.fromEntries(known), [gathering]: now });
}

export const heldRosters = (): string[] => Object.keys(kept<Record<string, number>>(KEY) ?? {});
