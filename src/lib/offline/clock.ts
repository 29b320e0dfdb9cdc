/**
 * The time as the district sees it, worked out on a phone whose own clock may be wrong, set by hand, or back at 1970 after its
 * battery ran flat. Pure: whoever asks says what the phone's clock shows. All instants and spans are milliseconds.
 */

export interface Clock {
	/** How far the server's clock is ahead of the phone's. */
	offset: number;
	/** An instant by the server's clock that has certainly passed: its last word, or a record made since. 0: none is known. */
	passed: number;
	/** The offset was not learnt: the phone's clock has lost the time, and it is so late at least. */
	guessed: boolean;
}

export const UNKNOWN: Clock = { offset: 0, passed: 0, guessed: false };

/** Below this a clock is as right as one sets it by hand, or by a network. */
export const CLOSE = 60_000;
/**
 * So much may have gone by unnoticed while a phone was off: it is made ready the evening before at the earliest, and used until
 * the next one. What claims to be later than that is not taken for a sign of the time.
 */
const UNNOTICED = 2 * 24 * 60 * 60_000;
/** A question takes no longer; if it seems to, the phone's clock was set meanwhile. */
const LONGEST_QUESTION = 2 * 60_000;

/** The instant by the server's clock when the phone's shows this, once {@link setRight}. */
export const instantOf = (clock: Clock, wall: number): number => wall + clock.offset;

/** What the server's answer says of the clock; it was asked and answered when the phone's clock showed these. */
export function learnt(server: number, asked: number, received: number): Clock {
	const took = received - asked;
	const middle = took >= 0 && took < LONGEST_QUESTION ? (asked + received) / 2 : received;
	return { offset: Math.round(server - middle), passed: server, guessed: false };
}

/**
 * The clock in agreement with what has certainly passed. Time does not run backwards: where it seems to, somebody or a flat
 * battery has set the phone's clock, and what was learnt of it no longer holds. Then the phone's clock is believed as it is; if
 * that cannot be either, time runs on from what has passed, until the phone's clock is put right.
 */
export function setRight(clock: Clock, wall: number): Clock {
	const { offset, passed, guessed } = clock;
	if (guessed && wall >= passed) return { ...clock, offset: 0, guessed: false };
	if (wall + offset >= passed - CLOSE) return clock;
	return wall >= passed
		? { ...clock, offset: 0, guessed: false }
		: { ...clock, offset: Math.round(passed - wall), guessed: true };
}

/** The clock after somebody has put the phone's by so much: only a jump by just what was learnt of it is taken for that. */
export function afterJump(clock: Clock, jump: number): Clock {
	const { offset } = clock;
	if (Math.abs(offset) <= 2 * CLOSE || Math.abs(jump - offset) >= CLOSE) return clock;
	return { ...clock, offset: Math.round(offset - jump) };
}

/** This has passed: the server said it, or it has happened on this phone. */
export const notBefore = (clock: Clock, instant: number): Clock =>
	instant > clock.passed ? { ...clock, passed: instant } : clock;

/** A record of this instant was made here. The clock that dated it may itself have been thrown ahead: beyond a day or two it says nothing. */
export const recorded = (clock: Clock, at: number): Clock =>
	at < clock.passed + UNNOTICED ? notBefore(clock, at) : clock;

/** How late it may be: on a phone that has lost the time, a day or two later than it knows. */
export const latest = (clock: Clock, wall: number): number =>
	instantOf(clock, wall) + (clock.guessed ? UNNOTICED : 0);
