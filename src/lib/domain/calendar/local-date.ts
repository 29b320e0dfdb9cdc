/**
 * A day as people write it on a poster: a date without time and zone. A labour day is one of these, never an instant.
 *
 * Arithmetic runs on UTC midnights, which have no daylight saving, so no date library is needed here; public pages may
 * import this file at no cost. Where a zone matters, see `today.ts` and `zone-offset.ts` (Intl) and `gathering-interval.ts`
 * (luxon).
 */
declare const localDate: unique symbol;

/** An existing calendar day, written 'YYYY-MM-DD'. Strings of this type sort in order of time. */
export type LocalDate = string & { readonly [localDate]: true };

/** 1 = Monday … 7 = Sunday, as in ISO 8601. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export const FRIDAY = 5 satisfies Weekday;

const DAY = 86_400_000;

/** Builds a date; days and months that run over roll on, as `localDateOf(2026, 13, 1)` = 2027-01-01. */
export function localDateOf(year: number, month: number, day: number): LocalDate {
	const utc = new Date(0);
	// Not Date.UTC, which takes the years 0–99 for 1900–1999.
	utc.setUTCFullYear(year, month - 1, day);
	return fromUtc(utc);
}

/** Reads 'YYYY-MM-DD'; throws a RangeError for anything else, and for days that do not exist (30 February). */
export function parseLocalDate(text: string): LocalDate {
	if (!isLocalDate(text)) throw new RangeError(`not a date: ${text}`);
	return text;
}

/** Whether a text is an existing day in the form 'YYYY-MM-DD'. */
export function isLocalDate(text: string): text is LocalDate {
	const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
	return match !== null && localDateOf(Number(match[1]), Number(match[2]), Number(match[3])) === text;
}

/** The day so many days later (earlier, if negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
	return fromUtc(new Date(utcMidnight(date) + days * DAY));
}

/** The same day of the month a year away; 29 February becomes 28 February where there is none. */
export function addYears(date: LocalDate, years: number): LocalDate {
	const there = localDateOf(yearOf(date) + years, monthOf(date), dayOf(date));
	return monthOf(there) === monthOf(date) ? there : addDays(there, -1);
}

/** How many days `to` lies after `from`. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
	return (utcMidnight(to) - utcMidnight(from)) / DAY;
}

export function weekdayOf(date: LocalDate): Weekday {
	return (new Date(utcMidnight(date)).getUTCDay() || 7) as Weekday;
}

export function yearOf(date: LocalDate): number {
	return Number(date.slice(0, 4));
}

/** 1 = January. */
export function monthOf(date: LocalDate): number {
	return Number(date.slice(5, 7));
}

export function dayOf(date: LocalDate): number {
	return Number(date.slice(8, 10));
}

export function isSameMonth(a: LocalDate, b: LocalDate): boolean {
	return a.slice(0, 7) === b.slice(0, 7);
}

function utcMidnight(date: LocalDate): number {
	return Date.parse(`${date}T00:00:00Z`);
}

function fromUtc(utc: Date): LocalDate {
	const text = utc.toISOString();
	if (text.length !== 24) throw new RangeError(`year out of range: ${text}`);
	return text.slice(0, 10) as LocalDate;
}
