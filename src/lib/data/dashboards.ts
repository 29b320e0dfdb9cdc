/** What organizers look at: a day as it runs, a year as charts. */
import type { ResultFigures } from '$lib/domain/roster';
import type { Kind } from '$lib/domain/sites';
import type { OfficeSums } from '$lib/domain/summary';
import type { AreaLabel } from './account';
import type { Client } from './client';
import { answer } from './command';
import type { Period, PhotoPair } from './results';

export interface LiveGathering {
	id: string;
	area: string;
	area_en: string | null;
	place: string;
	/** 'HH:MM' */
	starts: string;
	ends: string;
	status: 'open' | 'cancelled' | 'closed';
	/** Heads that signed up, that came, that are there now. */
	expected: number;
	came: number;
	present: number;
	tasks: number;
	with_result: number;
}

export interface ShortCrew {
	task_id: string;
	gathering_id: string;
	site: string;
	kind: Kind;
	area: string;
	area_en: string | null;
	crew_min: number;
	came: number;
	/** Heads planned for it. */
	assigned: number;
}

export interface LatestEntry extends ResultFigures {
	id: string;
	task_id: string;
	site: string;
	area: string;
	area_en: string | null;
	at: string;
	received_at: string;
}

export interface LiveDay {
	now: string;
	today: string;
	date: string;
	time_zone: string;
	area: AreaLabel;
	/** Null: not a labour day. */
	day: { id: string; status: 'planned' | 'moved' | 'cancelled'; reason: string } | null;
	sums: OfficeSums;
	gatherings: LiveGathering[];
	short: ShortCrew[];
	latest: LatestEntry[];
}

/** A labour day as it runs; without a date today's, else the next. @throws DataError not_yours */
export const readLive = (client: Client, area: string, date?: string) =>
	answer<LiveDay>(client.rpc('read_live', { p_area: area, ...(date && { p_date: date }) }));

interface Placed {
	id: string;
	name: string;
	area: string;
	area_en: string | null;
}

export interface DrainRow extends Placed {
	length_m: number;
	/** Metres done in the period, each at most once. */
	done: number;
	times: number;
	last: string | null;
}

export interface OverdueRow extends Placed {
	kind: Kind;
	interval_days: number;
	last: string;
	/** Past the interval. */
	days: number;
}

export interface Dashboard {
	today: string;
	from: string;
	to: string;
	/** Its last day, or today while it runs. */
	until: string;
	area: AreaLabel;
	months: { month: string; sums: OfficeSums }[];
	areas: (Omit<AreaLabel, 'parent' | 'parent_en'> & { sums: OfficeSums; days: number })[];
	/** On the day of `until`; `sites`: with an interval; `never`: without any cleaning on record. */
	overdue: { count: number; sites: number; never: number; rows: OverdueRow[] };
	/** Of all of them; the rows are those with most left, at most 60. */
	drains: { count: number; length_m: number; done: number; rows: DrainRow[] };
	relapse: {
		/** Median days from one cleaning to the next, this one in the period, both with something to clear. */
		kinds: { kind: Kind; sites: number; times: number; middle: number }[];
		/** At least three intervals each, the shortest first. */
		sites: (Placed & { kind: Kind; times: number; middle: number; shortest: number })[];
	};
	pairs: PhotoPair[];
}

/** @throws DataError not_yours, bad_value */
export const readDashboard = (client: Client, { from, to }: Period, area: string) =>
	answer<Dashboard>(client.rpc('read_dashboard', { p_from: from, p_to: to, p_area: area }));
