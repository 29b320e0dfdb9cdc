import { expect, it } from 'vitest';
import { readPeriod } from './period';

const read = (query: string) => readPeriod(new URLSearchParams(query));

it('reads a year, a day or all time from an address', () => {
	expect(read('year=2025')).toEqual({ kind: 'year', year: 2025, from: '2025-01-01', to: '2025-12-31' });
	expect(read('day=2026-10-30&year=2025')).toMatchObject({
		kind: 'day',
		from: '2026-10-30',
		to: '2026-10-30'
	});
	expect(read('year=all')).toMatchObject({ kind: 'all' });
});

it.each(['', 'year=', 'year=20', 'year=9999', 'year=2025x', 'day=2026-02-30', 'day=heute'])(
	'takes "%s" as this year',
	(query) => {
		expect(read(query)).toEqual({ kind: 'this-year' });
	}
);
