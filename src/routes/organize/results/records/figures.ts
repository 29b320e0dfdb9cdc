/** The figures whose records this page lists, as its address names them. */
import { m } from '$lib/paraglide/messages';

export interface RecordedFigure {
	id: string;
	name: () => string;
	/** What a row's part of the sum is measured in. */
	unit: () => string;
	/** What so many rows are called where each of them is one that is counted, and none has a part to show. */
	each?: (inputs: { count: string }) => string;
	/** What one must know to add the rows up. */
	hint?: () => string;
	/** Of check-ins: a row opens the parties of its crew with them, not what the crew got done. */
	attended?: boolean;
}

const sum = (id: string, name: () => string, unit = () => ''): RecordedFigure => ({
	id,
	name,
	unit
});
const attended = (...of: Parameters<typeof sum>): RecordedFigure => ({ ...sum(...of), attended: true });
const sites = (id: string, name: () => string): RecordedFigure => ({
	id,
	name,
	unit: () => '',
	each: m.summary_records_sites
});

const hours = () => m.summary_measure_hours({ n: 2 });
const kilograms = () => m.summary_measure_kilograms({ n: 2 });

const PARTICIPATIONS = attended('participations', m.summary_figure_participations, () =>
	m.summary_measure_participations({ n: 2 })
);
const FIGURES = [
	PARTICIPATIONS,
	{
		...sum('people', m.summary_figure_people, () => m.summary_measure_people({ n: 2 })),
		hint: m.summary_records_people_hint
	},
	attended('hours', m.summary_figure_hours, hours),
	attended('hours_minors', m.summary_figure_hours_minors, hours),
	attended('hours_self', m.summary_figure_hours_self, hours),
	attended('hours_credited', m.summary_figure_hours_credited, hours),
	sum('kg', m.summary_figure_kg, kilograms),
	sum('kg_estimated', m.summary_figure_kg_estimated, kilograms),
	sum('photos', m.summary_figure_photos, () => m.summary_measure_photos({ n: 2 })),
	sum('metres', m.summary_figure_metres, () => m.summary_measure_metres({ n: 2 })),
	sum('corners', m.summary_figure_corners, () => m.summary_measure_corners({ n: 2 })),
	sum('adverts', m.summary_figure_adverts, () => m.summary_measure_adverts({ n: 2 })),
	attended('crews', m.summary_figure_crews, () => m.summary_measure_crews({ n: 2 })),
	{ ...sites('leaders', m.summary_figure_leaders), each: m.summary_records_leaders },
	attended('open_ended', m.summary_figure_open_ended, () => m.summary_measure_parties({ n: 2 })),
	sum('tasks', m.summary_figure_tasks),
	sites('sites_cleaned', m.summary_figure_sites_cleaned),
	sites('sites', m.summary_figure_sites),
	sites('units', m.summary_figure_units),
	sites('passed_on', m.summary_figure_passed_on),
	sites('untouched', m.summary_figure_untouched),
	sites('overdue', m.summary_figure_overdue),
	sites('unknown_length', m.summary_figure_unknown_length),
	sites('flagged', m.summary_figure_flagged),
	sites('to_check', m.summary_figure_to_check)
];

/** The figure an address asks for; of one that nobody knows, the participations. */
export const figureOf = (asked: string | null): RecordedFigure =>
	FIGURES.find(({ id }) => id === asked) ?? PARTICIPATIONS;
