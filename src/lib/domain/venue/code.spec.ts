import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readVenueCode, showDigits, venueCode } from './code';

/** The seed of RFC 6238's examples for SHA-256: '12345678901234567890123456789012'. */
const RFC = Buffer.from('12345678901234567890123456789012').toString('hex');

describe('venueCode', () => {
	it.each([
		[59, '119246'],
		[1_111_111_109, '084774'],
		[1_111_111_111, '062674'],
		[1_234_567_890, '819424'],
		[2_000_000_000, '698825'],
		[20_000_000_000, '737706']
	])('at second %i has the digits of RFC 6238', (second, digits) => {
		// The examples have eight digits; six are their end.
		expect(venueCode(RFC, second * 1000).digits).toBe(digits);
	});

	it('holds for half a minute and says until when', () => {
		const at = (ms: number) => venueCode(RFC, 1_800_000_000_000 + ms);
		expect(at(29_999)).toEqual(at(0));
		expect(at(30_000).code).not.toBe(at(0).code);
		expect(at(0).until).toBe(1_800_000_030_000);
	});

	it('carries the half minute and the head of its HMAC', () => {
		const message = Buffer.alloc(8);
		message.writeBigUInt64BE(60_000_000n);
		const mac = createHmac('sha256', Buffer.from(RFC, 'hex')).update(message).digest('hex');
		expect(venueCode(RFC, 1_800_000_000_000).code).toBe(`60000000_${mac.slice(0, 16)}`);
	});

	it('differs between gatherings', () => {
		expect(venueCode('0'.repeat(64), 0).digits).not.toBe(venueCode('1'.repeat(64), 0).digits);
	});
});

describe('readVenueCode', () => {
	it.each([
		['482913', '482913'],
		[' 482 913 ', '482913'],
		['４８２-９１３', '482913'],
		['60000000_0123456789abcdef', '60000000_0123456789abcdef'],
		['48291', null],
		['4829133', null],
		['60000000_0123', null],
		['k7m4 2xpd', null],
		['', null]
	])('of %j is %j', (typed, code) => expect(readVenueCode(typed)).toBe(code));

	it('reads what is shown', () => expect(readVenueCode(showDigits('004213'))).toBe('004213'));
});
