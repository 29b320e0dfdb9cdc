/*
 * The rule of hours: attendance of a gathering, from the facts that were recorded. The database counts the same
 * (private.attendance_counts); this model is short enough to be read and is what it is tested against.
 *
 * - Volunteer-hours are heads present, integrated over time between check-in and check-out; without a check-out, to the
 *   planned end; never before the planned start less 30 minutes, never after the planned end plus two hours, never
 *   outside the labour day itself. Minors are counted apart, among the heads.
 * - Only the named person's own presence is certified: while somebody of age is there.
 * - Hours that rest on the volunteer's own word (they began or ended that presence themselves) are kept apart from those
 *   that a leader or organizer recorded; what an organizer credits afterwards is a record of its own and in neither.
 * - Nobody's time counts twice: a person has one sign-up per labour day, a district has one labour day per date, nothing
 *   counts outside its day, and a record that arrives after a credit takes its place (credits.ts).
 */
import { groupBy } from '../group-by';

/** "From this instant so many heads are here, of whom so many are minors"; or one such fact taken back. */
export interface AttendanceEvent {
	id: string;
	signup: string;
	device: string;
	/** Counts up on one device. */
	seq: number;
	/** The device's clock, set right by the server's: milliseconds since 1970. */
	at: number;
	kind: 'present' | 'void';
	/** 0 = everybody checked out. Minors are among the heads. A void's own numbers mean nothing. */
	heads: number;
	minors: number;
	/** Of a void: the event it takes back. */
	voids?: string;
	/** Who told; without it, a leader or organizer. */
	source?: 'leader' | 'organizer' | 'self';
}

/** What was planned: milliseconds since 1970. */
export interface Plan {
	start: number;
	end: number;
	/** Midnight before and after, in the district; only a gathering near midnight needs them. */
	day?: { start: number; end: number };
}

export interface Attendance {
	/** The largest headcount really present (人次), and how many minors at most. */
	participations: number;
	minors: number;
	/** Heads present, integrated over time; minors' seconds are among them. */
	personSeconds: number;
	minorSeconds: number;
	/** Of personSeconds, on the volunteer's own word. */
	selfSeconds: number;
	/** While somebody of age was here: what the named person, who is of age, may have certified. */
	namedSeconds: number;
	/** Of namedSeconds, on the volunteer's own word. */
	namedSelfSeconds: number;
	/** How many are here according to the last thing known, and how many of them are minors. */
	presentHeads: number;
	presentMinors: number;
	/** Nobody checked out: counted to the planned end, and marked. */
	openEnded: boolean;
	/** When somebody was first here, and the last thing known: the check-out, or what an open end rests on. */
	firstAt: number | null;
	lastAt: number | null;
}

/** Who comes early is early; nobody works from midnight on. */
export const EARLIEST_BEFORE_START = 30 * 60_000;

/** Who stays longer works longer; a check-out remembered in the evening makes no absurd hours. */
export const LATEST_AFTER_END = 2 * 60 * 60_000;

/**
 * Adds up one party's events, in whatever order and however often they arrived.
 *
 * - Events are put in order by (at, device, seq, id). Each holds until the next; at one and the same instant the last
 *   one holds, the others held for no time and count for nothing.
 * - A void removes the event it names, even if it arrives first. A void cannot be voided.
 * - Time counts in whole seconds between two facts, from 30 minutes before the planned start to 2 hours after the
 *   planned end, no matter what was recorded.
 * - A party that never checked out counts to the planned end, or to its last event if that is later.
 * - A presence rests on the volunteer's own word when they told its beginning or its end.
 */
export function summariseAttendance(events: readonly AttendanceEvent[], plan: Plan): Attendance {
	const facts = standingFacts(events);
	const last = facts.at(-1);
	const openEnded = last !== undefined && last.heads > 0;
	const from = Math.max(plan.start - EARLIEST_BEFORE_START, plan.day?.start ?? -Infinity);
	const to = Math.min(plan.end + LATEST_AFTER_END, plan.day?.end ?? Infinity);
	const clamp = (at: number) => Math.min(Math.max(at, from), to);

	const sum: Attendance = {
		participations: 0,
		minors: 0,
		personSeconds: 0,
		minorSeconds: 0,
		selfSeconds: 0,
		namedSeconds: 0,
		namedSelfSeconds: 0,
		presentHeads: last?.heads ?? 0,
		presentMinors: last?.minors ?? 0,
		openEnded,
		firstAt: facts.find((fact) => fact.heads > 0)?.at ?? null,
		lastAt: last?.at ?? null
	};
	for (const [index, fact] of facts.entries()) {
		const next = facts[index + 1];
		const until = next?.at ?? Math.max(fact.at, plan.end);
		const ownWord = fact.source === 'self' || next?.source === 'self';
		const seconds = Math.round((clamp(until) - clamp(fact.at)) / 1000);
		sum.participations = Math.max(sum.participations, fact.heads);
		sum.minors = Math.max(sum.minors, fact.minors);
		sum.personSeconds += fact.heads * seconds;
		sum.minorSeconds += fact.minors * seconds;
		if (ownWord) sum.selfSeconds += fact.heads * seconds;
		if (fact.heads > fact.minors) {
			sum.namedSeconds += seconds;
			if (ownWord) sum.namedSelfSeconds += seconds;
		}
	}
	return sum;
}

/** The parties of one gathering, each by its sign-up. */
export function attendanceBySignup(events: readonly AttendanceEvent[], plan: Plan): Map<string, Attendance> {
	const bySignup = groupBy(events, (event) => event.signup);
	return new Map([...bySignup].map(([signup, own]) => [signup, summariseAttendance(own, plan)]));
}

/** What still stands: each event once, without voids and what they name, the last one of each instant, in order. */
export function standingFacts(events: readonly AttendanceEvent[]): AttendanceEvent[] {
	const voided = new Set(events.filter((event) => event.kind === 'void').map((event) => event.voids));
	const once = new Map(events.map((event) => [event.id, event]));
	return [...once.values()]
		.filter((event) => event.kind === 'present' && !voided.has(event.id))
		.toSorted(byTimeThenDevice)
		.filter((event, index, all) => all[index + 1]?.at !== event.at);
}

function byTimeThenDevice(a: AttendanceEvent, b: AttendanceEvent): number {
	return a.at - b.at || compare(a.device, b.device) || a.seq - b.seq || compare(a.id, b.id);
}

/** By code unit, as Postgres' collation "C" for the ASCII of a UUID. */
function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
