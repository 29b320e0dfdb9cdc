import { describe, expect, it } from 'vitest';
import { canCheckIn, isOver, newsFor, standingOf, type Booking } from './standing';

const TODAY = '2026-11-26';
const booking = (given: {
	status?: Booking['status'];
	came?: number;
	day?: Partial<Booking['day']>;
	gathering?: Partial<Booking['gathering']>;
	task?: object;
	promoted_at?: string;
	seen_at?: string;
}): Booking => ({
	status: given.status ?? 'confirmed',
	checked_in: given.came !== undefined,
	attendance: given.came === undefined ? null : { participations: given.came },
	day: { date: '2026-11-27', status: 'planned', changed_at: null, ...given.day },
	gathering: { status: 'open', changed_at: null, published_at: null, ...given.gathering },
	task: given.task ?? null,
	promoted_at: given.promoted_at ?? null,
	seen_at: given.seen_at ?? null
});
const published = { published_at: '2026-11-25T12:00:00Z' };

describe('standingOf', () => {
	it.each([
		['booked', booking({})],
		['assigned', booking({ gathering: published, task: {} })],
		['unassigned', booking({ gathering: published })],
		['waiting', booking({ status: 'waitlisted' })],
		['cancelled', booking({ status: 'cancelled', day: { status: 'cancelled' } })],
		['day-cancelled', booking({ day: { status: 'cancelled' } })],
		['gathering-cancelled', booking({ status: 'waitlisted', gathering: { status: 'cancelled' } })],
		['present', booking({ came: 2, day: { date: TODAY } })],
		['attended', booking({ came: 2, day: { date: TODAY }, gathering: { status: 'closed' } })],
		['attended', booking({ came: 2, day: { date: '2026-10-30' } })],
		['absent', booking({ came: 0, day: { date: '2026-10-30' } })],
		['absent', booking({ day: { date: TODAY }, gathering: { status: 'closed' } })]
	] as const)('%s', (standing, given) => {
		expect(standingOf(given, TODAY)).toBe(standing);
	});

	it('keeps what a person did on a day that was cancelled half-way', () => {
		expect(standingOf(booking({ came: 1, day: { date: '2026-10-30', status: 'cancelled' } }), TODAY)).toBe(
			'attended'
		);
	});
});

describe('isOver', () => {
	it('keeps a cancelled day as news until its date has passed', () => {
		expect(isOver(booking({ day: { status: 'cancelled' } }), TODAY)).toBe(false);
		expect(isOver(booking({ day: { status: 'cancelled', date: '2026-10-30' } }), TODAY)).toBe(true);
	});
	it('is so at once for a party that its person cancelled', () => {
		expect(isOver(booking({ status: 'cancelled' }), TODAY)).toBe(true);
	});
});

describe('newsFor', () => {
	const seen_at = '2026-11-24T00:00:00Z';
	const later = '2026-11-25T08:00:00+08:00';
	it('tells what happened since the last look, in order', () => {
		const given = booking({
			seen_at,
			promoted_at: later,
			day: { status: 'moved', changed_at: later },
			gathering: { changed_at: later, published_at: later }
		});
		expect(newsFor(given)).toEqual(['promoted', 'moved', 'changed', 'planned']);
	});
	it('tells who read that the day or the gathering was off, or elsewhere, that it takes place after all', () => {
		expect(newsFor(booking({ seen_at, day: { status: 'planned', changed_at: later } }))).toEqual(['moved']);
		expect(newsFor(booking({ seen_at, day: { status: 'cancelled', changed_at: later } }))).toEqual([]);
		expect(newsFor(booking({ seen_at, gathering: { changed_at: later } }))).toEqual(['changed']);
	});
	it('has nothing new for a first look, nor for what was seen', () => {
		expect(newsFor(booking({ promoted_at: later }))).toEqual([]);
		expect(newsFor(booking({ seen_at: '2026-11-26T00:00:00Z', gathering: { published_at: later } }))).toEqual(
			[]
		);
	});
});

describe('canCheckIn', () => {
	const today = { day: { date: TODAY } };
	it.each([
		['on the day', booking(today), true],
		['with a task', booking({ ...today, gathering: published, task: {} }), true],
		['the day before', booking({}), false],
		['waitlisted', booking({ ...today, status: 'waitlisted' }), false],
		['when here already', booking({ ...today, came: 3 }), false],
		['at a closed gathering', booking({ ...today, gathering: { status: 'closed' } }), false],
		['at a cancelled gathering', booking({ ...today, gathering: { status: 'cancelled' } }), false],
		['on a cancelled day', booking({ day: { date: TODAY, status: 'cancelled' } }), false]
	] as const)('%s: %#', (_, page, may) => expect(canCheckIn(page, TODAY)).toBe(may));
});
