/** Summaries of an area and the records behind each of their numbers. For organizers. */
import type { Kind } from '$lib/domain/sites';
import type { SummaryData, TextBlock } from '$lib/domain/summary';
import type { Client } from './client';
import { answer } from './command';
import type { Period } from './results';

/** @throws DataError not_yours, bad_value */
export const readSummary = (client: Client, { from, to }: Period, area: string) =>
	answer<SummaryData>(client.rpc('read_summary', { p_from: from, p_to: to, p_area: area }));

export interface TextToSave extends Period {
	area: string;
	block: TextBlock;
	language: 'zh' | 'en';
	/** Blank removes the text. */
	body: string;
	/** `updated_at` of the text that the writer saw; null: there was none. */
	seen: string | null;
}

/** Keeps a text; when it was written, or null once it is gone. @throws DataError text_changed, not_yours */
export const saveSummaryText = (client: Client, text: TextToSave) =>
	answer<string | null>(
		client.rpc('save_summary_text', {
			p_area: text.area,
			p_from: text.from,
			p_to: text.to,
			p_block: text.block,
			p_language: text.language,
			p_body: text.body,
			...(text.seen && { p_seen: text.seen })
		})
	);

export interface RecordRow {
	/** Where people are what adds up. */
	person_id?: string;
	person?: string;
	/** Whether their own page is the reader's to open; of others the name is what their party was called. */
	known?: boolean;
	/** Where sites are counted. */
	site_id: string | null;
	/** Null: parties of the gathering that were in no crew, or a site. Of a site whose metres wait to be checked: with which record. */
	task_id: string | null;
	/** Null: work on another day. */
	gathering_id: string | null;
	/** Of a site: when it was last cleaned, or its metres recorded; null: never. */
	date: string | null;
	area: string;
	area_en: string | null;
	site: string | null;
	kind: Kind | null;
	/** Of a gathering: where it was. */
	place: string | null;
	value: number;
	/** Of hours: to the second, so that rows add up without a remainder. */
	seconds?: number | null;
	/** Of kilograms: not all were weighed. */
	estimated: boolean;
}

export interface Records {
	/** The very figure. */
	sum: number;
	seconds?: number | null;
	count: number;
	rows: RecordRow[];
}

export interface RecordsWanted extends Period {
	area: string;
	figure: string;
	/** Only labour days, or only other days. */
	labour?: boolean | undefined;
	/** Of the area alone, without those below it. */
	alone?: boolean | undefined;
	/** Of sites of this kind. */
	sites?: Kind | undefined;
}

/** What a figure is the sum of, newest first. @throws DataError not_yours */
export const readRecords = (client: Client, wanted: RecordsWanted, limit: number, offset = 0) =>
	answer<Records>(
		client.rpc('read_records', {
			p_from: wanted.from,
			p_to: wanted.to,
			p_area: wanted.area,
			p_figure: wanted.figure,
			...(wanted.labour !== undefined && { p_labour: wanted.labour }),
			...(wanted.alone && { p_below: false }),
			...(wanted.sites && { p_kind: wanted.sites }),
			p_limit: limit,
			p_offset: offset
		})
	);
