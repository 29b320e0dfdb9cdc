/** The figures that charts show, one at a time. */
import type { FigureUnit } from '$lib/domain/figures/display';
import { rubbishOf, type OfficeSums } from '$lib/domain/summary';
import { m } from '$lib/paraglide/messages';

export const FIGURES = ['participations', 'hours', 'rubbish', 'metres', 'corners', 'adverts'] as const;
export type ChartFigure = (typeof FIGURES)[number];

interface Shown {
	unit: FigureUnit;
	value: (sums: OfficeSums) => number;
	/** With its unit, for a column of a table and a chip. */
	label: () => string;
	/** As read_records calls it. */
	records: string;
}

const SHOWN: Record<ChartFigure, Shown> = {
	participations: {
		unit: 'participations',
		value: (sums) => sums.participations,
		label: m.summary_col_participations,
		records: 'participations'
	},
	hours: { unit: 'hours', value: (sums) => sums.hours, label: m.summary_col_hours, records: 'hours' },
	rubbish: {
		unit: 'tonnes',
		value: (sums) => rubbishOf(sums) / 1000,
		label: m.summary_col_tonnes,
		records: 'kg'
	},
	metres: { unit: 'metres', value: (sums) => sums.metres, label: m.summary_col_metres, records: 'metres' },
	corners: {
		unit: 'corners',
		value: (sums) => sums.corners,
		label: m.summary_col_corners,
		records: 'corners'
	},
	adverts: {
		unit: 'adverts',
		value: (sums) => sums.adverts,
		label: m.summary_col_adverts,
		records: 'adverts'
	}
};

/** As columns of a table: minors' hours stand behind the hours that they are among. */
export const COLUMNS: readonly Shown[] = FIGURES.flatMap((figure) =>
	figure === 'hours'
		? [
				SHOWN.hours,
				{
					unit: 'hours',
					value: (sums: OfficeSums) => sums.hours_minors,
					label: m.summary_col_hours_minors,
					records: 'hours_minors'
				}
			]
		: [SHOWN[figure]]
);

export const figureOf = (figure: ChartFigure): Shown => SHOWN[figure];
