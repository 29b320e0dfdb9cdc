/** Open data and exports. */
import type { Client } from './client';
import { answer } from './command';
import type { PublicSums } from './results';

/** Hours are not told apart here: of a large group a single person may have credited ones. */
type OpenSums = PublicSums;

export interface OpenDay extends OpenSums {
	date: string;
	/** Whether it was a labour day, or campaign work on another day. */
	labour_day: boolean;
}

export interface OpenArea extends OpenSums {
	code: string | null;
	name: string;
	name_en: string | null;
	level: 'district' | 'street' | 'community';
	parent: string | null;
	/** Distinct people: an estimate. */
	people: number | null;
}

/** @throws DataError */
export const readOpenDays = (client: Client, year: number) => answer<OpenDay[]>(client.rpc('open_days', { p_year: year }));

/** @throws DataError */
export const readOpenAreas = (client: Client, year: number) => answer<OpenArea[]>(client.rpc('open_areas', { p_year: year }));

export const EXPORTS = ['days', 'tasks', 'results', 'signups'] as const;
export type Export = (typeof EXPORTS)[number];

/** No export has more rows: where it has so many, there may be others. */
export const MOST_ROWS = 20_000;

/** Rows for a spreadsheet, of an area one organizes. @throws DataError */
export const readExport = (client: Client, what: Export, year: number, area: string) =>
	answer<Record<string, string | number | boolean | null>[]>(
		client.rpc('read_export', { p_what: what, p_from: `${year}-01-01`, p_to: `${year}-12-31`, p_area: area })
	);
