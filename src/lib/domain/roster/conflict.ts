/*
 * Two phones that did not know of each other may say different headcounts of one party. Nobody can tell which is right but
 * people: both are shown with their sources, and somebody who has seen both has the last word.
 */
import { groupBy } from '../group-by';
import { present, takeBack } from './records';

/** What one phone says last of how many came, and who said it. */
export interface HeadWord {
	id: string;
	at: number;
	heads: number;
	minors: number;
	device: string;
	/** Absent: this phone itself. */
	source?: 'leader' | 'organizer' | 'self';
	by: string | null;
}

interface Said extends HeadWord {
	kind: 'present' | 'void';
	seq: number;
	voids?: string;
	knows: readonly string[];
}

/**
 * The last words of phones about a party's heads that disagree, oldest first; null when there is nothing to settle.
 * Two words disagree when they come from two phones, neither knew of the other, they say different numbers, and nobody
 * who knew of both has spoken since. That everybody left is no word about how many came.
 */
export function conflictOf(events: readonly Said[]): HeadWord[] | null {
	const voided = new Set(events.map((event) => event.voids));
	const words = events.filter(({ id, kind, heads }) => kind === 'present' && heads > 0 && !voided.has(id));
	const last = [...groupBy(words, (word) => word.device).values()].map((own) =>
		own.reduce((a, b) => (b.at > a.at || (b.at === a.at && b.seq > a.seq) ? b : a))
	);
	const open = last.filter((word) => last.some((other) => disagree(word, other, words)));
	if (open.length === 0) return null;
	return open
		.toSorted((a, b) => a.at - b.at || (a.device < b.device ? -1 : 1))
		.map(({ id, at, heads, minors, device, source, by }) => ({
			id,
			at,
			heads,
			minors,
			device,
			...(source && { source }),
			by
		}));
}

function disagree(a: Said, b: Said, words: readonly Said[]): boolean {
	if (a.device === b.device || (a.heads === b.heads && a.minors === b.minors)) return false;
	if (a.knows.includes(b.id) || b.knows.includes(a.id)) return false;
	return !words.some(({ knows }) => knows.includes(a.id) && knows.includes(b.id));
}

/**
 * The records that settle it: the word that is right holds from the first of them on and the words themselves are taken
 * back; `both` keeps them all, because some of the party came or left in between.
 */
export function settlement(signup: string, words: readonly HeadWord[], right: HeadWord | 'both') {
	const ids = words.map(({ id }) => id);
	const [first, last] = [words[0], words.at(-1)];
	if (!first || !last) return [];
	const said = right === 'both' ? last : right;
	const at = new Date(right === 'both' ? last.at : first.at).toISOString();
	const agreed = { ...present(signup, said.heads, said.minors, ids), at };
	return right === 'both' ? [agreed] : [...ids.map((id) => takeBack(signup, id)), agreed];
}
