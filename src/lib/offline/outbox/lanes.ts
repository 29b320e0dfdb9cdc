/** Which records may leave now, and together: every subject is a lane of its own. */
import { groupBy } from '$lib/domain/group-by';
import { rests } from '../retry/backoff';
import { inOrder, type Command, type OutboxRow } from './row';

/** What goes in one request. */
export interface Job {
	command: Command;
	rows: OutboxRow[];
	subjects: string[];
}

/** Records per request: after a failure fewer, in the end one, so that a record which cannot be answered stands alone. */
const SIZES = [100, 10, 1] as const;
const sizeAfter = (attempts: number): number => SIZES[Math.min(attempts, SIZES.length - 1)]!;

/** Of one subject, in order: what may leave in its next request. */
function headOf(lane: readonly OutboxRow[], now: number): OutboxRow[] {
	const head: OutboxRow[] = [];
	// Whatever the rows were counted as: a party is signed up before anything is said of it.
	const walkIns = lane.filter(({ command }) => command === 'record_walk_in');
	for (const row of [...walkIns, ...lane.filter((one) => !walkIns.includes(one))]) {
		// Nobody can be checked out who could not be signed up: what follows a refused walk-in waits for the decision about it.
		if (row.state === 'refused' && row.command === 'record_walk_in') break;
		if (row.state !== 'waiting') continue;
		if (rests(row.next_at, now)) break;
		if (head[0] && head[0].command !== row.command) break;
		head.push(row);
		if (row.command === 'record_walk_in' || head.length >= sizeAfter(row.attempts)) break;
	}
	return head;
}

/**
 * The requests that may be made now. A walk-in goes alone; of other kinds many subjects share a request, each whole.
 * @param now milliseconds, this device's clock
 * @param busy subjects of which a request is under way
 */
export function nextJobs(
	rows: readonly OutboxRow[],
	now: number,
	busy: ReadonlySet<string> = new Set()
): Job[] {
	const lanes = groupBy(rows.toSorted(inOrder), ({ subject }) => subject);
	const jobs: Job[] = [];
	const open = new Map<string, Job>();
	for (const [subject, lane] of lanes) {
		if (busy.has(subject)) continue;
		const head = headOf(lane, now);
		const first = head[0];
		if (!first) continue;
		const { command } = first;
		const size = command === 'record_walk_in' ? 1 : Math.min(...head.map((row) => sizeAfter(row.attempts)));
		const key = `${command} ${size}`;
		const job = open.get(key);
		if (job && job.rows.length + head.length <= size) {
			job.rows.push(...head);
			job.subjects.push(subject);
		} else {
			const fresh = { command, rows: head, subjects: [subject] };
			jobs.push(fresh);
			open.set(key, fresh);
		}
	}
	return jobs;
}

/** When the next record that rests may be tried again; undefined: none rests. */
export function nextWake(rows: readonly OutboxRow[], now: number): number | undefined {
	const times = rows
		.filter(({ state, next_at }) => state === 'waiting' && rests(next_at, now))
		.map((row) => row.next_at);
	return times.length > 0 ? Math.min(...times) : undefined;
}

/** Records that wait behind a refused walk-in: they go with it, or when it goes. */
export function heldBack(rows: readonly OutboxRow[], refused: string): OutboxRow[] {
	const walkIn = rows.find(({ id }) => id === refused);
	if (walkIn?.command !== 'record_walk_in') return [];
	return rows.filter(
		({ id, subject, state }) => id !== refused && subject === walkIn.subject && state === 'waiting'
	);
}
