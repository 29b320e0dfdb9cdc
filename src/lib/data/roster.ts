/** What running the day needs: rosters, the records of one task, decisions at the desk. */
import type { ResultEntry, Roster, RosterTask } from '$lib/domain/roster';
import type { Kind } from '$lib/domain/sites';
import type { AreaLabel } from './account';
import type { Client } from './client';
import { answer } from './command';
import { phoneWord, type PhoneWord } from './phone-word';
import type { PhotoKind } from './photo-sending';

export type { PhotoKind };

export interface PhotoMark {
	id: string;
	task_id: string;
	kind: PhotoKind;
	sha256: string;
	released: boolean;
}

export interface SiteDay {
	site_id: string;
	metres_recorded: number;
	metres: number;
	flag: MetresFlag | null;
	/** More than the length, or than anybody vouched for: somebody has to look. */
	waits: boolean;
	override_reason: string | null;
}
export type MetresFlag = 'over_length' | 'unknown_length';

/** A roster with what its crews recorded besides. */
export interface DayRoster extends Roster {
	gathering: Roster['gathering'] & { area: AreaLabel };
	tasks: (RosterTask & { address: string; lng: number | null; lat: number | null; tools: string; minutes: number })[];
	entries: ResultEntry[];
	site_days: SiteDay[];
	photos: PhotoMark[];
}


/** The gathering that a task belongs to; null: campaign work. @throws DataError gone */
export const readTaskPlace = (client: Client, task: string) =>
	answer<{ gathering_id: string | null; date: string }>(
		client.from('tasks').select('gathering_id, date').eq('id', task).single()
	);

/** The sign-up behind a check-in code, asked of the server where the phone cannot tell. @throws DataError code_unknown */
export const signupByCode = (client: Client, gathering: string, code: string) =>
	answer<string>(client.rpc('signup_by_code', { p_gathering: gathering, p_code: code }));

export interface TaskRecords {
	server_time: string;
	organizer: boolean;
	task: {
		id: string;
		date: string;
		gathering_id: string | null;
		area: AreaLabel;
		note: string;
		/** The gathering was closed: what comes now waits for an organizer. */
		closed: boolean;
		today: string;
		time_zone: string;
	};
	site: { id: string; name: string; kind: Kind; length_m: number | null; address: string };
	/** With who wrote them; every version. */
	entries: ResultEntry[];
	/** Metres at this drain on this date; `others`: by other crews. Null values while nothing was recorded. */
	metres: {
		recorded: number;
		counted: number;
		flag: MetresFlag | null;
		waits: boolean;
		override_metres: number | null;
		override_reason: string | null;
		override_by: string | null;
		others: number;
	};
	photos: TaskPhoto[];
}

export interface TaskPhoto {
	id: string;
	kind: PhotoKind;
	sha256: string;
	width: number;
	height: number;
	taken_at: string | null;
	released: boolean;
}

/** One task as its leader and organizers see it. @throws DataError not_yours, gone */
export const readTaskRecords = (client: Client, task: string) =>
	answer<TaskRecords>(client.rpc('read_task_records', { p_task: task }));

/** What is missing, or waits for a decision, before and after closing. */
export interface ClosingCheck {
	absent: { id: string; name: string; headcount: number }[];
	still_in: { id: string; name: string; heads: number }[];
	without_result: { task_id: string; name: string }[];
	without_photo: { task_id: string; name: string }[];
	flagged: FlaggedDrain[];
	late: LateRecord[];
	phones: DayPhone[];
}

/** A phone that holds the roster, by its own word. */
export interface DayPhone {
	device_id: string;
	/** Who carries it. */
	name: string;
	/** What it still had to send when it was last heard. */
	records: number;
	photos: number;
	heard_at: string;
}

/** This phone says what it still has to send; the latest word stands. @throws DataError not_yours, gone */
export const reportPhone = (client: Client, gathering: string, word: PhoneWord) =>
	answer<null>(client.rpc('report_phone', phoneWord(gathering, word)));

export interface FlaggedDrain {
	site_id: string;
	date: string;
	name: string;
	flag: MetresFlag;
	metres_recorded: number;
	metres: number;
	length_m: number | null;
	/** Nobody vouched for all that is recorded. */
	waits: boolean;
	override_metres: number | null;
	override_reason: string | null;
}

export interface LateRecord {
	id: string;
	what: 'attendance' | 'result';
	name: string;
	by: string | null;
	at: string;
	received_at: string;
	/** Of attendance. */
	kind?: 'present' | 'void';
	heads?: number;
	/** Of a result. */
	bags?: number | null;
	kg?: number | null;
	weighed?: boolean;
	loads?: number | null;
	metres?: number | null;
	corners?: number | null;
	adverts?: number | null;
}

export const readClosingCheck = (client: Client, gathering: string) =>
	answer<ClosingCheck>(client.rpc('closing_check', { p_gathering: gathering }));

export const closeGathering = (client: Client, gathering: string) =>
	answer<null>(client.rpc('close_gathering', { p_gathering: gathering }));

export const acceptLate = (client: Client, gathering: string, records: string[]) =>
	answer<number>(client.rpc('accept_late', { p_gathering: gathering, p_records: records }));

/** Vouches by name for the metres that one sees recorded beyond the drain's length; without: takes that back. */
export const overrideMetres = (
	client: Client,
	site: string,
	date: string,
	vouched?: { reason: string; metres: number }
) =>
	answer<null>(
		client.rpc('override_metres', {
			p_site: site,
			p_date: date,
			...(vouched && { p_reason: vouched.reason, p_metres: vouched.metres })
		})
	);

export interface GatheringToRun {
	id: string;
	place: string;
	starts: string;
	ends: string;
	status: 'open' | 'cancelled' | 'closed';
	area: { name: string; name_en: string | null };
	day: { date: string; status: string };
	heads: number;
}

/** Gatherings the caller organizes, the latest days first. @throws DataError */
export async function readGatheringsToRun(client: Client): Promise<GatheringToRun[]> {
	const rows = await answer<{ confirmed_heads: number; gathering: Omit<GatheringToRun, 'heads'> }[]>(
		client
			.from('gathering_counts')
			.select(
				'confirmed_heads, gathering:gatherings!inner(id, place, starts, ends, status, area:areas!gatherings_area_id_fkey(name, name_en), day:labour_days!inner(date, status))'
			)
			.limit(500)
	);
	return rows
		.map(({ confirmed_heads, gathering }) => ({
			...gathering,
			starts: gathering.starts.slice(0, 5),
			ends: gathering.ends.slice(0, 5),
			heads: confirmed_heads
		}))
		.toSorted((a, b) => b.day.date.localeCompare(a.day.date));
}

/** Gatherings of these very areas that take place on a date, eight at most. @throws DataError */
export async function readGatheringsOn(client: Client, areas: string[], date: string): Promise<string[]> {
	const rows = await answer<{ id: string }[]>(
		client
			.from('gatherings')
			.select('id, day:labour_days!inner(date, status)')
			.eq('status', 'open')
			.eq('day.date', date)
			.neq('day.status', 'cancelled')
			.in('area_id', areas)
			.order('starts')
			.order('id')
			.limit(8)
	);
	return rows.map(({ id }) => id);
}
