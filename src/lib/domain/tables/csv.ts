import Papa from 'papaparse';

export type Cell = string | number | boolean | null;

/** Excel reads UTF-8, and with it Chinese, only when this stands in front. */
const MARK = '\uFEFF';

/**
 * A text that a spreadsheet would run as a formula is made a mere text: = + - @, also as wide as a Chinese character, for spreadsheets in
 * Chinese take these for the same; and tab or line break before them. Numbers are
 * numbers and stay what they are.
 */
export const harmless = (cell: Cell): Cell =>
	typeof cell === 'string' && /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/.test(cell) ? `'${cell}` : cell;

/** Rows of a table as CSV by RFC 4180; what is not known is an empty cell. */
export function tableCsv(headers: readonly string[], rows: readonly (readonly Cell[])[]): string {
	const text = Papa.unparse([[...headers], ...rows.map((row) => row.map((cell) => harmless(cell) ?? ''))], {
		newline: '\r\n'
	});
	return `${MARK}${text}\r\n`;
}
