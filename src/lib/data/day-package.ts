/** All that running a gathering needs, in one answer: what a phone takes along. */
import { inOrder } from '$lib/domain/roster';
import type { Client } from './client';
import { answer } from './command';
import type { DayRoster, TaskRecords } from './roster';

export interface DayPackage extends DayRoster {
	meeting: { lng: number | null; lat: number | null; bring: string; safety: string };
	/** Of every task in the roster: entries with who wrote them, metres, photos. */
	records: TaskRecords[];
}

/** What the caller may know of a gathering: a leader the own crews, an organizer all. @throws DataError not_yours, gone */
export async function readDayPackage(client: Client, gathering: string): Promise<DayPackage> {
	const day = await answer<DayPackage>(client.rpc('read_day_package', { p_gathering: gathering }));
	return { ...day, parties: inOrder(day.parties) };
}

/** The part of a package that one crew needs. */
export function crewOf(day: DayPackage, task: string): DayPackage {
	const site = day.tasks.find(({ id }) => id === task)?.site_id;
	return {
		...day,
		tasks: day.tasks.filter(({ id }) => id === task),
		parties: day.parties.filter(({ task_id }) => task_id === task),
		entries: day.entries.filter(({ task_id }) => task_id === task),
		site_days: day.site_days.filter(({ site_id }) => site_id === site),
		photos: day.photos.filter(({ task_id }) => task_id === task),
		records: day.records.filter((one) => one.task.id === task)
	};
}

/** Ids of every record the server is known to have. */
export function recordsIn(day: DayPackage): Set<string> {
	return new Set([
		...day.parties.flatMap(({ events }) => events.map(({ id }) => id)),
		...day.entries.map(({ id }) => id),
		...day.records.flatMap(({ entries }) => entries.map(({ id }) => id))
	]);
}
