import Papa from 'papaparse';
import { distanceBetween, type Point } from '../sites/geometry';
import type { Kind } from '../sites/kinds';
import { neutralise } from './cells';
import { fromWgs84 } from './datum';
import { SITE_FIELDS, type Mapping, type SiteField } from './fields';
import type { BadRow } from './read-sites';
import { toSite, type ImportOptions, type SiteDraft } from './to-site';

/** Excel reads UTF-8 only when this stands in front. */
const MARK = '\uFEFF';

const toCsv = (rows: string[][]) =>
	MARK +
	Papa.unparse(
		rows.map((cells) => cells.map(neutralise)),
		{ newline: '\r\n' }
	) +
	'\r\n';

/**
 * The rows that could not be imported, to be mended in a spreadsheet and imported again: line, reason and the columns of
 * the file.
 *
 * @param words headers of the first two columns, and the reason in words
 */
export function errorsCsv(
	headers: readonly string[],
	errors: readonly BadRow[],
	words: { line: string; reason: string; explain: (error: BadRow) => string }
): string {
	return toCsv([
		[words.line, words.reason, ...headers],
		...errors.map((error) => [String(error.line), words.explain(error), ...error.cells])
	]);
}

/** How a file was read when it was imported; kept with the import so that an export can write it again. */
export interface Layout {
	headers: string[];
	mapping: Mapping;
	options: Omit<ImportOptions, 'nameFor'>;
}

/** Sites of one import; sites that were made here have no layout. */
export interface ExportGroup {
	layout: Layout | null;
	sites: readonly SiteDraft[];
}

/** How own values are written where the file's own text does not serve. */
export interface ExportWords {
	/** Header of each field, for columns the file did not have; all must be such that `guessMapping` knows them. */
	headers: Readonly<Record<SiteField, string>>;
	kind: (kind: Kind) => string;
	area: (areaId: string) => string;
}

/** Fields written for sites that were made here. */
const OWN_FIELDS = SITE_FIELDS.filter((field) => field !== 'status').toReversed();

/**
 * Sites as CSV that gives back what was imported: the file's headers in the file's order, and its own text in every cell
 * whose meaning has not been changed here, rows in the file's order. What was changed stands in its column, or in a column added at the end where
 * the file had none.
 */
export function exportCsv(groups: readonly ExportGroup[], words: ExportWords): string {
	const columns: string[] = [];
	const column = (header: string) => {
		const at = columns.indexOf(header);
		return at >= 0 ? at : columns.push(header) - 1;
	};
	for (const { layout } of groups) layout?.headers.forEach(column);

	const lines: string[][] = [];
	for (const { layout, sites } of groups) {
		for (const site of sites.toSorted((a, b) => a.line - b.line)) {
			const line: string[] = [];
			for (const [header, cell] of layout ? imported(site, layout, words) : made(site, words))
				line[column(header)] = cell;
			lines.push(line);
		}
	}
	return toCsv([columns, ...lines.map((line) => columns.map((_, i) => line[i] ?? ''))]);
}

type Cell = [header: string, text: string];

/** The cells of a site that was made here. */
function made(site: SiteDraft, words: ExportWords): Cell[] {
	return OWN_FIELDS.map((field) => [words.headers[field], write(site, field, words, 'wgs84')]);
}

/**
 * The cells of a site that came from a file: its row is read again, and where that gives what the site says today, the
 * file's text stands.
 */
function imported(site: SiteDraft, layout: Layout, words: ExportWords): Cell[] {
	const { headers, mapping, options } = layout;
	const cells = headers.map((header) => site.extra[header] ?? '');
	const read = toSite({ line: 0, cells }, headers, mapping, { ...options, leaveOut: [], nameFor: () => '' });
	const before = 'site' in read ? read.site : null;
	const line = new Map<string, string>(headers.map((header, i) => [header, cells[i] ?? '']));
	for (const field of OWN_FIELDS) {
		if (before && same(before, site, field)) continue;
		line.set(
			mapping[field] ?? added(words.headers[field], headers),
			write(site, field, words, options.datum)
		);
	}
	return [...line];
}

/** The header of an added column, which must not be one of the file's own. */
const added = (header: string, headers: readonly string[]) =>
	headers.includes(header) ? `${header} (2)` : header;

/** Coordinates nearer than this are the same place. */
const SAME_PLACE = 0.5;

function same(before: SiteDraft, now: SiteDraft, field: SiteField): boolean {
	if (field === 'lng' || field === 'lat') return samePlace(placeOf(before), placeOf(now));
	// A name that was made up, in whichever language, ends with the id.
	if (field === 'name' && before.nameMadeUp) return now.name.endsWith(now.externalId);
	const value = VALUES[field];
	return JSON.stringify(value(before)) === JSON.stringify(value(now));
}

function samePlace(a: Point | null, b: Point | null): boolean {
	return a && b ? distanceBetween(a, b) < SAME_PLACE : a === b;
}

function placeOf({ lng, lat }: SiteDraft): Point | null {
	return lng === null || lat === null ? null : { lng, lat };
}

/** What a site says of each field. */
const VALUES: Readonly<Record<SiteField, (site: SiteDraft) => string | number | null | readonly string[]>> = {
	external_id: (site) => site.externalId,
	name: (site) => site.name,
	kind: (site) => site.kind,
	area: (site) => site.areaId,
	lng: (site) => site.lng,
	lat: (site) => site.lat,
	length_m: (site) => site.lengthM,
	status: () => null,
	address: (site) => site.address,
	note: (site) => site.note,
	responsible_unit: (site) => site.responsibleUnit,
	crew_min: (site) => site.crewMin,
	crew_max: (site) => site.crewMax,
	minutes: (site) => site.minutes,
	interval_days: (site) => site.intervalDays,
	hazards: (site) => site.hazards,
	tools: (site) => site.tools
};

function write(site: SiteDraft, field: SiteField, words: ExportWords, datum: ImportOptions['datum']): string {
	switch (field) {
		case 'kind':
			return words.kind(site.kind);
		case 'area':
			return words.area(site.areaId);
		case 'lng':
		case 'lat': {
			const place = placeOf(site);
			return place ? String(fromWgs84(place, datum)[field]) : '';
		}
		default: {
			const value = VALUES[field](site);
			return Array.isArray(value) ? value.join('、') : String(value ?? '');
		}
	}
}
