/**
 * Records that one person's phone could not bring to the server, handed to an organizer as a file or, a few of them, as a QR.
 * They stay the records they are: same ids, same instants, and the name of who recorded them.
 */
import type { DayRecord } from '$lib/domain/roster';
import { isId } from '$lib/uuid';

const FORMAT = 'last-friday-records';
const VERSION = 1;

export interface Handover {
	format: typeof FORMAT;
	version: typeof VERSION;
	/** Who recorded them: id, and the name to read. */
	person: string;
	name: string;
	records: DayRecord[];
}

/** A record with the word of an organizer on who made it; the database keeps both names. */
export type HandedRecord = DayRecord & { recorded_by: string };

/** More does not fit in a QR that an old camera still reads. */
export const MAX_IN_QR = 1_000;

export const handOver = (person: string, name: string, records: readonly DayRecord[]): string =>
	JSON.stringify({ format: FORMAT, version: VERSION, person, name, records } satisfies Omit<
		Handover,
		'records'
	> & {
		records: readonly DayRecord[];
	});

/** What was handed over, or null when the text is something else. What a record says is the database's to judge. */
export function takeOver(text: string): Handover | null {
	try {
		const read = JSON.parse(text) as Partial<Handover> | null;
		if (read?.format !== FORMAT || read.version !== VERSION || !isId(read.person)) return null;
		if (typeof read.name !== 'string' || !Array.isArray(read.records)) return null;
		return read.records.length > 0 && read.records.every(isRecord) ? (read as Handover) : null;
	} catch {
		return null;
	}
}

function isRecord(record: unknown): boolean {
	if (!record || typeof record !== 'object') return false;
	const { type, id, device_id, at, ...more } = record as Record<string, unknown>;
	if (!isId(id) || !isId(device_id) || typeof at !== 'string' || Number.isNaN(Date.parse(at))) return false;
	if (type === 'walk_in') return isId(more['event_id']) && isId(more['gathering_id']);
	return type === 'result' ? isId(more['task_id']) : type === 'attendance' && isId(more['signup_id']);
}
