/** Sites: lists, one site with its history, changes by hand. Policies decide who may; visitors may read. */
import type { Hazard, Kind, Point } from '$lib/domain/sites';
import { distanceBetween } from '$lib/domain/sites/geometry';
import type { Client } from './client';
import { answer } from './command';

/** What lists and maps show of a site. */
const BRIEF =
	'id, area_id, kind, name, lng, lat, address, length_m, hazards, in_jurisdiction, interval_days, last_cleaned_on, retired_at';

export interface SiteBrief {
	id: string;
	area_id: string;
	kind: Kind;
	name: string;
	lng: number | null;
	lat: number | null;
	address: string;
	length_m: number | null;
	hazards: Hazard[];
	in_jurisdiction: boolean;
	interval_days: number | null;
	last_cleaned_on: string | null;
	retired_at: string | null;
}

/** A whole site. */
export interface Site extends SiteBrief {
	path: [lng: number, lat: number][] | null;
	crew_min: number;
	crew_max: number;
	minutes: number;
	tools: string;
	note: string;
	responsible_unit: string;
	dataset: string | null;
	external_id: string | null;
}

/** What a person can write about a site. */
export type SiteFields = Pick<
	Site,
	| 'area_id'
	| 'kind'
	| 'name'
	| 'lng'
	| 'lat'
	| 'path'
	| 'address'
	| 'length_m'
	| 'crew_min'
	| 'crew_max'
	| 'minutes'
	| 'interval_days'
	| 'hazards'
	| 'tools'
	| 'note'
	| 'responsible_unit'
	| 'in_jurisdiction'
>;

const WHOLE = `${BRIEF}, path, crew_min, crew_max, minutes, tools, note, responsible_unit, dataset, external_id`;

/** Which sites are wanted; absent means any. */
export interface SiteFilter {
	/** Areas; `undefined` for the whole district. */
	areaIds?: readonly string[];
	kind?: Kind;
	/** Only those whose wanted interval has passed today, or that were never cleaned. */
	needsCleaning?: boolean;
	/** Part of the name, address or the id in an imported list. */
	search?: string;
}

function select(client: Client, columns: string, filter: SiteFilter) {
	let query = client.from('site_status').select(columns, { count: 'exact' }).is('retired_at', null);
	if (filter.areaIds) query = query.in('area_id', [...filter.areaIds]);
	if (filter.kind) query = query.eq('kind', filter.kind);
	if (filter.needsCleaning) query = query.gte('overdue_days', 0).eq('in_jurisdiction', true);
	const words = filter.search?.trim();
	if (words) query = query.ilike('search_text', `%${words.replace(/[\\%_]/g, '\\$&')}%`);
	return query;
}

/** One page of sites: those that wait longest first where “needs cleaning” is asked, else by name. */
export async function listSites(
	client: Client,
	filter: SiteFilter,
	page: { from: number; size: number }
): Promise<{ sites: SiteBrief[]; total: number }> {
	const query = select(client, BRIEF, filter);
	const ordered = filter.needsCleaning ? query.order('overdue_days', { ascending: false }) : query;
	const request = ordered
		.order('name')
		.order('id')
		.range(page.from, page.from + page.size - 1);
	let total = 0;
	const sites = await answer<unknown>(
		request.then((response) => {
			total = response.count ?? 0;
			return response;
		})
	);
	return { sites: sites as SiteBrief[], total };
}

export interface Bounds {
	west: number;
	south: number;
	east: number;
	north: number;
}

/** Sites within a rectangle, at most `limit` of them; `more` says that there are others, `total` how many in all. */
export async function sitesWithin(
	client: Client,
	filter: SiteFilter,
	{ west, south, east, north }: Bounds,
	limit = 1000
): Promise<{ sites: SiteBrief[]; more: boolean; total: number }> {
	const request = select(client, BRIEF, filter)
		.gte('lng', west)
		.lte('lng', east)
		.gte('lat', south)
		.lte('lat', north)
		.order('id')
		.limit(limit);
	let total = 0;
	const found = await answer<unknown>(
		request.then((response) => {
			total = response.count ?? 0;
			return response;
		})
	);
	const sites = found as SiteBrief[];
	return { sites, more: total > sites.length, total };
}

