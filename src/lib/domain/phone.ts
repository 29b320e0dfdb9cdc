/*
 * Phone numbers, as people type them, in the one form in which they are kept and compared: E.164, '+8613800138000'.
 */

export type PhoneProblem =
	| 'empty'
	/** Letters or signs that no phone number has. */
	| 'not-a-number'
	| 'too-short'
	| 'too-long'
	/** As long as a Chinese number, but none. */
	| 'no-such-number';

export type PhoneResult = { ok: true; phone: string } | { ok: false; problem: PhoneProblem };

const CHINA = '+86';
/** A Chinese mobile number: 11 digits, the second 3 to 9. */
const MOBILE = /^1[3-9]\d{9}$/;
/** A landline with its area code, without the 0 that is dialled before it: a crew leader can call that too. */
const LANDLINE = /^[2-9]\d{8,10}$/;

/**
 * Normalises a phone number. Without a country it is Chinese: a mobile number, or a landline with its area code; a
 * number of another country begins with '+' or '00'. Full-width digits, spaces, dashes, dots and brackets are what
 * people and spreadsheets put in, and mean nothing.
 */
export function normalisePhone(input: string): PhoneResult {
	const compact = input.normalize('NFKC').replace(/[\s\p{Pd}\p{Cf}().·−]/gu, '');
	if (compact === '') return { ok: false, problem: 'empty' };
	if (!/^\+?\d+$/.test(compact)) return { ok: false, problem: 'not-a-number' };
	const number = compact.replace(/^00/, '+');
	if (number.startsWith(CHINA)) return chinese(number.slice(CHINA.length).replace(/^0?/, '0'));
	if (number.startsWith('+')) return international(number);
	// '8613800138000': the plus is lost where a spreadsheet took the number for a quantity.
	return chinese(/^86\d{11}$/.test(number) ? number.slice(2) : number);
}

/** A number for the eye: '138 0013 8000'; other countries' as they are kept. */
export function displayPhone(phone: string): string {
	const digits = phone.startsWith(CHINA) ? phone.slice(CHINA.length) : '';
	return MOBILE.test(digits) ? `${digits.slice(0, 3)} ${digits.slice(3, 7)} ${digits.slice(7)}` : phone;
}

/** A number that its owner knows again and nobody else learns: '138 **** 8000'. */
export function maskPhone(phone: string): string {
	const shown = displayPhone(phone);
	if (shown !== phone) return shown.replace(/ \d{4} /, ' **** ');
	return phone.slice(0, 3) + '*'.repeat(Math.max(0, phone.length - 5)) + phone.slice(-2);
}

/** A number as dialled inside China; the 0 before an area code may stand before a mobile number too. */
function chinese(dialled: string): PhoneResult {
	const digits = dialled.replace(/^0/, '');
	if (MOBILE.test(digits) || (dialled.startsWith('0') && LANDLINE.test(digits))) {
		return { ok: true, phone: CHINA + digits };
	}
	if (digits.length < 11) return { ok: false, problem: 'too-short' };
	return { ok: false, problem: digits.length > 11 ? 'too-long' : 'no-such-number' };
}

/** E.164: a country code that does not begin with 0, at most 15 digits in all; fewer than 7 reach nobody. */
function international(number: string): PhoneResult {
	const digits = number.slice(1);
	if (digits.startsWith('0')) return { ok: false, problem: 'not-a-number' };
	if (digits.length < 7) return { ok: false, problem: 'too-short' };
	if (digits.length > 15) return { ok: false, problem: 'too-long' };
	return { ok: true, phone: number };
}
