import { afterEach, describe, expect, it, vi } from 'vitest';
import { holidayOn, isAnnounced } from './holidays';
import { parseLocalDate as day } from './local-date';

const added = [{ date: day('2027-10-01'), name: '国庆节', name_en: 'National Day' }];

afterEach(() => {
	vi.unstubAllEnvs();
});

describe('holidayOn', () => {
	it('names Mid-Autumn on the last Friday of September 2026', () => {
		expect(holidayOn(day('2026-09-25'))).toEqual({
			status: 'holiday',
			name_zh: '中秋节',
			name_en: 'Mid-Autumn Festival'
		});
	});

	it.each(['America/Los_Angeles', 'Asia/Shanghai', 'Pacific/Kiritimati'])(
		'does so on a machine in %s',
		(zone) => {
			vi.stubEnv('TZ', zone);
			expect(holidayOn(day('2026-09-25')).name_zh).toBe('中秋节');
			expect(holidayOn(day('2026-09-24')).status).toBe('workday');
			expect(holidayOn(day('2026-09-28')).status).toBe('workday');
			expect(holidayOn(day('2027-02-06')).name_zh).toBe('春节');
		}
	);

	it('tells bridging days, weekends and weekends made working days apart', () => {
		expect(holidayOn(day('2025-01-31'))).toMatchObject({ status: 'holiday', name_en: 'Spring Festival' });
		expect(holidayOn(day('2026-10-07'))).toMatchObject({ status: 'holiday', name_zh: '国庆节' });
		expect(holidayOn(day('2026-10-10'))).toEqual({ status: 'workday', name_zh: null, name_en: null });
		expect(holidayOn(day('2026-10-17')).status).toBe('weekend');
		expect(holidayOn(day('2026-10-30')).status).toBe('workday');
	});

	it('keeps a holiday it has no proper name for', () => {
		expect(holidayOn(day('2015-09-03'))).toMatchObject({
			status: 'holiday',
			name_en: 'Anti-Fascist 70th Day'
		});
	});

	it('does not take an unknown year for a year of workdays', () => {
		for (const date of ['2003-10-31', '2090-10-29', '2099-06-01', '2150-03-26']) {
			expect(holidayOn(day(date)), date).toEqual({ status: 'unannounced', name_zh: null, name_en: null });
		}
	});

	it('names the festival that by law falls on a day of an unknown year', () => {
		const names = Object.fromEntries(
			// Days from the almanac of the Hong Kong Observatory.
			['2090-01-01', '2090-05-02', '2090-10-03', '2044-01-29', '2044-01-30', '2044-09-05', '2044-10-05']
				.concat('2044-04-04', '2090-10-04', '2044-05-31')
				.map((date) => [date, holidayOn(day(date)).name_zh])
		);
		expect(names).toEqual({
			'2090-01-01': '元旦',
			'2090-05-02': '劳动节',
			'2090-10-03': '国庆节',
			'2044-01-29': '春节',
			'2044-01-30': '春节',
			'2044-09-05': null,
			'2044-10-05': '中秋节',
			'2044-04-04': '清明节',
			'2090-10-04': null,
			'2044-05-31': '端午节'
		});
	});

	it('believes an admin first', () => {
		const flood = [{ date: day('2026-10-30'), name: '防汛停工日', name_en: null }];
		expect(holidayOn(day('2026-10-30'), flood)).toEqual({
			status: 'holiday',
			name_zh: '防汛停工日',
			name_en: '防汛停工日'
		});
	});

	it('counts a year as known once an admin wrote down its National Day', () => {
		expect(isAnnounced(day('2090-03-31'))).toBe(false);
		const known = [{ ...added[0]!, date: day('2090-10-01') }];
		expect(isAnnounced(day('2090-03-31'), known)).toBe(true);
		expect(holidayOn(day('2090-03-31'), known).status).toBe('workday');
	});

	it('waits for the next year before it calls the last days of December working days', () => {
		const known = [2090, 2091].map((year) => ({ ...added[0]!, date: day(`${year}-10-01`) }));
		expect(holidayOn(day('2090-12-28'), known.slice(0, 1)).status).toBe('workday');
		expect(holidayOn(day('2090-12-29'), known.slice(0, 1)).status).toBe('unannounced');
		expect(holidayOn(day('2090-12-29'), known).status).toBe('workday');
	});
});