/** Half widths of squares in degrees of latitude: the first one (1 km), a difference that no longer matters (5 m), the whole earth. */
const FIRST = 0.01;
const LEAST = 0.00005;
const EARTH = 180;
const METRES_PER_DEGREE = 111_195;

/**
 * The nearest sites with their distance in metres, nearest first. Looks in a square around the place that grows while it holds
 * too few of them, and shrinks while it holds more than one answer can.
 */
export async function sitesNear(
	client: Client,
	filter: SiteFilter,
	here: Point,
	count = 30
): Promise<(SiteBrief & { metres: number })[]> {
	/** In the largest square that held too few: all that lie so near. */
	let surely: SiteBrief[] = [];
	let [tooFew, tooMany, half] = [0, Infinity, FIRST];
	for (;;) {
		const wide = Math.min(EARTH, half / Math.max(0.05, Math.cos((here.lat * Math.PI) / 180)));
		const square = { west: here.lng - wide, east: here.lng + wide, south: here.lat - half, north: here.lat + half };
		const { sites, more, total } = await sitesWithin(client, filter, square);
		const near = byDistance(here, more ? [...surely, ...sites] : sites);
		// Hundreds at one and the same spot are equally near: any of them will do.
		if (more && half - tooFew <= LEAST) return near.slice(0, count);
		if (more) tooMany = half;
		else {
			// In the corners others, outside the square, may be nearer.
			const certain = near.filter(({ metres }) => metres <= half * METRES_PER_DEGREE).length;
			if (certain >= count || half >= EARTH) return near.slice(0, count);
			surely = sites;
			tooFew = half;
		}
		// Where sites lie evenly, a square of this size holds twice as many as are wanted.
		const even = half * Math.sqrt((2 * count) / Math.max(1, total));
		if (more && even > tooFew && even < half) half = even;
		else half = tooMany === Infinity ? Math.min(EARTH, half * 5) : (tooFew + tooMany) / 2;
	}
}

function byDistance(here: Point, sites: readonly SiteBrief[]): (SiteBrief & { metres: number })[] {
	return [...new Map(sites.map((site) => [site.id, site])).values()]
		.flatMap((site) =>
			site.lng === null || site.lat === null
				? []
				: [{ ...site, metres: distanceBetween(here, { lng: site.lng, lat: site.lat }) }]
		)
		.sort((a, b) => a.metres - b.metres);
}

/** Where the sites lie, to open the map at; `null` when none has a place. */
export async function boundsOfSites(client: Client, filter: SiteFilter): Promise<Bounds | null> {
	const edge = async (column: 'lng' | 'lat', ascending: boolean) => {
		const request = select(client, column, filter).not(column, 'is', null).order(column, { ascending }).limit(1);
		const [row] = (await answer<unknown>(request)) as Record<'lng' | 'lat', number>[];
		return row?.[column];
	};
	const [west, east, south, north] = await Promise.all([
		edge('lng', true),
		edge('lng', false),
		edge('lat', true),
		edge('lat', false)
	]);
	return west === undefined || east === undefined || south === undefined || north === undefined
		? null
		: { west, east, south, north };
}

/** One site, or `null` when there is none. */
export async function readSite(client: Client, id: string): Promise<Site | null> {
	return (await answer<unknown>(client.from('sites').select(WHOLE).eq('id', id).maybeSingle())) as Site | null;
}

/** The cells of the imported list's row; organizers only, `null` for a site made here. */
export async function readSiteExtras(client: Client, id: string): Promise<ImportedRow | null> {
	const row = await answer<{ source: ImportedRow } | null>(
		client.from('site_extras').select('source').eq('site_id', id).maybeSingle()
	);
	return row?.source ?? null;
}

export interface ImportedRow {
	columns: string[];
	line: number;
	values: Record<string, string>;
}

