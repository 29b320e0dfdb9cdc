/* What a summary is made of: the answer of read_summary. Kilograms, metres, hours; dates as 'YYYY-MM-DD'. */
import type { Kind } from '../sites/kinds';

export interface OfficeSums {
	/** 人次 */
	participations: number;
	minors: number;
	parties: number;
	/** All of them; of those minors', on the volunteers' own word, and credited by organizers. */
	hours: number;
	hours_minors: number;
	hours_self: number;
	hours_credited: number;
	/** Parties whose check-out is missing. */
	open_ended: number;
	kg_weighed: number;
	kg_estimated: number;
	bags: number;
	loads: number;
	metres: number;
	corners: number;
	adverts: number;
	entries: number;
	/** Tasks at which somebody was or something was done. */
	tasks: number;
}

export interface SummaryDay {
	id: string;
	date: string;
	rule_date: string;
	status: 'planned' | 'moved' | 'cancelled';
	reason: string;
	gatherings: number;
	gatherings_cancelled: number;
	sums: OfficeSums;
}

interface Named {
	id: string;
	name: string;
	name_en: string | null;
	level: 'district' | 'street' | 'community';
}

export interface SummaryArea extends Named {
	sums: OfficeSums;
}

export interface SummaryPair {
	task_id: string;
	site: string;
	date: string;
	/** SHA-256 of the photos. */
	before: string;
	after: string;
}

/** Where an organizer's own words stand. */
export const TEXT_BLOCKS = ['opening', 'work', 'methods', 'problems', 'plan'] as const;
export type TextBlock = (typeof TEXT_BLOCKS)[number];

export interface SummaryText {
	block: TextBlock;
	language: 'zh' | 'en';
	body: string;
	updated_at: string;
	by: string | null;
}

export interface SummaryData {
	today: string;
	from: string;
	to: string;
	/** The last date that is in it: `to`, or today while the period lasts. */
	until: string;
	area: Named & { parent: string | null; parent_en: string | null };
	/** On labour days. */
	labour: OfficeSums;
	/** On other days: main roads, scenic areas, adverts. */
	other: OfficeSums;
	/** Distinct people, an estimate. */
	people: number;
	other_kinds: { kind: Kind; tasks: number; kg: number; metres: number; corners: number; adverts: number }[];
	/** The same span a year before (of one labour day: that of the same month); null when there was no such day. */
	before: { from: string; to: string; labour: OfficeSums; other: OfficeSums } | null;
	days: SummaryDay[];
	/** The areas right below, all of them. */
	areas: SummaryArea[];
	/** What belongs to the area itself and to none below it. */
	own: OfficeSums;
	methods: { leaders: number; crews: number; sites_cleaned: number; photos: number };
	problems: {
		sites: number;
		/** Of which a responsible unit is known. */
		units: number;
		passed_on: number;
		untouched: number;
		overdue: number;
		unknown_length: number;
		drains: number;
		drain_metres: number;
		drain_metres_done: number;
		/** Drains some of whose metres wait to be checked. */
		flagged: number;
		/** These and those without a length, each once. */
		to_check: number;
	};
	next_days: { id: string; date: string; status: SummaryDay['status'] }[];
	pairs: SummaryPair[];
	texts: SummaryText[];
}
