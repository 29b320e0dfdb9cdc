/** Labour days and their gatherings, as anybody may see them. */
import type { Hazard, Kind } from '$lib/domain/sites';
import type { AreaLabel } from './account';
import { allRows } from './all-rows';
import type { Client } from './client';
import { answer } from './command';
import { DataError } from './errors';

export type DayStatus = 'planned' | 'moved' | 'cancelled';

export interface LabourDay {
	id: string;
	/** First day of the month whose day it is. */
	month: string;
	date: string;
	/** Where the rule alone puts it. */
	rule_date: string;
	status: DayStatus;
	/** Why it was moved or cancelled; public. */
	reason: string;
}

export interface Gathering {
	id: string;
	area: AreaLabel;
	place: string;
	lng: number | null;
	lat: number | null;
	/** 'HH:MM' on the day's date. */
	starts: string;
	ends: string;
	/** Heads; null is unlimited. */
	capacity: number | null;
	status: 'open' | 'cancelled' | 'closed';
	reason: string;
	/** Its planned end has passed, whether or not somebody has closed it yet: nobody signs up any more. */
	over: boolean;
	bring: string;
	safety: string;
	/** Whether the plan is out. */
	published: boolean;
	/** Null while fewer than five have signed up. */
	heads: number | null;
	full: boolean;
	/** Whether somebody is on the waitlist. */
	waiting: boolean;
}

/** A task and how many heads it lacks. */
export interface Need {
	task_id: string;
	gathering_id: string;
	site_id: string;
	name: string;
	kind: Kind;
	length_m: number | null;
	hazards: Hazard[];
	missing: number;
	full: boolean;
}

export interface District {
	id: string;
	name: string;
	name_en: string | null;
	time_zone: string;
}

/** Sums of what was done; kilograms and metres. */
export interface Sums {
	participations: number;
	hours: number;
	kg_weighed: number;
	kg_estimated: number;
	metres: number;
	corners: number;
	adverts: number;
}

/** The public page of a labour day; `day` is null when none is to come. */
export interface DayPage {
	district: District;
	today: string;
	day: LabourDay | null;
	/** Cancelled days before the shown one: they are news. */
	cancelled_before: { date: string; reason: string }[] | null;
	gatherings: Gathering[];
	heads: number | null;
	capacity: number | null;
	needs: Need[];
	/** Of this year; while nothing was done in it, of the newest before. */
	year: Sums & { of: number };
}

export interface CalendarDay extends LabourDay {
	sequence: number;
	changed_at: string;
	/** How many gatherings take place on it. */
	gatherings: number;
}

/** A gathering as a calendar feed needs it. */
export interface FeedGathering {
	id: string;
	labour_day_id: string;
	area_id: string;
	place: string;
	/** 'HH:MM:SS' */
	starts: string;
	ends: string;
	status: Gathering['status'];
	reason: string;
	bring: string;
	sequence: number;
	/** The last change of anything a calendar shows; `changed_at` is what people must hear of. */
	edited_at: string;
}

/** A labour day, by default the next one that takes place; null while the district is not set up. @throws DataError */
export const readDay = (client: Client, id?: string) =>
	answer<DayPage | null>(client.rpc('read_day', id ? { p_day: id } : {}));

/** Labour days of the past year and the next twelve, in order of time. @throws DataError */
export const readCalendar = (client: Client) => answer<CalendarDay[]>(client.rpc('read_calendar'));

const FIELDS =
	'id, labour_day_id, area_id, place, starts, ends, status, reason, bring, sequence, edited_at';

/** All gatherings on these days, however many. @throws DataError */
export const readFeedGatherings = (client: Client, days: readonly { id: string }[]) =>
	allRows<FeedGathering>((from, to) =>
		client
			.from('gatherings')
			.select(FIELDS)
			.in(
				'labour_day_id',
				days.map(({ id }) => id)
			)
			.order('created_at')
			.order('id')
			.range(from, to)
	);

/** One gathering as a calendar shows it; null: there is none. @throws DataError */
export const readFeedGathering = (client: Client, id: string) =>
	answer<FeedGathering | null>(client.from('gatherings').select(FIELDS).eq('id', id).maybeSingle());

export interface GatheringPage {
	district: District;
	day: LabourDay;
	gathering: Gathering;
	needs: Need[];
}

/** A gathering with its day. @throws DataError `gone` when there is none. */
export async function readGathering(client: Client, id: string): Promise<GatheringPage> {
	const row = await answer<{ labour_day_id: string } | null>(
		client.from('gatherings').select('labour_day_id').eq('id', id).maybeSingle()
	);
	const page = row && (await readDay(client, row.labour_day_id));
	const gathering = page?.gatherings.find((one) => one.id === id);
	if (!page?.day || !gathering) throw new DataError('gone', '', 404);
	const needs = page.needs.filter((need) => need.gathering_id === id);
	return { district: page.district, day: page.day, gathering, needs };
}

/** The installation's one district; null before it is set up. @throws DataError */
export const readDistrict = (client: Client) =>
	answer<District | null>(
		client.from('areas').select('id, name, name_en, time_zone').eq('level', 'district').maybeSingle()
	);
