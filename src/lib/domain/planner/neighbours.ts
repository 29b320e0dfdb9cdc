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
	/** Heads to the minimum, beside those at home who would come if it were opened; and to the maximum. */
	missing: number;
	room: number;
	/** Nobody stands there yet: too little help opens nothing. */
	closed: boolean;
}

/**
 * Whom to ask to help where: those who would otherwise stay at home, to the most urgent task that lacks people, the best
 * match first (wish, own tools, short way). A task is served only while it lacks people, and one that nobody stands at yet
 * only when it can be opened with them, so that nobody is asked in vain.
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
	for (const { at, task, missing, room, closed } of shortages) {
		const able = free
			.filter(({ party, from }) => from !== at && !asked.has(party) && possible(party, task))
			.map(({ party, from }) => {
				const distance = from.place && at.place ? kilometres(from.place, at.place) : null;
				const match = (wishMet(party, task) ? WISH : 0) + (toolsMet(party, task) ? TOOLS : 0);
				return { party, from, distance, points: match + nearPoints(party, task) - (distance ?? 0) };
			})
			.sort((a, b) => b.points - a.points);
		let heads = 0;
		const coming = able.filter(({ party }) => {
			if (heads >= missing || heads + party.heads > room) return false;
			heads += party.heads;
			return true;
		});
		if (closed && heads < missing) continue;
		for (const { party, from, distance } of coming) {
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
	const ready = new Set(
		at.input.parties.filter((party) => !party.waitlisted && !at.assignments.has(party.id))
	);
	return at.input.tasks
		.toSorted((a, b) => b.priority - a.priority)
		.flatMap((task) => {
			const here = heads.get(task.id) ?? 0;
			let missing = task.crewMin - here;
			if (missing <= 0) return [];
			let room = task.crewMax - here;
			for (const party of ready) {
				if (missing <= 1 || party.heads > room || !possible(party, task)) continue;
				// They alone were too few, or the task would be open: somebody has to come.
				missing = Math.max(1, missing - party.heads);
				room -= party.heads;
				ready.delete(party);
			}
			return room > 0 ? [{ at, task, missing, room, closed: here === 0 }] : [];
		});
}
