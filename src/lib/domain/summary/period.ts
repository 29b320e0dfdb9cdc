/* Which dates a summary is about: a year, a month or one day. */
import { addDays, isLocalDate, localDateOf, parseLocalDate, type LocalDate } from '../calendar/local-date';

export interface SummaryPeriod {
	kind: 'year' | 'month' | 'day';
	from: LocalDate;
	to: LocalDate;
}

export const yearPeriod = (year: number): SummaryPeriod => ({
	kind: 'year',
	from: localDateOf(year, 1, 1),
	to: localDateOf(year, 12, 31)
});

/** `month`: 'YYYY-MM'. */
export function monthPeriod(month: string): SummaryPeriod {
	const [year = 0, number = 1] = month.split('-').map(Number);
	return {
		kind: 'month',
		from: localDateOf(year, number, 1),
		to: addDays(localDateOf(year, number + 1, 1), -1)
	};
}

export const dayPeriod = (date: LocalDate): SummaryPeriod => ({ kind: 'day', from: date, to: date });

/** From ?year=2026, ?month=2026-10 or ?day=2026-10-30; anything else is the year of `today`. */
export function readSummaryPeriod(params: URLSearchParams, today: string): SummaryPeriod {
	const day = params.get('day') ?? '';
	if (isLocalDate(day)) return dayPeriod(day);
	const month = params.get('month') ?? '';
	if (/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/.test(month)) return monthPeriod(month);
	const year = params.get('year') ?? '';
	return yearPeriod(Number(/^(19|20|21)\d\d$/.test(year) ? year : parseLocalDate(today).slice(0, 4)));
}
