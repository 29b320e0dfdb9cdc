/** The input as dense arrays: what each party is worth at each task, and what each task needs. */
import type { PlanInput, PlanParty, PlanTask, Place } from './model';
import {
	NEAR,
	OWN_COMMUNITY,
	PLACED,
	SAME_STREET,
	TOOLS,
	WISH,
	leaderlessPoints,
	middle,
	staffedPoints,
	stayedPoints
} from './weights';

/** Not possible: a minor at a hazard, a pin elsewhere, more heads than the task takes. */
export const NEVER = -Infinity;

export interface Instance {
	parties: readonly PlanParty[];
	tasks: readonly PlanTask[];
	heads: Int32Array;
	adults: Int32Array;
	leads: Uint8Array;
	/** `worth[p * tasks.length + t]`: points of party p at task t, or `NEVER`. */
	worth: Float64Array;
	min: Int32Array;
	max: Int32Array;
	minAdults: Int32Array;
	middle: Int32Array;
	staffed: Float64Array;
	leaderless: Float64Array;
	/** 1 where a pin opens the task whatever happens. */
	forced: Uint8Array;
	/** Index of the pinned task, or -1. */
	pin: Int32Array;
	/** Parties alike in heads, adults and leading pay the same prices: index into `kinds`. */
	kind: Int32Array;
	kinds: readonly { heads: number; adults: number; leads: number }[];
}

/** Kilometres between two places, good enough within a district (equirectangular). */
export function kilometres(a: Place, b: Place): number {
	const x = (a.lng - b.lng) * Math.cos(((a.lat + b.lat) * Math.PI) / 360);
	return Math.hypot(x, a.lat - b.lat) * 111.32;
}

/** Points per head for a short way. */
export function nearPoints(party: PlanParty, task: PlanTask): number {
	if (party.community !== null && party.community === task.community) return OWN_COMMUNITY;
	if (party.street !== null && party.street === task.street) return SAME_STREET;
	if (!party.place || !task.place) return 0;
	return Math.max(0, NEAR - kilometres(party.place, task.place));
}

/** The words of a list of tools as people type it: 铁锹、手套 or "spade, gloves". */
const toolWords = (text: string): string[] =>
	text
		.toLowerCase()
		.split(/[\s,;、，；和/]+/)
		.filter((word) => word !== '');

/** Whether the party brings a tool that the site needs. */
export function toolsMet(party: Pick<PlanParty, 'tools'>, task: Pick<PlanTask, 'tools'>): boolean {
	if (party.tools === '' || task.tools === '') return false;
	const needed = toolWords(task.tools);
	return toolWords(party.tools).some((brought) =>
		needed.some((need) => need.includes(brought) || brought.includes(need))
	);
}

export const wishMet = (party: PlanParty, task: PlanTask): boolean => party.wishes.includes(task.kind);

/** Whether the party may be sent to the task at all (its size apart from the others'). */
export const possible = (party: PlanParty, task: PlanTask): boolean =>
	(party.pinned === null || party.pinned === task.id) &&
	(task.minorsAllowed || party.minors === 0) &&
	party.heads <= task.crewMax;

/** Makes the instance of all parties that are not waiting. */
export function makeInstance(input: PlanInput): Instance {
	const parties = input.parties.filter((party) => !party.waitlisted);
	const { tasks } = input;
	const stayed = stayedPoints(input.stability ?? 'normal');
	const worth = new Float64Array(parties.length * tasks.length);
	const index = new Map(tasks.map((task, t) => [task.id, t]));
	const pin = Int32Array.from(parties, (party) =>
		party.pinned === null ? -1 : (index.get(party.pinned) ?? -1)
	);
	const forced = new Uint8Array(tasks.length);
	for (const t of pin) if (t >= 0) forced[t] = 1;

	// Many parties come from the same place, and most wish for the same few kinds of work: worked out once.
	const nearRows = new Map<string, Float64Array>();
	const nearOf = (party: PlanParty) => {
		const { community, street, place } = party;
		const key = `${community ?? ''}|${street ?? ''}|${place ? `${place.lng},${place.lat}` : ''}`;
		let row = nearRows.get(key);
		if (!row) nearRows.set(key, (row = Float64Array.from(tasks, (task) => nearPoints(party, task))));
		return row;
	};
	const wishRows = new Map<string, Float64Array>();
	const wishOf = (party: PlanParty) => {
		const key = `${party.wishes.join('|')}|${party.tools}`;
		let row = wishRows.get(key);
		if (!row)
			wishRows.set(
				key,
				(row = Float64Array.from(
					tasks,
					(task) => (wishMet(party, task) ? WISH : 0) + (toolsMet(party, task) ? TOOLS : 0)
				))
			);
		return row;
	};
	const kinds: { heads: number; adults: number; leads: number }[] = [];
	const kindOf = new Map<number, number>();
	const kind = new Int32Array(parties.length);
	parties.forEach((party, p) => {
		const { heads, minors } = party;
		const key = 2 * (heads * 1000 + minors) + (party.canLead ? 1 : 0);
		let index = kindOf.get(key);
		if (index === undefined) {
			kindOf.set(key, (index = kinds.length));
			kinds.push({ heads, adults: heads - minors, leads: party.canLead ? 1 : 0 });
		}
		kind[p] = index;
	});

	parties.forEach((party, p) => {
		const row = p * tasks.length;
		const near = nearOf(party);
		const wish = wishOf(party);
		for (let t = 0; t < tasks.length; t++) {
			const task = tasks[t]!;
			worth[row + t] = possible(party, task)
				? party.heads * (PLACED + wish[t]! + near[t]! + (party.previous === task.id ? stayed : 0))
				: NEVER;
		}
	});
	return {
		parties,
		tasks,
		heads: Int32Array.from(parties, (party) => party.heads),
		adults: Int32Array.from(parties, (party) => party.heads - party.minors),
		leads: Uint8Array.from(parties, (party) => (party.canLead ? 1 : 0)),
		worth,
		min: Int32Array.from(tasks, (task) => task.crewMin),
		max: Int32Array.from(tasks, (task) => task.crewMax),
		minAdults: Int32Array.from(tasks, (task) => task.minAdults),
		middle: Int32Array.from(tasks, middle),
		staffed: Float64Array.from(tasks, staffedPoints),
		leaderless: Float64Array.from(tasks, leaderlessPoints),
		forced,
		pin,
		kind,
		kinds
	};
}
