/** One line of the list, cut into pieces. */
export interface Line {
	/** Line of the pasted text, from 1. */
	number: number;
	/** The line as pasted. */
	text: string;
	pieces: string[];
}

/** A Chinese mobile number with gaps as people write it, or a number of another country. */
const PHONE = /(?:\+?86[ -]?)?(?<!\d)1[3-9]\d(?:[ -]?\d){8}(?!\d)|\+\d(?:[ -]?\d){6,14}(?!\d)/;

/** Cuts a text into lines and each line into pieces: at tabs, else commas, else `、`, else blanks. */
export function splitLines(text: string): Line[] {
	return text
		.replace(/\r\n?/g, '\n')
		.split('\n')
		.map((line, i) => ({ number: i + 1, text: line, pieces: splitLine(line) }))
		.filter(({ pieces }) => pieces.some(Boolean));
}

/** Cuts one line; empty cells of a table keep their place. */
export function splitLine(line: string): string[] {
	const plain = line.normalize('NFKC').replace(/[\p{Cf}]/gu, '');
	if (plain.includes('\t')) return plain.split('\t').map(unquote);
	if (/[,;]/.test(plain)) return plain.split(/[,;]/).map(unquote);
	return splitLoose(plain.trim());
}

const unquote = (cell: string) =>
	cell
		.trim()
		.replace(/^"(.*)"$/, '$1')
		.replaceAll('""', '"')
		.trim();

/** Cuts a typed line: the phone number first, because it has blanks of its own. */
function splitLoose(line: string): string[] {
	const found = PHONE.exec(line);
	if (!found) return line.split(line.includes('、') ? /[、\s]+/ : /\s+/).filter(Boolean);
	const before = line.slice(0, found.index);
	const after = line.slice(found.index + found[0].length);
	return [...splitLoose(before), found[0], ...splitLoose(after)].filter(Boolean);
}
