import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import type { Area } from '$lib/data/areas';
import type { CalendarDay, FeedGathering } from '$lib/data/days';
import { areaEvents, calendarResponse, districtEvents, type FeedContext } from './feeds';

const context: FeedContext = {
	language: 'zh',
	origin: 'https://example.org',
	zone: 'Asia/Shanghai',
	today: '2026-11-20'
};

const day = (date: string, fields: Partial<CalendarDay> = {}): CalendarDay => ({
	id: `day-${date}`,
	month: `${date.slice(0, 7)}-01`,
	date,
	rule_date: date,
	status: 'planned',
	reason: '',
	sequence: 0,
	changed_at: '2026-01-01T00:00:00+00:00',
	gatherings: 0,
	...fields
});

const gathering = (
	area_id: string,
	labour_day_id: string,
	fields: Partial<FeedGathering> = {}
): FeedGathering => ({
	id: `gathering-${area_id}`,
	labour_day_id,
	area_id,
	place: '府后山社区广场',
	starts: '08:30:00',
	ends: '11:00:00',
	status: 'open',
	reason: '',
	bring: '手套',
	sequence: 2,
	edited_at: '2026-10-01T00:00:00+00:00',
	...fields
});

const area = (id: string, level: Area['level'], parent_id: string | null): Area => ({
	id,
	level,
	parent_id,
	code: null,
	name: id,
	name_en: null,
	time_zone: null
});
const areas = [
	area('district', 'district', null),
	area('老城街道', 'street', 'district'),
	area('府后山社区', 'community', '老城街道'),
	area('万里路街道', 'street', 'district')
];
const november = day('2026-11-27');
const eventsOf = (id: string, gatherings: FeedGathering[], days = [november]) =>
	areaEvents(
		days,
		gatherings,
		areas.find((one) => one.id === id)!,
		areas,
		context
	);

describe("an area's calendar", () => {
	it('has the day as such until a gathering is opened, then that gathering in its place', () => {
		const [before] = eventsOf('老城街道', []);
		const [after] = eventsOf('老城街道', [gathering('老城街道', november.id)]);
		expect(before).toMatchObject({ times: null, sequence: 0 });
		expect(after).toMatchObject({ times: { start: '08:30:00', end: '11:00:00' }, place: '府后山社区广场' });
		expect(after!.uid).toBe(before!.uid);
		expect(after!.sequence).toBeGreaterThan(before!.sequence);
	});

	it('sends a community to the gathering of its street, and a street to those of its communities', () => {
		const street = gathering('老城街道', november.id);
		const community = gathering('府后山社区', november.id);
		expect(eventsOf('府后山社区', [street]).map(({ title }) => title)).toEqual(['义务劳动：老城街道']);
		expect(eventsOf('老城街道', [street, community])).toHaveLength(2);
		expect(eventsOf('万里路街道', [street, community])).toMatchObject([{ times: null }]);
	});

	it('is as new as the last edit of the gathering or the day, whichever came later', () => {
		const edited_at = '2026-11-01T00:00:00+00:00';
		const edited = gathering('老城街道', november.id, { sequence: 3, ends: '12:00:00', edited_at });
		expect(eventsOf('老城街道', [edited])[0]!.lastModified).toEqual(new Date(edited_at));
		const moved = day('2026-11-27', { changed_at: '2026-11-02T00:00:00+00:00' });
		expect(eventsOf('老城街道', [edited], [moved])[0]!.lastModified).toEqual(new Date(moved.changed_at));
	});

	it('tells why a gathering or a whole day is off', () => {
		const rain = gathering('老城街道', november.id, { status: 'cancelled', reason: '下大雨' });
		expect(eventsOf('老城街道', [rain])).toMatchObject([{ status: 'cancelled' }]);
		expect(eventsOf('老城街道', [rain])[0]!.description).toContain('下大雨');
		const flood = day('2026-11-27', { status: 'cancelled', reason: '防汛', sequence: 1 });
		const [event] = eventsOf('老城街道', [gathering('老城街道', flood.id)], [flood]);
		expect(event).toMatchObject({ status: 'cancelled', sequence: 4 });
		expect(event!.description).toContain('防汛');
	});
});

describe('the file', () => {
	const moved = day('2026-12-18', {
		rule_date: '2026-12-25',
		status: 'moved',
		reason: '迎新年',
		sequence: 3
	});
	const feed = (days: CalendarDay[], own: Partial<FeedContext> = {}) => {
		const whole = { ...context, ...own };
		return calendarResponse(
			districtEvents(days, { id: 'district' }, whole),
			'红花岗区',
			whole,
			'last-friday'
		);
	};

	it('is a calendar that another program reads, with what moved', async () => {
		const response = feed([november, moved]);
		expect(response.headers.get('content-type')).toContain('text/calendar');
		const calendar = new ICAL.Component(ICAL.parse(await response.text()));
		const events = calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
		expect(events.map(({ startDate }) => startDate.toString())).toEqual(['2026-11-27', '2026-12-18']);
		expect(events[1]!.summary).toBe('改期：全民义务劳动日');
		expect(events[1]!.sequence).toBe(3);
		expect(events[1]!.description).toContain('原定12月25日');
		expect(events[1]!.description).toContain('https://example.org/days/day-2026-12-18');
	});

	it('holds the past year and the next twelve days', async () => {
		const text = await feed([day('2025-10-31'), day('2025-11-28'), november, day('2028-01-28')]).text();
		expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(2);
	});

	it('is named by its content, so that nothing new costs nothing', () => {
		const etag = (days: CalendarDay[]) => feed(days).headers.get('etag');
		expect(etag([november])).toBe(etag([november]));
		expect(etag([november])).not.toBe(etag([moved]));
		expect(feed([november]).headers.get('last-modified')).toBe('Thu, 01 Jan 2026 00:00:00 GMT');
	});

	it('speaks the language that its address asks for', async () => {
		expect(await feed([november], { language: 'en' }).text()).toContain('SUMMARY:Voluntary labour day');
	});
});
