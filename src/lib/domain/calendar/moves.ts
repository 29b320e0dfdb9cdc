import { holidayOn, type AddedHoliday, type DayStatus } from './holidays';
import { addDays, FRIDAY, isSameMonth, weekdayOf, type LocalDate } from './local-date';
import { isLastFriday } from './labour-days';

export interface Proposal {
	date: LocalDate;
	/** 'unannounced' warns that the day may yet become a holiday. */
	status: Extract<DayStatus['status'], 'workday' | 'unannounced'>;
	sameMonth: boolean;
}

export interface MoveOptions {
	/** Holidays that an admin wrote down. */
	added?: readonly AddedHoliday[];
	/** The first day that may be proposed, as tomorrow: nobody can move a day into the past. */
	earliest?: LocalDate;
	/** Days that are other labour days already, after moves. */
	taken?: readonly LocalDate[];
}

/** Far enough to leave the longest holiday behind, near enough to be that month's day still. */
const REACH = 35;

/**
 * Two dates to hold a labour day on instead, in order of time.
 *
 * The rule: one before and one after, each the nearest Friday that is an ordinary working day. Volunteers know the day
 * as a Friday and the report as a month's, so a Friday of the same month is best, then any working day (Monday to
 * Friday) of the same month, then a Friday of the month beside it. Never a holiday, never a weekend, not even one made
 * a working day, never another month's labour day. Where nothing is left before (it would lie in the past), both are
 * after.
 */
export function proposeMoves(date: LocalDate, options: MoveOptions = {}): Proposal[] {
	const candidates = (direction: 1 | -1) =>
		Array.from({ length: REACH }, (_, index) =>
			propose(addDays(date, direction * (index + 1)), date, options)
		)
			.filter((proposal) => proposal !== null)
			.toSorted((a, b) => rank(a) - rank(b));
	const before = candidates(-1);
	const after = candidates(1);
	const chosen =
		before.length > 0 && after.length > 0 ? [before[0], after[0]] : [...before, ...after].slice(0, 2);
	return chosen.filter((proposal) => proposal !== undefined).toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

function propose(candidate: LocalDate, moved: LocalDate, options: MoveOptions): Proposal | null {
	const sameMonth = isSameMonth(candidate, moved);
	if (weekdayOf(candidate) > FRIDAY || (!sameMonth && weekdayOf(candidate) !== FRIDAY)) return null;
	if (options.earliest && candidate < options.earliest) return null;
	if (options.taken?.includes(candidate) || (!sameMonth && isLastFriday(candidate))) return null;
	const { status, name_zh } = holidayOn(candidate, options.added);
	if (status === 'workday') return { date: candidate, status, sameMonth };
	return status === 'unannounced' && name_zh === null ? { date: candidate, status, sameMonth } : null;
}

/** Less is better; candidates of one rank keep their nearness. */
function rank({ date, sameMonth }: Proposal): number {
	if (!sameMonth) return 2;
	return weekdayOf(date) === FRIDAY ? 0 : 1;
}
