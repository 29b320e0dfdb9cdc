/**
 * What an organizer does next for a gathering. One answer, so that every page that asks says the same.
 *
 * | step       | when                                                        |
 * | ---------- | ----------------------------------------------------------- |
 * | none       | the day or the gathering does not take place                |
 * | done       | closed                                                      |
 * | close      | the day is over and nobody closed the gathering             |
 * | check_in   | today                                                       |
 * | pick_tasks | no task is chosen                                           |
 * | invite     | nobody has signed up                                        |
 * | assign     | somebody who signed up has no crew                          |
 * | publish    | everybody has a crew, the plan is not published             |
 * | wait       | all is told; those who did not look can be called           |
 */
export type Step =
	'none' | 'done' | 'close' | 'check_in' | 'pick_tasks' | 'invite' | 'assign' | 'publish' | 'wait';

export interface Progress {
	status: 'open' | 'cancelled' | 'closed';
	/** Confirmed sign-ups. */
	parties: number;
	assigned_parties: number;
	tasks: number;
	published_at: string | null;
}

export interface DayState {
	/** 'YYYY-MM-DD'. */
	date: string;
	status: 'planned' | 'moved' | 'cancelled';
}

/** @param today the district's local date */
export function nextStep(gathering: Progress, day: DayState, today: string): Step {
	if (day.status === 'cancelled' || gathering.status === 'cancelled') return 'none';
	if (gathering.status === 'closed') return 'done';
	if (day.date < today) return 'close';
	if (day.date === today) return 'check_in';
	if (gathering.tasks === 0) return 'pick_tasks';
	if (gathering.parties === 0) return 'invite';
	if (gathering.assigned_parties < gathering.parties) return 'assign';
	return gathering.published_at === null ? 'publish' : 'wait';
}

/** Steps in the order of their urgency, for a list of several gatherings. */
const URGENCY: readonly Step[] = [
	'check_in',
	'close',
	'pick_tasks',
	'assign',
	'publish',
	'invite',
	'wait',
	'done',
	'none'
];

export const urgencyOf = (step: Step): number => URGENCY.indexOf(step);
