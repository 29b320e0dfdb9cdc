import { afterEach, expect, it, vi } from 'vitest';
import { bookedByAccount, SIGNUPS_KEY } from './booked';

afterEach(() => vi.unstubAllGlobals());

const keeping = (signups: unknown) =>
	vi.stubGlobal('localStorage', {
		getItem: (key: string) => (key === SIGNUPS_KEY ? JSON.stringify(signups) : null)
	});

it('knows the days for which the account signed up or waits, and no cancelled ones', () => {
	keeping([
		{ status: 'confirmed', day: { id: 'a' } },
		{ status: 'waitlisted', day: { id: 'b' } },
		{ status: 'cancelled', day: { id: 'c' } }
	]);
	expect(['a', 'b', 'c', 'd'].map(bookedByAccount)).toEqual([true, true, false, false]);
});

it('knows nothing where nothing is kept', () => {
	expect(bookedByAccount('a')).toBe(false);
});
