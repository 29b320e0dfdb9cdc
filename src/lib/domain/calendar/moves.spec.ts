import { describe, expect, it } from 'vitest';
import { holidayOn } from './holidays';
import { isLastFriday, lastFriday } from './labour-days';
import { isSameMonth, parseLocalDate as day, weekdayOf } from './local-date';
import { proposeMoves } from './moves';

const dates = (...args: Parameters<typeof proposeMoves>) => proposeMoves(...args).map(({ date }) => date);

describe('proposeMoves', () => {
	it('offers the Friday before Mid-Autumn 2026, and the Monday between it and National Day', () => {
		expect(proposeMoves(day('2026-09-25'))).toEqual([
			{ date: '2026-09-18', status: 'workday', sameMonth: true },
			{ date: '2026-09-28', status: 'workday', sameMonth: true }
		]);
	});

	it('goes into the next month only when the month is over: Spring Festival 2025', () => {
		expect(proposeMoves(day('2025-01-31'))).toEqual([
			{ date: '2025-01-24', status: 'workday', sameMonth: true },
			{ date: '2025-02-07', status: 'workday', sameMonth: false }
		]);
	});

	it('offers nothing in the past', () => {
		expect(dates(day('2026-09-25'), { earliest: day('2026-09-19') })).toEqual(['2026-09-24', '2026-09-28']);
		expect(dates(day('2026-09-25'), { earliest: day('2026-09-25') })).toEqual(['2026-09-28', '2026-09-29']);
	});

	it('offers no day that is taken or that an admin calls a holiday', () => {
		const added = [{ date: day('2026-09-28'), name: '停工', name_en: null }];
		expect(dates(day('2026-09-25'), { added, taken: [day('2026-09-18')] })).toEqual([
			'2026-09-11',
			'2026-09-29'
		]);
	});

	it('says when a proposed day may yet become a holiday, and avoids the festivals known by law', () => {
		// 2044-01-29 is the eve of Spring Festival.
		expect(proposeMoves(day('2044-01-29'))).toEqual([
			{ date: '2044-01-22', status: 'unannounced', sameMonth: true },
			{ date: '2044-02-05', status: 'unannounced', sameMonth: false }
		]);
	});

	it('keeps its rule for every labour day of a quarter century', () => {
		for (let month = 1; month <= 12 * 24; month++) {
			const moved = lastFriday(2004, month);
			const proposals = proposeMoves(moved);
			expect(proposals).toHaveLength(2);
			const [before, after] = proposals;
			expect(before!.date < moved && moved < after!.date, moved).toBe(true);
			for (const { date, sameMonth } of proposals) {
				expect(weekdayOf(date), date).toBeLessThan(6);
				expect(holidayOn(date).status, date).not.toBe('holiday');
				expect(isLastFriday(date), date).toBe(false);
				expect(sameMonth).toBe(isSameMonth(date, moved));
			}
			expect(weekdayOf(before!.date)).toBe(5);
		}
	});
});
