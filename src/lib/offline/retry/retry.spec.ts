import { describe, expect, it } from 'vitest';
import { DataError } from '$lib/data/data-error';
import { pauseAfter, rests } from './backoff';
import { verdictOn } from './verdict';

describe('a failure', () => {
	it.each([
		[new DataError('not_yours', '', 403), 'refused'],
		[new DataError('bad_record', '', 400), 'refused'],
		[new DataError('too_large', '', 413), 'refused'],
		[new DataError('sign_in_first', '', 401), 'sign-in'],
		[new DataError('session_ended', '', 401), 'sign-in'],
		[new DataError('offline'), 'transport'],
		[new DataError('server', '', 500), 'transport'],
		[new DataError('server', '', 503), 'transport'],
		[new DataError('slow_down', '', 429), 'transport'],
		// A hotel's network, a proxy, an older server: not our word.
		[new DataError('server', '', 403), 'transport'],
		[new DataError('server', '', 404), 'transport'],
		[new TypeError('anything, even 401'), 'transport']
	])('%s is %s', (error, verdict) => expect(verdictOn(error)).toBe(verdict));
});

it('waits longer after each failure, at most about a minute, and never all phones alike', () => {
	const middle = [1, 2, 3, 4, 5, 50].map((failures) => pauseAfter(failures, 0.5));
	expect(middle).toEqual([2000, 5000, 15_000, 30_000, 60_000, 60_000]);
	expect(pauseAfter(1, 0)).toBe(1500);
	expect(pauseAfter(1, 1)).toBe(2500);
	expect(pauseAfter(0, 0.5)).toBe(2000);
});

it('never makes anything rest longer than is believed', () => {
	expect(rests(1000 + pauseAfter(99, 1), 1000)).toBe(true);
	expect(rests(1000, 1000)).toBe(false);
});
