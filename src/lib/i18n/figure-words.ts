/** Names, units and amounts of what is counted; one place, so that every page says the same. */
import type { Figure, ResultFigures } from '$lib/domain/roster';
import { exactFigure, type FigureUnit } from '$lib/domain/figures/display';
import { tonnesOf, type Weights } from '$lib/domain/figures/weights';
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';

const UNIT_OF: Readonly<Record<Figure, FigureUnit>> = {
	bags: 'bags',
	kg: 'kilograms',
	loads: 'loads',
	metres: 'metres',
	corners: 'corners',
	adverts: 'adverts'
};

const LABELS: Readonly<Record<Figure, () => string>> = {
	bags: m.results_label_bags,
	kg: m.results_label_kg,
	loads: m.results_label_loads,
	metres: m.results_label_metres,
	corners: m.results_label_corners,
	adverts: m.results_label_adverts
};

const AMOUNTS: Readonly<Record<Figure, (inputs: { count: string }) => string>> = {
	bags: m.results_amount_bags,
	kg: m.results_amount_kg,
	loads: m.results_amount_loads,
	metres: m.results_amount_metres,
	corners: m.results_amount_corners,
	adverts: m.results_amount_adverts
};

/** What a field asks for: '疏通沟渠（米）' */
export const figureLabel = (figure: Figure): string => LABELS[figure]();

/** '12 袋', '约 96 公斤', '140 米' */
export function amountWords(figure: Figure, value: number, weighed = true): string {
	const count = exactFigure(value, UNIT_OF[figure], getLocale());
	if (figure === 'kg' && !weighed) return m.results_amount_kg_estimated({ count });
	return AMOUNTS[figure]({ count });
}

const mass = (kilograms: number): string =>
	kilograms < 1000
		? AMOUNTS.kg({ count: exactFigure(kilograms, 'kilograms', getLocale()) })
		: m.results_amount_tonnes({ count: exactFigure(tonnesOf(kilograms), 'tonnes', getLocale()) });

/**
 * Rubbish with what was weighed and what was estimated apart, in kilograms, each in tonnes from one on:
 * ['过磅 1.2 吨', '估算 90 公斤']; nothing for nothing.
 */
export function weightWords({ weighed, estimated }: Weights): string[] {
	return [
		weighed > 0 && m.results_mass_weighed({ mass: mass(weighed) }),
		estimated > 0 && m.results_mass_estimated({ mass: mass(estimated) })
	].filter((words) => words !== false);
}

/** Everything an entry says, in the order one reads it. */
export function figuresWords(figures: ResultFigures): string {
	const order: Figure[] = ['metres', 'corners', 'adverts', 'bags', 'kg', 'loads'];
	return order
		.flatMap((figure) => {
			const value = figures[figure];
			return value === null ? [] : [amountWords(figure, value, figures.weighed)];
		})
		.join(m.common_separator());
}
