import { daysBetween, parseLocalDate } from '../calendar/local-date';

/**
 * How a site stands against its wanted interval.
 *
 * - `never`: no record of a cleaning; planned before anything that has one.
 * - `overdue`: the interval has passed (`overdueDays` ≥ 1).
 * - `due`: the interval ends today or within the next seven days.
 * - `fresh`: later than that.
 * - `unscheduled`: nobody wants it cleaned regularly.
 */
export type CleaningState = 'never' | 'overdue' | 'due' | 'fresh' | 'unscheduled';

export interface Cleaning {
	state: CleaningState;
	/** Days past the wanted interval; 0 while there is time. */
	overdueDays: number;
	/** Days until the wanted interval ends; `null` unless `due` or `fresh`. */
	daysLeft: number | null;
	/** Days since the last cleaning; `null` when there is no record. */
	daysSince: number | null;
}

/** How long before the interval ends a site counts as due. */
export const DUE_SOON_DAYS = 7;

/**
 * Whether a site needs cleaning today.
 *
 * @param lastCleaned local date (`YYYY-MM-DD`) of the last recorded cleaning, or `null`
 * @param intervalDays wanted days between cleanings, or `null` when the site is cleaned on demand only
 * @param today the district's local date
 */
export function needsCleaning(
	lastCleaned: string | null,
	intervalDays: number | null,
	today: string
): Cleaning {
	const daysSince =
		lastCleaned === null
			? null
			: Math.max(0, daysBetween(parseLocalDate(lastCleaned), parseLocalDate(today)));
	if (intervalDays === null) return { state: 'unscheduled', overdueDays: 0, daysLeft: null, daysSince };
	if (daysSince === null) return { state: 'never', overdueDays: 0, daysLeft: null, daysSince };
	const left = intervalDays - daysSince;
	if (left < 0) return { state: 'overdue', overdueDays: -left, daysLeft: null, daysSince };
	return { state: left <= DUE_SOON_DAYS ? 'due' : 'fresh', overdueDays: 0, daysLeft: left, daysSince };
}
