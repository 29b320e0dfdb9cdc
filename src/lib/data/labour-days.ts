/** The organizer's month: labour days and how far one's gatherings on them are; what an admin does to a day. */
import type { DayState, Progress } from '$lib/domain/planning/next-step';
import type { AreaLabel } from './account';
import type { Client } from './client';
import { answer } from './command';

export interface PlannedDay extends DayState {
	id: string;
	/** First of the month, 'YYYY-MM-01'. */
	month: string;
	/** The last Friday of the month. */
	rule_date: string;
	reason: string;
	changed_at: string | null;
}

export interface PlannedGathering extends Progress {
	id: string;
	labour_day_id: string;
	area_id: string;
	area: AreaLabel;
	place: string;
	lng: number | null;
	lat: number | null;
	/** 'HH:MM' */
	starts: string;
	ends: string;
	/** Heads; null: unlimited. */
	capacity: number | null;
	bring: string;
	safety: string;
	reason: string;
	changed_at: string | null;
	heads: number;
	waiting_heads: number;
	waiting_parties: number;
	assigned_heads: number;
	/** Crews with people and without a leader. */
	without_leader: number;
}

export interface Planning {
	/** The district's local date. */
	today: string;
	time_zone: string;
	district: AreaLabel;
	/** Whether the caller may move and cancel days. */
	admin: boolean;
	days: PlannedDay[];
	/** Only those the caller organizes, by date. */
	gatherings: PlannedGathering[];
}

/** One day, or (without) the last and the next twelve. @throws DataError */
export const readPlanning = (client: Client, day?: string) =>
	answer<Planning>(client.rpc('read_planning', { p_day: day ?? (null as never) }));

export const moveLabourDay = (client: Client, day: string, date: string, reason: string) =>
	answer<null>(client.rpc('move_labour_day', { p_day: day, p_date: date, p_reason: reason }));

export const cancelLabourDay = (client: Client, day: string, reason: string) =>
	answer<null>(client.rpc('cancel_labour_day', { p_day: day, p_reason: reason }));

export const restoreLabourDay = (client: Client, day: string) =>
	answer<null>(client.rpc('restore_labour_day', { p_day: day }));

/** A holiday an admin wrote down. */
export interface ExtraHoliday {
	date: string;
	name: string;
	name_en: string | null;
}

export const readExtraHolidays = (client: Client) =>
	answer<ExtraHoliday[]>(client.from('extra_holidays').select('date, name, name_en').order('date'));

export const addExtraHoliday = (client: Client, holiday: ExtraHoliday) =>
	answer<null>(client.from('extra_holidays').upsert(holiday));

export const removeExtraHoliday = (client: Client, date: string) =>
	answer<null>(client.from('extra_holidays').delete().eq('date', date));

/** One entry of the history: what a row was before and after somebody's act. */
export interface HistoryEntry {
	id: number;
	at: string;
	actor_id: string | null;
	/** The person's name, where the reader may know it. */
	actor: string | null;
	action: 'insert' | 'update' | 'delete';
	before: Record<string, unknown> | null;
	after: Record<string, unknown> | null;
}

/** The history of a labour day or a gathering, newest first. @throws DataError */
export async function readHistory(
	client: Client,
	table: 'labour_days' | 'gatherings',
	row: string
): Promise<HistoryEntry[]> {
	const entries = await answer<Omit<HistoryEntry, 'actor'>[]>(
		client
			.from('audit_log')
			.select('id, at, actor_id, action, before, after')
			.eq('table_name', table)
			.eq('row_id', row)
			.order('id', { ascending: false })
			.limit(50)
	);
	const ids = [...new Set(entries.map((entry) => entry.actor_id).filter((id) => id !== null))];
	const people = ids.length
		? await answer<{ id: string; display_name: string }[]>(
				client.from('people').select('id, display_name').in('id', ids)
			)
		: [];
	const names = new Map(people.map((person) => [person.id, person.display_name]));
	return entries.map((entry) => ({
		...entry,
		actor: entry.actor_id && (names.get(entry.actor_id) ?? null)
	}));
}
