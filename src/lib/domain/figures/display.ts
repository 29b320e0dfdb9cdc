import { cutToDecimals, cutToDigits } from './cut';

/** What is counted, as the product counts it. Weights are kilograms in records and tonnes on public pages. */
export type FigureUnit =
	| 'participations'
	| 'people'
	| 'hours'
	| 'tonnes'
	| 'kilograms'
	| 'metres'
	| 'corners'
	| 'adverts'
	| 'bags'
	| 'loads';

export type FigureLocale = 'zh' | 'en';

/** Below this a figure stands in full. What is measured or visited is known to the metre and shown so for longer. */
const FULL_BELOW: Partial<Record<FigureUnit, number>> = {
	tonnes: 100_000,
	kilograms: 100_000,
	metres: 100_000,
	corners: 100_000
};
const USUALLY_FULL_BELOW = 10_000;

/** Digits after the point while the number is small; from a thousand on nobody reads them. */
const DECIMALS: Partial<Record<FigureUnit, number>> = { hours: 1, tonnes: 1, kilograms: 1 };
const DECIMALS_BELOW = 1000;

/**
 * A figure for a screen, big and short, without its unit: 20,612 人次 → '2.06万' or '20.6K'; 203.68 吨 → '203.6';
 * 10,284 米 → '10,284'. Long ones keep three significant digits. Always cut, never rounded up: the page and the report
 * made from it must not claim more than the records. The full number is {@link exactFigure}'s, for a title or a
 * screen reader.
 */
export function displayFigure(value: number, unit: FigureUnit, locale: FigureLocale): string {
	if (value < (FULL_BELOW[unit] ?? USUALLY_FULL_BELOW)) return exactFigure(value, unit, locale);
	return format(locale, { notation: 'compact', maximumSignificantDigits: 3 }).format(
		cutToDigits(value, 3).value
	);
}

/** The whole figure with separators, to the precision that its unit has. */
export function exactFigure(value: number, unit: FigureUnit, locale: FigureLocale): string {
	const decimals = value < DECIMALS_BELOW ? (DECIMALS[unit] ?? 0) : 0;
	return format(locale, { maximumFractionDigits: decimals }).format(cutToDecimals(value, decimals).value);
}

function format(locale: FigureLocale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
	return new Intl.NumberFormat(locale === 'zh' ? 'zh-CN' : 'en', options);
}
