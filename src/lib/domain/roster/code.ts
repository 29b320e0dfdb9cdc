/* The check-in code a volunteer shows as a QR: eight letters and digits that no two eyes confuse (a random one of 30⁸). */

const LENGTH = 8;
const CODE = /[23456789abcdefghjkmnpqrstvwxyz]{8}/;

/**
 * The code in what was scanned or typed, or null. Spaces, dashes and capitals do not matter; of an address the part
 * behind the last / # or = is read.
 */
export function readCode(text: string): string | null {
	const part = text.trim().split(/[/#=]/).at(-1) ?? '';
	const plain = part.toLowerCase().replace(/[\s–-]/g, '');
	return plain.length === LENGTH && CODE.test(plain) ? plain : null;
}

/** As it is shown beside the QR, to be read out: 'k7m4 2xpd'. */
export const showCode = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`;
