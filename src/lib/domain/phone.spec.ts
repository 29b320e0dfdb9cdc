import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayPhone, maskPhone, normalisePhone } from './phone';

const kept = (input: string) => {
	const result = normalisePhone(input);
	return result.ok ? result.phone : result.problem;
};

describe('a phone number', () => {
	it.each([
		'13800138000',
		'138 0013 8000',
		' 138-0013-8000 ',
		'138–0013–8000',
		'１３８００１３８０００',
		'１３８　００１３　８０００',
		'+86 138 0013 8000',
		'＋８６１３８００１３８０００',
		'+86-138-0013-8000',
		'(+86) 13800138000',
		'008613800138000',
		'0086 138 0013 8000',
		'8613800138000',
		'\u202a13800138000\u202c',
		'138.0013.8000',
		'013800138000'
	])('typed as %s is one and the same', (input) => {
		expect(kept(input)).toBe('+8613800138000');
	});

	it.each(['0851-28222222', '(0851) 2822 2222', '+86 851 28222222', '+86 0851 28222222'])(
		'of a household, %s, is kept with its area code',
		(input) => {
			expect(kept(input)).toBe('+8685128222222');
		}
	);

	it.each([
		['+1 (415) 555-2671', '+14155552671'],
		['0044 20 7946 0958', '+442079460958'],
		['+852 5123 4567', '+85251234567'],
		['+49 1512 3456789', '+4915123456789']
	])('of another country, %s, is kept', (input, phone) => {
		expect(kept(input)).toBe(phone);
	});

	it.each([
		['', 'empty'],
		['   ', 'empty'],
		['--', 'empty'],
		['没有手机', 'not-a-number'],
		['1380013800O', 'not-a-number'],
		['138001380+00', 'not-a-number'],
		['13800138000/13900139000', 'not-a-number'],
		['+0138001380', 'not-a-number'],
		['1380013800', 'too-short'],
		['+861380013800', 'too-short'],
		['138001380001', 'too-long'],
		['+86138001380001', 'too-long'],
		['+12345', 'too-short'],
		['+1234567890123456', 'too-long'],
		['28222222', 'too-short'],
		['12345678901', 'no-such-number'],
		['+8612012345678', 'no-such-number'],
		['23800138000', 'no-such-number']
	])('typed as "%s" is refused: %s', (input, problem) => {
		expect(kept(input)).toBe(problem);
	});

	it('once kept stays as it is, whatever is typed between its digits', () => {
		const mobile = fc
			.tuple(
				fc.integer({ min: 3, max: 9 }),
				fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 9 })
			)
			.map(([second, rest]) => `1${second}${rest.join('')}`);
		const between = fc.array(fc.constantFrom('', ' ', '-', '　', '－'), { minLength: 11, maxLength: 11 });
		fc.assert(
			fc.property(mobile, between, fc.constantFrom('', '+86', '0086', '86'), (digits, gaps, country) => {
				const typed = country + [...digits].map((digit, index) => gaps[index]! + digit).join('');
				expect(kept(typed)).toBe(`+86${digits}`);
				expect(kept(kept(typed))).toBe(`+86${digits}`);
				expect(kept(displayPhone(`+86${digits}`))).toBe(`+86${digits}`);
			})
		);
	});
});

describe('on screen', () => {
	it('is grouped as people say it', () => {
		expect(displayPhone('+8613800138000')).toBe('138 0013 8000');
		expect(displayPhone('+14155552671')).toBe('+14155552671');
	});

	it('is masked where others may read it', () => {
		expect(maskPhone('+8613800138000')).toBe('138 **** 8000');
		expect(maskPhone('+14155552671')).toBe('+14*******71');
	});
});
