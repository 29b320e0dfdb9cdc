import { describe, expect, it } from 'vitest';
import {
	formatDate,
	formatDaysAway,
	formatInstant,
	formatMonth,
	formatNumber,
	formatTime,
	formatTimes,
	formatWhen,
	localParts
} from './format';

describe('a labour day', () => {
	it('reads as people say it', () => {
		expect(formatWhen('2026-11-27', '08:30:00', '11:00:00', 'zh')).toBe('11月27日 周五 上午 8:30–11:00');
		expect(formatWhen('2026-11-27', '08:30', '11:00', 'en')).toBe('Friday 27 November, 8:30–11:00 am');
	});

	it('shows year and weekday only where asked', () => {
		expect(formatDate('2026-11-27', {}, 'zh')).toBe('11月27日');
		expect(formatDate('2026-11-27', { year: true }, 'zh')).toBe('2026年11月27日');
		expect(formatDate('2026-11-27', { year: true, weekday: true }, 'en')).toBe('Friday 27 November 2026');
		expect(formatMonth('2026-11', 'zh')).toBe('2026年11月');
		expect(formatMonth('2026-11-27', 'en')).toBe('November 2026');
	});

	it.each(['UTC', 'Asia/Shanghai', 'America/Los_Angeles', 'Pacific/Kiritimati'])(
		'is the same date for a reader whose own clock is in %s',
		(zone) => {
			const before = process.env['TZ'];
			process.env['TZ'] = zone;
			expect(formatDate('2026-03-01', { weekday: true }, 'zh')).toBe('3月1日 周日');
			process.env['TZ'] = before;
		}
	);
});

describe('times', () => {
	it('name the part of the day once, or twice when it changes', () => {
		expect(formatTimes('14:00', '16:30', 'zh')).toBe('下午 2:00–4:30');
		expect(formatTimes('10:30', '13:00', 'zh')).toBe('上午 10:30–下午 1:00');
		expect(formatTimes('10:30', '13:00', 'en')).toBe('10:30 am–1:00 pm');
	});

	it('know noon, midnight and the evening', () => {
		expect(formatTime('20:00', 'zh')).toBe('晚上 8:00');
		expect(formatTime('12:00', 'zh')).toBe('中午 12:00');
		expect(formatTime('12:00', 'en')).toBe('12:00 pm');
		expect(formatTime('00:05', 'en')).toBe('12:05 am');
	});
});

describe('an instant', () => {
	it('is told on the clock of the district', () => {
		expect(formatInstant('2026-11-26T12:00:00Z', 'Asia/Shanghai', {}, 'zh')).toBe('11月26日 晚上 8:00');
		expect(formatInstant('2026-11-26T23:30:00Z', 'Asia/Shanghai', { weekday: true }, 'en')).toBe(
			'Friday 27 November, 7:30 am'
		);
		expect(localParts('2026-11-26T16:00:00Z', 'Asia/Shanghai')).toEqual({
			date: '2026-11-27',
			time: '00:00'
		});
	});
});

describe('distance and numbers', () => {
	it('counts days by the calendar, also over a change of clocks', () => {
		expect(formatDaysAway('2026-11-27', '2026-11-27', 'zh')).toBe('今天');
		expect(formatDaysAway('2026-11-27', '2026-11-26', 'zh')).toBe('明天');
		expect(formatDaysAway('2026-11-27', '2026-10-16', 'en')).toBe('in 42 days');
		expect(formatDaysAway('2026-03-30', '2026-03-28', 'en')).toBe('in 2 days');
	});

	it('groups thousands and keeps the decimals asked for', () => {
		expect(formatNumber(10284, 0, 'zh')).toBe('10,284');
		expect(formatNumber(203.64, 1, 'zh')).toBe('203.6');
		expect(formatNumber(203, 1, 'en')).toBe('203');
	});
});
