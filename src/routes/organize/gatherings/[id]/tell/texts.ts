/** Which text fits a gathering now, and what it says. */
import type { BoardData, BoardParty, BoardTask } from '$lib/data/board';
import { lastFriday } from '$lib/domain/calendar/labour-days';
import { monthOf, parseLocalDate, yearOf } from '$lib/domain/calendar/local-date';
import { areaName } from '$lib/i18n/area-words';
import type { Language } from '$lib/i18n/prefs';
import { toolsOf } from '$lib/i18n/site-words';
import {
	cancelledText,
	changedText,
	inviteText,
	movedText,
	planText,
	promotedText,
	reminderText,
	type When
} from '$lib/i18n/wechat-texts';
import { Route } from '$lib/route';

export type TextKind = 'invite' | 'plan' | 'reminder' | 'moved' | 'changed' | 'cancelled' | 'promoted';

/** The texts that are true at this moment: nobody sends a cancellation by a slip of the finger. */
export function possibleTexts(data: BoardData): TextKind[] {
	const { gathering, day, parties } = data;
	if (gathering.status === 'cancelled' || day.status === 'cancelled') return ['cancelled'];
	const possible: Record<TextKind, boolean> = {
		invite: gathering.status === 'open',
		plan: gathering.plan_published_at !== null && parties.some(({ task_id }) => task_id !== null),
		reminder: parties.length > 0,
		moved: day.status === 'moved',
		changed: gathering.changed_at !== null || backAt(day) !== null,
		cancelled: false,
		promoted: promotedOf(parties).length > 0
	};
	return (Object.keys(possible) as TextKind[]).filter((kind) => possible[kind]);
}

/** Who got a place from the waitlist, the latest first: only they are to be told so. */
export const promotedOf = (parties: readonly BoardParty[]): BoardParty[] =>
	parties
		.filter(({ status, promoted_at }) => status === 'confirmed' && promoted_at !== null)
		.toSorted((a, b) => instant(b.promoted_at) - instant(a.promoted_at));

/** The text most likely wanted at this moment: of what happened last. Of the plan, on the day itself, everybody is reminded. */
export function fittingText({ gathering, day, parties, today }: BoardData): TextKind {
	if (gathering.status === 'cancelled' || day.status === 'cancelled') return 'cancelled';
	const told = parties.length > 0;
	const news: [TextKind, string | null][] = [
		[day.date > today ? 'plan' : 'reminder', gathering.plan_published_at],
		['moved', told && day.status === 'moved' ? day.changed_at : null],
		['changed', told ? gathering.changed_at : null],
		['changed', told ? backAt(day) : null]
	];
	const [last] = news.filter(([, at]) => at !== null).toSorted(([, a], [, b]) => instant(b) - instant(a));
	return last?.[0] ?? 'invite';
}

/** When the day was put back to its usual date, or takes place after all: those who were told otherwise must hear of it. */
const backAt = (day: BoardData['day']) => (day.status === 'planned' ? day.changed_at : null);

const instant = (at: string | null) => (at === null ? 0 : Date.parse(at));

interface About {
	task: BoardTask | undefined;
	party: BoardParty | undefined;
}

export function textFor(
	kind: TextKind,
	data: BoardData,
	{ task, party }: About,
	origin: string,
	locale: Language
): string {
	const { gathering, day } = data;
	const area = areaName(gathering.area, locale);
	const when: When = { date: day.date, times: { start: gathering.starts, end: gathering.ends } };
	const url = origin + Route.gathering(gathering.id);
	const { place } = gathering;
	const about = { ...when, url, place, name: party?.name ?? null, heads: party?.headcount ?? null };
	switch (kind) {
		case 'invite':
			return inviteText({ ...when, url, area, place }, locale);
		case 'moved':
			return movedText({ ...when, url, area, place, from: ruleDate(day.month), reason: day.reason }, locale);
		case 'changed':
			return changedText({ ...when, url, area, place }, locale);
		case 'cancelled':
			return cancelledText({ ...when, url, area, reason: gathering.reason || day.reason }, locale);
		case 'reminder':
			return reminderText(about, locale);
		case 'promoted':
			return promotedText(about, locale);
		case 'plan':
			return planText({ ...when, url, ...crewOf(data, task), meetingPoint: place }, locale);
	}
}

function crewOf({ parties, gathering }: BoardData, task: BoardTask | undefined) {
	const leaders = parties.filter(({ task_id, leads }) => leads && task_id === task?.id);
	return {
		task: task?.name ?? '',
		leader: leaders.map(({ name }) => name).join('、') || null,
		bring: gathering.bring,
		tools: task ? toolsOf(task) : '',
		safety: gathering.safety || null
	};
}

function ruleDate(month: string): string {
	const date = parseLocalDate(month);
	return lastFriday(yearOf(date), monthOf(date));
}
