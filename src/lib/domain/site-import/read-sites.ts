import type { Point } from '../sites/geometry';
import { clean, readNumber } from './cells';
import type { Mapping } from './fields';
import type { Row, Table } from './parse';
import { toSite, type ImportOptions, type RowError, type SiteDraft } from './to-site';

/** A row that cannot be imported, with its cells for the list of errors. */
export interface BadRow extends RowError {
	cells: string[];
}

/** What a file comes to under a mapping. */
export interface Reading {
	sites: SiteDraft[];
	errors: BadRow[];
	/** Rows left out, by status. */
	leftOut: Record<string, number>;
}

/** Reads a whole file: every row by {@link toSite}, and what only the whole shows: ids that repeat, rows far off. */
export function readSites(table: Table, mapping: Mapping, options: ImportOptions): Reading {
	const { headers, rows } = table;
	const reading: Reading = { sites: [], errors: [], leftOut: {} };
	const lineOf = new Map<string, number>();
	const around = options.around ?? middleOf(rows, headers, mapping);
	const settings = around ? { ...options, around } : options;
	for (const row of rows) {
		const result = toSite(row, headers, mapping, settings);
		if ('leftOut' in result) {
			reading.leftOut[result.leftOut] = (reading.leftOut[result.leftOut] ?? 0) + 1;
			continue;
		}
		if ('error' in result) {
			reading.errors.push({ ...result.error, cells: row.cells });
			continue;
		}
		const { externalId } = result.site;
		const first = lineOf.get(externalId);
		if (first === undefined) {
			lineOf.set(externalId, row.line);
			reading.sites.push(result.site);
		} else {
			const field = mapping.external_id ? 'external_id' : null;
			reading.errors.push({
				line: row.line,
				field,
				reason: 'duplicate_id',
				detail: String(first),
				cells: row.cells
			});
		}
	}
	return reading;
}

/** The median point of a file: a handful of bad rows does not move it. */
export function middleOf(
	rows: readonly Row[],
	headers: readonly string[],
	mapping: Mapping
): Point | undefined {
	const median = (header: string | undefined) => {
		const column = header === undefined ? -1 : headers.indexOf(header);
		const numbers = rows
			.map((row) => readNumber(clean(row.cells[column])))
			.filter((number) => number !== null && number !== 0)
			.sort((a, b) => (a ?? 0) - (b ?? 0));
		return numbers[Math.floor(numbers.length / 2)];
	};
	const lng = median(mapping.lng);
	const lat = median(mapping.lat);
	if (lng === undefined || lat === undefined || lng === null || lat === null || Math.abs(lat) > 90)
		return undefined;
	return { lng, lat };
}
