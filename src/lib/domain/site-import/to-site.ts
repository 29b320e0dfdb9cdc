import { distanceBetween, type Point } from '../sites/geometry';
import { hazardOf, hasLength, HAZARDS, KIND_DEFAULTS, kindOf, type Hazard, type Kind } from '../sites/kinds';
import { clean, readCount, readList, readMetres, readNumber } from './cells';
import { toWgs84, type Datum } from './datum';
import type { Mapping, SiteField } from './fields';
import type { Row } from './parse';

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
	/** Line of the file; 0 for a site made here. */
	line: number;
	externalId: string;
	name: string;
	/** The row has none, and this is {@link ImportOptions.nameFor}'s: a site that is known already keeps the one it has. */
	nameMadeUp: boolean;
	kind: Kind;
	areaId: string;
	/** WGS-84; `null` for a whole file without coordinates. */
	lng: number | null;
	lat: number | null;
	lengthM: number | null;
	address: string;
	note: string;
	responsibleUnit: string;
	crewMin: number;
	crewMax: number;
	minutes: number;
	intervalDays: number | null;
	hazards: Hazard[];
	/** As typed; empty means what the kind usually takes. */
	tools: string;
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
	'id_missing',
	'duplicate_id',
	'kind_unknown',
	'area_unknown',
	'number_invalid',
	'number_negative',
	'number_out_of_range',
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
	name: 80,
	address: 160,
	note: 500,
	responsible_unit: 120,
	tools: 200
} as const;

/** Metres; no drain of a district is longer. */
const LONGEST_STRETCH = 100_000;

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
		return { site: readSite(read, row, headers, mapping, options) };
	} catch (cause) {
		if (!(cause instanceof Refusal)) throw cause;
		return { error: { line: row.line, field: cause.field, reason: cause.reason, detail: cause.detail } };
	}
}

function readSite(
	read: Read,
	row: Row,
	headers: readonly string[],
	mapping: Mapping,
	options: ImportOptions
): SiteDraft {
	const kind = readKind(read('kind'), options);
	const start = KIND_DEFAULTS[kind];
	const place = mapping.lng && mapping.lat ? readPlace(read, options) : null;
	const [crewMin, crewMax] = readCrew(read, start.crewMin, start.crewMax);
	const typedName = readText(read, 'name');
	const address = readText(read, 'address');
	const externalId = readText(read, 'external_id') || madeUpId(place, typedName, address);
	return {
		line: row.line,
		externalId,
		name: typedName || options.nameFor(kind, externalId),
		nameMadeUp: typedName === '',
		kind,
		areaId: readArea(read('area'), options),
		lng: place?.lng ?? null,
		lat: place?.lat ?? null,
		lengthM: readLength(read('length_m'), kind),
		address,
		note: readText(read, 'note'),
		responsibleUnit: readText(read, 'responsible_unit'),
		crewMin,
		crewMax,
		minutes: readAmount(read, 'minutes', 5, 600) ?? start.minutes,
		intervalDays: readAmount(read, 'interval_days', 1, 3650) ?? start.intervalDays,
		hazards: read('hazards') ? readHazards(read('hazards')) : [...start.hazards],
		tools: readText(read, 'tools'),
		extra: Object.fromEntries(
			headers.map((header, i) => [header, row.cells[i] ?? '']).filter(([, cell]) => cell !== '')
		)
	};
}

/** An id for a row without one that is the same whenever the row is imported: where it is and what it is called. */
function madeUpId(place: Point | null, name: string, address: string): string {
	const where = place ? `@${place.lng.toFixed(6)},${place.lat.toFixed(6)}` : address;
	const id = [where, name].filter(Boolean).join(' ').slice(0, LONGEST.external_id);
	if (!id) throw new Refusal('external_id', 'id_missing');
	return id;
}

/** A text within its limit; quotes that some program doubled are single again. */
function readText(read: Read, field: keyof typeof LONGEST): string {
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

/** Metres of a stretch; 0 means unknown, and a place that is no stretch has none. */
function readLength(text: string, kind: Kind): number | null {
	if (!text) return null;
	const metres = readMetres(text);
	if (metres === null) throw new Refusal('length_m', 'number_invalid', text);
	if (metres < 0) throw new Refusal('length_m', 'number_negative', text);
	if (metres > LONGEST_STRETCH) throw new Refusal('length_m', 'number_out_of_range', `0–${LONGEST_STRETCH}`);
	const rounded = Math.round(metres * 10) / 10;
	return rounded === 0 || !hasLength(kind) ? null : rounded;
}

/** A whole number between `least` and `most`; 0 and nothing leave it to the kind. */
function readAmount(read: Read, field: SiteField, least: number, most: number): number | null {
	const text = read(field);
	if (!text) return null;
	const amount = readCount(text);
	if (amount === null) throw new Refusal(field, 'number_invalid', text);
	if (amount < 0) throw new Refusal(field, 'number_negative', text);
	if (amount === 0) return null;
	if (amount < least || amount > most) throw new Refusal(field, 'number_out_of_range', `${least}–${most}`);
	return amount;
}

/** Crew sizes; a file that gives only one of them moves the other's default out of its way. */
function readCrew(read: Read, min: number, max: number): [number, number] {
	const typedMin = readAmount(read, 'crew_min', 1, 500);
	const typedMax = readAmount(read, 'crew_max', 1, 500);
	if (typedMin !== null && typedMax !== null && typedMin > typedMax)
		throw new Refusal('crew_min', 'crew_order', `${typedMin} > ${typedMax}`);
	return [typedMin ?? Math.min(min, typedMax ?? min), typedMax ?? Math.max(max, typedMin ?? max)];
}

function readHazards(text: string): Hazard[] {
	const found = new Set(readList(text).map(hazardOf));
	return HAZARDS.filter((hazard) => found.has(hazard));
}
