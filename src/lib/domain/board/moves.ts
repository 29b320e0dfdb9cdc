import type { Crew, Party, Task } from './crews';

/** What an organizer does with a party: puts it (whole) into a crew, or takes it out. */
export interface Move {
	party: string;
	/** The task; null takes the party out of its crew. */
	to: string | null;
	/** Whether the party leads there. */
	leads: boolean;
	/** Whether the planner must leave it there; by default it must, because a person decided. */
	pinned?: boolean;
}

/** A move as `save_plan` takes it: `was` is what the organizer saw, so that a stale move is refused, not applied. */
export interface PlanChange {
	signup_id: string;
	task_id: string | null;
	was: string | null;
	leads: boolean;
	was_leads: boolean;
	/** Who leads that crew already, as the organizer saw it; `null` for a party that leads there itself or is not to lead. */
	led_by: string[] | null;
	/** Rules broken knowingly. */
	confirm: string[];
	/** A person decided it, not the planner. */
	pinned: boolean;
	was_pinned: boolean;
}

/** Whether a move may be made as it is, only knowingly, or not at all. */
export type Verdict =
	| { kind: 'fine' }
	| { kind: 'confirm'; rule: 'over_max'; heads: number; max: number }
	| { kind: 'refused'; rule: 'minors_at_hazard' | 'not_confirmed' };

/** Judges a move into a crew by the database's own rules, so that nobody has to ask it first. */
export function judge(party: Party, crew: Crew | null): Verdict {
	if (crew === null || crew.task.id === party.task_id) return { kind: 'fine' };
	if (party.status !== 'confirmed') return { kind: 'refused', rule: 'not_confirmed' };
	if (party.minors > 0 && crew.task.hazards.length > 0) return { kind: 'refused', rule: 'minors_at_hazard' };
	const heads = crew.heads + party.headcount;
	if (heads > crew.task.crew_max)
		return { kind: 'confirm', rule: 'over_max', heads, max: crew.task.crew_max };
	return { kind: 'fine' };
}

/** The change to save for a party that stands as `party` says, seen among `parties`. */
export function changeOf(
	party: Party,
	move: Omit<Move, 'party'>,
	parties: readonly Party[],
	confirm: string[] = []
): PlanChange {
	const leads = move.to !== null && move.leads;
	const ledAlready = party.leads && party.task_id === move.to;
	return {
		signup_id: party.id,
		task_id: move.to,
		was: party.task_id,
		leads,
		was_leads: party.leads,
		led_by: leads && !ledAlready ? leadersOf(parties, move.to, party.id) : null,
		confirm,
		pinned: move.to !== null && (move.pinned ?? true),
		was_pinned: party.pinned
	};
}

const leadersOf = (parties: readonly Party[], task: string | null, but: string): string[] =>
	parties.filter(({ id, task_id, leads }) => leads && task_id === task && id !== but).map(({ id }) => id);

/** The move that takes a change back. */
export function inverseOf(change: PlanChange): Move {
	return {
		party: change.signup_id,
		to: change.was,
		leads: change.was_leads,
		pinned: change.was_pinned
	};
}

/** The parties as they will stand once these changes are saved, in their order. */
export function withChanges<P extends Party>(parties: readonly P[], changes: readonly PlanChange[]): P[] {
	const last = new Map(changes.map((change) => [change.signup_id, change]));
	return parties.map((party) => {
		const change = last.get(party.id);
		return change ? { ...party, task_id: change.task_id, leads: change.leads, pinned: change.pinned } : party;
	});
}

/** The crews in which a party would do most good: where it may go and people are missing, those it wished for first. */
export function suggestedCrews<P extends Party, T extends Task & { kind: string }>(
	party: P & { wishes: readonly string[] },
	crews: readonly Crew<P, T>[]
): Crew<P, T>[] {
	const rank = (crew: Crew<P, T>) => {
		const verdict = judge(party, crew);
		if (verdict.kind === 'refused') return 4;
		if (verdict.kind === 'confirm') return 3;
		if (crew.missing === 0) return 2;
		return party.wishes.includes(crew.task.kind) ? 0 : 1;
	};
	return crews
		.filter((crew) => crew.task.id !== party.task_id)
		.toSorted((a, b) => rank(a) - rank(b) || b.missing - a.missing);
}
