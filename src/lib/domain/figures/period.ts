/* Which dates a page of results is about, as its address says it. */
import { isLocalDate, type LocalDate } from '../calendar/local-date';

/** this-year is left to the database, which knows what day it is in the district. */
export type Period =
	| { kind: 'this-year' }
	| { kind: 'year'; year: number; from: string; to: string }
	| { kind: 'day'; date: LocalDate; from: string; to: string }
	| { kind: 'all'; from: string; to: string };

/** From ?year=2026, ?day=2026-10-30 or ?year=all; anything else is this year. */
export function readPeriod(params: URLSearchParams): Period {
	const day = params.get('day') ?? '';
	if (isLocalDate(day)) return { kind: 'day', date: day, from: day, to: day };
	const year = params.get('year') ?? '';
	if (year === 'all') return { kind: 'all', from: '1900-01-01', to: '2199-12-31' };
	if (/^(19|20|21)\d\d$/.test(year))
		return { kind: 'year', year: Number(year), from: `${year}-01-01`, to: `${year}-12-31` };
	return { kind: 'this-year' };
}
