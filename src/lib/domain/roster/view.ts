/* What of a roster a screen shows: whom a search finds, how many are here, where somebody is still missing. */
import type { PartyState } from './roster';

export interface HeadCounts {
	/** Heads announced, walk-ins among them. */
	expected: number;
	/** Heads that came (人次), and those here now. */
	came: number;
	here: number;
	parties: number;
	/** Parties that nobody has seen yet, and those here now. */
	missing: number;
	hereParties: number;
}

/** Heads of these parties; those on the waitlist are not expected, but counted once they come. */
export function countHeads(parties: readonly PartyState[]): HeadCounts {
	const counts: HeadCounts = { expected: 0, came: 0, here: 0, parties: 0, missing: 0, hereParties: 0 };
	for (const party of parties) {
		if (party.waitlisted && party.came === 0) continue;
		counts.parties += 1;
		counts.expected += party.headcount;
		counts.came += party.came;
		counts.here += party.heads;
		if (party.came === 0) counts.missing += 1;
		if (party.presence === 'here') counts.hereParties += 1;
	}
	return counts;
}

/** What attendance came to: 人次, and time in seconds. */
export interface AttendanceSum {
	came: number;
	personSeconds: number;
	/** Of personSeconds: of minors, and on the volunteers' own word. */
	minorSeconds: number;
	selfSeconds: number;
	/** Parties that nobody checked out: counted to the planned end. */
	openEnded: number;
}

/** Adds up what the check-ins of these parties came to. */
export function sumAttendance(parties: readonly PartyState[]): AttendanceSum {
	const sum: AttendanceSum = { came: 0, personSeconds: 0, minorSeconds: 0, selfSeconds: 0, openEnded: 0 };
	for (const party of parties) {
		sum.came += party.came;
		sum.personSeconds += party.personSeconds;
		sum.minorSeconds += party.minorSeconds;
		sum.selfSeconds += party.selfSeconds;
		if (party.openEnded) sum.openEnded += 1;
	}
	return sum;
}

/** Parties whose name holds the words, or whose phone ends in the digits, in the order given. */
export function findParties(parties: readonly PartyState[], search: string): PartyState[] {
	const words = plain(search);
	if (words === '') return [...parties];
	const digits = /^\d{3,}$/.test(words) ? words : null;
	return parties.filter(
		(party) => plain(party.name).includes(words) || (digits !== null && party.phone?.endsWith(digits))
	);
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

export type RosterFilter = 'all' | 'missing' | 'here';

export function filterParties(parties: readonly PartyState[], filter: RosterFilter): PartyState[] {
	if (filter === 'all') return [...parties];
	return parties.filter((party) => (filter === 'missing' ? party.came === 0 : party.presence === 'here'));
}

export type CrewTime = 'today' | 'next' | 'past';

/** Crews by when they work: today's first, then the coming ones (soonest first), then the past ones (latest first). */
export function groupCrews<C extends { date: string }>(
	crews: readonly C[],
	today: string
): { when: CrewTime; crews: C[] }[] {
	const sorted = crews.toSorted((a, b) => a.date.localeCompare(b.date));
	const groups = [
		{ when: 'today' as const, crews: sorted.filter(({ date }) => date === today) },
		{ when: 'next' as const, crews: sorted.filter(({ date }) => date > today) },
		{ when: 'past' as const, crews: sorted.filter(({ date }) => date < today).reverse() }
	];
	return groups.filter(({ crews: some }) => some.length > 0);
}
