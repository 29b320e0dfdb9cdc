/** What keeps an input from being planned, or a party from being placed, as codes that the page has words for. */
import type { PlanInput } from './model';

export type ProblemCode =
	| 'no_tasks'
	| 'no_parties'
	| 'all_waitlisted'
	| 'crew_max_below_min'
	| 'bad_headcount'
	| 'pin_unknown_task'
	| 'pin_minors_at_hazard'
	| 'pins_over_max'
	| 'party_fits_nowhere';

export interface Problem {
	code: ProblemCode;
	/** Ids of the tasks and parties it is about. */
	tasks: string[];
	parties: string[];
	/** False: a plan can be made all the same. */
	blocking: boolean;
}

const problem = (
	code: ProblemCode,
	tasks: string[] = [],
	parties: string[] = [],
	blocking = true
): Problem => ({
	code,
	tasks,
	parties,
	blocking
});

/** Everything that is wrong with an input; empty when it can be planned. */
export function findProblems({ parties, tasks }: PlanInput): Problem[] {
	const problems: Problem[] = [];
	if (tasks.length === 0) problems.push(problem('no_tasks'));
	if (parties.length === 0) problems.push(problem('no_parties'));
	const coming = parties.filter((party) => !party.waitlisted);
	if (parties.length > 0 && coming.length === 0) problems.push(problem('all_waitlisted'));

	const isCount = (n: number, from: number) => Number.isInteger(n) && n >= from;
	const wrongCrews = tasks.filter(
		({ crewMin, crewMax, minAdults }) =>
			!isCount(crewMin, 0) || !isCount(minAdults, 0) || !isCount(crewMax, 1) || crewMax < crewMin
	);
	if (wrongCrews.length)
		problems.push(
			problem(
				'crew_max_below_min',
				wrongCrews.map(({ id }) => id)
			)
		);
	const wrongHeads = coming.filter(
		({ heads, minors }) => !isCount(heads, 1) || !isCount(minors, 0) || minors > heads
	);
	if (wrongHeads.length)
		problems.push(
			problem(
				'bad_headcount',
				[],
				wrongHeads.map(({ id }) => id)
			)
		);

	const byId = new Map(tasks.map((task) => [task.id, task]));
	const pinned = new Map<string, string[]>();
	for (const party of coming) {
		if (party.pinned === null) {
			const fits = tasks.some(
				(task) => party.heads <= task.crewMax && (task.minorsAllowed || party.minors === 0)
			);
			if (!fits && tasks.length) problems.push(problem('party_fits_nowhere', [], [party.id], false));
			continue;
		}
		const task = byId.get(party.pinned);
		if (!task) problems.push(problem('pin_unknown_task', [party.pinned], [party.id]));
		else if (!task.minorsAllowed && party.minors > 0)
			problems.push(problem('pin_minors_at_hazard', [task.id], [party.id]));
		else pinned.set(task.id, [...(pinned.get(task.id) ?? []), party.id]);
	}
	const heads = new Map(coming.map((party) => [party.id, party.heads]));
	for (const [id, crew] of pinned) {
		const sum = crew.reduce((total, party) => total + (heads.get(party) ?? 0), 0);
		if (sum > (byId.get(id)?.crewMax ?? 0)) problems.push(problem('pins_over_max', [id], crew));
	}
	return problems;
}
