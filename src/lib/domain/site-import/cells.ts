/** What one cell says. Every reader takes the raw text and treats blanks of any kind as nothing. */
import { startsFormula } from '../tables/csv';

/** Programs' own words for “nothing here”. */
const NOTHING = /^(<null>|null|#n\/a|nan)$/i;

/** The text without blanks around it (ideographic and no-break ones too); `''` when there is nothing. */
export function clean(cell: string | undefined): string {
	const text = (cell ?? '').trim();
	return NOTHING.test(text) ? '' : text;
}

export const isBlank = (cell: string | undefined) => clean(cell) === '';

/** The number in a cell, or `null`. Full-width digits and thousands commas are understood. */
export function readNumber(cell: string): number | null {
	const text = clean(cell)
		.normalize('NFKC')
		.replace(
			/^(-?\d{1,3})((?:,\d{3})+)(?=\.|$)/,
			(_, head: string, tail: string) => head + tail.replaceAll(',', '')
		);
	return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : null;
}

/** Metres in a cell: `620`, `620米`, `620 m`, `1.2公里`, `1.2 km`. */
export function readMetres(cell: string): number | null {
	const [, amount, unit] =
		/^(.*?)\s*(米|m|metres?|meters?|公里|千米|km)?$/i.exec(clean(cell).normalize('NFKC')) ?? [];
	const number = readNumber(amount ?? '');
	if (number === null) return null;
	return /^(公里|千米|km)$/i.test(unit ?? '') ? number * 1000 : number;
}

/** The first whole number in a cell: `6`, `6人`, `约 90 分钟`. */
export function readCount(cell: string): number | null {
	const found = /-?\d+/.exec(clean(cell).normalize('NFKC'));
	return found ? Number(found[0]) : null;
}

/** The items of a list in one cell, however they are separated. */
export function readList(cell: string): string[] {
	return clean(cell)
		.split(/[、,，;；/|\n]+/)
		.map((item) => item.trim())
		.filter(Boolean);
}

/** The same below the apostrophes that were put there: each export adds one, each import takes one back. */
const isFormula = (cell: string): boolean => startsFormula(cell.replace(/^'+/, ''));

/**
 * A cell that a spreadsheet will not run as a formula: text that begins like one gets a leading apostrophe, numbers stay
 * as they are.
 */
export function neutralise(cell: string): string {
	return isFormula(cell) && readNumber(cell) === null ? `'${cell}` : cell;
}

/** Takes back what {@link neutralise} did, so that an exported file reads as it was. */
export function restore(cell: string): string {
	return cell.startsWith("'") && isFormula(cell) ? cell.slice(1) : cell;
}
