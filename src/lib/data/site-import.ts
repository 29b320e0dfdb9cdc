/** Import and export of sites: rows are staged in chunks and committed once; an export reads everything back. */
import type { ExportGroup, Layout, SiteDraft } from '$lib/domain/site-import';
import type { Kind } from '$lib/domain/sites';
import type { Client } from './client';
import { answer } from './command';
import type { ImportedRow, Site } from './sites';

/** Rows per request: small enough that others' requests pass in between. */
export const CHUNK = 500;

/** What a finished import changed. */
export interface ImportOutcome {
	inserted: number;
	updated: number;
	unchanged: number;
}

/** Starts an import under an id made by the caller. `layout` is kept for the export. */
export async function beginImport(
	client: Client,
	id: string,
	areaId: string,
	dataset: string,
	layout: Layout
): Promise<void> {
	await answer(
		client.rpc('begin_site_import', {
			p_id: id,
			p_area: areaId,
			p_dataset: dataset,
			p_columns: JSON.parse(JSON.stringify(layout))
		})
	);
}

/** Adds rows to the import; sending the same again changes nothing. */
export async function stageRows(client: Client, id: string, sites: readonly SiteDraft[]): Promise<void> {
	await answer(client.rpc('stage_site_rows', { p_import: id, p_rows: sites.map(toRow) }));
}

/** Turns everything staged into sites, all or nothing. */
export const commitImport = (client: Client, id: string): Promise<ImportOutcome> =>
	answer<ImportOutcome>(client.rpc('commit_site_import', { p_import: id }));

/** Drops what was staged; no site has been touched. */
export async function cancelImport(client: Client, id: string): Promise<void> {
	await answer(client.rpc('cancel_site_import', { p_import: id }));
}

/** The lists that were imported into an area before, newest first. */
export async function listDatasets(client: Client, areaId: string): Promise<string[]> {
	const rows = await answer<{ dataset: string }[]>(
		client
			.from('site_imports')
			.select('dataset')
			.eq('area_id', areaId)
			.not('committed_at', 'is', null)
			.order('committed_at', { ascending: false })
	);
	return [...new Set(rows.map((row) => row.dataset))];
}

/** A list imported before, and how many of a file's ids it holds. */
export interface HoldingList {
	area_id: string;
	dataset: string;
	held: number;
}

/** Ids per question. */
const ASKED = 5000;

/** Which lists of one's areas hold ids of a file, those with most first: it may be one of them under another name. */
export async function listsWith(client: Client, ids: readonly string[]): Promise<HoldingList[]> {
	const lists = new Map<string, HoldingList>();
	for (let from = 0; from < ids.length; from += ASKED)
		for (const found of await answer<HoldingList[]>(
			client.rpc('lists_with', { p_ids: ids.slice(from, from + ASKED) })
		)) {
			const key = `${found.area_id} ${found.dataset}`;
			lists.set(key, { ...found, held: found.held + (lists.get(key)?.held ?? 0) });
		}
	return [...lists.values()].toSorted((a, b) => b.held - a.held);
}

function toRow(site: SiteDraft) {
	return {
		line: site.line,
		external_id: site.externalId,
		name: site.name,
		name_made_up: site.nameMadeUp,
		kind: site.kind,
		area_id: site.areaId,
		lng: site.lng,
		lat: site.lat,
		length_m: site.lengthM,
		address: site.address,
		note: site.note,
		responsible_unit: site.responsibleUnit,
		crew_min: site.crewMin,
		crew_max: site.crewMax,
		minutes: site.minutes,
		interval_days: site.intervalDays,
		hazards: site.hazards,
		tools: site.tools,
		source: site.extra
	};
}

type ExportRow = Site & { import_area_id: string | null; site_extras: { source: ImportedRow } | null };

const EXPORTED =
	'id, area_id, kind, name, lng, lat, address, length_m, crew_min, crew_max, minutes, interval_days, hazards, tools, note, ' +
	'responsible_unit, dataset, external_id, import_area_id, site_extras(source)';

/** Sites per request of an export. */
const PAGE = 500;

/**
 * Everything an export needs: sites in use of the given areas, those of one file together with how it was read.
 *
 * @param onprogress told how many of how many sites have been read
 */
export async function readForExport(
	client: Client,
	areaIds: readonly string[] | undefined,
	kind: Kind | undefined,
	onprogress: (done: number, total: number) => void
): Promise<ExportGroup[]> {
	const rows: ExportRow[] = [];
	for (let total = Infinity; rows.length < total; ) {
		let query = client.from('sites').select(EXPORTED, { count: 'exact' }).is('retired_at', null);
		if (areaIds) query = query.in('area_id', [...areaIds]);
		if (kind) query = query.eq('kind', kind);
		const last = rows.at(-1);
		const request = (last ? query.gt('id', last.id) : query).order('id').limit(PAGE);
		const page = (await answer<unknown>(
			request.then((response) => {
				if (total === Infinity) total = response.count ?? 0;
				return response;
			})
		)) as ExportRow[];
		if (page.length === 0) break;
		rows.push(...page);
		onprogress(rows.length, total);
	}
	return groupByLayout(rows, await readLayouts(client));
}

type StoredImport = { area_id: string; dataset: string; columns: Layout | string[] };

/** How each list was read the last time, by area, name and headers. */
async function readLayouts(client: Client): Promise<Map<string, Layout>> {
	const rows = await answer<unknown>(
		client
			.from('site_imports')
			.select('area_id, dataset, columns')
			.not('committed_at', 'is', null)
			.order('committed_at')
	);
	const layouts = new Map<string, Layout>();
	for (const { area_id, dataset, columns } of rows as StoredImport[])
		if (!Array.isArray(columns)) layouts.set(layoutKey(area_id, dataset, columns.headers), columns);
	return layouts;
}

const layoutKey = (area: string | null, dataset: string | null, headers: readonly string[]) =>
	JSON.stringify([area, dataset, headers]);

function groupByLayout(rows: readonly ExportRow[], layouts: ReadonlyMap<string, Layout>): ExportGroup[] {
	const groups = new Map<Layout | null, SiteDraft[]>();
	for (const row of rows) {
		const source = row.site_extras?.source;
		const key = source && layoutKey(row.import_area_id, row.dataset, source.columns);
		const layout = (key && layouts.get(key)) || null;
		const group = groups.get(layout) ?? [];
		group.push(toDraft(row));
		groups.set(layout, group);
	}
	return [...groups].map(([layout, sites]) => ({ layout, sites }));
}

function toDraft(row: ExportRow): SiteDraft {
	return {
		line: row.site_extras?.source.line ?? 0,
		externalId: row.external_id ?? row.id,
		name: row.name,
		nameMadeUp: false,
		kind: row.kind,
		areaId: row.area_id,
		lng: row.lng,
		lat: row.lat,
		lengthM: row.length_m,
		address: row.address,
		note: row.note,
		responsibleUnit: row.responsible_unit,
		crewMin: row.crew_min,
		crewMax: row.crew_max,
		minutes: row.minutes,
		intervalDays: row.interval_days,
		hazards: row.hazards,
		tools: row.tools,
		extra: row.site_extras?.source.values ?? {}
	};
}
