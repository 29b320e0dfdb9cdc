import ical, {
	ICalCalendarMethod,
	ICalEventBusyStatus,
	ICalEventStatus,
	ICalEventTransparency,
	type ICalEventData
} from 'ical-generator';
import { gatheringInterval, type LocalTime } from '../calendar/gathering-interval';
import { addDays, addYears, type LocalDate } from '../calendar/local-date';
import { nextLabourDays } from '../calendar/labour-days';

/*
 * The calendar that Apple, Google and Outlook subscribe to (RFC 5545). For the server: ical-generator and luxon stay out
 * of bundles.
 *
 * Times are written as UTC instants, which every client shows on its own clock and which need no VTIMEZONE; a day
 * without times is an all-day event. An event keeps its UID for ever: a client replaces what it holds under that UID
 * when SEQUENCE grows, and so moves or strikes the entry in place instead of adding another.
 */

export interface FeedEvent {
	/** Globally unique and never reused: '<uuid of the gathering>@<host of the app>'. */
	uid: string;
	date: LocalDate;
	/** Both or neither; without times the event takes the whole day. */
	times: { start: LocalTime; end: LocalTime } | null;
	zone: string;
	title: string;
	place: string | null;
	description: string | null;
	/** Absolute. */
	url: string | null;
	status: 'planned' | 'moved' | 'cancelled';
	/** Grows with every change that a subscriber should see; 0 at first. */
	sequence: number;
	lastModified: Date;
}

/** Clients hide or ignore STATUS, so the title says it too, in the reader's language. */
export interface FeedWords {
	moved: (title: string) => string;
	cancelled: (title: string) => string;
}

export interface FeedOptions {
	/** The calendar's name in the client's list. */
	name: string;
	locale: 'zh' | 'en';
	words: FeedWords;
}

/** How often a client should look again. Rain cancels a gathering at six in the morning. */
const REFRESH_SECONDS = 60 * 60;

const GENTLE = { transparency: ICalEventTransparency.TRANSPARENT, busystatus: ICalEventBusyStatus.FREE };

/** The past year and the next twelve labour days, wherever in their months the district moved them. */
export function inFeedWindow(event: Pick<FeedEvent, 'date'>, today: LocalDate): boolean {
	const thirteenth = nextLabourDays(today, 13).at(-1);
	return event.date >= addYears(today, -1) && (thirteenth === undefined || event.date < thirteenth);
}

/**
 * Writes the calendar: of an area with {@link inFeedWindow} applied before, or of one event for "add to calendar".
 * The same events give the same bytes (DTSTAMP is the last change), so that an ETag is worth its while.
 */
export function buildCalendar(events: readonly FeedEvent[], options: FeedOptions): string {
	const calendar = ical({
		name: escapeText(options.name),
		prodId: { company: 'Last Friday', product: 'Labour days', language: options.locale.toUpperCase() },
		method: ICalCalendarMethod.PUBLISH,
		ttl: REFRESH_SECONDS
	});
	for (const event of events) calendar.createEvent(entry(event, options.words));
	return `${calendar.toString()}\r\n`;
}

function entry(event: FeedEvent, words: FeedWords): ICalEventData {
	const cancelled = event.status === 'cancelled';
	const title = event.status === 'planned' ? event.title : words[event.status](event.title);
	return {
		id: event.uid,
		sequence: event.sequence,
		stamp: event.lastModified,
		lastModified: event.lastModified,
		...period(event),
		summary: printable(title),
		location: event.place ? { title: printable(event.place) } : null,
		description: event.description ? printable(event.description) : null,
		// The generator escapes addresses as if they were text; these two signs are the ones it would spoil.
		url: event.url?.replaceAll(',', '%2C').replaceAll(';', '%3B') ?? null,
		status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
		// What is cancelled, or only known by its day, does not make a person busy.
		...(cancelled || event.times === null ? GENTLE : {})
	};
}

function period({ date, times, zone }: FeedEvent): Pick<ICalEventData, 'start' | 'end' | 'allDay'> {
	if (times) return gatheringInterval(date, times.start, times.end, zone);
	const midnight = (day: LocalDate) => new Date(`${day}T00:00:00Z`);
	return { start: midnight(date), end: midnight(addDays(date, 1)), allDay: true };
}

/** Control characters, which a pasted text may hold, make some clients refuse the whole calendar. */
function printable(text: string): string {
	// eslint-disable-next-line no-control-regex
	const control = /[\u0000-\u0008\u000B-\u001F\u007F]/g;
	return text.toWellFormed().replace(control, (sign) => (sign === '\r' ? '\n' : ''));
}

/** The generator writes the calendar's name as it is. */
function escapeText(text: string): string {
	return printable(text)
		.replace(/[\\;,]/g, '\\$&')
		.replace(/\n/g, '\\n');
}
