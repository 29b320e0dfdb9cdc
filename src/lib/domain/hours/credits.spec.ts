import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { creditedSeconds, type Credit } from './credits';

const DAY = 18_000;

describe('credits', () => {
	it('stand on top of what was recorded when they were given', () => {
		expect(creditedSeconds([], 3600, DAY)).toBe(0);
		expect(creditedSeconds([{ seconds: 1800, recorded: 3600 }], 3600, DAY)).toBe(1800);
	});

	it('give way to what is recorded later, minute for minute', () => {
		const credits = [{ seconds: 7200, recorded: 0 }];
		expect(creditedSeconds(credits, 1800, DAY)).toBe(5400);
		expect(creditedSeconds(credits, 7200, DAY)).toBe(0);
		expect(creditedSeconds(credits, 9000, DAY)).toBe(0);
	});

	it('count in full again when a record falls away, and never more than was credited', () => {
		const credits = [{ seconds: 1800, recorded: 3600 }];
		expect(creditedSeconds(credits, 0, DAY)).toBe(1800);
	});

	it('give way once, however many they are', () => {
		const credits = [
			{ seconds: 1800, recorded: 0 },
			{ seconds: 1800, recorded: 0 }
		];
		expect(creditedSeconds(credits, 1800, DAY)).toBe(1800);
	});

	it('given after a record had taken the place of an earlier one count beside it', () => {
		const credits = [
			{ seconds: 3600, recorded: 0 },
			{ seconds: 600, recorded: 3600 }
		];
		expect(creditedSeconds(credits, 3600, DAY)).toBe(600);
	});

	it('never make a day longer than it could be', () => {
		expect(creditedSeconds([{ seconds: 7200, recorded: 0 }], 0, 3600)).toBe(3600);
	});

	it('whatever was given and recorded when: no time counts twice, and none is lost', () => {
		const credits = fc.array(
			fc.record<Credit>({ seconds: fc.integer({ min: 60, max: 7200 }), recorded: fc.nat({ max: 9000 }) }),
			{ minLength: 1, maxLength: 4 }
		);
		fc.assert(
			fc.property(credits, fc.nat({ max: DAY }), fc.nat({ max: 3600 }), (given, recorded, more) => {
				const now = creditedSeconds(given, recorded, DAY);
				const later = creditedSeconds(given, Math.min(DAY, recorded + more), DAY);
				const sum = given.reduce((all, { seconds }) => all + seconds, 0);
				expect(now).toBeGreaterThanOrEqual(0);
				expect(now).toBeLessThanOrEqual(sum);
				expect(recorded + now).toBeLessThanOrEqual(DAY);
				// A record makes the whole no shorter, and no longer than it is itself.
				expect(later).toBeLessThanOrEqual(now);
				expect(later + Math.min(DAY, recorded + more)).toBeGreaterThanOrEqual(recorded + now);
				// What was seen when the last one was given stands while nothing else is recorded.
				const last = given.at(-1)!;
				const before = creditedSeconds(given.slice(0, -1), last.recorded, DAY * 9);
				expect(creditedSeconds(given, last.recorded, DAY * 9)).toBe(before + last.seconds);
			})
		);
	});
});
