import { Settings } from 'luxon';
import { afterEach, describe, expect, it } from 'vitest';
import { gatheringInterval, instantAt } from './gathering-interval';
import { parseLocalDate } from './local-date';

const day = parseLocalDate;
const iso = (date: string, time: string, zone: string) => instantAt(day(date), time, zone).toISOString();

describe('the interval of a gathering', () => {
	it('is what the poster says, on the clock of the district', () => {
		expect(gatheringInterval(day('2026-11-27'), '08:30', '11:00', 'Asia/Shanghai')).toEqual({
			start: new Date('2026-11-27T00:30:00Z'),
			end: new Date('2026-11-27T03:00:00Z')
		});
	});

	it('understands the times that Postgres writes', () => {
		expect(iso('2026-11-27', '08:30:00', 'Asia/Shanghai')).toBe('2026-11-27T00:30:00.000Z');
	});

	it('keeps 08:30 at 08:30 through summer and winter', () => {
		expect(iso('2026-07-31', '08:30', 'America/New_York')).toBe('2026-07-31T12:30:00.000Z');
		expect(iso('2026-11-27', '08:30', 'America/New_York')).toBe('2026-11-27T13:30:00.000Z');
		expect(iso('2026-07-31', '08:30', 'Europe/Berlin')).toBe('2026-07-31T06:30:00.000Z');
		expect(iso('2026-11-27', '08:30', 'Europe/Berlin')).toBe('2026-11-27T07:30:00.000Z');
	});

	it('measures the hours really lived on the night the clocks change', () => {
		const hours = (date: string, zone: string) => {
			const { start, end } = gatheringInterval(day(date), '00:30', '08:30', zone);
			return (end.getTime() - start.getTime()) / 3_600_000;
		};
		expect(hours('2026-03-08', 'America/New_York')).toBe(7);
		expect(hours('2026-11-01', 'America/New_York')).toBe(9);
		expect(hours('2026-03-29', 'Europe/Berlin')).toBe(7);
		expect(hours('2026-10-25', 'Europe/Berlin')).toBe(9);
	});

	it('refuses an end that is not after the start, unknown zones and times that no clock shows', () => {
		expect(() => gatheringInterval(day('2026-11-27'), '11:00', '08:30', 'Asia/Shanghai')).toThrow(RangeError);
		expect(() => gatheringInterval(day('2026-11-27'), '11:00', '11:00', 'Asia/Shanghai')).toThrow(RangeError);
		expect(() => instantAt(day('2026-11-27'), '08:30', 'Asia/Zunyi')).toThrow(RangeError);
		expect(() => instantAt(day('2026-11-27'), '25:00', 'Asia/Shanghai')).toThrow(RangeError);
		expect(() => instantAt(day('2026-11-27'), 'half past', 'Asia/Shanghai')).toThrow(RangeError);
	});
});

describe('odd nights', () => {
	afterEach(() => {
		Settings.now = () => Date.now();
	});

	it.each(['2026-01-15T12:00:00Z', '2026-07-15T12:00:00Z'])('are read alike when it is %s now', (now) => {
		Settings.now = () => Date.parse(now);
		// Skipped: read by the clock before the change, so half an hour after it.
		expect(iso('2026-03-08', '02:30', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z');
		expect(iso('2026-03-29', '02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
		// Shown twice: the second.
		expect(iso('2026-11-01', '01:30', 'America/New_York')).toBe('2026-11-01T06:30:00.000Z');
		expect(iso('2026-10-25', '02:30', 'Europe/Berlin')).toBe('2026-10-25T01:30:00.000Z');
	});
});
