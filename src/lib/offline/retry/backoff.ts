/** How long to wait before the next attempt. */

/** Milliseconds after the first, second, … failure in a row. */
const PAUSES = [2_000, 5_000, 15_000, 30_000, 60_000] as const;

/** Longest rest that {@link pauseAfter} gives. */
const LONGEST = 75_000;

/** Whether something rests until later. No rest is longer than these pauses: what seems so was said by a clock that was set since. */
export const rests = (until: number, now: number): boolean => until > now && until <= now + LONGEST;

/**
 * With jitter: phones that lost the signal together shall not come back together.
 * @param failures in a row, 1 or more
 * @param random 0 to 1
 */
export function pauseAfter(failures: number, random: number): number {
	const pause = PAUSES[Math.min(Math.max(failures, 1), PAUSES.length) - 1]!;
	return Math.round(pause * (0.75 + random / 2));
}
