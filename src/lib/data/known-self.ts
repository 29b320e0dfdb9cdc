/** The signed-in person as this phone last saw them: shown before the server answers, and without a signal. */
import type { Self } from './account';
import { SESSION_KEY } from './client';
import { forget, keep, kept, OWN } from './kept';

const SELF_KEY = `${OWN}self`;

/** The kept person belongs to one account: another one that signs in on this phone must not see it. */
interface KeptSelf {
	user: string;
	self: Self;
}

/** Keeps the person of an account; null forgets. */
export function keepSelf(user: string, self: Self | null): void {
	if (self) keep(SELF_KEY, { user, self } satisfies KeptSelf);
	else forget(SELF_KEY);
}

/** The person whose session this browser holds, if it knows them. */
export function knownSelf(): Self | undefined {
	const known = kept<KeptSelf>(SELF_KEY);
	const user = kept<{ user?: { id?: string } }>(SESSION_KEY)?.user?.id;
	return known && known.user === user ? known.self : undefined;
}
