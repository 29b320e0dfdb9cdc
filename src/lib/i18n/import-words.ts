/** Words for the columns a list of sites can have and for what is wrong with a row. */
import type { ExportWords, Reason, RowError, SiteField } from '$lib/domain/site-import';
import { areaName } from './area-words';
import { kindName } from './site-words';
import { m } from '$lib/paraglide/messages';

const FIELDS: Readonly<Record<SiteField, () => string>> = {
	external_id: m.import_field_external_id,
	name: m.import_field_name,
	kind: m.import_field_kind,
	lng: m.import_field_lng,
	lat: m.import_field_lat,
	length_m: m.import_field_length_m,
	status: m.import_field_status,
	address: m.import_field_address,
	note: m.import_field_note,
	responsible_unit: m.import_field_responsible_unit,
	crew_min: m.import_field_crew_min,
	crew_max: m.import_field_crew_max,
	minutes: m.import_field_minutes,
	interval_days: m.import_field_interval_days,
	hazards: m.import_field_hazards,
	tools: m.import_field_tools,
	area: m.import_field_area
};

export const fieldName = (field: SiteField): string => FIELDS[field]();

const REASONS: Readonly<Record<Reason, (inputs: { detail: string }) => string>> = {
	ragged: m.import_reason_ragged,
	coordinates_missing: m.import_reason_coordinates_missing,
	coordinates_not_numbers: m.import_reason_coordinates_not_numbers,
	coordinates_out_of_range: m.import_reason_coordinates_out_of_range,
	coordinates_zero: m.import_reason_coordinates_zero,
	coordinates_swapped: m.import_reason_coordinates_swapped,
	id_missing: m.import_reason_id_missing,
	duplicate_id: m.import_reason_duplicate_id,
	kind_unknown: m.import_reason_kind_unknown,
	area_unknown: m.import_reason_area_unknown,
	number_invalid: m.import_reason_number_invalid,
	number_negative: m.import_reason_number_negative,
	number_out_of_range: m.import_reason_number_out_of_range,
	crew_order: m.import_reason_crew_order,
	text_too_long: m.import_reason_text_too_long
};

/** What is wrong with a row, naming the column where the reason alone does not. */
export function explain({ field, reason, detail }: RowError): string {
	const words = REASONS[reason]({ detail });
	const tellsTheField =
		reason.startsWith('coordinates') || reason.endsWith('_id') || reason.endsWith('_unknown');
	return field && !tellsTheField
		? m.import_reason_in_field({ field: fieldName(field), reason: words })
		: words;
}

/** How an export writes what the imported file does not say itself. */
export function exportWords(
	areas: readonly { id: string; name: string; name_en?: string | null }[]
): ExportWords {
	const names = new Map(areas.map((area) => [area.id, areaName(area)]));
	const headers = Object.entries(FIELDS).map(([field, words]) => [field, words()]);
	return {
		headers: Object.fromEntries(headers) as ExportWords['headers'],
		kind: kindName,
		area: (id) => names.get(id) ?? ''
	};
}
