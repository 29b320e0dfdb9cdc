/*
 * The rule of credits: what counts of the minutes that organizers credited to the named person of a party, beside what is
 * recorded of them. The database counts the same (private.credit_counts).
 *
 * - A credit is given on top of what stands recorded at that moment. Together they say how long the person was there, as
 *   whoever credited it saw it.
 * - What is recorded later takes the credit's place, minute for minute: it may be a record of that very time, and nobody's
 *   time counts twice. Only what is recorded beyond the whole makes the day longer.
 * - Where records fall away again, the credit counts in full again, and never more than was credited.
 * - Recorded and credited together are never more than the day could hold.
 */

export interface Credit {
	seconds: number;
	/** The named person's seconds that stood recorded when it was given. */
	recorded: number;
}

/**
 * The credited seconds that count.
 * @param credits in the order in which they were given, without those that were taken back
 * @param recorded the named person's seconds that are recorded now
 * @param longest how many seconds of that day may count at all
 */
export function creditedSeconds(credits: readonly Credit[], recorded: number, longest: number): number {
	let given = 0;
	let whole = 0;
	for (const credit of credits) {
		whole = credit.recorded + Math.min(given, Math.max(0, whole - credit.recorded)) + credit.seconds;
		given += credit.seconds;
	}
	return Math.min(given, Math.max(0, Math.min(whole, longest) - recorded));
}
