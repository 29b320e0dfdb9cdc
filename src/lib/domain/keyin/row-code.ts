/* Short numbers on the printed roster by which its rows are keyed in: a number and a check digit (Damm's, 2004). */

/** Damm's quasigroup of order 10: it finds every wrong digit and every two neighbours that changed places. */
const TABLE = [
	'0317598642',
	'7092154863',
	'4206871359',
	'1750983426',
	'6123045978',
	'3674209581',
	'5869720134',
	'8945362017',
	'9438617205',
	'2581436790'
];

const checked = (digits: string): number =>
	[...digits].reduce((interim, digit) => Number(TABLE[interim]?.[Number(digit)]), 0);

/** The code of a row: 127 → '1274'. */
export const rowCode = (no: number): string => `${no}${checked(String(no))}`;

/** The number in a typed code; null when it is none, or was mistyped. Spaces and full-width digits do not matter. */
export function readRowCode(text: string): number | null {
	const plain = text.normalize('NFKC').replace(/\s/g, '');
	if (!/^[1-9]\d{1,11}$/.test(plain) || checked(plain) !== 0) return null;
	return Number(plain.slice(0, -1));
}
