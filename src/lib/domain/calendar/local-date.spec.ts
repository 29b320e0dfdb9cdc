import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	addDays,
	addYears,
	daysBetween,
	isLocalDate,
	localDateOf,
	parseLocalDate,
	weekdayOf,
	yearOf
} from './local-date';

const anyDate = fc
	.tuple(
		fc.integer({ min: 1970, max: 2100 }),
		fc.integer({ min: 1, max: 12 }),
		fc.integer({ min: 1, max: 31 })
	)
	.map(([year, month, day]) => localDateOf(year, month, day));

describe('a local date', () => {
	it('exists, or is refused', () => {
		expect(parseLocalDate('2024-02-29')).toBe('2024-02-29');
		for (const wrong of ['2023-02-29', '2026-13-01', '2026-9-25', '2026-09-25T00:00', ' 2026-09-25', '']) {
			expect(isLocalDate(wrong), wrong).toBe(false);
			expect(() => parseLocalDate(wrong)).toThrow(RangeError);
		}
	});

	it('rolls over month and year', () => {
		expect(localDateOf(2026, 13, 1)).toBe('2027-01-01');
		expect(localDateOf(2026, 3, 0)).toBe('2026-02-28');
		expect(localDateOf(2024, 3, 0)).toBe('2024-02-29');
	});

	it('knows the weekday', () => {
		expect(weekdayOf(parseLocalDate('2026-09-25'))).toBe(5);
		expect(weekdayOf(parseLocalDate('2026-09-27'))).toBe(7);
		expect(weekdayOf(parseLocalDate('1970-01-01'))).toBe(4);
	});

	it('a year from 29 February is 28 February', () => {
		expect(addYears(parseLocalDate('2024-02-29'), 1)).toBe('2025-02-28');
		expect(addYears(parseLocalDate('2024-02-29'), -4)).toBe('2020-02-29');
		expect(addYears(parseLocalDate('2026-09-25'), -1)).toBe('2025-09-25');
	});

	it('counts days so that adding and counting agree, and sorts as text', () => {
		fc.assert(
			fc.property(anyDate, fc.integer({ min: -1000, max: 1000 }), (date, days) => {
				const there = addDays(date, days);
				expect(daysBetween(date, there)).toBe(days);
				expect(Math.sign(days)).toBe(there < date ? -1 : there > date ? 1 : 0);
				expect(weekdayOf(there)).toBe(((((weekdayOf(date) - 1 + days) % 7) + 7) % 7) + 1);
			})
		);
	});

	it('does not drift into another century', () => {
		expect(localDateOf(99, 1, 1)).toBe('0099-01-01');
		expect(yearOf(localDateOf(99, 1, 1))).toBe(99);
	});
});
