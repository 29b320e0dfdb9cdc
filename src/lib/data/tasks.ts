/** Tasks: sites put on a gathering's list, and campaign work on other dates. */
import type { Hazard, Kind } from '$lib/domain/sites';
import type { Client } from './client';
import { answer } from './command';

/** A site one may put on the list; those outside the jurisdiction are shown with their unit and cannot be chosen. */
export interface SuggestedSite {
	id: string;
	area_id: string;
	name: string;
	kind: Kind;
	length_m: number | null;
	address: string;
	crew_min: number;
	crew_max: number;
	hazards: Hazard[];
	last_cleaned_on: string | null;
	overdue_days: number | null;
	in_jurisdiction: boolean;
	responsible_unit: string;
}

const SUGGESTED =
	'id, area_id, name, kind, length_m, address, crew_min, crew_max, hazards, last_cleaned_on, overdue_days, in_jurisdiction, responsible_unit';

export interface SuggestionFilter {
	/** Areas to look in; undefined: the whole district. */
	areas: readonly string[] | undefined;
	kind?: Kind | undefined;
	/** A part of the name or address. */
	search?: string | undefined;
	limit?: number;
}

/** Sites that may be cleaned, most overdue first; then those outside the jurisdiction, which only show whose they are. @throws DataError */
export function suggestSites(client: Client, { areas, kind, search, limit = 60 }: SuggestionFilter) {
	let query = client
		.from('site_status')
		.select(SUGGESTED)
		.is('retired_at', null)
		// Nobody here ever cleans those: by their waiting alone they would fill the list.
		.order('in_jurisdiction', { ascending: false })
		.order('overdue_days', { ascending: false, nullsFirst: false })
		.order('name')
		.limit(limit);
	if (areas) query = query.in('area_id', [...areas]);
	if (kind) query = query.eq('kind', kind);
	const words = search?.trim();
	if (words) {
		// Signs that mean something to a pattern, then to the list that holds it.
		const pattern = `"%${words.replaceAll(/[\\%_]/g, '\\$&').replaceAll(/["\\]/g, '\\$&')}%"`;
		query = query.or(`name.ilike.${pattern},address.ilike.${pattern}`);
	}
	return answer<SuggestedSite[]>(query);
}

/** Puts sites on a gathering's list; again: nothing. @throws DataError */
export const addTasks = (client: Client, gathering: string, sites: string[]) =>
	answer<number>(client.rpc('add_tasks', { p_gathering: gathering, p_sites: sites }));

export const removeTask = (client: Client, task: string) =>
	answer<null>(client.rpc('remove_task', { p_task: task }));

/** How many heads a task needs and takes this time, and what its crew is told. */
export interface CrewFields {
	crew_min: number;
	crew_max: number;
	note: string;
}

/** Changes what is given. @param expected what that was when one began @throws DataError `changed_meanwhile` */
export const setTaskCrew = (
	client: Client,
	task: string,
	{ crew_min, crew_max, note }: Partial<CrewFields>,
	expected: Partial<CrewFields>
) =>
	answer<null>(
		client.rpc('set_task_crew', {
			p_task: task,
			...(crew_min !== undefined && { p_min: crew_min }),
			...(crew_max !== undefined && { p_max: crew_max }),
			...(note !== undefined && { p_note: note }),
			p_expected: { ...expected }
		})
	);

/** What a crew is told now. @throws DataError */
export async function readCrewFields(client: Client, task: string): Promise<CrewFields> {
	const [crew, note] = await Promise.all([
		answer<Omit<CrewFields, 'note'>>(
			client.from('tasks').select('crew_min, crew_max').eq('id', task).single()
		),
		answer<{ note: string } | null>(
			client.from('task_notes').select('note').eq('task_id', task).maybeSingle()
		)
	]);
	return { ...crew, note: note?.note ?? '' };
}

/** Work at a site without a gathering. The same site and date again is the same task. @throws DataError */
export const addCampaignTask = (client: Client, id: string, site: string, date: string) =>
	answer<string>(client.rpc('add_campaign_task', { p_id: id, p_site: site, p_date: date }));

export interface CampaignTask {
	id: string;
	date: string;
	area_id: string;
	site: { id: string; name: string; kind: Kind; length_m: number | null };
}

/** Campaign work, newest first. @param areas within these; undefined: the whole district @throws DataError */
export function readCampaignTasks(client: Client, areas: readonly string[] | undefined, from: string) {
	const query = client
		.from('tasks')
		.select('id, date, area_id, site:sites!tasks_site_id_fkey(id, name, kind, length_m)')
		.is('gathering_id', null)
		.gte('date', from)
		.order('date', { ascending: false })
		.limit(200);
	return answer<CampaignTask[]>(areas ? query.in('area_id', [...areas]) : query);
}
