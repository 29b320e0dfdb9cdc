/** The signed-in person as this phone last saw them: shown before the server answers, and without a signal. */
import type { Self } from './account';
import { forget, keep, kept, OWN, SESSION_KEY } from './kept';

const SELF_KEY = `${OWN}self`;

/** After a session lapsed, the person is shown for so long; then the phone forgets them. Milliseconds. */
const LAPSED_FOR = 7 * 24 * 60 * 60 * 1000;

/** The kept person belongs to one account: another one that signs in on this phone must not see it. */
interface KeptSelf {
	user: string;
	self: Self;
	/** When the person was last read. */
	read_at?: number;
}

/** Keeps the person of an account; null forgets. */
export function keepSelf(user: string, self: Self | null): void {
	if (self) keep(SELF_KEY, { user, self, read_at: Date.now() } satisfies KeptSelf);
	else forget(SELF_KEY);
}

/** The account of the person who is kept: they have not signed out. */
export const keptUser = (): string | undefined => kept<KeptSelf>(SELF_KEY)?.user;

/** The person whose session this browser holds or, if it lapsed in the last week, held; undefined: it knows nobody. */
export function knownSelf(now = Date.now()): { user: string; self: Self } | undefined {
	const known = kept<KeptSelf>(SELF_KEY);
	if (!known) return undefined;
	const user = kept<{ user?: { id?: string } }>(SESSION_KEY)?.user?.id;
	if (user !== undefined) return known.user === user ? known : undefined;
	return now - (known.read_at ?? 0) < LAPSED_FOR ? known : undefined;
}
