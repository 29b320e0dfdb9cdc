import Papa from 'papaparse';
import { isBlank, restore } from './cells';
import { mendQuotes } from './mend-quotes';

/** One row of the file. */
export interface Row {
	/** Line of the file on which the row begins, as an editor counts it (the header is usually line 1). */
	line: number;
	/** As many cells as there are headers (more only in a ragged row), untrimmed. */
	cells: string[];
	/** The row had more filled cells than there are headers: an unquoted delimiter has shifted it. */
	ragged?: true;
}

/** A parsed file. */
export interface Table {
	/** Unique, in the file's order; a header that repeats gets a number, one that is missing `#` and its position. */
	headers: string[];
	rows: Row[];
	delimiter: string;
	/** How many fields had quotes that break the rules. */
	mended: number;
}

const DELIMITERS = [',', ';', '\t', '，', '|'] as const;

/**
 * Reads delimited text as found in the wild: `,` `;` tab `，` or `|` (guessed from the header), quoted delimiters and line
 * ends, rows too short (filled up) or too long (marked), lines of blanks (left out), Excel's `sep=` line.
 *
 * @param onprogress told now and then how much of the text has been read, from 0 to 1
 */
export function parse(source: string, onprogress?: (share: number) => void): Table {
	const unified = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
	const declared = /^sep=(.)\n/i.exec(unified);
	const body = declared ? unified.slice(declared[0].length) : unified;
	const delimiter = declared?.[1] ?? guessDelimiter(body);
	const { text, mended } = mendQuotes(body, delimiter);

	let headers: string[] | undefined;
	const rows: Row[] = [];
	let line = declared ? 2 : 1;
	let from = 0;
	let seen = 0;
	Papa.parse<string[]>(text, {
		delimiter,
		newline: '\n',
		step({ data, meta }) {
			const begins = line;
			for (; from < meta.cursor; from++) if (text.charCodeAt(from) === 10) line++;
			if (++seen % 500 === 0) onprogress?.(from / text.length);
			if (data.every(isBlank)) return;
			if (headers) rows.push(toRow(data.map(restore), begins, headers.length));
			else headers = nameHeaders(data.map(restore));
		}
	});
	onprogress?.(1);
	return { headers: headers ?? [], rows, delimiter, mended };
}

function toRow(data: string[], line: number, width: number): Row {
	if (!data.slice(width).every(isBlank)) return { line, cells: data, ragged: true };
	const cells = data.slice(0, width);
	while (cells.length < width) cells.push('');
	return { line, cells };
}

/** The delimiter that the first line with text in it has most of, outside quotes. */
function guessDelimiter(text: string): string {
	const header = (text.split('\n').find((line) => !isBlank(line)) ?? '').replace(/"[^"]*"/g, '');
	const count = (delimiter: string) => header.split(delimiter).length;
	return DELIMITERS.reduce((best, next) => (count(next) > count(best) ? next : best));
}

function nameHeaders(cells: string[]): string[] {
	const used = new Set<string>();
	return cells.map((cell, i) => {
		const base = cell.trim() || `#${i + 1}`;
		let name = base;
		for (let n = 2; used.has(name); n++) name = `${base} (${n})`;
		used.add(name);
		return name;
	});
}
