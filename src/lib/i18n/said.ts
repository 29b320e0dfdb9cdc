/**
 * Words of dates as they were said before, kept in this browser: its first formatter takes a slow phone a tenth of a second,
 * and a list that opens without a signal shows the same few dates each time.
 */
import { keep, kept } from '$lib/data/kept';

/** Whoever changes how dates are said changes this, or phones go on saying it as before. */
const KEY = 'last-friday-words';
/** What was said last; the rest is not worth its place. */
const MANY = 40;

let words: Map<string, string> | undefined;
let writing: ReturnType<typeof setTimeout> | undefined;

/** What was said for a key before, else what `say` says now. A key must name everything the words depend on. */
export function said(key: string, say: () => string): string {
	if (typeof document === 'undefined') return say();
	words ??= new Map(Object.entries(kept<Record<string, string>>(KEY) ?? {}));
	const known = words.get(key);
	const text = known ?? say();
	words.delete(key);
	words.set(key, text);
	if (known === undefined) writing ??= setTimeout(write, 1000);
	return text;
}

function write(): void {
	writing = undefined;
	keep(KEY, Object.fromEntries([...words!].slice(-MANY)));
}
