/** A record on its way: what is to be done with it, for whom, and what became of the attempts. */
import type { DayRecord } from '$lib/domain/roster';

export const ROW_VERSION = 2;

export type Command = 'record_attendance' | 'record_walk_in' | 'record_results';

export interface OutboxRow {
	version: typeof ROW_VERSION;
	/** The record's own id: the server takes it once, however often it comes. */
	id: string;
	/** Who recorded it; nobody else's session sends it. */
	person: string;
	command: Command;
	/** What the record speaks of. Records of one subject leave in order; no subject waits for another. */
	subject: string;
	record: DayRecord;
	/** Whom it speaks of, as the list said when it was recorded: the right to the list may go before the record does. */
	about?: string;
	/** sent, late: answered, and kept until a roster shows it, so that no list is ever older than one's own taps. */
	state: 'waiting' | 'refused' | 'sent' | 'late';
	/** Of a refusal: the stable code, and what belongs to it. */
	code?: string;
	detail?: string;
	/** Of a walk-in whose phone number was known: the sign-up it already had. */
	signup_id?: string;
	/** How often it was sent without an answer, by what it failed last, and the instant before which it rests. */
	attempts: number;
	error?: string;
	next_at: number;
	/** When the server answered for it, by this device's clock. */
	settled_at?: number;
}

const COMMANDS: Record<DayRecord['type'], Command> = {
	attendance: 'record_attendance',
	walk_in: 'record_walk_in',
	result: 'record_results'
};

export const rowOf = (record: DayRecord, person: string, about?: string): OutboxRow => ({
	version: ROW_VERSION,
	id: record.id,
	person,
	command: COMMANDS[record.type],
	subject: subjectOf(record),
	record,
	...(about !== undefined && { about }),
	state: 'waiting',
	attempts: 0,
	next_at: 0
});

/** A party (what is said of a walk-in follows it), or one entry with its corrections. */
export function subjectOf(record: DayRecord): string {
	if (record.type === 'result') return `entry:${record.corrects ?? record.id}`;
	return `party:${record.type === 'walk_in' ? record.id : record.signup_id}`;
}

interface RowOfVersion1 {
	record: DayRecord;
	person: string;
	refused?: string;
}

/** A row of any earlier version in today's shape; undefined for what never was a row. */
export function upgradeRow(old: unknown): OutboxRow | undefined {
	if (!old || typeof old !== 'object') return undefined;
	if ('version' in old) return old as OutboxRow;
	const { record, person, refused } = old as Partial<RowOfVersion1>;
	if (!record || !person || !(record.type in COMMANDS)) return undefined;
	const row = rowOf(record, person);
	return refused === undefined ? row : { ...row, state: 'refused', code: refused };
}

/** Whether the server took it before this instant: such a row only helps a list until a roster shows it. */
export const isSettledBefore = ({ state, settled_at = 0 }: OutboxRow, instant: number): boolean =>
	(state === 'sent' || state === 'late') && settled_at < instant;

/** In the order of recording: the device counts its records. */
export const inOrder = (a: OutboxRow, b: OutboxRow): number =>
	a.record.seq - b.record.seq || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
