import { addDays, FRIDAY, localDateOf, monthOf, weekdayOf, yearOf, type LocalDate } from './local-date';

/** The rule of the whole thing: the last Friday of a month (1 = January). */
export function lastFriday(year: number, month: number): LocalDate {
	const lastDay = addDays(localDateOf(year, month + 1, 1), -1);
	return addDays(lastDay, -((weekdayOf(lastDay) - FRIDAY + 7) % 7));
}

/** Whether the rule, left alone, puts the labour day on this date. */
export function isLastFriday(date: LocalDate): boolean {
	return lastFriday(yearOf(date), monthOf(date)) === date;
}

/**
 * The next labour days by the rule, from `from` on; `from` itself counts when it is one. These exist without anyone
 * creating them; what the district moved or cancelled is laid over them by whoever asks.
 */
export function nextLabourDays(from: LocalDate, count = 12): LocalDate[] {
	const thisMonth = lastFriday(yearOf(from), monthOf(from));
	const first = thisMonth < from ? 1 : 0;
	return Array.from({ length: count }, (_, index) => lastFriday(...monthAfter(from, first + index)));
}

function monthAfter(date: LocalDate, months: number): [year: number, month: number] {
	const later = localDateOf(yearOf(date), monthOf(date) + months, 1);
	return [yearOf(later), monthOf(later)];
}
