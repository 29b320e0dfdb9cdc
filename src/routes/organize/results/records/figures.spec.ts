import { expect, it } from 'vitest';
import { figureOf } from './figures';

it.each([
	['kg', 'kg'],
	['overdue', 'overdue'],
	['nothing', 'participations'],
	// What every object has is no figure.
	['constructor', 'participations'],
	[null, 'participations']
])('asked for %s it is %s', (asked, figure) => {
	expect(figureOf(asked).id).toBe(figure);
});
