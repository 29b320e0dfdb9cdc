import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctPeople, participations } from './people';

describe('people and participations', () => {
	it('are different numbers', () => {
		const days = [
			{ person: 'Wang', heads: 3 },
			{ person: 'Wang', heads: 1 },
			{ person: 'Li', heads: 2 },
			{ person: 'Wang', heads: 4 }
		];
		expect(participations(days)).toBe(10);
		expect(distinctPeople(days)).toBe(6);
	});

	it('nobody is nobody', () => {
		expect(distinctPeople([])).toBe(0);
		expect(participations([{ person: 'Wang', heads: 0 }])).toBe(0);
	});

	it('the order of the days changes nothing, and a person is never more than they brought', () => {
		const days = fc.array(fc.record({ person: fc.constantFrom('a', 'b', 'c'), heads: fc.nat({ max: 9 }) }));
		fc.assert(
			fc.property(days, (list) => {
				expect(distinctPeople(list.toReversed())).toBe(distinctPeople(list));
				expect(distinctPeople(list)).toBeLessThanOrEqual(participations(list));
				expect(distinctPeople([...list, ...list])).toBe(distinctPeople(list));
			})
		);
	});
});
