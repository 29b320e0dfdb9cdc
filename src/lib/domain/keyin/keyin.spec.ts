import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRow, readRowCode, readTime, rowCode, type RowFrame, type TypedRow } from '.';

describe('a row code', () => {
	const number = fc.integer({ min: 1, max: 99_999_999 });

	it('is read as the number it was made of', () => {
		fc.assert(fc.property(number, (no) => readRowCode(rowCode(no)) === no));
		expect(readRowCode(' １２７ 4 ')).toBe(readRowCode('1274'));
	});

	it('with one wrong digit, or two neighbours changed, is none', () => {
		fc.assert(
			fc.property(number, fc.nat(), fc.integer({ min: 1, max: 9 }), (no, where, by) => {
				const code = rowCode(no);
				const at = where % code.length;
				const wrong = (Number(code[at]) + by) % 10;
				expect(readRowCode(code.slice(0, at) + wrong + code.slice(at + 1))).toBeNull();
				const next = code[at + 1];
				if (next === undefined || next === code[at]) return;
				expect(readRowCode(code.slice(0, at) + next + code[at] + code.slice(at + 2))).toBeNull();
			})
		);
	});

	it.each(['', '7', 'abc', '0', '-12', '12.5'])('%j is none', (text) => expect(readRowCode(text)).toBeNull());
});

describe('a time', () => {
	it.each([
		['830', '08:30'],
		['0830', '08:30'],
		['8:30', '08:30'],
		['8点30', '08:30'],
		['８．３０', '08:30'],
		['8', '08:00'],
		['1105', '11:05'],
		['', null],
		['2400', undefined],
		['860', undefined],
		['abc', undefined],
		['12345', undefined]
	])('%j is %j', (typed, time) => expect(readTime(typed)).toBe(time));
});

describe('a row', () => {
	const frame: RowFrame = { headcount: 4, minors: 2, starts: '08:30', ends: '11:00', now: null };
	const read = (typed: Partial<TypedRow>, more: Partial<RowFrame> = {}) =>
		readRow({ heads: '', minors: '', came: '', left: '', ...typed }, { ...frame, ...more });

	it('that says nothing means: as signed up, from the start', () => {
		expect(read({})).toEqual({ row: { heads: 4, minors: 2, came: '08:30', left: null } });
		// Fewer heads than minors were announced: not more minors than heads.
		expect(read({ heads: '1' })).toEqual({ row: { heads: 1, minors: 1, came: '08:30', left: null } });
	});

	it('says what is written', () => {
		expect(read({ heads: '3', minors: '0', came: '845', left: '1110' })).toEqual({
			row: { heads: 3, minors: 0, came: '08:45', left: '11:10' }
		});
	});

	it.each([
		[{ heads: '0' }, { heads: 'bad' }],
		[{ heads: '201' }, { heads: 'bad' }],
		[
			{ heads: 'x', minors: 'y' },
			{ heads: 'bad', minors: 'bad' }
		],
		[{ heads: '2', minors: '3' }, { minors: 'more' }],
		[{ came: '9a' }, { came: 'no_time' }],
		[{ came: '500' }, { came: 'outside' }],
		[{ came: '1101' }, { came: 'outside' }],
		[{ left: '1800' }, { left: 'outside' }],
		[{ came: '900', left: '900' }, { left: 'before' }],
		[{ left: '830' }, { left: 'before' }]
	])('%j is impossible: %j', (typed, problems) => expect(read(typed)).toEqual({ problems }));

	it('of today cannot lie ahead', () => {
		expect(read({ came: '845', left: '1000' }, { now: '09:30' })).toEqual({ problems: { left: 'ahead' } });
		expect(read({ came: '945' }, { now: '09:30' })).toEqual({ problems: { came: 'ahead' } });
		expect(read({ came: '845' }, { now: '09:30' })).toHaveProperty('row');
	});
});
