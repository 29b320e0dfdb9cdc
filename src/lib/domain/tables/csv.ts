import Papa from 'papaparse';

export type Cell = string | number | boolean | null;

/** Excel reads UTF-8, and with it Chinese, only when this stands in front. */
const MARK = '\uFEFF';

/**
 * Whether a spreadsheet would run a text as a formula: = + - @ at its beginning, with or without blanks before them, and tab
 * or line break; as wide as a Chinese character, too, for spreadsheets in Chinese take these for the same.
 */
export const startsFormula = (text: string): boolean => /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/.test(text);

/** What a spreadsheet would run as a formula is made a mere text. Numbers are numbers and stay what they are. */
export const harmless = (cell: Cell): Cell =>
	typeof cell === 'string' && startsFormula(cell) ? `'${cell}` : cell;

/** Rows of a table as CSV by RFC 4180; what is not known is an empty cell. */
export function tableCsv(headers: readonly string[], rows: readonly (readonly Cell[])[]): string {
	const text = Papa.unparse([[...headers], ...rows.map((row) => row.map((cell) => harmless(cell) ?? ''))], {
		newline: '\r\n'
	});
	return `${MARK}${text}\r\n`;
}
