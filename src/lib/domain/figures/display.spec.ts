import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayFigure, exactFigure, type FigureUnit } from './display';
import { sumWeights, tonnesOf, weighedTenths } from './weights';

describe('a figure on a screen', () => {
	it.each<[number, FigureUnit, string, string]>([
		[20_612, 'participations', '2.06万', '20.6K'],
		[41_038.5, 'hours', '4.1万', '41K'],
		[203.68, 'tonnes', '203.6', '203.6'],
		[10_284, 'metres', '10,284', '10,284'],
		[123, 'corners', '123', '123'],
		[45_210, 'adverts', '4.52万', '45.2K'],
		[6_914, 'people', '6,914', '6,914'],
		[9_999, 'participations', '9,999', '9,999'],
		[10_000, 'participations', '1万', '10K'],
		[99_999, 'participations', '9.99万', '99.9K'],
		[123_456, 'metres', '12.3万', '123K'],
		[1_999_999, 'adverts', '199万', '1.99M'],
		[199_999_999, 'adverts', '1.99亿', '199M'],
		[2.5, 'hours', '2.5', '2.5'],
		[2.59, 'hours', '2.5', '2.5'],
		[1_234.9, 'tonnes', '1,234', '1,234'],
		[0, 'bags', '0', '0']
	])('%d %s: %s, %s', (value, unit, zh, en) => {
		expect(displayFigure(value, unit, 'zh')).toBe(zh);
		expect(displayFigure(value, unit, 'en')).toBe(en);
	});

	it('is there in full too', () => {
		expect(exactFigure(20_612, 'participations', 'zh')).toBe('20,612');
		expect(exactFigure(41_038.5, 'hours', 'en')).toBe('41,038');
	});

	it('never claims more than the records', () => {
		const units = fc.constantFrom<FigureUnit>('participations', 'hours', 'tonnes', 'metres', 'adverts');
		const value = fc.oneof(
			fc.nat({ max: 2_000_000_000 }),
			fc.nat({ max: 20_000_000 }).map((tenth) => tenth / 10)
		);
		fc.assert(
			fc.property(value, units, (figure, unit) => {
				const [, digits, scale] = /^([\d.]+)([万亿]?)$/.exec(
					displayFigure(figure, unit, 'zh').replaceAll(',', '')
				)!;
				const shown = Number(digits) * (scale === '万' ? 1e4 : scale === '亿' ? 1e8 : 1);
				expect(shown).toBeLessThanOrEqual(figure * (1 + 1e-12));
				expect(shown).toBeGreaterThanOrEqual(figure * 0.99 - 1);
			})
		);
	});
});

describe('weights', () => {
	const entries = [
		{ kilograms: 142.6, method: 'weighed' },
		{ kilograms: 0.1, method: 'estimated' },
		{ kilograms: 0.2, method: 'estimated' },
		{ kilograms: 60, method: 'estimated' }
	] as const;

	it('are kept apart by how they are known, without binary noise', () => {
		expect(sumWeights(entries)).toEqual({ weighed: 142.6, estimated: 60.3 });
		expect(tonnesOf(203_600)).toBe(203.6);
	});

	it('say how many tenths were weighed, and not more', () => {
		expect(weighedTenths(sumWeights(entries))).toBe(7);
		expect(weighedTenths({ weighed: 0.7, estimated: 0.3 })).toBe(7);
		expect(weighedTenths({ weighed: 99, estimated: 1 })).toBe(9);
		expect(weighedTenths({ weighed: 5, estimated: 0 })).toBe(10);
		expect(weighedTenths({ weighed: 0, estimated: 0 })).toBeNull();
	});
});
