import { describe, expect, it } from 'vitest';
import { figuresFor, NO_FIGURES, NOTHING_TYPED, readFigures, readNumber, typedFrom } from './index';

describe('typed figures', () => {
	it('mean what they say; an empty field says nothing', () => {
		expect(
			readFigures({ ...NOTHING_TYPED, bags: '12', kg: '96.5', weighed: true, note: ' 加一车 ' })
		).toEqual({
			figures: { ...NO_FIGURES, bags: 12, kg: 96.5, weighed: true, note: '加一车' },
			wrong: []
		});
	});

	it('are understood as people type them', () => {
		expect(readNumber(' １，２３４ ', 10_000, 0)).toBe(1234);
		expect(readNumber('140.04', 1000, 1)).toBe(140);
		expect(readNumber('0', 10, 0)).toBe(0);
		expect(readNumber('', 10, 0)).toBeNull();
	});

	it.each(['-1', '1.5', 'zwölf', '1e3', '11'])('that cannot be (%s of at most ten) are named', (text) => {
		expect(readNumber(text, 10, 0)).toBeUndefined();
	});

	it('name every field that is wrong', () => {
		expect(readFigures({ ...NOTHING_TYPED, bags: 'x', metres: '-3', adverts: '5' }).wrong).toEqual([
			'bags',
			'metres'
		]);
	});

	it('weigh nothing where there are no kilograms', () => {
		expect(readFigures({ ...NOTHING_TYPED, bags: '2', weighed: true }).figures.weighed).toBe(false);
	});

	it('come back as they were when an entry is corrected', () => {
		const figures = { ...NO_FIGURES, metres: 140.5, corners: 0, note: '到桥头' };
		expect(readFigures(typedFrom(figures)).figures).toEqual(figures);
	});
});

it('asks first for what a site of the kind gives, and forgets no figure', () => {
	expect(figuresFor('drain').usual[0]).toBe('metres');
	expect(figuresFor('market').usual).toEqual(['bags', 'loads', 'kg']);
	for (const kind of ['drain', 'adverts', 'other'] as const) {
		const { usual, other } = figuresFor(kind);
		expect([...usual, ...other].toSorted()).toEqual(['adverts', 'bags', 'corners', 'kg', 'loads', 'metres']);
	}
});
