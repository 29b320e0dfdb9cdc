/** Why a plan is as it is, as codes with their numbers; the page has the words. */
import { groupBy } from '../group-by';
import { nearPoints, possible, toolsMet, wishMet } from './instance';
import type { Plan, PlanInput, PlanParty, PlanTask } from './model';
import { OWN_COMMUNITY, SAME_STREET } from './weights';

export type PartyReason =
	| { code: 'pinned' }
	| { code: 'leads' }
	| { code: 'stayed' }
	| { code: 'wish' }
	/** Brings tools that are needed there. */
	| { code: 'tools' }
	| { code: 'own_community' }
	| { code: 'same_street' }
	| { code: 'nearby' }
	/** With minors, and every other task that would have them without is a hazard. */
	| { code: 'only_place_for_minors' }
	| { code: 'had_room' }
	/** Who leads there. */
	| { code: 'led_by'; party: string };

export type LeftReason =
	| { code: 'waitlisted' }
	/** Larger than every crew it may join. */
	| { code: 'too_large' }
	| { code: 'no_place_for_minors' }
	/** Every task it may join is full or stays closed. */
	| { code: 'no_room' };

/** What a plan is good for, in heads. */
export interface Comforts {
	/** Who wished for a kind of work, and who of them gets it. */
	wishing: number;
	wishMet: number;
	/** In the own community or street. */
	near: number;
}

export interface TaskNote {
	task: string;
	heads: number;
	/** Heads that are missing to the minimum; a closed task lacks all of them. */
	missing: number;
	closed: boolean;
	withoutLeader: boolean;
	missingAdults: number;
}

const sum = (parties: PlanParty[], of: (party: PlanParty) => number) =>
	parties.reduce((total, party) => total + of(party), 0);

/** Why this party is where it is, the strongest reason first. */
export function whyHere(
	input: PlanInput,
	plan: Pick<Plan, 'assignments' | 'leaders'>,
	party: PlanParty
): PartyReason[] {
	const task = input.tasks.find(({ id }) => id === plan.assignments.get(party.id));
	if (!task) return [];
	const reasons: PartyReason[] = [];
	if (party.pinned === task.id) reasons.push({ code: 'pinned' });
	if (plan.leaders.get(task.id) === party.id) reasons.push({ code: 'leads' });
	if (party.previous === task.id) reasons.push({ code: 'stayed' });
	if (wishMet(party, task)) reasons.push({ code: 'wish' });
	if (toolsMet(party, task)) reasons.push({ code: 'tools' });
	const near = nearPoints(party, task);
	if (near === OWN_COMMUNITY) reasons.push({ code: 'own_community' });
	else if (near === SAME_STREET) reasons.push({ code: 'same_street' });
	else if (near > 2) reasons.push({ code: 'nearby' });
	if (onlyPlaceForMinors(input, party)) reasons.push({ code: 'only_place_for_minors' });
	if (reasons.length === 0) reasons.push({ code: 'had_room' });
	const leader = plan.leaders.get(task.id);
	if (leader !== undefined && leader !== party.id) reasons.push({ code: 'led_by', party: leader });
	return reasons;
}

/** Whether hazards leave a party with minors just one task, where one without them could choose. */
function onlyPlaceForMinors({ tasks }: PlanInput, party: PlanParty): boolean {
	const choices = (minors: number) =>
		tasks.filter((task) => possible({ ...party, minors, pinned: null }, task)).length;
	return party.minors > 0 && choices(party.minors) === 1 && choices(0) > 1;
}

/** Why this party has no crew; undefined when it has one. */
export function whyLeft(input: PlanInput, plan: Plan, party: PlanParty): LeftReason | undefined {
	if (plan.assignments.has(party.id)) return undefined;
	if (party.waitlisted) return { code: 'waitlisted' };
	const open = input.tasks.filter((task) => task.minorsAllowed || party.minors === 0);
	if (open.length === 0) return { code: 'no_place_for_minors' };
	if (open.every((task) => task.crewMax < party.heads)) return { code: 'too_large' };
	return { code: 'no_room' };
}

/** Wishes met and short ways of a plan. */
export function comfortsOf(
	{ parties, tasks }: PlanInput,
	assignments: ReadonlyMap<string, string>
): Comforts {
	const byId = new Map(tasks.map((task) => [task.id, task]));
	const comforts: Comforts = { wishing: 0, wishMet: 0, near: 0 };
	for (const party of parties) {
		if (party.waitlisted) continue;
		const { heads } = party;
		if (party.wishes.length > 0) comforts.wishing += heads;
		const task = byId.get(assignments.get(party.id) ?? '');
		if (!task) continue;
		if (wishMet(party, task)) comforts.wishMet += heads;
		if (nearPoints(party, task) >= SAME_STREET) comforts.near += heads;
	}
	return comforts;
}

/** What each task has and lacks. */
export function taskNotes(input: PlanInput, plan: Plan): TaskNote[] {
	const crews = groupBy(
		input.parties.filter((party) => plan.assignments.has(party.id)),
		(party) => plan.assignments.get(party.id)!
	);
	return input.tasks.map((task: PlanTask): TaskNote => {
		const crew = crews.get(task.id) ?? [];
		const heads = sum(crew, (party) => party.heads);
		const adults = sum(crew, (party) => party.heads - party.minors);
		return {
			task: task.id,
			heads,
			missing: Math.max(0, task.crewMin - heads),
			closed: heads === 0,
			withoutLeader: heads > 0 && !plan.leaders.has(task.id),
			missingAdults: heads > 0 ? Math.max(0, task.minAdults - adults) : 0
		};
	});
}

/** At most so much of the best possible worth is missing, as a share from 0 to 1. */
export function distanceFromBest({ score, bound }: Plan): number {
	return bound <= 0 ? 0 : Math.max(0, (bound - score.total) / bound);
}
