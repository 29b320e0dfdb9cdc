import { DateTime } from 'luxon';
import type { LocalDate } from './local-date';

/** Time on the wall clock, 'HH:MM'; Postgres' 'HH:MM:SS' is understood too. */
export type LocalTime = string;

export interface Interval {
	start: Date;
	end: Date;
}

/**
 * The instants at which a gathering begins and ends, from what its poster says.
 *
 * On the two odd nights of a zone with daylight saving it decides as Postgres' `at time zone` does, so that the server,
 * the phone and the database never disagree: a time that the clock skips is read by the clock before the change (02:30
 * becomes 03:30), a time that the clock shows twice is the second one (winter time).
 * Throws a RangeError when the zone or a time is unknown, or when the end does not come after the start.
 */
export function gatheringInterval(
	date: LocalDate,
	startTime: LocalTime,
	endTime: LocalTime,
	zone: string
): Interval {
	const start = instantAt(date, startTime, zone);
	const end = instantAt(date, endTime, zone);
	if (end <= start) throw new RangeError(`a gathering must end after it starts: ${startTime}–${endTime}`);
	return { start, end };
}

/** The instant at which the clocks of a zone show this date and time; see {@link gatheringInterval} for odd nights. */
export function instantAt(date: LocalDate, time: LocalTime, zone: string): Date {
	const wall = DateTime.fromISO(`${date}T${time}`, { zone });
	if (!wall.isValid) throw new RangeError(`no such time: ${date} ${time} ${zone}`);
	// luxon alone would choose among two by what the clock of this very moment is.
	const second = wall.getPossibleOffsets().at(-1) ?? wall;
	return second.toJSDate();
}
