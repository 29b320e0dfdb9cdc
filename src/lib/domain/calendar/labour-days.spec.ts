import { afterEach, describe, expect, it, vi } from 'vitest';
import { isLastFriday, lastFriday, nextLabourDays } from './labour-days';
import { parseLocalDate } from './local-date';

/** Every last Friday from 1970 to 2100, found by walking day after day with a hand-kept calendar: no Date, no rule. */
function walkEveryDay(): Map<string, string> {
	const found = new Map<string, string>();
	let weekday = 4; // 1 January 1970 was a Thursday.
	for (let year = 1970; year <= 2100; year++) {
		const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
		for (const [index, length] of [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].entries()) {
			for (let day = 1; day <= length; day++) {
				const month = `${year}-${String(index + 1).padStart(2, '0')}`;
				if (weekday === 5) found.set(month, `${month}-${String(day).padStart(2, '0')}`);
				weekday = (weekday % 7) + 1;
			}
		}
	}
	return found;
}

describe('the last Friday of a month', () => {
	afterEach(() => {
		vi.unstubAllEnvs();
	});

	const enumerated = walkEveryDay();

	it('agrees with an enumeration of every day from 1970 to 2100', () => {
		expect(enumerated.size).toBe(131 * 12);
		for (const [month, friday] of enumerated) {
			expect(lastFriday(Number(month.slice(0, 4)), Number(month.slice(5)))).toBe(friday);
		}
	});

	it.each(['America/New_York', 'Pacific/Kiritimati', 'Europe/Berlin'])(
		'does so on a machine in %s',
		(zone) => {
			vi.stubEnv('TZ', zone);
			for (const [month, friday] of enumerated) {
				expect(lastFriday(Number(month.slice(0, 4)), Number(month.slice(5)))).toBe(friday);
			}
		}
	);

	it.each([
		[2024, 2, '2024-02-23', 'a leap February'],
		[2036, 2, '2036-02-29', 'a leap day that is a Friday'],
		[2100, 2, '2100-02-26', 'a century without leap day'],
		[2000, 2, '2000-02-25', 'a century with one'],
		[2026, 7, '2026-07-31', 'a month that ends on Friday'],
		[2027, 12, '2027-12-31', 'a year that ends on Friday'],
		[2026, 9, '2026-09-25', 'Mid-Autumn'],
		[2026, 10, '2026-10-30', 'a month that ends the day after']
	])('%i-%i: %s (%s)', (year, month, expected) => {
		expect(lastFriday(year, month)).toBe(expected);
		expect(isLastFriday(parseLocalDate(expected))).toBe(true);
	});

	it('is not the Friday before it', () => {
		expect(isLastFriday(parseLocalDate('2026-07-24'))).toBe(false);
	});
});

describe('the next labour days', () => {
	it('are twelve, one a month, across the year', () => {
		expect(nextLabourDays(parseLocalDate('2026-09-01'))).toEqual([
			'2026-09-25',
			'2026-10-30',
			'2026-11-27',
			'2026-12-25',
			'2027-01-29',
			'2027-02-26',
			'2027-03-26',
			'2027-04-30',
			'2027-05-28',
			'2027-06-25',
			'2027-07-30',
			'2027-08-27'
		]);
	});

	it('begin with the day itself, and the morning after with the next month', () => {
		expect(nextLabourDays(parseLocalDate('2026-09-25'), 1)).toEqual(['2026-09-25']);
		expect(nextLabourDays(parseLocalDate('2026-09-26'), 1)).toEqual(['2026-10-30']);
		expect(nextLabourDays(parseLocalDate('2026-12-31'), 2)).toEqual(['2027-01-29', '2027-02-26']);
	});

	it('do not skip a short month when asked on the 31st', () => {
		expect(nextLabourDays(parseLocalDate('2027-01-31'), 2)).toEqual(['2027-02-26', '2027-03-26']);
	});
});