/** What was done at a site on a date, as far as the reader may see it. */
export interface SiteDay {
	task_id: string;
	date: string;
	/** `null`: not for this reader, or nothing yet. */
	sums: SiteSums | null;
	photos: SitePhoto[];
}

export interface SiteSums {
	/** `null` where the crew is too small to tell the public. */
	participations: number | null;
	kg_weighed: number;
	kg_estimated: number;
	bags: number;
	loads: number;
	metres: number;
	metres_recorded: number;
	corners: number;
	adverts: number;
}

export interface SitePhoto {
	id: string;
	sha256: string;
	kind: 'before' | 'after' | 'other';
	width: number;
	height: number;
}

/** A part of a site's history, newest first. */
export interface SiteHistory {
	days: SiteDay[];
	/** Whether there is an older part. */
	more: boolean;
}

/** The tasks at a site from the `from`th newest on, and whether older ones follow. */
async function tasksAt(client: Client, site: string, from: number, size: number) {
	const tasks = await answer<{ id: string; date: string }[]>(
		client
			.from('tasks')
			.select('id, date')
			.eq('site_id', site)
			.order('date', { ascending: false })
			.order('id')
			.range(from, from + size)
	);
	return { tasks: tasks.slice(0, size), more: tasks.length > size };
}

/** The tasks at a site with the sums and photos that an organizer sees. */
export async function readSiteHistory(client: Client, site: string, from = 0, size = 50): Promise<SiteHistory> {
	const { tasks, more } = await tasksAt(client, site, from, size);
	if (tasks.length === 0) return { days: [], more };
	const ids = tasks.map((task) => task.id);
	const [sums, photos] = await Promise.all([
		answer<(SiteSums & { task_id: string })[]>(
			client
				.from('totals')
				.select(
					'task_id, participations, kg_weighed, kg_estimated, bags, loads, metres, metres_recorded, corners, adverts'
				)
				.in('task_id', ids)
		),
		answer<(SitePhoto & { task_id: string })[]>(
			client
				.from('photos')
				.select('id, task_id, sha256, kind, width, height')
				.in('task_id', ids)
				.order('taken_at')
		)
	]);
	const days = tasks.map(({ id, date }) => ({
		task_id: id,
		date,
		sums: sums.find((row) => row.task_id === id) ?? null,
		photos: photos.filter((photo) => photo.task_id === id)
	}));
	return { days, more };
}

/** Days of the history on one public page: each is asked for by itself. */
export const PUBLIC_DAYS = 8;

/** The same as everybody may see it: released photos, no crew under five heads. */
export async function readPublicSiteHistory(client: Client, site: string, from = 0): Promise<SiteHistory> {
	const { tasks, more } = await tasksAt(client, site, from, PUBLIC_DAYS);
	const pages = await Promise.all(
		tasks.map(({ id }) =>
			answer<(SiteSums & { heads: number | null; photos: SitePhoto[] }) | null>(
				client.rpc('read_task', { p_task: id })
			)
		)
	);
	const days = tasks.map(({ id, date }, i) => {
		const page = pages[i];
		return {
			task_id: id,
			date,
			sums: page ? { ...page, participations: page.heads } : null,
			photos: page?.photos ?? []
		};
	});
	return { days, more };
}

/** Adds a site under an id made by the caller, so that trying again adds no second one. */
export async function addSite(client: Client, id: string, fields: SiteFields): Promise<void> {
	await answer(client.from('sites').upsert({ id, ...fields }, { onConflict: 'id' }));
}

/** @param expected what the changed fields were when one began @throws DataError `changed_meanwhile` */
export const changeSite = (
	client: Client,
	id: string,
	fields: Partial<SiteFields>,
	expected: Partial<SiteFields> = {}
) =>
	answer<null>(
		client.rpc('change_site', { p_site: id, p_fields: { ...fields }, p_expected: { ...expected } })
	);

/** Takes a site out of plans and lists, or brings it back; its records stay. */
export async function retireSite(client: Client, id: string, at: Date | null): Promise<void> {
	const retired_at = at?.toISOString() ?? null;
	await answer(client.from('sites').update({ retired_at }).eq('id', id).select('id').single());
}
