import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { officialEnglish, officialFigure, officialNumber, officialQuantity } from './official';

describe('official rounding', () => {
	it.each([
		[20_345, '2万余'],
		[203, '200余'],
		[45_210, '4.5万余'],
		[120, '120'],
		[12_000, '1.2万'],
		[10_000, '1万'],
		[10_001, '1万余'],
		[10_284, '1万余'],
		[9_999, '9900余'],
		[99_999, '9.9万余'],
		[120_000, '12万'],
		[1_234_567, '120万余'],
		[1_100, '1100'],
		[410, '410'],
		[642, '640余'],
		[68, '68'],
		[100_000_000, '1亿'],
		[1_250_000_000, '12亿余'],
		[99_999_999, '9900万余'],
		[203.6, '200余'],
		[45.7, '45余'],
		[9.99, '9.9余'],
		[7.5, '7.5'],
		[8, '8'],
		[0.25, '0.25'],
		[0.256, '0.25余'],
		[0, '0']
	])('%d → %s', (value, expected) => {
		expect(officialNumber(value)).toBe(expected);
	});

	it('puts 余 where it is said', () => {
		expect(officialQuantity(203.6, '吨')).toBe('200余吨');
		expect(officialQuantity(45_210, '条')).toBe('4.5万余条');
		expect(officialQuantity(10_284, '米')).toBe('1万余米');
		expect(officialQuantity(20.6, '吨')).toBe('20余吨');
		expect(officialQuantity(45.7, '吨')).toBe('45吨余');
		expect(officialQuantity(7.53, '吨')).toBe('7.5吨余');
		expect(officialQuantity(120, '处')).toBe('120处');
	});

	it.each([
		[20_345, 'over 20,000'],
		[203.6, 'over 200'],
		[45_210, 'over 45,000'],
		[10_284, 'over 10,000'],
		[120, '120'],
		[7.53, 'over 7.5'],
		[1_250_000_000, 'over 1,200,000,000'],
		[0, '0']
	])('%d in English: %s', (value, expected) => {
		expect(officialEnglish(value)).toBe(expected);
	});

	it('is not fooled by sums of decimals', () => {
		expect(officialNumber(0.1 + 0.2)).toBe('0.3');
		expect(officialNumber(1.1 + 2.2)).toBe('3.3');
	});

	it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (value) => {
		expect(() => officialNumber(value)).toThrow(RangeError);
	});

	/** Whole numbers of every length, and tonnes to the kilogram. */
	const figure = fc.oneof(
		fc.integer({ min: 0, max: 8 }).chain((power) => fc.nat({ max: 10 ** power * 10 })),
		fc.nat({ max: 100_000_000 }).map((kilograms) => kilograms / 1000)
	);

	it('never exceeds the figure and never loses a tenth of it', () => {
		fc.assert(
			fc.property(figure, (value) => {
				const rounded = officialFigure(value).value;
				expect(rounded).toBeLessThanOrEqual(value);
				expect(rounded).toBeGreaterThanOrEqual(value * 0.9);
			})
		);
	});

	it('has at most two significant digits', () => {
		fc.assert(
			fc.property(figure, (value) => {
				const digits = officialNumber(value).replace(/[^\d]/g, '').replace(/^0+/, '').replace(/0+$/, '');
				expect(digits.length).toBeLessThanOrEqual(2);
			})
		);
	});

	it('says 余 exactly when something was cut, and reads as the number it stands for', () => {
		fc.assert(
			fc.property(figure, (value) => {
				const text = officialNumber(value);
				const [, digits, scale, more] = /^([\d.]+)([万亿]?)(余?)$/.exec(text)!;
				const read = Number(digits) * (scale === '万' ? 1e4 : scale === '亿' ? 1e8 : 1);
				expect(more === '余').toBe(officialFigure(value).value !== value);
				expect(read).toBeCloseTo(officialFigure(value).value, 6);
			})
		);
	});

	it('does not fall when more is done', () => {
		fc.assert(
			fc.property(figure, figure, (a, b) => {
				const [less, more] = a < b ? [a, b] : [b, a];
				expect(officialFigure(less).value).toBeLessThanOrEqual(officialFigure(more).value);
			})
		);
	});
});
