import type { Cookies } from '@sveltejs/kit';
import { describe, expect, it } from 'vitest';
import { forgetAllBookings, forgetBooking, remember, rememberedTokens } from './remembered';

/** A browser's cookies, as far as these functions use them. */
function jar(url: URL) {
	const kept = new Map<string, { value: string; httpOnly: boolean; secure: boolean }>();
	const cookies = {
		get: (name: string) => kept.get(name)?.value,
		set: (name: string, value: string, { httpOnly, secure }: { httpOnly: boolean; secure: boolean }) =>
			kept.set(name, { value, httpOnly, secure }),
		delete: (name: string) => kept.delete(name)
	} as unknown as Cookies;
	return {
		kept,
		tokens: () => rememberedTokens(cookies),
		remember: (token: string, day: string) => remember(cookies, url, token, day),
		forget: (token: string) => forgetBooking(cookies, url, token),
		forgetAll: () => forgetAllBookings(cookies, url)
	};
}
const http = () => jar(new URL('http://192.168.0.5:3000/'));
const token = (letter: string) => letter.repeat(22);
const november = '5a2c72f6-ca6c-4350-a6e3-ff290fdc23ba';
const december = '9b2c72f6-ca6c-4350-a6e3-ff290fdc23ba';

describe('what a phone remembers', () => {
	it('is its secret links, hidden from scripts, and the days, shown to them', () => {
		const phone = http();
		phone.remember(token('a'), november);
		phone.remember(token('b'), december);
		phone.remember(token('c'), december);
		expect(phone.tokens()).toEqual([token('c'), token('b'), token('a')]);
		expect(phone.kept.get('bookings')?.httpOnly).toBe(true);
		expect(phone.kept.get('booked')).toMatchObject({ value: '9b2c72f6.5a2c72f6', httpOnly: false });
	});

	it('holds on an address without HTTPS, and on one with it goes over nothing else', () => {
		const [plain, secure] = [http(), jar(new URL('https://example.org/'))];
		for (const phone of [plain, secure]) phone.remember(token('a'), november);
		expect(plain.kept.get('bookings')?.secure).toBe(false);
		expect(secure.kept.get('bookings')?.secure).toBe(true);
	});

	it('keeps the mark of a day while another party comes on it', () => {
		const phone = http();
		phone.remember(token('a'), november);
		phone.remember(token('b'), november);
		phone.forget(token('b'));
		expect(phone.kept.get('booked')?.value).toBe('5a2c72f6');
		phone.forget(token('a'));
		expect([...phone.kept]).toEqual([]);
	});

	it('is at most eight, the newest, and nothing twice', () => {
		const phone = http();
		for (const letter of 'abcdefghija') phone.remember(token(letter), november);
		expect(phone.tokens()).toEqual([...'ajihgfed'].map(token));
	});

	it('is gone when told so', () => {
		const phone = http();
		phone.remember(token('a'), november);
		phone.forgetAll();
		expect(phone.tokens()).toEqual([]);
		expect([...phone.kept]).toEqual([]);
	});

	it('is nothing that somebody else wrote into the cookie', () => {
		const phone = http();
		phone.kept.set('bookings', { value: `../../x~5a2c72f6.${token('a')}`, httpOnly: true, secure: false });
		expect(phone.tokens()).toEqual([]);
	});
});
