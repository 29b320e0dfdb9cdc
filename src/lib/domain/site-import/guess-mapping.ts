import { kindOf } from '../sites/kinds';
import { clean, isBlank, readCount, readMetres, readNumber } from './cells';
import { fit, SITE_FIELDS, type Mapping, type SiteField } from './fields';

/** Most different words a status column has; more than that is free text. */
const MOST_STATUSES = 20;

/**
 * A first guess at what the columns mean. The header proposes, the values decide: an id column must be filled and unique but
 * for a slip or two (so an empty `FacilityID` gives way to `OBJECTID`), coordinates must be degrees (a column `x` in metres is none), a kind
 * must be a kind we know. Where `x` holds latitudes (Chinese surveyors' x points north) the two are exchanged.
 *
 * @param rows cells of some or, better, all rows
 */
export function guessMapping(headers: readonly string[], rows: readonly (readonly string[])[]): Mapping {
	const values = headers.map((_, column) =>
		rows.map((cells) => cells[column] ?? '').filter((c) => !isBlank(c))
	);
	const taken = new Set<number>();
	const columns: Partial<Record<SiteField, number>> = {};
	for (const field of SITE_FIELDS) {
		const best = headers
			.map((header, column) => ({ column, rank: fit(header, field) }))
			.filter(({ column, rank }) => rank !== null && !taken.has(column))
			.sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
			.find(({ column }) => sensible(field, values[column] ?? [], rows.length));
		if (best === undefined) continue;
		columns[field] = best.column;
		taken.add(best.column);
	}
	return named(headers, untangle(columns, values));
}

/** The statuses that look like “not there yet” or “no longer there”: what an import proposes to leave out. */
export function guessLeaveOut(statuses: readonly string[]): string[] {
	return statuses.filter((status) =>
		/propos|plann|future|abandon|remov|retire|demolish|inactive|disused|拟建|规划|在建|未建|废弃|停用|拆除|封闭|填埋|注销/i.test(
			status
		)
	);
}

/** The different values of a column with how often each occurs, most frequent first; blanks are not counted. */
export function countValues(cells: Iterable<string>): [value: string, count: number][] {
	const counts = new Map<string, number>();
	for (const cell of cells) {
		const value = clean(cell);
		if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
	}
	return [...counts].sort((a, b) => b[1] - a[1]);
}

/** Whether a column's filled cells can be what the field wants. */
function sensible(field: SiteField, cells: readonly string[], rowCount: number): boolean {
	if (rowCount === 0) return true;
	if (cells.length === 0) return false;
	const most = (test: (cell: string) => boolean) => cells.filter(test).length >= cells.length * 0.6;
	switch (field) {
		case 'lng':
		case 'lat':
			return most((cell) => Math.abs(readNumber(cell) ?? 999) <= 180);
		case 'length_m':
			return most((cell) => readMetres(cell) !== null);
		case 'crew_min':
		case 'crew_max':
		case 'minutes':
		case 'interval_days':
			return most((cell) => readCount(cell) !== null);
		case 'kind':
			return most((cell) => kindOf(cell) !== null);
		case 'status':
			return countValues(cells).length <= MOST_STATUSES;
		case 'external_id':
			return rowCount - cells.length + repeats(cells) <= (rowCount < 3 ? 0 : Math.max(1, rowCount * 0.05));
		default:
			return true;
	}
}

/** How many cells say what an earlier one has said. */
const repeats = (cells: readonly string[]) => cells.length - new Set(cells.map(clean)).size;

/** Exchanges longitude and latitude where the values say so, and drops the one that has no other. */
function untangle(columns: Partial<Record<SiteField, number>>, values: readonly string[][]) {
	const { lng, lat, ...others } = columns;
	if (lng === undefined || lat === undefined) return others;
	const beyondPole = (column: number) =>
		(values[column] ?? []).filter((cell) => Math.abs(readNumber(cell) ?? 0) > 90).length;
	const swapped = beyondPole(lat) > beyondPole(lng);
	return { ...others, lng: swapped ? lat : lng, lat: swapped ? lng : lat };
}

function named(headers: readonly string[], columns: Partial<Record<SiteField, number>>): Mapping {
	const mapping: Mapping = {};
	for (const field of SITE_FIELDS) {
		const column = columns[field];
		const header = column === undefined ? undefined : headers[column];
		if (header !== undefined) mapping[field] = header;
	}
	return mapping;
}
