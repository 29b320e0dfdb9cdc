/** Exports for a spreadsheet: which columns, in which order, and their words in the reader's language. */
import type { Export } from '$lib/data/open-data';
import type { Kind } from '$lib/domain/sites';
import type { Cell } from '$lib/domain/tables/csv';
import { m } from '$lib/paraglide/messages';
import { kindName } from './site-words';

const HOURS = ['hours', 'hours_minors', 'hours_self', 'hours_credited'] as const;
const WORK = [
	'bags',
	'loads',
	'kg_weighed',
	'kg_estimated',
	'metres_recorded',
	'metres',
	'corners',
	'adverts'
] as const;

/** As the database names them. */
export const EXPORT_COLUMNS = {
	days: ['date', 'parties', 'participations', 'minors', ...HOURS, 'open_ended', ...WORK, 'entries'],
	tasks: ['date', 'area', 'site', 'kind', 'parties', 'participations', 'minors', ...HOURS, ...WORK],
	results: [
		'date',
		'area',
		'site',
		'at',
		'recorded_by',
		'bags',
		'loads',
		'kg',
		'weighed',
		'metres',
		'corners',
		'adverts',
		'note',
		'first',
		'counts',
		'late'
	],
	signups: [
		'date',
		'area',
		'place',
		'name',
		'headcount',
		'minors',
		'status',
		'source',
		'site',
		'leads',
		'participations',
		'hours_recorded',
		'hours_self',
		'hours_credited'
	]
} as const satisfies Record<Export, readonly string[]>;

type Column = (typeof EXPORT_COLUMNS)[Export][number];

const HEADS: Record<Column, () => string> = {
	date: m.open_col_date,
	area: m.open_col_area,
	site: m.open_col_site,
	kind: m.open_col_kind,
	place: m.open_col_place,
	name: m.open_col_name,
	headcount: m.open_col_headcount,
	minors: m.open_col_minors,
	status: m.open_col_status,
	source: m.open_col_source,
	leads: m.open_col_leads,
	parties: m.open_col_parties,
	participations: m.open_col_participations,
	hours: m.open_col_hours,
	hours_minors: m.open_col_hours_minors,
	hours_recorded: m.open_col_hours_recorded,
	hours_self: m.open_col_hours_self,
	hours_credited: m.open_col_hours_credited,
	open_ended: m.open_col_open_ended,
	bags: m.open_col_bags,
	loads: m.open_col_loads,
	kg: m.open_col_kg,
	weighed: m.open_col_weighed,
	kg_weighed: m.open_col_kg_weighed,
	kg_estimated: m.open_col_kg_estimated,
	metres_recorded: m.open_col_metres_recorded,
	metres: m.open_col_metres,
	corners: m.open_col_corners,
	adverts: m.open_col_adverts,
	entries: m.open_col_entries,
	note: m.open_col_note,
	at: m.open_col_at,
	recorded_by: m.open_col_recorded_by,
	first: m.open_col_first,
	counts: m.open_col_counts,
	late: m.open_col_late
};

/** Words for what the database keeps as a code. */
const CODES: Partial<Record<Column, Record<string, () => string>>> = {
	status: {
		confirmed: m.open_cell_status_confirmed,
		waitlisted: m.open_cell_status_waitlisted,
		cancelled: m.open_cell_status_cancelled
	},
	source: {
		account: m.open_cell_source_account,
		guest: m.open_cell_source_guest,
		organizer: m.open_cell_source_organizer,
		walk_in: m.open_cell_source_walk_in
	}
};

function cellOf(column: Column, value: Cell, zone: string): Cell {
	if (typeof value === 'boolean') return value ? m.open_cell_yes() : m.open_cell_no();
	if (typeof value !== 'string') return value;
	if (column === 'kind') return kindName(value as Kind);
	// The district's clock, in a form that spreadsheets sort.
	if (column === 'at') return new Date(value).toLocaleString('sv-SE', { timeZone: zone }).slice(0, 16);
	return CODES[column]?.[value]?.() ?? value;
}

/** A table as somebody reads it. */
export function exportTable(
	what: Export,
	rows: readonly Record<string, Cell>[],
	zone: string
): { headers: string[]; cells: Cell[][] } {
	const columns: readonly Column[] = EXPORT_COLUMNS[what];
	return {
		headers: columns.map((column) => HEADS[column]()),
		cells: rows.map((row) => columns.map((column) => cellOf(column, row[column] ?? null, zone)))
	};
}
