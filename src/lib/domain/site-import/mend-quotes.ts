/**
 * The text with quotes that break the CSV rules made harmless.
 *
 * Some programs double the quotes inside a field and forget the quotes around it: `7,""PROPOSED CB"",9`. By the rules
 * the first two quotes are an empty field and the rest is noise; a parser that goes on looking for the closing quote
 * swallows hundreds of lines. Here such a field is plain text up to the next delimiter or line end; a field with bare
 * quotes inside (`"by the "Old" bridge, north"`) ends at the first quote of its line that a delimiter or the line end
 * follows. Both are quoted anew. Well-formed fields are not touched, so a quoted `"he said,""no"", and left"` stays one
 * field, and no broken field ever reaches beyond its line.
 *
 * @param text with `\n` line ends
 * @returns the mended text, and how many fields were mended
 */
export function mendQuotes(text: string, delimiter: string): { text: string; mended: number } {
	const parts: string[] = [];
	let mended = 0;
	let copied = 0;
	let at = 0;
	while (at < text.length) {
		if (text[at] === '"') {
			const close = closingQuote(text, at, delimiter);
			if (close >= 0) {
				at = close + 1;
			} else {
				const field = brokenField(text, at, delimiter);
				parts.push(text.slice(copied, at), `"${field.value.replaceAll('"', '""')}"`);
				copied = at = field.end;
				mended++;
			}
		}
		at = fieldEnd(text, at, delimiter) + 1;
	}
	parts.push(text.slice(copied));
	return { text: parts.join(''), mended };
}

/** Where the quote that opens at `open` closes, or -1 when what follows it shows that it does not. */
function closingQuote(text: string, open: number, delimiter: string): number {
	let at = text.indexOf('"', open + 1);
	while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
	return at >= 0 && endsField(text, at + 1, delimiter) ? at : -1;
}

/** The text of the broken field that opens at `open`, and the place after it. */
function brokenField(text: string, open: number, delimiter: string): { value: string; end: number } {
	if (text[open + 1] !== '"') {
		for (let at = open + 1; at < text.length && text[at] !== '\n'; at++)
			if (text[at] === '"' && endsField(text, at + 1, delimiter))
				return { value: text.slice(open + 1, at), end: at + 1 };
	}
	const end = fieldEnd(text, open, delimiter);
	return { value: text.slice(open, end), end };
}

/** Whether nothing but blanks stands between `at` and the end of the field. */
function endsField(text: string, at: number, delimiter: string): boolean {
	while (text[at] === ' ') at++;
	return at >= text.length || text[at] === delimiter || text[at] === '\n';
}

/** Where the field around `at` ends: at the next delimiter, line end or the end of the text. */
function fieldEnd(text: string, at: number, delimiter: string): number {
	for (let i = at; i < text.length; i++) if (text[i] === delimiter || text[i] === '\n') return i;
	return text.length;
}
