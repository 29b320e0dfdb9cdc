import Papa from 'papaparse';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harmless, tableCsv, type Cell } from './csv';

describe('a table as CSV', () => {
	it('begins with the mark that Excel needs and ends each line as the standard says', () => {
		expect(
			tableCsv(
				['街道', '人次'],
				[
					['老城街道', 203],
					['万里路街道', null]
				]
			)
		).toBe('\uFEFF街道,人次\r\n老城街道,203\r\n万里路街道,\r\n');
	});

	it.each([
		'=1+1',
		'+86',
		'-2',
		'@SUM(A1)',
		'\t=1',
		'\r=1',
		' =1',
		'\n@x',
		'\tx',
		'\rx',
		'＝1+1',
		'＋86',
		'－2',
		'＠SUM(A1)',
		'\u3000＝1'
	])('makes %j a mere text', (text) => {
		expect(harmless(text)).toBe(`'${text}`);
	});

	it('leaves numbers and other texts alone', () => {
		for (const cell of [-5, 0, 1.5, '老城街道', 'a=b', '', true, null] as Cell[])
			expect(harmless(cell)).toBe(cell);
	});

	it('gives every cell back, and none that begins as a formula', () => {
		const cell = fc.oneof(fc.string(), fc.constantFrom('=A1', '＝A1', '"quoted", and more', '两\n行'));
		fc.assert(
			fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
				// Left to itself, the reader guesses at what parts the cells, from the cells.
				const { data } = Papa.parse<string[]>(tableCsv(['a', 'b'], rows).slice(1), {
					delimiter: ',',
					newline: '\r\n'
				});
				const read = data.slice(1, -1);
				expect(read).toEqual(rows.map((row) => row.map((text) => harmless(text))));
				for (const text of read.flat()) expect(text).not.toMatch(/^\s*[=+\-@＝＋－＠]/);
			})
		);
	});
});
