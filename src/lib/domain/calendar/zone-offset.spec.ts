import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { today } from './today';
import { dateAt, holds, offsetAround } from './zone-offset';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('the offset of a zone', () => {
	it('is eight hours in Shanghai, for forty days and more', () => {
		const now = Date.parse('2026-11-27T00:30:00Z');
		const known = offsetAround(now, 'Asia/Shanghai');
		expect(known).toEqual({
			zone: 'Asia/Shanghai',
			offset: 8 * HOUR,
			from: now - 40 * DAY,
			until: now + 40 * DAY
		});
		expect(dateAt(now, known)).toBe('2026-11-27');
		expect(dateAt(now - HOUR, known)).toBe('2026-11-27');
		expect(dateAt(Date.parse('2026-11-26T15:59:59Z'), known)).toBe('2026-11-26');
	});

	it('is not known beyond the night the clocks are changed', () => {
		const change = Date.parse('2026-10-25T01:00:00Z');
		const before = offsetAround(change - 10 * DAY - HOUR, 'Europe/Berlin');
		expect(before.offset).toBe(2 * HOUR);
		expect(before.until).toBeLessThan(change);
		expect(before.until).toBeGreaterThan(change - 2 * DAY);
		const after = offsetAround(change, 'Europe/Berlin');
		expect(after.offset).toBe(HOUR);
		expect(after.from).toBe(change);
	});

	it('holds in its zone and its time only', () => {
		const known = offsetAround(0, 'UTC');
		expect(holds(known, 0, 'UTC')).toBe(true);
		expect(holds(known, 41 * DAY, 'UTC')).toBe(false);
		expect(holds(known, -41 * DAY, 'UTC')).toBe(false);
		expect(holds(known, 0, 'Asia/Shanghai')).toBe(false);
		expect(holds(undefined, 0, 'UTC')).toBe(false);
	});

	it('refuses a zone that does not exist', () => {
		expect(() => offsetAround(0, 'Asia/Zunyi')).toThrow(RangeError);
	});

	it('gives the dates that a formatter gives', () => {
		const zones = [
			'Asia/Shanghai',
			'America/New_York',
			'Australia/Lord_Howe',
			'Africa/Casablanca',
			'Asia/Kathmandu'
		];
		const instants = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2040, 0) });
		fc.assert(
			fc.property(
				instants,
				fc.constantFrom(...zones),
				fc.integer({ min: -40, max: 40 }),
				(instant, zone, days) => {
					const known = offsetAround(instant, zone);
					const later = instant + days * DAY;
					if (holds(known, later, zone)) expect(dateAt(later, known)).toBe(today(new Date(later), zone));
				}
			),
			{ numRuns: 60 }
		);
	});
});
