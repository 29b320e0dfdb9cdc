/*
 * What a phone writes down on the day. Every record states a fact ("4 heads, 1 minor, present at 8:41"), never a change,
 * so that it may arrive late, twice or out of order. Names are those of the database's commands, so a record is sent as it is.
 */

/** Who wrote the record, and when. */
export interface Stamp {
	/** Counts up on one device. */
	seq: number;
	device_id: string;
	/** The instant, by the device's clock set right with the server's. */
	at: string;
	/** What the device's clock showed, and how far the server's was ahead of it. */
	device_time: string;
	clock_offset_ms: number;
	/** Copied from a paper roster afterwards, by an organizer. */
	keyed?: boolean;
}

/** So many heads of a party are here from now on (0: they left); or an earlier record is taken back. */
export interface AttendanceRecord extends Stamp {
	type: 'attendance';
	id: string;
	signup_id: string;
	kind: 'present' | 'void';
	heads: number;
	minors: number;
	voids: string | null;
	/** Other records of the party that whoever wrote this one had before their eyes: what neither knew of the other may disagree. */
	knows?: string[];
	/** As of a {@link WalkInRecord}: needed where it says more children than anybody has said are there. */
	minors_confirmed?: boolean;
}

/** A party that nobody announced: signed up and checked in at once. */
export interface WalkInRecord extends Stamp {
	type: 'walk_in';
	/** Of the new sign-up. */
	id: string;
	/** Of its check-in. */
	event_id: string;
	gathering_id: string;
	task_id: string | null;
	name: string;
	phone: string | null;
	headcount: number;
	minors: number;
	/** Whoever wrote it knew that there are children at a dangerous site; without it the database refuses such a party. */
	minors_confirmed?: boolean;
}

/** What a crew got done; null is "not said". */
export interface ResultFigures {
	bags: number | null;
	kg: number | null;
	/** Whether the kilograms went over a scale; else they are an estimate. */
	weighed: boolean;
	loads: number | null;
	metres: number | null;
	corners: number | null;
	adverts: number | null;
	note: string;
}

export interface ResultRecord extends Stamp, ResultFigures {
	type: 'result';
	id: string;
	task_id: string;
	/** Of a correction: the first entry of the chain. */
	corrects: string | null;
}

export type DayRecord = AttendanceRecord | WalkInRecord | ResultRecord;

/** A record of this phone with what became of it. */
export interface LocalRecord {
	record: DayRecord;
	state: 'waiting' | 'sent' | 'late';
	/** Of a walk-in whose phone number was known: the sign-up it already had. */
	signup_id?: string | undefined;
	/** False while the phone's own disk does not have it yet. */
	kept?: boolean;
}

/** What a void says of an earlier record. */
export const takeBack = (signup: string, event: string) =>
	({ type: 'attendance', kind: 'void', signup_id: signup, heads: 0, minors: 0, voids: event }) as const;

/** From now on so many heads of this party are here. */
export const present = (signup: string, heads: number, minors: number, knows: string[] = []) =>
	({ type: 'attendance', kind: 'present', signup_id: signup, heads, minors, voids: null, knows }) as const;

/** Nothing said: as a correction it withdraws the entry. */
export const NO_FIGURES: ResultFigures = {
	bags: null,
	kg: null,
	weighed: false,
	loads: null,
	metres: null,
	corners: null,
	adverts: null,
	note: ''
};
