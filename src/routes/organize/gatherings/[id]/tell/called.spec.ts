import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { forgetOwn } from '$lib/data/kept';
import { Called } from './called.svelte';

/** A browser's storage: what is kept are its own properties. */
class Kept {
	[key: string]: unknown;
}
Object.defineProperties(Kept.prototype, {
	getItem: { value: (key: string) => (localStorage[key] as string | undefined) ?? null },
	setItem: { value: (key: string, text: string) => void (localStorage[key] = text) },
	removeItem: { value: (key: string) => void delete localStorage[key] }
});

beforeEach(() => vi.stubGlobal('localStorage', new Kept()));
afterEach(() => vi.unstubAllGlobals());

it('is remembered of each gathering, whatever becomes of the page, until one signs out', () => {
	const open = (gathering: string) => new Called(gathering, '2026-11-27', '2026-11-20');
	open('a').set('王女士 09:00', true);
	open('a').set('李先生 09:00', true);
	open('a').set('李先生 09:00', false);
	expect(open('a').has('王女士 09:00')).toBe(true);
	expect(open('a').has('李先生 09:00')).toBe(false);
	expect(open('b').has('王女士 09:00')).toBe(false);
	forgetOwn();
	expect(open('a').has('王女士 09:00')).toBe(false);
});

it('goes with the next tick once its day has passed', () => {
	const tick = (date: string, today: string) => new Called('a', date, today).set('x', true);
	tick('2026-10-30', '2026-10-30');
	tick('2026-11-27', '2026-10-30');
	tick('2026-12-25', '2026-11-27');
	expect(Object.keys(localStorage)).toHaveLength(2);
	expect(new Called('a', '2026-10-30', '2026-11-27').has('x')).toBe(false);
});
