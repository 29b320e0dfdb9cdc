/*
 * The crew planner: tonight's sign-ups and tomorrow's sites in, crews out. Pure: it knows no clock, no network and no
 * random source but its seed, so that the same input gives the same plan on a phone and on a server.
 */

export interface Place {
	lng: number;
	lat: number;
}

/** A party as the planner sees it: it goes whole to one task, or nowhere. */
export interface PlanParty {
	id: string;
	/** Heads, of whom minors. */
	heads: number;
	minors: number;
	/** Home community and the street it belongs to; null when not told. */
	community: string | null;
	street: string | null;
	place: Place | null;
	/** Kinds of work the party would like; empty: anything. */
	wishes: readonly string[];
	/** Tools the party brings, in its own words. */
	tools: string;
	canLead: boolean;
	/** On the waitlist: not planned, only counted. */
	waitlisted: boolean;
	/** The task a person decided on; it holds. */
	pinned: string | null;
	/** The task the party was told before; leaving it costs. */
	previous: string | null;
}

/** A task: one site, and whom it takes. */
export interface PlanTask {
	id: string;
	kind: string;
	/** Tools the site needs. */
	tools: string;
	/** From 0 (routine) to 9 (long overdue and reported by residents); see `priorityOf`. */
	priority: number;
	/** Heads; a crew below the minimum is not sent. */
	crewMin: number;
	crewMax: number;
	/** Adults among them. */
	minAdults: number;
	/** A hazard keeps minors away. */
	minorsAllowed: boolean;
	/** The party that leads here already: while it is in the crew, and can, it goes on. To hold it there, pin it. */
	leader: string | null;
	community: string | null;
	street: string | null;
	place: Place | null;
}

export type Stability = 'normal' | 'fewest-moves';

export interface PlanInput {
	parties: readonly PlanParty[];
	tasks: readonly PlanTask[];
	/** How much it matters that people who were told a task keep it. */
	stability?: Stability;
	/** The same seed gives the same plan. */
	seed?: number;
}

/** The parts of the objective, in points; `total` is what is maximised. */
export interface Score {
	staffed: number;
	placed: number;
	wishes: number;
	near: number;
	tools: number;
	stayed: number;
	withoutLeader: number;
	unbalanced: number;
	total: number;
}

export interface Plan {
	/** Task by party id; a party that is not in it has no crew. */
	assignments: ReadonlyMap<string, string>;
	/** Who leads, by task id. */
	leaders: ReadonlyMap<string, string>;
	score: Score;
	/** No plan can score more than this. */
	bound: number;
}

/** How urgent a site is, for `PlanTask.priority`: overdue weeks, one step each, and two steps per report of residents. */
export function priorityOf(overdueDays: number | null, reports = 0): number {
	const overdue = overdueDays === null || overdueDays < 0 ? 0 : 1 + Math.floor(overdueDays / 7);
	return Math.min(9, overdue + 2 * reports);
}
