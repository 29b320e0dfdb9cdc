import gcoord from 'gcoord';
import { distanceBetween, type Point } from '../sites/geometry';
import { hazardOf, hasLength, HAZARDS, KIND_DEFAULTS, kindOf, type Hazard, type Kind } from '../sites/kinds';
import { clean, readCount, readList, readMetres, readNumber } from './cells';
import type { Mapping, SiteField } from './fields';
import type { Row } from './parse';

/** Coordinates people hand out: GPS, Chinese maps (AMap, Tencent), Baidu. Stored is always WGS-84. */
export const DATUMS = ['wgs84', 'gcj02', 'bd09'] as const;
export type Datum = (typeof DATUMS)[number];

/** What the person decided about the file as a whole. */
export interface ImportOptions {
	/** Area of every row that names none. */
	areaId: string;
	/** Areas by name or code, for a column that names them. */
	areas?: Readonly<Record<string, string>>;
	datum: Datum;
	/** Kind of every row that names none. */
	kind: Kind;
	/** What the file's words for kinds mean, where {@link kindOf} does not know them. */
	kinds?: Readonly<Record<string, Kind>>;
	/** Statuses whose rows are left out. */
	leaveOut: readonly string[];
	/** A point amid the sites, to notice a row whose longitude and latitude are exchanged. */
	around?: Point;
	/** Makes up a name where the file has none. */
	nameFor: (kind: Kind, externalId: string) => string;
}

/** A site as imported. */
export interface SiteDraft {
	externalId: string;
	name: string;
	kind: Kind;
	areaId: string;
	lng: number;
	lat: number;
	lengthM: number | null;
	address: string;
	note: string;
	responsibleUnit: string;
	crewMin: number;
	crewMax: number;
	minutes: number;
	intervalDays: number;
	hazards: Hazard[];
	tools: string[];
	/** Every filled cell of the file's row by header, mapped or not, as it stood there: an export gives them back. */
	extra: Record<string, string>;
}

/** Why a row is not imported. Each has words `import_reason_*`. */
export const REASONS = [
	'ragged',
	'coordinates_missing',
	'coordinates_not_numbers',
	'coordinates_out_of_range',
	'coordinates_zero',
	'coordinates_swapped',
	'duplicate_id',
	'kind_unknown',
	'area_unknown',
	'number_invalid',
	'number_negative',
	'number_too_large',
	'crew_order',
	'text_too_long'
] as const;
export type Reason = (typeof REASONS)[number];

/** What is wrong with a row; `detail` is the cell, the limit or the earlier line the words speak of. */
export interface RowError {
	line: number;
	field: SiteField | null;
	reason: Reason;
	detail: string;
}

export type RowResult = { site: SiteDraft } | { leftOut: string } | { error: RowError };

/** Longest texts; the database holds the same limits. */
export const LONGEST = {
	external_id: 80,
	name: 120,
	address: 200,
	note: 2000,
	responsible_unit: 120,
	tool: 40
} as const;

/** Farther from the middle than this is suspicious when the exchanged point is nearer. */
const FAR = 500_000;

/** Ends the reading of a row; never leaves this module. */
class Refusal extends Error {
	constructor(
		readonly field: SiteField | null,
		readonly reason: Reason,
		readonly detail = ''
	) {
		super(reason);
	}
}

/** Reads cells of one row by field. */
type Read = (field: SiteField) => string;

/** Turns one row into a site, says that its status is left out, or says what is wrong with it. */
export function toSite(
	row: Row,
	headers: readonly string[],
	mapping: Mapping,
	options: ImportOptions
): RowResult {
	const read: Read = (field) => {
		const header = mapping[field];
		return header === undefined ? '' : clean(row.cells[headers.indexOf(header)]);
	};
	try {
		if (row.ragged) throw new Refusal(null, 'ragged');
		const status = read('status');
		if (status && options.leaveOut.includes(status)) return { leftOut: status };
		return { site: readSite(read, row, headers, options) };
	} catch (cause) {
		if (!(cause instanceof Refusal)) throw cause;
		return { error: { line: row.line, field: cause.field, reason: cause.reason, detail: cause.detail } };
	}
}

function readSite(read: Read, row: Row, headers: readonly string[], options: ImportOptions): SiteDraft {
	const kind = readKind(read('kind'), options);
	const start = KIND_DEFAULTS[kind];
	const place = readPlace(read, options);
	const [crewMin, crewMax] = readCrew(read, start.crewMin, start.crewMax);
	const typedName = readText(read, 'name');
	const externalId = readText(read, 'external_id') || idFromPlace(place, typedName);
	return {
		externalId,
		name: typedName || options.nameFor(kind, externalId),
		kind,
		areaId: readArea(read('area'), options),
		...place,
		lengthM: readLength(read('length_m'), kind),
		address: readText(read, 'address'),
		note: readText(read, 'note'),
		responsibleUnit: readText(read, 'responsible_unit'),
		crewMin,
		crewMax,
		minutes: readAmount(read, 'minutes', 24 * 60) ?? start.minutes,
		intervalDays: readAmount(read, 'interval_days', 3660) ?? start.intervalDays,
		hazards: read('hazards') ? readHazards(read('hazards')) : [...start.hazards],
		tools: read('tools') ? readTools(read('tools')) : [...start.tools],
		extra: Object.fromEntries(
			headers.map((header, i) => [header, row.cells[i] ?? '']).filter(([, cell]) => cell !== '')
		)
	};
}

