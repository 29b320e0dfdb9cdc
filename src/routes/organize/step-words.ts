/** How a gathering's next step is said, and where it is done. */
import { nextStep, type Step } from '$lib/domain/planning/next-step';
import type { PlannedDay, PlannedGathering } from '$lib/data/labour-days';
import { m } from '$lib/paraglide/messages';
import { Route } from '$lib/route';

export interface StepWords {
	step: Step;
	/** How things stand, for a badge. */
	state: string;
	tone: 'need' | 'ok' | 'late' | 'muted';
	/** What to do about it, and where. */
	action: { label: string; href: string } | null;
}

export function stepWords(gathering: PlannedGathering, day: PlannedDay, today: string): StepWords {
	const step = nextStep(gathering, day, today);
	const { id } = gathering;
	const [state, tone, label, href] = WORDS[step](id, gathering.heads - gathering.assigned_heads);
	return { step, state, tone, action: label && href ? { label, href } : null };
}

type Row = [state: string, tone: StepWords['tone'], label?: string, href?: string];

const WORDS: Readonly<Record<Step, (id: string, unassigned: number) => Row>> = {
	none: () => [m.calendar_step_none(), 'muted'],
	done: (id) => [m.calendar_step_done(), 'muted', m.calendar_do_done(), Route.organizeDayOf(id)],
	close: (id) => [m.calendar_step_close(), 'late', m.calendar_do_close(), Route.organizeDayOf(id)],
	check_in: (id) => [m.calendar_step_check_in(), 'ok', m.calendar_do_check_in(), Route.organizeDayOf(id)],
	pick_tasks: (id) => [
		m.calendar_step_pick_tasks(),
		'need',
		m.calendar_do_pick_tasks(),
		Route.organizeBoardTasks(id)
	],
	invite: (id) => [m.calendar_step_invite(), 'need', m.calendar_do_invite(), Route.organizeGatheringTell(id)],
	assign: (id, heads) => [
		m.calendar_step_assign({ heads }),
		'need',
		m.calendar_do_assign(),
		Route.organizeBoardOf(id)
	],
	publish: (id) => [m.calendar_step_publish(), 'need', m.calendar_do_publish(), Route.organizeBoardOf(id)],
	wait: (id) => [m.calendar_step_wait(), 'ok', m.calendar_do_tell(), Route.organizeGatheringTell(id)]
};
