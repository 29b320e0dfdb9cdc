import fc from 'fast-check';
import { expect, it } from 'vitest';
import { partsInSteps } from './parts';

it.each([
	[[], []],
	[[359], [0]],
	[
		[3600, 7200],
		[10, 20]
	],
	// Two hours, and twice three minutes of a tenth's six: one of them is told, for the sum has it.
	[
		[7200, 180, 180],
		[20, 1, 0]
	],
	[
		[500, 719],
		[1, 2]
	]
])('%j seconds in tenths of an hour: %j', (parts, tenths) => {
	expect(partsInSteps(parts, 360)).toEqual(tenths);
});

it('parts add up to the sum as it is told, and none is more than a step away from itself', () => {
	fc.assert(
		fc.property(fc.array(fc.nat({ max: 1_000_000 }), { maxLength: 6 }), (parts) => {
			const steps = partsInSteps(parts, 360);
			const sum = (all: readonly number[]) => all.reduce((one, other) => one + other, 0);
			expect(sum(steps)).toBe(Math.floor(sum(parts) / 360));
			for (const [n, part] of parts.entries()) {
				expect(steps[n]!).toBeGreaterThanOrEqual(Math.floor(part / 360));
				expect(steps[n]!).toBeLessThanOrEqual(Math.ceil(part / 360));
			}
		})
	);
});
