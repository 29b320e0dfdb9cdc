/** How a booked party stands, told in one word: the first thing its person wants to know. */

export type Standing =
	/** The person cancelled it. */
	| 'cancelled'
	/** The district cancelled the whole day. */
	| 'day-cancelled'
	/** The area cancelled its gathering, for rain say. */
	| 'gathering-cancelled'
	/** The day is over and somebody of the party came. */
	| 'attended'
	/** The day is over and nobody was checked in. */
	| 'absent'
	/** Checked in, right now. */
	| 'present'
	| 'waiting'
	/** Confirmed; the plan is not out yet. */
	| 'booked'
	/** Confirmed; the plan is out and names no task for this party. */
	| 'unassigned'
	/** Confirmed, with a task. */
	| 'assigned';

/** What decides it; the page of a sign-up has all of this. */
export interface Booking {
	status: 'confirmed' | 'waitlisted' | 'cancelled';
	checked_in: boolean;
	attendance: { participations: number } | null;
	day: { date: string; status: 'planned' | 'moved' | 'cancelled'; changed_at: string | null };
	gathering: {
		status: 'open' | 'cancelled' | 'closed';
		changed_at: string | null;
		published_at: string | null;
	};
	promoted_at: string | null;
	seen_at: string | null;
	task: object | null;
}

/** How the party stands on the local date `today`. */
export function standingOf(booking: Booking, today: string): Standing {
	const { day, gathering, attendance } = booking;
	const came = (attendance?.participations ?? 0) > 0;
	if (booking.status === 'cancelled') return 'cancelled';
	if (came && (gathering.status === 'closed' || day.date < today)) return 'attended';
	if (day.status === 'cancelled') return 'day-cancelled';
	if (gathering.status === 'cancelled') return 'gathering-cancelled';
	if (gathering.status === 'closed' || day.date < today) return 'absent';
	if (came) return 'present';
	if (booking.status === 'waitlisted') return 'waiting';
	if (booking.task) return 'assigned';
	return gathering.published_at ? 'unassigned' : 'booked';
}

const OVER: ReadonlySet<Standing> = new Set(['cancelled', 'attended', 'absent']);

/** Whether nothing more is to come of it. A cancelled day or gathering stays news until its date has passed. */
export function isOver(booking: Booking, today: string): boolean {
	return OVER.has(standingOf(booking, today)) || booking.day.date < today;
}

/** Whether the party may check itself in at the venue: on the day, confirmed, and not here already. */
export const canCheckIn = (booking: Booking, today: string): boolean =>
	booking.day.date === today && ['booked', 'unassigned', 'assigned'].includes(standingOf(booking, today));

export type News = 'promoted' | 'moved' | 'changed' | 'planned';

/** What happened since the person last looked, most important first; nothing before the first look. */
export function newsFor({ seen_at, promoted_at, day, gathering }: Booking): News[] {
	if (!seen_at) return [];
	const since = Date.parse(seen_at);
	const happened = (at: string | null) => at !== null && Date.parse(at) > since;
	const news: [News, boolean][] = [
		['promoted', happened(promoted_at)],
		// Moved, moved back, or called off and taking place after all.
		['moved', day.status !== 'cancelled' && happened(day.changed_at)],
		['changed', gathering.status === 'open' && happened(gathering.changed_at)],
		['planned', happened(gathering.published_at)]
	];
	return news.filter(([, is]) => is).map(([name]) => name);
}
