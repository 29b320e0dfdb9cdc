/** The planner's reasons and objections as sentences. */
import type { PlanConflict } from '$lib/data/board';
import type { LeftReason, PartyReason, Problem, Score, TaskNote } from '$lib/domain/planner';
import { formatNumber } from '$lib/i18n/format';
import { m } from '$lib/paraglide/messages';
import { someNames } from '../../party-words';

type NameOf = (id: string) => string;

export function problemWords({ code, tasks, parties }: Problem, taskName: NameOf, partyName: NameOf): string {
	const about = { tasks: someNames(tasks.map(taskName)), names: someNames(parties.map(partyName)) };
	switch (code) {
		case 'no_tasks':
			return m.board_plan_problem_no_tasks();
		case 'no_parties':
			return m.board_plan_problem_no_parties();
		case 'all_waitlisted':
			return m.board_plan_problem_all_waitlisted();
		case 'crew_max_below_min':
			return m.board_plan_problem_crew(about);
		case 'bad_headcount':
			return m.board_plan_problem_headcount(about);
		case 'pin_unknown_task':
			return m.board_plan_problem_pin_unknown(about);
		case 'pin_minors_at_hazard':
			return m.board_plan_problem_pin_minors(about);
		case 'pins_over_max':
			return m.board_plan_problem_pins_over(about);
		case 'party_fits_nowhere':
			return m.board_plan_problem_fits_nowhere(about);
	}
}

export function reasonWords(reason: PartyReason, partyName: NameOf): string {
	switch (reason.code) {
		case 'pinned':
			return m.board_plan_here_pinned();
		case 'leads':
			return m.board_plan_here_leads();
		case 'stayed':
			return m.board_plan_here_stayed();
		case 'wish':
			return m.board_plan_here_wish();
		case 'tools':
			return m.board_plan_here_tools();
		case 'led_by':
			return m.board_plan_here_led_by({ name: partyName(reason.party) });
		case 'own_community':
			return m.board_plan_here_community();
		case 'same_street':
			return m.board_plan_here_street();
		case 'nearby':
			return m.board_plan_here_nearby();
		case 'only_place_for_minors':
			return m.board_plan_here_minors();
		case 'had_room':
			return m.board_plan_here_room();
	}
}

export function leftWords({ code }: LeftReason): string {
	switch (code) {
		case 'waitlisted':
			return m.board_plan_left_waitlisted();
		case 'too_large':
			return m.board_plan_left_too_large();
		case 'no_place_for_minors':
			return m.board_plan_left_minors();
		case 'no_room':
			return m.board_plan_left_no_room();
	}
}

/** What others did to a party that a plan wanted elsewhere. */
export function conflictWords({ name, task, leader, status }: PlanConflict): string {
	if (status === 'cancelled') return m.board_held_cancelled({ name });
	if (leader) return m.board_plan_conflict_leader({ name, leader });
	return m.board_plan_conflict({ name, now: task ?? m.board_nowhere() });
}

/** Everything that a task lacks, a sentence each. */
export function noteWords(note: TaskNote, task: string): string[] {
	if (note.closed) return [m.board_plan_note_closed({ task, missing: note.missing })];
	const words: string[] = [];
	if (note.missing > 0) words.push(m.board_plan_note_missing({ task, missing: note.missing }));
	if (note.missingAdults > 0) words.push(m.board_plan_note_adults({ task, missing: note.missingAdults }));
	if (note.withoutLeader) words.push(m.board_plan_note_leader({ task }));
	return words;
}

/** The parts of the objective before and after, in their order, those left out that say nothing; the sum last. */
export function partWords(before: Score, after: Score): { what: string; before: number; after: number }[] {
	const names: [keyof Score, string][] = [
		['staffed', m.board_plan_part_staffed()],
		['withoutLeader', m.board_plan_part_leaders()],
		['placed', m.board_plan_part_placed()],
		['wishes', m.board_plan_part_wishes()],
		['near', m.board_plan_part_near()],
		['tools', m.board_plan_part_tools()],
		['unbalanced', m.board_plan_part_balance()],
		['stayed', m.board_plan_part_stayed()],
		['total', m.board_plan_part_total()]
	];
	return names
		.map(([part, what]) => ({
			what,
			before: Math.round(before[part]) || 0,
			after: Math.round(after[part]) || 0
		}))
		.filter((row) => row.before !== 0 || row.after !== 0);
}

/** 离最好的方案最多差 0.4% */
export function distanceWords(distance: number): string {
	const percent = Math.ceil(distance * 1000 - 1e-6) / 10;
	return percent <= 0 ? m.board_plan_best() : m.board_plan_distance({ percent: formatNumber(percent, 1) });
}
