/** The assigning board: everything it shows, and its commands. */
import type { Party, PlanChange, Task } from '$lib/domain/board';
import type { Hazard, Kind } from '$lib/domain/sites';
import type { AreaLabel } from './account';
import type { Client } from './client';
import { answer } from './command';
import { DataError } from './data-error';
import type { PlannedDay } from './labour-days';

export interface BoardParty extends Party {
	person_id: string;
	home_area_id: string | null;
	home: string | null;
	home_en: string | null;
	wishes: Kind[];
	tools: string;
	note: string;
	source: 'account' | 'guest' | 'organizer' | 'walk_in';
	queue_no: number;
	seen_at: string | null;
	/** When it got its place from the waitlist; null if it never waited. */
	promoted_at: string | null;
	phone: string | null;
	/** When somebody last decided on its crew. */
	assigned_at: string | null;
	overrides: string[];
	/** Largest headcount that was there; null before the day. */
	attended: number | null;
}

export interface BoardTask extends Task {
	/** Its number on printed rosters. */
	no: number;
	site_id: string;
	kind: Kind;
	length_m: number | null;
	lng: number | null;
	lat: number | null;
	address: string;
	minutes: number;
	hazards: Hazard[];
	tools: string;
	note: string;
	last_cleaned_on: string | null;
	/** Days past the wanted interval; negative: not yet; null: no interval. */
	overdue_days: number | null;
	site_area_id: string;
	site_area: string;
	/** Results recorded already. */
	entries: number;
}

export interface BoardData {
	gathering: {
		id: string;
		labour_day_id: string;
		area_id: string;
		area: AreaLabel;
		place: string;
		lng: number | null;
		lat: number | null;
		starts: string;
		ends: string;
		capacity: number | null;
		bring: string;
		safety: string;
		status: 'open' | 'cancelled' | 'closed';
		reason: string;
		changed_at: string | null;
		plan_version: number;
		plan_published_at: string | null;
	};
	day: Omit<PlannedDay, 'rule_date'>;
	counts: {
		confirmed_heads: number;
		confirmed_parties: number;
		waiting_heads: number;
		waiting_parties: number;
	};
	/** The district's local date. */
	today: string;
	time_zone: string;
	/** Until then the waitlist promotes by itself. */
	auto_until: string;
	/** Differs after any change of all this, check-ins and results apart. */
	mark: string;
	/** Confirmed and waiting, in the order of the sign-ups. */
	parties: BoardParty[];
	tasks: BoardTask[];
}

export const readBoard = (client: Client, gathering: string) =>
	answer<BoardData>(client.rpc('read_board', { p_gathering: gathering }));

/** The cheap question whether a board is still current: a mark that equals the board's means that nothing happened. */
export const readBoardMark = (client: Client, gathering: string) =>
	answer<string>(client.rpc('read_board_mark', { p_gathering: gathering }));

/**
 * Saves moves, all or none; the answer is the plan's version.
 * @throws DataError `plan_changed` ({@link conflictsOf}), `over_max`, `minors_at_hazard`
 */
export async function savePlan(
	client: Client,
	gathering: string,
	changes: readonly PlanChange[]
): Promise<number> {
	const said = await answer<{ version: number } | { changed: PlanConflict[] }>(
		client.rpc('save_plan', {
			p_gathering: gathering,
			p_changes: changes.map(({ was_pinned: _, ...change }) => change)
		})
	);
	// It names people, so the database answers it: what it refuses stands in its log.
	if ('changed' in said) throw new DataError('plan_changed', JSON.stringify(said.changed), 409);
	return said.version;
}

/**
 * Shows everybody the plan.
 * @param minors sign-ups with children that knowingly stay at a dangerous site @throws DataError `minors_to_confirm`: there are others
 */
export const publishPlan = (client: Client, gathering: string, minors: string[] = []) =>
	answer<number>(client.rpc('publish_plan', { p_gathering: gathering, p_minors: minors }));

/** Where a party of a refused change stands now. */
export interface PlanConflict {
	signup_id: string;
	name: string;
	task_id: string | null;
	task: string | null;
	leads: boolean;
	/** Who leads the crew that the party was to lead, unseen by whoever wanted that. */
	leader: string | null;
	status: 'confirmed' | 'waitlisted' | 'cancelled';
}

/** What a `plan_changed` refusal tells. */
export function conflictsOf(error: DataError): PlanConflict[] {
	return error.code === 'plan_changed' ? (JSON.parse(error.detail || '[]') as PlanConflict[]) : [];
}
