import { describe, expect, it } from 'vitest';
import { today } from './today';

describe('today', () => {
	it('is Friday in Shanghai while it is Thursday in UTC', () => {
		const instant = new Date('2026-09-24T23:30:00Z');
		expect(today(instant, 'Asia/Shanghai')).toBe('2026-09-25');
		expect(today(instant, 'UTC')).toBe('2026-09-24');
	});

	it('turns at local midnight, in summer and in winter', () => {
		expect(today(new Date('2026-07-31T03:59:59Z'), 'America/New_York')).toBe('2026-07-30');
		expect(today(new Date('2026-07-31T04:00:00Z'), 'America/New_York')).toBe('2026-07-31');
		expect(today(new Date('2026-01-30T04:59:59Z'), 'America/New_York')).toBe('2026-01-29');
		expect(today(new Date('2026-01-30T05:00:00Z'), 'America/New_York')).toBe('2026-01-30');
	});

	it('refuses a zone that does not exist', () => {
		expect(() => today(new Date(0), 'Asia/Zunyi')).toThrow(RangeError);
	});
});
