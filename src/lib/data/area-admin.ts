/** What organizers see and change of their areas: names, who answers for them, new ones, what happened. */
import { allRows } from './all-rows';
import type { Area } from './areas';
import type { Client } from './client';
import { answer } from './command';
import { DataError } from './data-error';

export interface AreaPage extends Area {
	responsible_unit: string | null;
	duty: { responsible_person: string | null; phone: string | null } | null;
}

export interface AreaWithUnit extends Area {
	responsible_unit: string | null;
}

/** All areas with the unit that answers for each. @throws DataError */
export const listAreasWithUnits = (client: Client) =>
	allRows<AreaWithUnit>((from, to) =>
		client
			.from('areas')
			.select('id, parent_id, level, code, name, name_en, responsible_unit')
			.order('sort')
			.order('name')
			.order('id')
			.range(from, to)
	);

const orNull = (text: string) => text.trim() || null;

/** One area with who answers for it; null when it is gone. @throws DataError */
export const readArea = (client: Client, id: string) =>
	answer<AreaPage | null>(
		client
			.from('areas')
			.select(
				'id, parent_id, level, code, name, name_en, responsible_unit, duty:area_duties(responsible_person, phone)'
			)
			.eq('id', id)
			.maybeSingle()
	);

export interface AreaFields {
	name: string;
	name_en: string;
	responsible_unit: string;
	responsible_person: string;
	phone: string;
}

export const areaFieldsOf = (area: AreaPage): AreaFields => ({
	name: area.name,
	name_en: area.name_en ?? '',
	responsible_unit: area.responsible_unit ?? '',
	responsible_person: area.duty?.responsible_person ?? '',
	phone: area.duty?.phone ?? ''
});

/** What stands there now. @throws DataError gone */
export async function readAreaFields(client: Client, id: string): Promise<AreaFields> {
	const area = await readArea(client, id);
	if (!area) throw new DataError('gone', '', 404);
	return areaFieldsOf(area);
}

/**
 * Changes fields of an area and of who answers for it.
 * @param expected what these fields were when the form opened @throws DataError changed_meanwhile, bad_name, not_yours
 */
export const changeArea = (
	client: Client,
	id: string,
	changes: Partial<AreaFields>,
	expected: Partial<AreaFields>
) => answer<null>(client.rpc('change_area', { p_area: id, p_fields: changes, p_expected: expected }));

/** Adds an area below one of the caller's. @throws DataError area_wrong_parent, not_yours */
export const addArea = (
	client: Client,
	area: { id: string; parent_id: string; level: 'street' | 'community'; name: string; name_en: string; code: string }
) =>
	answer<null>(
		client
			.from('areas')
			.insert({ ...area, name: area.name.trim(), name_en: orNull(area.name_en), code: orNull(area.code) })
	);

/** Removes an area that nothing was ever recorded in; admins only. @throws DataError in_use */
export const removeArea = (client: Client, id: string) =>
	answer<null>(client.from('areas').delete().eq('id', id));

/** Adds the areas of a list that are not there yet, and says how many. @throws DataError not_yours */
export const importAreas = (
	client: Client,
	areas: { code: string; parent_code: string; level: string; name: string; name_en?: string | undefined }[]
) => answer<number>(client.rpc('add_areas', { p_areas: areas }));

type Row = Record<string, unknown>;

/** One change in an area's history. */
export interface Change {
	id: number;
	at: string;
	actor: string | null;
	table: string;
	action: 'insert' | 'update' | 'delete';
	before: Row | null;
	after: Row | null;
	/** Whose role it is about. */
	person: string | null;
	/** Of a gathering: the date of its labour day as it stands now. */
	date: string | null;
}

export const CHANGES_PER_PAGE = 30;

/** The history of an area, newest first, before a change already shown. @throws DataError not_yours */
export const readAreaHistory = (client: Client, area: string, before: number | null = null) =>
	answer<Change[]>(
		client.rpc('read_area_history', {
			p_area: area,
			...(before !== null && { p_before: before }),
			p_limit: CHANGES_PER_PAGE
		})
	);
