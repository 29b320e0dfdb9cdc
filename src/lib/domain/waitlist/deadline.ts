import { instantAt } from '../calendar/gathering-interval';
import { addDays, type LocalDate } from '../calendar/local-date';

/** Nobody should learn at midnight that they are expected at eight. */
export const DEADLINE_TIME = '20:00';

/** Until this instant the waitlist promotes by itself; from then on only an organizer promotes. */
export function promotionDeadline(date: LocalDate, zone: string): Date {
	return instantAt(addDays(date, -1), DEADLINE_TIME, zone);
}

/** Whether the waitlist still promotes by itself at an instant. */
export function promotesByItself(now: Date, date: LocalDate, zone: string): boolean {
	return now < promotionDeadline(date, zone);
}
