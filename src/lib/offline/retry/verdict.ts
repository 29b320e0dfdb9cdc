/** What a failure means for what was being sent. */
import { DataError } from '$lib/data/data-error';

/**
 * refused: the server has understood and will say the same again.
 * sign-in: it does not know who sends; everything is kept until the person signs in.
 * transport: there was no answer of ours; it is sent again, later.
 */
export type Verdict = 'refused' | 'sign-in' | 'transport';

const PASSING = new Set([408, 425, 429]);

/** Judged by status and code alone, never by words: only a refusal in our own codes is a refusal. */
export function verdictOn(error: unknown): Verdict {
	if (!(error instanceof DataError)) return 'transport';
	if (error.status === 401) return 'sign-in';
	if (error.status < 400 || error.status >= 500 || PASSING.has(error.status)) return 'transport';
	// What stands between phone and server answers 403 or 404 too, but in no code of ours.
	return error.code === 'server' || error.code === 'offline' ? 'transport' : 'refused';
}
