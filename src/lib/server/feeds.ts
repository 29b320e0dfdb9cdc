/** The calendars that phones subscribe to: the district's, an area's, and the one event of a gathering. */
import { createHash } from 'node:crypto';
import type { Area } from '$lib/data/areas';
import type { CalendarDay, FeedGathering } from '$lib/data/days';
import { parseLocalDate } from '$lib/domain/calendar/local-date';
import { buildCalendar, inFeedWindow, type FeedEvent } from '$lib/domain/feed/calendar-feed';
import { areaName } from '$lib/i18n/area-words';
import { feedWords } from '$lib/i18n/feed-words';
import { formatDate } from '$lib/i18n/format';
import type { Language } from '$lib/i18n/prefs';
import { m } from '$lib/paraglide/messages';
import { Route } from '$lib/route';

export interface FeedContext {
	language: Language;
	/** Where links lead: 'https://example.org'. */
	origin: string;
	zone: string;
	/** The district's local date. */
	today: string;
}

const SUBSCRIBED_FOR = 15 * 60;

/** An id that no move, no new gathering and no other address of this server ever changes. */
const uidOf = (day: string, area: string) => `${day}.${area}@last-friday`;

const latest = (...instants: (string | null)[]) =>
	new Date(Math.max(...instants.filter((instant) => instant !== null).map((instant) => Date.parse(instant))));

function lines(...texts: (string | false)[]): string {
	return texts.filter(Boolean).join('\n');
}

/** A labour day as such, all day long: times and places are the gatherings'. */
export function dayEvent(day: CalendarDay, area: Pick<Area, 'id'>, context: FeedContext): FeedEvent {
	const { language: locale, origin, zone } = context;
	const url = origin + Route.day(day.id);
	return {
		uid: uidOf(day.id, area.id),
		date: parseLocalDate(day.date),
		times: null,
		zone,
		title: m.calendar_event_title({}, { locale }),
		place: null,
		description: lines(...changes(day, locale), m.calendar_event_more({ url }, { locale })),
		url,
		status: day.status,
		sequence: day.sequence,
		lastModified: latest(day.changed_at)
	};
}

/** A gathering on its day. It takes the place of the day's own event when its area opens it. */
export function gatheringEvent(
	day: CalendarDay,
	gathering: FeedGathering,
	area: Pick<Area, 'id' | 'name' | 'name_en'>,
	context: FeedContext
): FeedEvent {
	const { language: locale, origin, zone } = context;
	const url = origin + Route.gathering(gathering.id);
	const cancelled = day.status === 'cancelled' || gathering.status === 'cancelled';
	return {
		uid: uidOf(day.id, area.id),
		date: parseLocalDate(day.date),
		times: { start: gathering.starts, end: gathering.ends },
		zone,
		title: m.calendar_event_at({ area: areaName(area, locale) }, { locale }),
		place: gathering.place,
		description: lines(
			...changes(day, locale),
			gathering.status === 'cancelled' && gathering.reason,
			gathering.bring !== '' && m.calendar_event_bring({ bring: gathering.bring }, { locale }),
			m.calendar_event_more({ url }, { locale })
		),
		url,
		status: cancelled ? 'cancelled' : day.status,
		// One more than the day's own event, which it replaces.
		sequence: day.sequence + gathering.sequence + 1,
		lastModified: latest(day.changed_at, gathering.edited_at)
	};
}

function changes({ status, rule_date, reason }: CalendarDay, locale: Language): (string | false)[] {
	return [
		status === 'moved' &&
			m.calendar_event_moved_from({ date: formatDate(rule_date, {}, locale) }, { locale }),
		status !== 'planned' && reason
	];
}

export const districtEvents = (
	days: CalendarDay[],
	district: Pick<Area, 'id'>,
	context: FeedContext
): FeedEvent[] => days.map((day) => dayEvent(day, district, context));

/**
 * What an area's subscriber goes to: on each day the gatherings of the area and below it, else the one of the street
 * around it, else the day as such.
 */
export function areaEvents(
	days: CalendarDay[],
	gatherings: FeedGathering[],
	area: Area,
	areas: Area[],
	context: FeedContext
): FeedEvent[] {
	const byId = new Map(areas.map((one) => [one.id, one]));
	const isIn = (id: string | null, ancestor: string): boolean =>
		id !== null && (id === ancestor || isIn(byId.get(id)?.parent_id ?? null, ancestor));
	return days.flatMap((day) => {
		const that = gatherings.filter((gathering) => gathering.labour_day_id === day.id);
		const own = that.filter((gathering) => isIn(gathering.area_id, area.id));
		const near = own.length > 0 ? own : that.filter((gathering) => isIn(area.id, gathering.area_id));
		if (near.length === 0) return [dayEvent(day, area, context)];
		return near.map((gathering) =>
			gatheringEvent(day, gathering, byId.get(gathering.area_id) ?? area, context)
		);
	});
}

/** The file: the same events give the same bytes, so that a subscriber's phone is told "nothing new" for nothing. */
export function calendarResponse(
	events: FeedEvent[],
	name: string,
	{ language, today }: FeedContext,
	filename: string
): Response {
	const shown = events.filter((event) => inFeedWindow(event, parseLocalDate(today)));
	const text = buildCalendar(shown, { name, locale: language, words: feedWords(language) });
	const modified = Math.max(0, ...shown.map((event) => event.lastModified.getTime()));
	return new Response(text, {
		headers: {
			'content-type': 'text/calendar; charset=utf-8',
			'content-disposition': `inline; filename="${filename}.ics"`,
			'cache-control': `public, max-age=${SUBSCRIBED_FOR}`,
			etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 16)}"`,
			'last-modified': new Date(modified).toUTCString(),
			// A calendar belongs to whoever subscribes to it, on whatever page.
			'cross-origin-resource-policy': 'cross-origin'
		}
	});
}
