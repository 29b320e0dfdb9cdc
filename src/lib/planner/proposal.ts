/** A plan held against the board: what would change, what it is good for, and how to take it back. */
import type { BoardParty, BoardTask } from '$lib/data/board';
import {
	changeOf,
	crewsOf,
	headsOf,
	withChanges,
	type Party,
	type PlanChange,
	type Task
} from '$lib/domain/board';
import { comfortsOf, type Comforts, type Plan, type PlanInput } from '$lib/domain/planner';

/** What a plan does to one party. */
export interface Step {
	party: BoardParty;
	change: PlanChange;
}

/** How a board stands, in numbers. */
export interface Standing {
	/** Heads that have a crew. */
	placed: number;
	/** Crews that have their minimum. */
	staffed: number;
	/** Crews with people and nobody to lead them. */
	leaderless: number;
}

export interface Proposal {
	/** In the order of the sign-ups. */
	steps: Step[];
	/** Puts everything back as it was. */
	undo: PlanChange[];
	before: Standing;
	after: Standing;
}

/** A plan that was made and is looked at, with what it was made from. */
export interface Made extends Proposal {
	input: PlanInput;
	plan: Plan;
	/** Who stood where when it was made. */
	standing: ReadonlyMap<string, string>;
	comforts: { before: Comforts; after: Comforts };
}

/** What is needed to judge a plan. */
export function present(
	parties: readonly BoardParty[],
	tasks: readonly BoardTask[],
	input: PlanInput,
	plan: Plan
): Made {
	const { assignments: standing } = standingPlan(parties);
	const comforts = {
		before: comfortsOf(input, standing),
		after: comfortsOf(input, plan.assignments)
	};
	return { input, plan, standing, comforts, ...propose(parties, tasks, plan) };
}

/** Who stands where on the board now, and who leads. */
export function standingPlan(parties: readonly Party[]): Pick<Plan, 'assignments' | 'leaders'> {
	const assignments = new Map<string, string>();
	const leaders = new Map<string, string>();
	for (const { id, task_id, leads } of parties) {
		if (task_id === null) continue;
		assignments.set(id, task_id);
		if (leads) leaders.set(task_id, id);
	}
	return { assignments, leaders };
}

/** Compares a plan with the board. Whoever leads a crew and stays in it goes on leading. */
export function propose(parties: readonly BoardParty[], tasks: readonly BoardTask[], plan: Plan): Proposal {
	const placeOf = (party: Party) => plan.assignments.get(party.id) ?? null;
	const confirmed = parties.filter((party) => party.status === 'confirmed');
	const goingOn = new Set(
		confirmed.filter((party) => party.leads && placeOf(party) === party.task_id).map((party) => party.task_id)
	);
	const leads = (party: BoardParty, to: string | null) =>
		to !== null &&
		(goingOn.has(to) ? party.leads && party.task_id === to : plan.leaders.get(to) === party.id);

	const steps = confirmed.flatMap((party): Step[] => {
		const to = placeOf(party);
		// A new leader does not unmake the decision of a person who put them there.
		const pinned = party.pinned && to === party.task_id;
		const change = changeOf(party, { to, leads: leads(party, to), pinned }, parties);
		return change.task_id === change.was && change.leads === change.was_leads ? [] : [{ party, change }];
	});
	const changes = steps.map(({ change }) => change);
	return {
		steps,
		undo: undoOf(steps, parties, tasks),
		before: standingOf(parties, tasks),
		after: standingOf(withChanges(parties, changes), tasks)
	};
}

/**
 * Steps of a plan for those who came, as they are on the whole board: into crews that are full on paper, because some of
 * them did not come, the rule is broken knowingly; and who leads a crew on paper is known to whoever leads it instead.
 * @param parties everybody on the board, also who did not come
 */
export function knowingly(
	steps: readonly Step[],
	parties: readonly BoardParty[],
	tasks: readonly BoardTask[]
): Step[] {
	const changes = steps.map(({ change }) => change);
	const full = new Set(
		crewsOf(withChanges(parties, changes), tasks)
			.filter((crew) => crew.room < 0)
			.map((crew) => crew.task.id)
	);
	return steps.map(({ party, change: { task_id: to, leads, pinned } }) => ({
		party,
		change: changeOf(party, { to, leads, pinned }, parties, to !== null && full.has(to) ? ['over_max'] : [])
	}));
}

/** The changes that take steps back: into crews that were too full, too, if a person had filled them so. */
function undoOf(
	steps: readonly Step[],
	parties: readonly BoardParty[],
	tasks: readonly BoardTask[]
): PlanChange[] {
	const overfull = new Set(
		crewsOf(parties, tasks)
			.filter((crew) => crew.room < 0)
			.map((crew) => crew.task.id)
	);
	const planned = withChanges(
		parties,
		steps.map(({ change }) => change)
	);
	const then = new Map(planned.map((party) => [party.id, party]));
	return steps.map(({ party: { id, task_id: to, leads, pinned } }) =>
		changeOf(
			then.get(id)!,
			{ to, leads, pinned },
			planned,
			to !== null && overfull.has(to) ? ['over_max'] : []
		)
	);
}

function standingOf(parties: readonly Party[], tasks: readonly Task[]): Standing {
	const manned = crewsOf(parties, tasks).filter((crew) => crew.parties.length > 0);
	return {
		placed: headsOf(manned.flatMap((crew) => crew.parties)),
		staffed: manned.filter((crew) => crew.missing === 0).length,
		leaderless: manned.filter((crew) => crew.flaws.includes('no_leader')).length
	};
}
