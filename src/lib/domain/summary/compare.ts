/* This period beside the same span a year before. */
import { cutToDecimals } from '../figures/cut';
import type { OfficeSums, SummaryData } from './data';

export const COMPARED = ['participations', 'hours', 'kg', 'corners', 'metres', 'adverts'] as const;
export type Compared = (typeof COMPARED)[number];

export interface Change {
	figure: Compared;
	now: number;
	before: number;
	/** Per cent with one decimal, cut; null when there was nothing before. */
	percent: number | null;
	/** Less than a tenth of a per cent is the same: nobody grows by 0%. */
	direction: 'more' | 'less' | 'same';
}

const valueOf = (sums: OfficeSums, figure: Compared): number =>
	figure === 'kg' ? sums.kg_weighed + sums.kg_estimated : sums[figure];

/** Figures of which there was something in either period; labour days and other days together. None without records of then. */
export function compareSums({
	labour,
	other,
	before
}: Pick<SummaryData, 'labour' | 'other' | 'before'>): Change[] {
	if (
		!before ||
		(before.labour.tasks === 0 && before.labour.participations === 0 && before.other.tasks === 0)
	)
		return [];
	return COMPARED.flatMap((figure) => {
		const now = exact(valueOf(labour, figure) + valueOf(other, figure));
		const then = exact(valueOf(before.labour, figure) + valueOf(before.other, figure));
		return now === 0 && then === 0 ? [] : [{ figure, now, before: then, ...change(now, then) }];
	});
}

function change(now: number, before: number): Pick<Change, 'percent' | 'direction'> {
	const direction = now > before ? 'more' : now < before ? 'less' : 'same';
	if (before === 0) return { percent: null, direction };
	const percent = cutToDecimals((Math.abs(now - before) / before) * 100, 1).value;
	return { percent, direction: percent === 0 ? 'same' : direction };
}

const exact = (sum: number): number => Number(sum.toPrecision(12));
