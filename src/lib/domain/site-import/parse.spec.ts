import { describe, expect, it } from 'vitest';
import { decode } from './decode';
import { mendQuotes } from './mend-quotes';
import { parse } from './parse';

const bytes = (...parts: (number | string)[]) =>
	new Uint8Array(
		parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : [part]))
	);

describe('decode', () => {
	it.each([
		['UTF-8', bytes('编号,名称'), 'utf-8'],
		['UTF-8 with a mark', bytes(0xef, 0xbb, 0xbf, '编号,名称'), 'utf-8'],
		[
			'UTF-16 little endian',
			new Uint8Array([
				0xff,
				0xfe,
				...new Uint8Array(new Uint16Array([...'编号,名称'].map((c) => c.charCodeAt(0))).buffer)
			]),
			'utf-16le'
		],
		[
			'UTF-16 big endian',
			new Uint8Array([
				0xfe,
				0xff,
				...[...'编号,名称'].flatMap((c) => [c.charCodeAt(0) >> 8, c.charCodeAt(0) & 255])
			]),
			'utf-16be'
		],
		['GBK', new Uint8Array([0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xc3, 0xfb, 0xb3, 0xc6]), 'gb18030']
	])('reads %s', (_, input, encoding) => {
		expect(decode(input)).toEqual({ ok: true, text: '编号,名称', encoding });
	});

	it('reads characters that only GB18030 has, in four bytes', () => {
		expect(decode(new Uint8Array([0x95, 0x32, 0x82, 0x36, 0xb9, 0xb5]))).toMatchObject({ text: '𠀀沟' });
	});

	it('refuses a workbook and nothing at all', () => {
		expect(decode(bytes('PK', 3, 4, 'xl/'))).toEqual({ ok: false, reason: 'spreadsheet' });
		expect(decode(bytes())).toEqual({ ok: false, reason: 'empty' });
	});
});

describe('parse', () => {
	const cells = (text: string) => parse(text).rows.map((row) => row.cells);

	it.each([
		['comma', 'a,b\n1,2', ','],
		['semicolon', 'a;b,c;d\n1;2;3', ';'],
		['tab', 'a\tb\n1\t2', '\t'],
		['full-width comma', '编号，名称\n1，沟', '，'],
		['as declared', 'sep=|\na|b\n1|2', '|'],
		['a header whose quotes hold commas', '"a,b,c";d\n1;2', ';'],
		['a single column', '编号\n1', ',']
	])('knows the delimiter: %s', (_, text, delimiter) => {
		expect(parse(text).delimiter).toBe(delimiter);
	});

	it('keeps delimiters, quotes and line ends within quotes', () => {
		expect(cells('a,b\r\n"BB-10,BB-11","said ""no""\r\ntwice"\r\n')).toEqual([
			['BB-10,BB-11', 'said "no"\ntwice']
		]);
	});

	it('counts lines as an editor does, across quoted line ends, empty lines and every line ending', () => {
		const { rows } = parse('\uFEFFa,b\r\n1,"x\r\ny"\r\n\r\n , \r2,z\n3,w');
		expect(rows.map((row) => [row.line, row.cells[0]])).toEqual([
			[2, '1'],
			[6, '2'],
			[7, '3']
		]);
	});

	it('counts a declared delimiter and lines before the header', () => {
		const table = parse('sep=;\n\na;b\n1;2');
		expect(table.headers).toEqual(['a', 'b']);
		expect(table.rows[0]?.line).toBe(4);
	});

	it('fills short rows, marks rows with cells too many, forgives empty ones', () => {
		expect(parse('a,b,c\n1\n1,2,3,4\n1,2,3,, ').rows).toEqual([
			{ line: 2, cells: ['1', '', ''] },
			{ line: 3, cells: ['1', '2', '3', '4'], ragged: true },
			{ line: 4, cells: ['1', '2', '3'] }
		]);
	});

	it('gives every column a name of its own', () => {
		expect(parse('备注,,备注, 备注 \n1,2,3,4').headers).toEqual(['备注', '#2', '备注 (2)', '备注 (3)']);
	});

	it('has no rows in an empty text', () => {
		expect(parse('')).toMatchObject({ headers: [], rows: [] });
		expect(parse('a,b\n')).toMatchObject({ headers: ['a', 'b'], rows: [] });
	});

	it('loses no line to quotes doubled without quotes around them', () => {
		const table = parse('id,note,x\n1,""PROPOSED CB"",7\n2,"A, B",8\n3,SAID: ""EX. C.B."",9\n4,"",1\n');
		expect(table.rows.map((row) => row.cells)).toEqual([
			['1', '""PROPOSED CB""', '7'],
			['2', 'A, B', '8'],
			['3', 'SAID: ""EX. C.B.""', '9'],
			['4', '', '1']
		]);
		expect(table.mended).toBe(1);
	});
});

describe('mendQuotes', () => {
	it.each([
		['a stray opening quote', '1,"abc,2\n3,4,5', '1,"""abc",2\n3,4,5', 1],
		['a stray opening quote before a good field', '"abc,1\n2,"x"', '"""abc",1\n2,"x"', 1],
		['bare quotes inside', '"by the "Old" bridge, north",2', '"by the ""Old"" bridge, north",2', 1],
		['doubled quotes at the end of the text', '1,""x""', '1,"""""x"""""', 1]
	])('mends %s', (_, text, mended, count) => {
		expect(mendQuotes(text, ',')).toEqual({ text: mended, mended: count });
	});

	it.each([
		'a,b\n1,2',
		'"he said,""no"", and left",2',
		'"x\ny",1',
		'"",""\n',
		'"a" ,b',
		'"""quoted""",2',
		''
	])('leaves %j alone', (text) => {
		expect(mendQuotes(text, ',')).toEqual({ text, mended: 0 });
	});
});
