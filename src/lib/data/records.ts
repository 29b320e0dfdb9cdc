/** Sends what a phone recorded on the day. Every command is idempotent on the ids the phone made. */
import type { AttendanceRecord, DayRecord, ResultRecord, WalkInRecord } from '$lib/domain/roster';
import type { Client } from './client';
import { answer } from './command';
import { DataError } from './errors';

/** What became of a record. late: the gathering was closed meanwhile, an organizer decides. */
export interface Outcome {
	id: string;
	outcome: 'recorded' | 'duplicate' | 'late' | 'refused';
	/** Of a refusal: the stable code. */
	code?: string;
	/** Of a walk-in: the sign-up it became, which a known phone number may already have had. */
	signup_id?: string;
}

/** Sends records of one kind, in order. @throws DataError when there was no answer for them, so that they must be sent again */
export async function sendRecords(client: Client, batch: readonly DayRecord[]): Promise<Outcome[]> {
	const first = batch[0];
	if (!first) return [];
	// By the clock that dated the records: a wrong one is set right on the server.
	const sent_at = new Date().toISOString();
	if (first.type === 'walk_in') return [await sendWalkIn(client, first, sent_at)];
	if (first.type === 'result') {
		const p_entries = batch.map((record) => ({ ...(record as ResultRecord), sent_at }));
		return answer<Outcome[]>(client.rpc('record_results', { p_entries }));
	}
	const p_events = batch.map((record) => ({ ...(record as AttendanceRecord), sent_at }));
	return answer<Outcome[]>(client.rpc('record_attendance', { p_events }));
}

async function sendWalkIn(client: Client, record: WalkInRecord, sent_at: string): Promise<Outcome> {
	try {
		const p = { ...record, sent_at };
		const done = await answer<Omit<Outcome, 'id'>>(client.rpc('record_walk_in', { p }));
		return { id: record.id, ...done };
	} catch (error) {
		// A refusal of this one record is an answer; everything else means: try again.
		if (!(error instanceof DataError) || error.status < 400 || error.status >= 500) throw error;
		if ([401, 408, 429].includes(error.status)) throw error;
		return { id: record.id, outcome: 'refused', code: error.code };
	}
}
