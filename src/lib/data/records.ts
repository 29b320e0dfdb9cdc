/** Sends what a phone recorded on the day. Every command is idempotent on the ids the phone made. */
import type { DayRecord } from '$lib/domain/roster';
import { DataError } from './data-error';
import { callRpc, type Connection } from './rpc';

/** What became of a record. late: the gathering was closed meanwhile, an organizer decides. */
export interface Outcome {
	id: string;
	outcome: 'recorded' | 'duplicate' | 'late' | 'refused';
	/** Of a refusal: the stable code, and what belongs to it. */
	code?: string;
	detail?: string;
	/** Of a walk-in: the sign-up it became, which a known phone number may already have had. */
	signup_id?: string;
}

/** Sends records of one kind, in order. @throws DataError when there was no answer for each of them, so that they must be sent again */
export async function sendRecords(to: Connection, batch: readonly DayRecord[]): Promise<Outcome[]> {
	const first = batch[0];
	if (!first) return [];
	// By the clock that dated the records: a wrong one is set right on the server.
	const sent_at = new Date().toISOString();
	// What was handed over was dated by another phone's clock.
	const rows = batch.map((record) => ('recorded_by' in record ? record : { ...record, sent_at }));
	const outcomes =
		first.type === 'walk_in'
			? [{ id: first.id, ...(await callRpc<Omit<Outcome, 'id'>>(to, 'record_walk_in', { p: rows[0] })) }]
			: first.type === 'result'
				? await callRpc<Outcome[]>(to, 'record_results', { p_entries: rows })
				: await callRpc<Outcome[]>(to, 'record_attendance', { p_events: rows });
	// An answer that does not speak of every record is none: each must be known to have arrived.
	if (
		!Array.isArray(outcomes) ||
		!batch.every(({ id }) => outcomes.some((one) => one.id === id && one.outcome))
	)
		throw new DataError('server', '', 502);
	return outcomes;
}
