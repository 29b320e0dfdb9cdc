/* One row of a filled paper roster, as it is typed after the day: what it says, or which field cannot be. */

export interface TypedRow {
	heads: string;
	minors: string;
	/** Times on the wall clock: '830', '8:30', '0830', '8'. */
	came: string;
	left: string;
}

/** bad: no number, or beyond its limits · more: more minors than heads · no_time: no time of the clock · outside: not on that morning · before: left before they came · ahead: has not come yet. */
export type RowProblem = 'bad' | 'more' | 'no_time' | 'outside' | 'before' | 'ahead';

export interface KeyedRow {
	heads: number;
	minors: number;
	/** 'HH:MM'; nothing written: from the planned start, and until nobody knows. */
	came: string;
	left: string | null;
}

export interface RowFrame {
	/** As signed up: what an empty field means. */
	headcount: number;
	minors: number;
	/** Planned, 'HH:MM'. */
	starts: string;
	ends: string;
	/** The present time on the gathering's day, 'HH:MM'; null when that day is over. */
	now: string | null;
}

/** How far off the plan a time may lie, in minutes: earlier than the start, later than the end. */
const EARLIEST = 180;
const LATEST = 360;
const MOST = 200;

/** The row, or what is wrong with which field. */
export function readRow(
	typed: TypedRow,
	frame: RowFrame
): { row: KeyedRow } | { problems: Partial<Record<keyof TypedRow, RowProblem>> } {
	const problems: Partial<Record<keyof TypedRow, RowProblem>> = {};
	const heads = readCount(typed.heads) ?? frame.headcount;
	if (!(heads >= 1 && heads <= MOST)) problems.heads = 'bad';
	const minors = readCount(typed.minors) ?? Math.min(frame.minors, heads);
	if (Number.isNaN(minors)) problems.minors = 'bad';
	else if (minors > heads) problems.minors = 'more';

	const came = readTime(typed.came);
	const left = readTime(typed.left);
	if (came === undefined) problems.came = 'no_time';
	if (left === undefined) problems.left = 'no_time';
	const [start, end] = [minutes(frame.starts), minutes(frame.ends)];
	const now = frame.now === null ? Infinity : minutes(frame.now);
	const from = minutes(came ?? frame.starts);
	if (came && (from < start - EARLIEST || from > end)) problems.came = 'outside';
	else if (came && from > now) problems.came = 'ahead';
	if (left) {
		const until = minutes(left);
		if (until > end + LATEST) problems.left = 'outside';
		else if (until > now) problems.left = 'ahead';
		else if (until <= from) problems.left = 'before';
	}
	if (Object.keys(problems).length > 0) return { problems };
	return { row: { heads, minors, came: came ?? frame.starts.slice(0, 5), left: left ?? null } };
}

/** A count; empty: undefined; anything else: NaN. */
function readCount(text: string): number | undefined {
	const plain = text.normalize('NFKC').trim();
	if (plain === '') return undefined;
	return /^\d{1,3}$/.test(plain) ? Number(plain) : NaN;
}

/** 'HH:MM' of '830', '8:30', '8.30', '0830' or '8'; empty: null; no time: undefined. */
export function readTime(text: string): string | null | undefined {
	const plain = text.normalize('NFKC').replace(/\s/g, '');
	if (plain === '') return null;
	const found = /^(\d{1,2})[:.点]?(\d{2})?$/.exec(plain);
	const [hour, minute] = [Number(found?.[1]), Number(found?.[2] ?? 0)];
	if (!found || hour > 23 || minute > 59) return undefined;
	return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function minutes(time: string): number {
	const [hour = 0, minute = 0] = time.split(':').map(Number);
	return hour * 60 + minute;
}
