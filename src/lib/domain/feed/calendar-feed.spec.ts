import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { parseLocalDate as day } from '../calendar/local-date';
import { buildCalendar, inFeedWindow, type FeedEvent, type FeedOptions } from './calendar-feed';

const options: FeedOptions = {
	name: '红花岗区 · 周五义务劳动',
	locale: 'zh',
	words: { moved: (title) => `改期:${title}`, cancelled: (title) => `取消:${title}` }
};

function event(more: Partial<FeedEvent> = {}): FeedEvent {
	return {
		uid: '7d0d6c5e-0000-4000-8000-000000000001@friday.example',
		date: day('2026-11-27'),
		times: { start: '08:30', end: '11:00' },
		zone: 'Asia/Shanghai',
		title: '老城街道义务劳动',
		place: '府后山社区广场',
		description: '带手套,穿雨鞋;自带水壶。\n集合后分组。',
		url: 'https://friday.example/days/2026-11-27?area=1,2;3',
		status: 'planned',
		sequence: 0,
		lastModified: new Date('2026-11-01T02:03:04Z'),
		...more
	};
}

const linesOf = (text: string) => text.split('\r\n');
const unfolded = (text: string) => linesOf(text.replaceAll('\r\n ', ''));

function parsed(text: string) {
	const calendar = new ICAL.Component(ICAL.parse(text));
	const events = calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
	return { calendar, events, first: events[0]! };
}