/** A stable id for a row without one: where it is and what it is called. */
function idFromPlace({ lng, lat }: Point, name: string): string {
	return `@${lng.toFixed(6)},${lat.toFixed(6)}${name && ` ${name}`}`.slice(0, LONGEST.external_id);
}

/** A text within its limit; quotes that some program doubled are single again. */
function readText(
	read: Read,
	field: 'external_id' | 'name' | 'address' | 'note' | 'responsible_unit'
): string {
	const text = read(field).replaceAll('""', '"');
	if (text.length > LONGEST[field]) throw new Refusal(field, 'text_too_long', String(LONGEST[field]));
	return text;
}

function readKind(word: string, options: ImportOptions): Kind {
	const kind = word ? (options.kinds?.[word] ?? kindOf(word)) : options.kind;
	if (kind === null) throw new Refusal('kind', 'kind_unknown', word);
	return kind;
}

function readArea(word: string, options: ImportOptions): string {
	const areaId = word ? options.areas?.[word] : options.areaId;
	if (areaId === undefined) throw new Refusal('area', 'area_unknown', word);
	return areaId;
}

function readPlace(read: Read, { datum, around }: ImportOptions): Point {
	const typed = { lng: readDegrees(read, 'lng'), lat: readDegrees(read, 'lat') };
	const { lng, lat } = typed;
	if (lng === 0 && lat === 0) throw new Refusal('lng', 'coordinates_zero');
	const exchanged = { lng: lat, lat: lng };
	if (Math.abs(lat) > 90 && Math.abs(lat) <= 180 && Math.abs(lng) <= 90)
		throw new Refusal('lat', 'coordinates_swapped', `${lng}, ${lat}`);
	if (Math.abs(lat) > 90 || Math.abs(lng) > 180)
		throw new Refusal('lng', 'coordinates_out_of_range', `${lng}, ${lat}`);
	if (around && distanceBetween(typed, around) > FAR && distanceBetween(exchanged, around) < FAR)
		throw new Refusal('lat', 'coordinates_swapped', `${lng}, ${lat}`);
	return toWgs84(typed, datum);
}

function readDegrees(read: Read, field: 'lng' | 'lat'): number {
	const text = read(field);
	if (!text) throw new Refusal(field, 'coordinates_missing');
	const number = readNumber(text.replace(/[°度]$/, ''));
	if (number === null) throw new Refusal(field, 'coordinates_not_numbers', text);
	return number;
}

const CRS = { gcj02: gcoord.GCJ02, bd09: gcoord.BD09 } as const;

/** A point of any datum in WGS-84, to a centimetre; WGS-84 itself stays as typed. */
export function toWgs84(point: Point, datum: Datum): Point {
	if (datum === 'wgs84') return { lng: point.lng, lat: point.lat };
	const [lng, lat] = gcoord.transform([point.lng, point.lat], CRS[datum], gcoord.WGS84);
	return { lng: Number(lng.toFixed(7)), lat: Number(lat.toFixed(7)) };
}

/** The way back of {@link toWgs84}: for maps and for files that want their own datum. */
export function fromWgs84(point: Point, datum: Datum): Point {
	if (datum === 'wgs84') return { lng: point.lng, lat: point.lat };
	const [lng, lat] = gcoord.transform([point.lng, point.lat], gcoord.WGS84, CRS[datum]);
	return { lng: Number(lng.toFixed(7)), lat: Number(lat.toFixed(7)) };
}

/** Metres of a stretch; 0 means unknown, and a place that is no stretch has none. */
function readLength(text: string, kind: Kind): number | null {
	if (!text) return null;
	const metres = readMetres(text);
	if (metres === null) throw new Refusal('length_m', 'number_invalid', text);
	if (metres < 0) throw new Refusal('length_m', 'number_negative', text);
	if (metres > 100_000) throw new Refusal('length_m', 'number_too_large', '100000');
	return metres === 0 || !hasLength(kind) ? null : metres;
}

function readAmount(read: Read, field: 'crew_min' | 'crew_max' | 'minutes' | 'interval_days', most: number) {
	const text = read(field);
	if (!text) return null;
	const amount = readCount(text);
	if (amount === null) throw new Refusal(field, 'number_invalid', text);
	if (amount < 0) throw new Refusal(field, 'number_negative', text);
	if (amount > most) throw new Refusal(field, 'number_too_large', String(most));
	return amount === 0 ? null : amount;
}

/** Crew sizes; a file that gives only one of them moves the other's default out of its way. */
function readCrew(read: Read, min: number, max: number): [number, number] {
	const typedMin = readAmount(read, 'crew_min', 500);
	const typedMax = readAmount(read, 'crew_max', 500);
	if (typedMin !== null && typedMax !== null && typedMin > typedMax)
		throw new Refusal('crew_min', 'crew_order', `${typedMin} > ${typedMax}`);
	return [typedMin ?? Math.min(min, typedMax ?? min), typedMax ?? Math.max(max, typedMin ?? max)];
}

function readHazards(text: string): Hazard[] {
	const found = new Set(readList(text).map(hazardOf));
	return HAZARDS.filter((hazard) => found.has(hazard));
}

function readTools(text: string): string[] {
	const tools = readList(text);
	if (tools.some((tool) => tool.length > LONGEST.tool))
		throw new Refusal('tools', 'text_too_long', String(LONGEST.tool));
	return [...new Set(tools)];
}
