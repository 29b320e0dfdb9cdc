import { cutToDigits } from './cut';

/*
 * Numbers in the official style of Chinese reports: rounded down to at most two significant digits, with 余 ("and more")
 * only when something was cut. 20,345 → 2万余; 45,210 → 4.5万余; 203 → 200余; 120 → 120; 12,000 → 1.2万.
 */

export interface OfficialFigure {
	/** What the text says: never more than the figure. */
	value: number;
	/** Whether 余 is due. */
	cut: boolean;
	/** '4.5' of 4.5万. */
	digits: string;
	/** Ten thousands and hundred millions have words of their own; thousands are written out. */
	scale: '' | '万' | '亿';
}

export function officialFigure(figure: number): OfficialFigure {
	const { value, cut, exponent } = cutToDigits(figure, 2);
	const [scale, power] =
		exponent >= 8 ? (['亿', 8] as const) : exponent >= 4 ? (['万', 4] as const) : (['', 0] as const);
	return { value, cut, digits: String(Number(`${value}e${-power}`)), scale };
}

/** The figure alone: '2万余'. */
export function officialNumber(figure: number): string {
	const { digits, scale, cut } = officialFigure(figure);
	return digits + scale + (cut ? '余' : '');
}

/**
 * The figure with its measure word. 余 stands before it after round numbers (200余吨, 4.5万余条) and behind it after
 * others, where something less than one measure is over (7.5吨余, 45吨余).
 */
export function officialQuantity(figure: number, measure: string): string {
	const { digits, scale, cut } = officialFigure(figure);
	if (!cut) return digits + scale + measure;
	const round = scale !== '' || digits.endsWith('0');
	return digits + scale + (round ? `余${measure}` : `${measure}余`);
}

/** The same cut in English, digits grouped: 20,345 → 'over 20,000'; 45,210 → 'over 45,000'; 120 → '120'. */
export function officialEnglish(figure: number): string {
	const { value, cut } = officialFigure(figure);
	const digits = new Intl.NumberFormat('en', { maximumFractionDigits: 12 }).format(value);
	return cut ? `over ${digits}` : digits;
}
