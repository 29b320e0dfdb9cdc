import { describe, expect, it } from 'vitest';
import { standingFacts, summariseAttendance } from '../hours/attendance';
import { conflictOf, settlement } from './conflict';

type Said = Parameters<typeof conflictOf>[0][number];
let seq = 0;
const said = (id: string, device: string, at: number, heads: number, more: Partial<Said> = {}): Said => ({
	id,
	device,
	at,
	heads,
	minors: 0,
	kind: 'present',
	seq: ++seq,
	knows: [],
	source: 'leader',
	by: device,
	...more
});
const ids = (events: Said[]) => conflictOf(events)?.map(({ id }) => id) ?? null;

describe('headcounts disagree', () => {
	it('when two phones that did not know of each other say different numbers', () => {
		expect(ids([said('b', 'B', 20, 3), said('a', 'A', 10, 4)])).toEqual(['a', 'b']);
		expect(ids([said('a', 'A', 10, 4), said('b', 'B', 20, 4, { minors: 1 })])).toEqual(['a', 'b']);
	});

	it('not when they say the same, or one knew of the other', () => {
		expect(ids([said('a', 'A', 10, 4), said('b', 'B', 20, 4)])).toBeNull();
		expect(ids([said('a', 'A', 10, 4), said('b', 'B', 20, 3, { knows: ['a'] })])).toBeNull();
	});

	it('not within one phone: its last word is its word', () => {
		expect(ids([said('a', 'A', 10, 4), said('a2', 'A', 15, 3), said('b', 'B', 12, 3)])).toBeNull();
		expect(ids([said('a', 'A', 10, 3), said('a2', 'A', 15, 4), said('b', 'B', 12, 3)])).toEqual(['b', 'a2']);
	});

	it('not over what was taken back, nor over leaving', () => {
		const takenBack = said('v', 'A', 30, 0, { kind: 'void', voids: 'a' });
		expect(ids([said('a', 'A', 10, 4), said('b', 'B', 20, 3), takenBack])).toBeNull();
		expect(ids([said('a', 'A', 10, 4), said('b', 'B', 20, 0)])).toBeNull();
	});

	it('no longer once somebody who knew of both has spoken, but checking out is not speaking', () => {
		const both = [said('a', 'A', 10, 4), said('b', 'B', 20, 3)];
		expect(ids([...both, said('c', 'C', 30, 4, { knows: ['a', 'b'] })])).toBeNull();
		expect(ids([...both, said('c', 'C', 30, 0, { knows: ['a', 'b'] })])).toEqual(['a', 'b']);
	});
});

describe('a settlement', () => {
	const words = conflictOf([said('a', 'A', 1000, 4), said('b', 'B', 61_000, 3)]) ?? [];
	/** What the party's records add up to once the settlement has been recorded by a third phone. */
	const after = (right: Parameters<typeof settlement>[2]) => {
		const made = settlement('s', words, right).map((record, index) => ({
			...said(`c${index}`, 'C', 90_000 + index, record.heads, { minors: record.minors, kind: record.kind }),
			...('at' in record && { at: Date.parse(record.at) }),
			...(record.voids !== null && { voids: record.voids }),
			knows: 'knows' in record ? record.knows : []
		}));
		const events = [said('a', 'A', 1000, 4), said('b', 'B', 61_000, 3), ...made];
		expect(conflictOf(events)).toBeNull();
		return events.map((event) => ({ ...event, signup: 's' }));
	};
	const plan = { start: 0, end: 121_000 };

	it('for one word lets it hold from the first of them on', () => {
		for (const right of words) {
			const events = after(right);
			expect(standingFacts(events).map(({ at, heads }) => [at, heads])).toEqual([[1000, right.heads]]);
			expect(summariseAttendance(events, plan).participations).toBe(right.heads);
		}
	});

	it('for both keeps both', () => {
		const events = after('both');
		expect(standingFacts(events).map(({ at, heads }) => [at, heads])).toEqual([
			[1000, 4],
			[61_000, 3]
		]);
	});
});
