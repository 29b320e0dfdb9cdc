/** The public sums and what they are made of. No names; no number of fewer than five heads, nor one that would tell it. */
import type { Kind } from '$lib/domain/sites';
import type { AreaLabel } from './account';
import type { Client } from './client';
import { answer } from './command';
import type { MetresFlag } from './roster';

export interface PublicSums {
	/** 人次; null below five, and where it would tell of so few. */
	participations: number | null;
	/** All of them: recorded by leaders, on the volunteers' own word, credited by organizers. */
	hours: number | null;
	/** The last two apart, of the whole district only: behind them may be a single person of a large group. */
	hours_self?: number | null;
	hours_credited?: number | null;
	kg_weighed: number;
	kg_estimated: number;
	bags: number;
	loads: number;
	metres: number;
	corners: number;
	adverts: number;
	entries: number;
}

export interface AreaSums {
	id: string;
	name: string;
	name_en: string | null;
	level: AreaLabel['level'];
	sums: PublicSums;
}

export interface ResultsPage {
	today: string;
	from: string;
	to: string;
	area: AreaLabel;
	/** The area above a chosen one. */
	parent_id: string | null;
	/** Years in which something was done, newest first. */
	years: number[];
	/** people: an estimate; null where too few to tell, or (people_told false) where the period has no such sum. */
	sums: PublicSums & { people: number | null; people_told: boolean };
	areas: AreaSums[];
	/** Newest first; all of a year, of a longer period the newest (and days_cut). */
	days: { date: string; labour_day_id: string | null; sums: PublicSums }[];
	days_cut: boolean;
	pairs: PhotoPair[];
}

export interface PhotoPair {
	task_id: string;
	site: string;
	date: string;
	/** SHA-256 of the photos. */
	before: string;
	after: string;
}

export interface Period {
	from: string;
	to: string;
}

/** Results of an area (default: the district) in a period (default: this year); null for an unknown area. @throws DataError */
export const readResults = (client: Client, period?: Period, area?: string) =>
	answer<ResultsPage | null>(
		client.rpc('read_results', {
			...(period && { p_from: period.from, p_to: period.to }),
			...(area && { p_area: area })
		})
	);

/** A task, or the people of a gathering who came and were in no crew. */
export type AreaTask = CrewOfTask | NoCrew;

interface CrewOfTask extends PartOfSums {
	task_id: string;
	site_id: string;
	site: string;
	kind: Kind;
}

interface NoCrew extends PartOfSums {
	task_id: null;
	gathering_id: string;
	/** Where they gathered. */
	place: string;
}

interface PartOfSums {
	date: string;
	area: string;
	area_en: string | null;
	/** Null below five. */
	heads: number | null;
	kg_weighed: number;
	kg_estimated: number;
	bags: number;
	loads: number;
	metres: number;
	corners: number;
	adverts: number;
	/** Released ones. */
	photos: number;
}

/** What the sums are made of, newest first. @throws DataError */
export const readAreaTasks = (client: Client, period: Period, area: string | undefined, limit: number) =>
	answer<AreaTask[]>(
		client.rpc('read_area_tasks', {
			p_from: period.from,
			p_to: period.to,
			...(area && { p_area: area }),
			p_limit: limit
		})
	);

export interface PublicEntry {
	bags: number | null;
	kg: number | null;
	weighed: boolean;
	loads: number | null;
	metres: number | null;
	corners: number | null;
	adverts: number | null;
	at: string;
}

export interface PublicPhoto {
	id: string;
	kind: 'before' | 'after' | 'other';
	sha256: string;
	width: number;
	height: number;
}

/** One task as anybody may see it. */
export interface PublicTask {
	task_id: string;
	date: string;
	time_zone: string;
	area: AreaLabel;
	site: { id: string; name: string; kind: Kind; length_m: number | null; address: string };
	/** Null below five. */
	heads: number | null;
	hours: number | null;
	kg_weighed: number;
	kg_estimated: number;
	bags: number;
	loads: number;
	metres: number;
	metres_recorded: number;
	corners: number;
	adverts: number;
	flag: MetresFlag | null;
	entries: PublicEntry[];
	photos: PublicPhoto[];
}

/** @throws DataError */
export const readTask = (client: Client, task: string) =>
	answer<PublicTask | null>(client.rpc('read_task', { p_task: task }));