describe('the calendar', () => {
	const text = buildCalendar([event()], options);

	it('says what it is, and how often to look again', () => {
		const lines = unfolded(text);
		expect(lines.slice(0, 2)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0']);
		expect(lines).toContain('PRODID:-//Last Friday//Labour days//ZH');
		expect(lines).toContain('METHOD:PUBLISH');
		expect(lines).toContain('X-WR-CALNAME:红花岗区 · 周五义务劳动');
		expect(lines).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT1H');
		expect(lines).toContain('X-PUBLISHED-TTL:PT1H');
		expect(lines.slice(-2)).toEqual(['END:VCALENDAR', '']);
	});

	it('writes instants in UTC, so that no client needs a zone', () => {
		const lines = unfolded(text);
		expect(lines).toContain('DTSTART:20261127T003000Z');
		expect(lines).toContain('DTEND:20261127T030000Z');
		expect(lines).toContain('DTSTAMP:20261101T020304Z');
		expect(lines).toContain('LAST-MODIFIED:20261101T020304Z');
		expect(text).not.toContain('TZID');
	});

	it('reads the same to an independent parser', () => {
		const { calendar, first } = parsed(text);
		expect(calendar.getFirstPropertyValue('x-wr-calname')).toBe(options.name);
		expect(first.uid).toBe(event().uid);
		expect(first.summary).toBe('老城街道义务劳动');
		expect(first.location).toBe('府后山社区广场');
		expect(first.description).toBe(event().description);
		expect(first.startDate.toJSDate()).toEqual(new Date('2026-11-27T00:30:00Z'));
		expect(first.duration.toSeconds()).toBe(2.5 * 3600);
		expect(first.component.getFirstPropertyValue('url')).toBe(
			'https://friday.example/days/2026-11-27?area=1%2C2%3B3'
		);
	});

	it('has in each event once what the standard demands', () => {
		const two = parsed(buildCalendar([event(), event({ uid: 'second@friday.example' })], options));
		expect(two.events).toHaveLength(2);
		for (const { component } of two.events) {
			for (const name of ['uid', 'dtstamp', 'dtstart', 'dtend', 'sequence', 'status', 'summary']) {
				expect(component.getAllProperties(name), name).toHaveLength(1);
			}
		}
	});

	it('follows summer time', () => {
		const berlin = (date: string) =>
			parsed(
				buildCalendar([event({ date: day(date), zone: 'Europe/Berlin' })], options)
			).first.startDate.toJSDate();
		expect(berlin('2026-07-31')).toEqual(new Date('2026-07-31T06:30:00Z'));
		expect(berlin('2026-11-27')).toEqual(new Date('2026-11-27T07:30:00Z'));
	});

	it('is the same bytes for the same events', () => {
		expect(buildCalendar([event()], options)).toBe(text);
	});

	it('may be empty', () => {
		expect(parsed(buildCalendar([], options)).events).toEqual([]);
	});

	it('escapes a name with commas', () => {
		const lines = unfolded(buildCalendar([], { ...options, name: 'Old Town, North; \\ South' }));
		expect(lines).toContain('X-WR-CALNAME:Old Town\\, North\\; \\\\ South');
	});
});

describe('a day without times', () => {
	it('takes the whole day, ends before the next, and makes nobody busy', () => {
		const lines = unfolded(buildCalendar([event({ times: null })], options));
		expect(lines).toContain('DTSTART;VALUE=DATE:20261127');
		expect(lines).toContain('DTEND;VALUE=DATE:20261128');
		expect(lines).toContain('TRANSP:TRANSPARENT');
	});
});

describe('a change', () => {
	const before = parsed(buildCalendar([event({ date: day('2026-09-25') })], options)).first;

	it('moves the same event', () => {
		const moved = event({ date: day('2026-09-18'), status: 'moved', sequence: 1 });
		const after = parsed(buildCalendar([moved], options)).first;
		expect(after.uid).toBe(before.uid);
		expect(after.sequence).toBeGreaterThan(before.sequence);
		expect(after.startDate.toJSDate()).toEqual(new Date('2026-09-18T00:30:00Z'));
		expect(after.component.getFirstPropertyValue('status')).toBe('CONFIRMED');
		expect(after.summary).toBe('改期:老城街道义务劳动');
	});

	it('strikes the same event, and frees the time', () => {
		const after = parsed(buildCalendar([event({ status: 'cancelled', sequence: 2 })], options)).first;
		expect(after.uid).toBe(before.uid);
		expect(after.component.getFirstPropertyValue('status')).toBe('CANCELLED');
		expect(after.component.getFirstPropertyValue('transp')).toBe('TRANSPARENT');
		expect(after.summary).toBe('取消:老城街道义务劳动');
	});

	it('is none where nothing happened', () => {
		expect(before.component.getFirstPropertyValue('status')).toBe('CONFIRMED');
		expect(before.component.getFirstPropertyValue('transp')).toBeNull();
	});
});

describe('lines', () => {
	const texts = fc.oneof(
		fc.string({ unit: 'grapheme', maxLength: 200, size: 'max' }),
		fc
			.array(fc.constantFrom('义', '务', '劳动', '👩‍👧', 'é', 'a', ',', ';', '\\', '\n', ':', '"'), {
				maxLength: 150,
				size: 'max'
			})
			.map((parts) => parts.join(''))
	);

	it('never hold more than 75 octets, end in CRLF, and are never cut within a sign', () => {
		const strict = new TextDecoder('utf-8', { fatal: true });
		fc.assert(
			fc.property(texts, texts, (title, description) => {
				const text = buildCalendar([event({ title, description })], { ...options, name: title });
				expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
				for (const line of linesOf(text)) {
					const octets = new TextEncoder().encode(line);
					expect(octets.length).toBeLessThanOrEqual(75);
					expect(strict.decode(octets)).toBe(line);
				}
			})
		);
	});

	it('unfold to what was written', () => {
		fc.assert(
			fc.property(texts, texts, (title, description) => {
				const { first } = parsed(
					buildCalendar([event({ title: `t${title}`, description: `d${description}` })], options)
				);
				expect(first.summary).toBe(`t${title}`);
				expect(first.description).toBe(`d${description}`);
			})
		);
	});

	it('are folded where Chinese text is long, which the test would not see otherwise', () => {
		const long = buildCalendar([event({ title: '清沟渠'.repeat(30) })], options);
		expect(linesOf(long).filter((line) => line.startsWith(' ')).length).toBeGreaterThanOrEqual(3);
	});

	it('hold no control characters, half signs or foreign line ends', () => {
		const { first } = parsed(
			buildCalendar([event({ title: 'a\u0000b\u0007c\ud800', description: 'x\r\ny\rz' })], options)
		);
		expect(first.summary).toBe('abc\ufffd');
		expect(first.description?.replace(/\n+/g, '\n')).toBe('x\ny\nz');
	});
});

describe('the window', () => {
	const today = day('2026-09-25');

	it.each([
		['2025-09-24', false],
		['2025-09-25', true],
		['2026-09-25', true],
		['2027-08-27', true],
		['2027-09-10', true],
		['2027-09-24', false]
	])('%s: %s', (date, expected) => {
		expect(inFeedWindow({ date: day(date) }, today)).toBe(expected);
	});
});
