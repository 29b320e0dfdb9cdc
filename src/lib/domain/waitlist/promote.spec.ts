import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLocalDate } from '../calendar/local-date';
import { promotesByItself, promotionDeadline } from './deadline';
import { fitsAtOnce, promote, type WaitingParty } from './promote';

/** A queue by heads: the first of them is in front. */
const queueOf = (...heads: number[]): WaitingParty[] =>
	heads.map((count, index) => ({ id: `p${index + 1}`, heads: count, position: index + 1 }));

const ids = (parties: WaitingParty[]) => parties.map(({ id }) => id);

describe('promotion', () => {
	it('goes in order while there is room', () => {
		const { promoted, waiting, confirmedHeads } = promote(10, 4, queueOf(2, 3, 2));
		expect(ids(promoted)).toEqual(['p1', 'p2']);
		expect(ids(waiting)).toEqual(['p3']);
		expect(confirmedHeads).toBe(9);
	});

	it('lets a smaller party pass one that does not fit, and no other', () => {
		const { promoted, waiting } = promote(10, 7, queueOf(4, 1, 2, 1));
		expect(ids(promoted)).toEqual(['p2', 'p3']);
		expect(ids(waiting)).toEqual(['p1', 'p4']);
	});

	it('goes by place in the queue, not by how the list happens to lie', () => {
		expect(ids(promote(3, 0, queueOf(2, 2, 1).toReversed()).promoted)).toEqual(['p1', 'p3']);
	});

	it('promotes nobody where the capacity was lowered below those who are in', () => {
		expect(promote(10, 12, queueOf(1))).toMatchObject({ promoted: [], confirmedHeads: 12 });
	});

	it('has room for everybody where there is no capacity', () => {
		expect(promote(null, 500, queueOf(40, 40)).waiting).toEqual([]);
	});

	it('never oversells, loses nobody, and leaves nobody waiting who would fit', () => {
		const parties = fc
			.array(fc.integer({ min: 1, max: 12 }), { maxLength: 20 })
			.map((heads) => queueOf(...heads));
		fc.assert(
			fc.property(fc.nat({ max: 60 }), fc.nat({ max: 60 }), parties, (capacity, confirmed, queue) => {
				const { promoted, waiting, confirmedHeads } = promote(capacity, confirmed, queue);
				expect(confirmedHeads).toBeLessThanOrEqual(Math.max(capacity, confirmed));
				expect(ids([...promoted, ...waiting]).toSorted()).toEqual(ids(queue).toSorted());
				for (const party of waiting) expect(fitsAtOnce(capacity, confirmedHeads, party.heads)).toBe(false);
				// Whoever was passed did not fit at the moment of being passed.
				for (const passed of waiting) {
					const ahead = promoted.filter(({ position }) => position < passed.position);
					const taken = confirmed + ahead.reduce((sum, { heads }) => sum + heads, 0);
					expect(taken + passed.heads).toBeGreaterThan(capacity);
				}
				// Doing it again does nothing.
				expect(promote(capacity, confirmedHeads, waiting).promoted).toEqual([]);
			})
		);
	});
});

describe('a place at once', () => {
	it('is for a party that fits, even past one that waits and does not', () => {
		expect(fitsAtOnce(10, 8, 2)).toBe(true);
		expect(fitsAtOnce(10, 8, 3)).toBe(false);
		expect(fitsAtOnce(10, 8, 2, queueOf(3))).toBe(true);
		expect(fitsAtOnce(null, 800, 30)).toBe(true);
	});

	it('is not for a party that would overtake one that fits', () => {
		expect(fitsAtOnce(10, 8, 1, queueOf(2))).toBe(false);
	});
});

describe('the deadline', () => {
	const day = parseLocalDate('2026-11-27');

	it('is eight in the evening before, on the district’s clock', () => {
		expect(promotionDeadline(day, 'Asia/Shanghai')).toEqual(new Date('2026-11-26T12:00:00Z'));
		expect(promotionDeadline(parseLocalDate('2026-11-01'), 'America/New_York')).toEqual(
			new Date('2026-11-01T00:00:00Z')
		);
	});

	it('has passed at eight sharp', () => {
		expect(promotesByItself(new Date('2026-11-26T11:59:59.999Z'), day, 'Asia/Shanghai')).toBe(true);
		expect(promotesByItself(new Date('2026-11-26T12:00:00Z'), day, 'Asia/Shanghai')).toBe(false);
	});
});
