/** The board as the planner sees it. */
import type { PlacedArea } from '$lib/data/areas';
import type { BoardParty, BoardTask } from '$lib/data/board';
import { priorityOf, type Place, type PlanInput, type PlanParty, type PlanTask } from '$lib/domain/planner';

/** How much of the plan is made anew: all of it, only who has no crew yet, or all with as few moves as possible. */
export type PlanScope = 'all' | 'rest' | 'fewest';

/** Those who are there, as many as came: on the day itself nobody else can be given work. */
export const presentOf = (parties: readonly BoardParty[]): BoardParty[] =>
	parties.flatMap((party) =>
		party.attended && party.status === 'confirmed'
			? [{ ...party, headcount: party.attended, minors: Math.min(party.minors, party.attended) }]
			: []
	);

/** Crews that have people there but none of their leaders, and somebody who could lead: their tasks. */
export function orphanedOf(parties: readonly BoardParty[]): string[] {
	const here = presentOf(parties).filter((party) => party.task_id !== null);
	const led = new Set(here.filter((party) => party.leads).map((party) => party.task_id));
	const able = here.flatMap(({ task_id, can_lead }) => (can_lead && task_id !== null ? [task_id] : []));
	return [...new Set(able)].filter((task) => !led.has(task));
}

type PlannedArea = Pick<PlacedArea, 'id' | 'parent_id' | 'level' | 'lng' | 'lat'>;
type Tree = ReadonlyMap<string, PlannedArea>;

/**
 * What to plan. What a person decided holds in every scope; a crew that somebody filled beyond its maximum is taken as
 * it is, and gets nobody more.
 * @param areas the district's areas; those that are missing are compared by themselves, without their street
 */
export function toPlanInput(
	parties: readonly BoardParty[],
	tasks: readonly BoardTask[],
	areas: readonly PlannedArea[],
	scope: PlanScope
): PlanInput {
	const tree: Tree = new Map(withPlaces(areas, tasks).map((area) => [area.id, area]));
	const input = parties.map((party) => toParty(party, tree, scope));
	const withMinors = input.some((party) => party.minors > 0 && !party.waitlisted);
	const leaders = new Map<string, string>();
	for (const { id, task_id, leads } of parties)
		if (leads && task_id !== null && !leaders.has(task_id)) leaders.set(task_id, id);
	const decided = new Map<string, number>();
	for (const { pinned, heads } of input) if (pinned) decided.set(pinned, (decided.get(pinned) ?? 0) + heads);
	return {
		parties: input,
		tasks: tasks.map((task) => ({
			...toTask(task, tree, withMinors, decided.get(task.id) ?? 0),
			leader: leaders.get(task.id) ?? null
		})),
		stability: scope === 'fewest' ? 'fewest-moves' : 'normal',
		seed: 1
	};
}

function toParty(party: BoardParty, tree: Tree, scope: PlanScope): PlanParty {
	const waitlisted = party.status !== 'confirmed';
	return {
		id: party.id,
		heads: party.headcount,
		minors: party.minors,
		...locate(party.home_area_id, tree),
		place: placeOf(party.home_area_id, tree),
		wishes: party.wishes,
		tools: party.tools,
		canLead: party.can_lead || party.leads,
		waitlisted,
		pinned: !waitlisted && (party.pinned || scope === 'rest') ? party.task_id : null,
		previous: party.task_id
	};
}

function toTask(task: BoardTask, tree: Tree, withMinors: boolean, decided: number): Omit<PlanTask, 'leader'> {
	const { crew_min, crew_max, lng, lat } = task;
	const minorsAllowed = task.hazards.length === 0;
	return {
		id: task.id,
		kind: task.kind,
		tools: task.tools,
		priority: priorityOf(task.overdue_days),
		crewMin: crew_min,
		crewMax: crew_max < crew_min ? crew_max : Math.max(crew_max, decided),
		// Children need a second pair of eyes.
		minAdults: withMinors && minorsAllowed ? Math.min(2, Math.max(1, crew_min)) : 1,
		minorsAllowed,
		...locate(task.site_area_id, tree),
		place: lng !== null && lat !== null ? { lng, lat } : null
	};
}

/** The community and the street of an area. */
function locate(id: string | null, tree: Tree): { community: string | null; street: string | null } {
	const area = id === null ? undefined : tree.get(id);
	if (!area) return { community: id, street: null };
	if (area.level === 'community') return { community: id, street: area.parent_id };
	return { community: null, street: area.level === 'street' ? id : null };
}

/**
 * The areas, those that nobody gave a place at the middle of their tasks: a district that never placed its communities
 * still has its people sent to the nearer corner.
 */
function withPlaces(areas: readonly PlannedArea[], tasks: readonly BoardTask[]): PlannedArea[] {
	const sums = new Map<string, Place & { count: number }>();
	for (const { site_area_id, lng, lat } of tasks) {
		if (lng === null || lat === null) continue;
		const sum = sums.get(site_area_id) ?? { lng: 0, lat: 0, count: 0 };
		sums.set(site_area_id, { lng: sum.lng + lng, lat: sum.lat + lat, count: sum.count + 1 });
	}
	return areas.map((area) => {
		const sum = sums.get(area.id);
		if (!sum || area.lng !== null) return area;
		return { ...area, lng: sum.lng / sum.count, lat: sum.lat / sum.count };
	});
}

/** About where an area lies: its own place, or that of the street it belongs to. */
function placeOf(id: string | null, tree: Tree): Place | null {
	const area = id === null ? undefined : tree.get(id);
	if (!area || area.level === 'district') return null;
	const { lng, lat } = area;
	return lng !== null && lat !== null ? { lng, lat } : placeOf(area.parent_id, tree);
}
