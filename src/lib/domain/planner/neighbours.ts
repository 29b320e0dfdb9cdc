/** Between gatherings the planner only suggests whom one could ask: nobody is moved without being asked. */
import { kilometres, nearPoints, possible, toolsMet, wishMet } from './instance';
import type { Place, PlanInput, PlanParty, PlanTask } from './model';
import { TOOLS, WISH } from './weights';

/** A gathering with its plan. */
export interface PlannedPlace {
	id: string;
	place: Place | null;
	input: PlanInput;
	assignments: ReadonlyMap<string, string>;
}

/** A party that has no crew, or no place, where it signed up, and a task elsewhere that lacks people. */
export interface Suggestion {
	party: string;
	from: string;
	to: string;
	task: string;
	/** Kilometres between the two meeting points; null when not known. */
	distance: number | null;
}

interface Shortage {
	at: PlannedPlace;
	task: PlanTask;
	/** Heads to the minimum, and to the maximum. */
	missing: number;
	room: number;
}

/**
 * Whom to ask to help where: those who would otherwise stay at home, to the most urgent task that lacks people, the best
 * match first (wish, own tools, short way). A task is served only while it lacks people, so that nobody is asked in vain.
 */
export function suggestHelp(places: readonly PlannedPlace[]): Suggestion[] {
	const shortages = places
		.flatMap((at) => shortagesOf(at))
		.sort((a, b) => b.task.priority - a.task.priority || a.missing - b.missing);
	const free = places.flatMap((from) =>
		from.input.parties
			.filter((party) => !from.assignments.has(party.id))
			.map((party) => ({ party: { ...party, pinned: null }, from }))
	);
	const asked = new Set<PlanParty>();
	const suggestions: Suggestion[] = [];
	for (const { at, task, missing, room } of shortages) {
		const able = free
			.filter(({ party, from }) => from !== at && !asked.has(party) && possible(party, task))
			.map(({ party, from }) => {
				const distance = from.place && at.place ? kilometres(from.place, at.place) : null;
				const match = (wishMet(party, task) ? WISH : 0) + (toolsMet(party, task) ? TOOLS : 0);
				return { party, from, distance, points: match + nearPoints(party, task) - (distance ?? 0) };
			})
			.sort((a, b) => b.points - a.points);
		let heads = 0;
		for (const { party, from, distance } of able) {
			if (heads >= missing) break;
			if (heads + party.heads > room) continue;
			heads += party.heads;
			asked.add(party);
			suggestions.push({ party: party.id, from: from.id, to: at.id, task: task.id, distance });
		}
	}
	return suggestions;
}

function shortagesOf(at: PlannedPlace): Shortage[] {
	const heads = new Map<string, number>();
	for (const party of at.input.parties) {
		const task = at.assignments.get(party.id);
		if (task !== undefined) heads.set(task, (heads.get(task) ?? 0) + party.heads);
	}
	return at.input.tasks.flatMap((task) => {
		const here = heads.get(task.id) ?? 0;
		const missing = task.crewMin - here;
		return missing > 0 ? [{ at, task, missing, room: task.crewMax - here }] : [];
	});
}
