/** A volunteer checks in with the code shown at the venue. */
import type { Client } from './client';
import { answer } from './command';
import { DataError } from './errors';

export interface CheckInWord {
	/** Absent: as signed up. */
	heads?: number | undefined;
	minors?: number | undefined;
	/** How long ago the code was read, in whole seconds: a phone without a signal keeps it. */
	age?: number | undefined;
}

/** claimed: the code had run out, a leader confirms it. already: somebody of the party is here by the records. */
export interface CheckInAnswer {
	outcome: 'checked_in' | 'claimed' | 'already';
	heads: number;
}

/** The answer, or its refusal as the error that it is. @throws DataError */
export async function checkInAnswer(request: Parameters<typeof answer>[0]): Promise<CheckInAnswer> {
	const given = await answer<CheckInAnswer | { outcome: 'refused'; code: string }>(request);
	if (given.outcome === 'refused') throw new DataError(given.code, '', given.code === 'slow_down' ? 429 : 409);
	return given;
}

export const checkInArguments = (code: string, { heads, minors, age }: CheckInWord) => ({
	p_code: code,
	...(heads !== undefined && { p_heads: heads }),
	...(minors !== undefined && { p_minors: minors }),
	...(age !== undefined && { p_age: age })
});

/** The account's own party. @throws DataError venue_code_wrong, not_today, signup_not_confirmed, slow_down, … */
export const checkInMyself = (client: Client, signup: string, code: string, word: CheckInWord) =>
	checkInAnswer(client.rpc('check_in_myself', { p_signup: signup, ...checkInArguments(code, word) }));
