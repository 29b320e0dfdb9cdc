/**
 * Texts that an organizer pastes into a WeChat group or a private chat: short, plain, polite, complete without opening the
 * link, which stands last and alone on its line, so that WeChat makes it one.
 */
import { m } from '$lib/paraglide/messages';
import { formatDate, formatWhen } from './format';
import type { Language } from './prefs';

/** When a labour day or gathering is: a local date and wall-clock times. */
export interface When {
	date: string;
	/** Without times it is the district's whole day. */
	times: { start: string; end: string } | null;
}

interface WithLink {
	/** Absolute. */
	url: string;
}

export interface MovedText extends WithLink, When {
	/** Whose day it was: the district or the area. */
	area: string;
	/** The date it was planned for. */
	from: string;
	place: string | null;
	reason: string | null;
}

/** The day, or one area's gathering, moved: sign-ups stay. */
export function movedText(what: MovedText, locale: Language): string {
	const l = { locale };
	return lines(
		m.calendar_text_moved_title({}, l),
		m.calendar_text_moved({ area: what.area, from: formatDate(what.from, {}, locale) }, l),
		m.calendar_text_moved_when({ when: whenOf(what, locale) }, l),
		what.reason && m.calendar_text_reason({ reason: what.reason }, l),
		what.place && m.calendar_text_place({ place: what.place }, l),
		m.calendar_text_moved_keep({}, l),
		what.url
	);
}

export interface GatheringText extends WithLink, When {
	area: string;
	place: string;
}

/** The gathering meets at another time or place; the day stays. */
export function changedText(what: GatheringText, locale: Language): string {
	const l = { locale };
	return lines(
		m.gathering_changed_title({}, l),
		m.gathering_changed_text({ area: what.area }, l),
		m.calendar_text_when({ when: whenOf(what, locale) }, l),
		m.calendar_text_place({ place: what.place }, l),
		m.gathering_changed_link({}, l),
		what.url
	);
}

/** Sign-ups are open. */
export function inviteText(what: GatheringText, locale: Language): string {
	const l = { locale };
	return lines(
		m.gathering_invite_title({}, l),
		m.gathering_invite_text({ area: what.area }, l),
		m.calendar_text_when({ when: whenOf(what, locale) }, l),
		m.calendar_text_place({ place: what.place }, l),
		m.gathering_invite_link({}, l),
		what.url
	);
}

export interface CancelledText extends WithLink, When {
	area: string;
	reason: string | null;
}

/** The day, or one area's gathering, cancelled. */
export function cancelledText(what: CancelledText, locale: Language): string {
	const l = { locale };
	return lines(
		m.calendar_text_cancelled_title({}, l),
		m.calendar_text_cancelled({ area: what.area, when: whenOf(what, locale) }, l),
		what.reason && m.calendar_text_reason({ reason: what.reason }, l),
		m.calendar_text_cancelled_thanks({}, l),
		what.url
	);
}

export interface PartyText extends WithLink, When {
	/** Whom the text greets; null in a text for many. */
	name: string | null;
	/** Null in a text for many. */
	heads: number | null;
	place: string;
}

/** A party moved up from the waitlist. */
export function promotedText(what: PartyText, locale: Language): string {
	const l = { locale };
	return lines(
		m.signup_text_promoted_title({}, l),
		greeting(what.name, m.signup_text_promoted({ heads: what.heads ?? 1 }, l), locale),
		m.calendar_text_when({ when: whenOf(what, locale) }, l),
		m.calendar_text_place({ place: what.place }, l),
		m.signup_text_promoted_link({}, l),
		what.url
	);
}

/** Do not forget: for the evening before. */
export function reminderText(what: PartyText, locale: Language): string {
	const l = { locale };
	return lines(
		m.signup_text_reminder_title({}, l),
		greeting(
			what.name,
			what.heads === null
				? m.signup_text_reminder_all({}, l)
				: m.signup_text_reminder({ heads: what.heads }, l),
			locale
		),
		m.calendar_text_when({ when: whenOf(what, locale) }, l),
		m.calendar_text_place({ place: what.place }, l),
		m.signup_text_reminder_link({}, l),
		what.url
	);
}

export interface PlanText extends WithLink, When {
	task: string;
	leader: string | null;
	meetingPoint: string;
	/** What the gathering asks everybody to bring, as it was written. */
	bring: string;
	/** What the task needs. */
	tools: string;
	safety: string | null;
}

/** The plan is published: what one crew does, with whom, where, and what to bring. */
export function planText(what: PlanText, locale: Language): string {
	const l = { locale };
	return lines(
		m.calendar_text_plan_title({}, l),
		m.calendar_text_when({ when: whenOf(what, locale) }, l),
		m.calendar_text_place({ place: what.meetingPoint }, l),
		m.calendar_text_plan_task({ task: what.task }, l),
		what.leader && m.calendar_text_plan_leader({ leader: what.leader }, l),
		what.bring && m.calendar_text_plan_bring({ things: what.bring }, l),
		what.tools && m.me_tools({ tools: what.tools }, l),
		what.safety && m.calendar_text_plan_safety({ note: what.safety }, l),
		m.calendar_text_plan_link({}, l),
		what.url
	);
}

function whenOf({ date, times }: When, locale: Language): string {
	return times
		? formatWhen(date, times.start, times.end, locale)
		: formatDate(date, { weekday: true }, locale);
}

/** '王女士，您好！有空位了…'; without a name the sentence stands alone, and begins as a sentence does. */
function greeting(name: string | null, sentence: string, locale: Language): string {
	if (name) return m.signup_text_hello({ name }, { locale }) + (locale === 'zh' ? '' : ' ') + sentence;
	return sentence.charAt(0).toLocaleUpperCase(locale) + sentence.slice(1);
}

/** One line each, those without content left out; what people typed may hold line ends, and must not break the form. */
function lines(...parts: (string | null)[]): string {
	return parts
		.map((part) => part?.replace(/\s+/g, ' ').trim())
		.filter(Boolean)
		.join('\n');
}
