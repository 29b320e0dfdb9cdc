/**
 * The assigning board as pure data: who stands in which crew, what a crew still needs, and which rules it breaks.
 * Field names are those of the database's answer, so nothing is translated on the way.
 */

/** A party as the board needs it; it always moves whole. */
export interface Party {
	id: string;
	name: string;
	headcount: number;
	minors: number;
	status: 'confirmed' | 'waitlisted';
	can_lead: boolean;
	/** The crew it stands in; null: not assigned. */
	task_id: string | null;
	leads: boolean;
	/** A person decided on its crew; the planner leaves it there. */
	pinned: boolean;
}

/** A task as the board needs it. */
export interface Task {
	id: string;
	name: string;
	crew_min: number;
	crew_max: number;
	hazards: readonly string[];
}

/** What is not right with a crew. An empty crew is only short of people. */
export type Flaw = 'below_min' | 'over_max' | 'no_leader' | 'minors_at_hazard';

export interface Crew<P extends Party = Party, T extends Task = Task> {
	task: T;
	/** Leaders first, then in the order of the sign-ups. */
	parties: P[];
	heads: number;
	minors: number;
	/** Heads to the minimum; 0 when there are enough. */
	missing: number;
	/** Heads to the maximum; negative when there are too many. */
	room: number;
	flaws: Flaw[];
}

/** The crews of all tasks, in the order of the tasks. Whoever only waits for a place stands in no crew. */
export function crewsOf<P extends Party, T extends Task>(
	parties: readonly P[],
	tasks: readonly T[]
): Crew<P, T>[] {
	const byTask = new Map<string | null, P[]>(tasks.map((task) => [task.id, []]));
	for (const party of parties) if (party.status === 'confirmed') byTask.get(party.task_id)?.push(party);
	return tasks.map((task) => crewOf(task, byTask.get(task.id) ?? []));
}

function crewOf<P extends Party, T extends Task>(task: T, members: readonly P[]): Crew<P, T> {
	const parties = [...members.filter((party) => party.leads), ...members.filter((party) => !party.leads)];
	const heads = headsOf(parties);
	const minors = parties.reduce((sum, party) => sum + party.minors, 0);
	const flaws: Flaw[] = [];
	if (heads < task.crew_min) flaws.push('below_min');
	if (heads > task.crew_max) flaws.push('over_max');
	if (parties.length > 0 && !parties.some((party) => party.leads)) flaws.push('no_leader');
	if (minors > 0 && task.hazards.length > 0) flaws.push('minors_at_hazard');
	return {
		task,
		parties,
		heads,
		minors,
		missing: Math.max(0, task.crew_min - heads),
		room: task.crew_max - heads,
		flaws
	};
}

/** Confirmed parties without a crew. */
export function unassigned<P extends Party>(parties: readonly P[]): P[] {
	return parties.filter((party) => party.status === 'confirmed' && party.task_id === null);
}

export function headsOf(parties: readonly Pick<Party, 'headcount'>[]): number {
	return parties.reduce((sum, party) => sum + party.headcount, 0);
}

/** What publishing this plan would leave undone. */
export interface Readiness<P extends Party = Party, T extends Task = Task> {
	unassigned: P[];
	below: Crew<P, T>[];
	over: Crew<P, T>[];
	leaderless: Crew<P, T>[];
	empty: Crew<P, T>[];
	/** Children where they may not be: no move puts them there, but a site may have become dangerous since. */
	hazardous: Crew<P, T>[];
	/** Nothing of the above. */
	complete: boolean;
}

export function readinessOf<P extends Party, T extends Task>(
	parties: readonly P[],
	crews: readonly Crew<P, T>[]
): Readiness<P, T> {
	const having = (flaw: Flaw) => crews.filter((crew) => crew.parties.length > 0 && crew.flaws.includes(flaw));
	const without = unassigned(parties);
	const [below, over, leaderless] = [having('below_min'), having('over_max'), having('no_leader')];
	const empty = crews.filter((crew) => crew.parties.length === 0);
	const hazardous = having('minors_at_hazard');
	return {
		unassigned: without,
		below,
		over,
		leaderless,
		empty,
		hazardous,
		complete: [without, below, over, leaderless, empty, hazardous].every((list) => list.length === 0)
	};
}
