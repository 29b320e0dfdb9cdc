/**
 * Sends what waits, in a page or in the service worker: several subjects at a time, each in order, until nothing is left
 * that may go. It knows neither screens nor clocks; what an answer means is decided here.
 */
import type { Outcome } from '$lib/data/records';
import type { Connection } from '$lib/data/rpc';
import { DataError } from '$lib/data/data-error';
import type { DayRecord } from '$lib/domain/roster';
import { withAliases } from '../outbox/aliases';
import { nextJobs, nextWake, type Job } from '../outbox/lanes';
import type { OutboxRow } from '../outbox/row';
import { pauseAfter } from '../retry/backoff';
import { verdictOn } from '../retry/verdict';

export interface ExecutorParts {
	/** Rows of the one person whose records may leave, as they are on the disk now. */
	rows: () => Promise<readonly OutboxRow[]>;
	save: (rows: readonly OutboxRow[]) => Promise<void>;
	/** The way to the server as that very person; null: they must sign in. `renew`: the last token was not taken. */
	connect: (renew: boolean) => Promise<Connection | null>;
	send: (to: Connection, batch: readonly DayRecord[]) => Promise<Outcome[]>;
	now?: () => number;
	random?: () => number;
	/** After so many milliseconds it begins nothing new, so that others get their turn. */
	turn?: number;
}

/**
 * done: nothing is left · later: what is left rests until `at` · more: its turn is over ·
 * offline: no way to the server · sign-in: the person must sign in.
 */
export type DrainEnd = { end: 'done' | 'more' | 'offline' | 'sign-in' } | { end: 'later'; at: number };

/** Requests under way at once: enough that a slow one holds up nobody, few enough for one bar of signal. */
const AT_ONCE = 3;
const TURN = 5_000;

export async function drain(parts: ExecutorParts): Promise<DrainEnd> {
	const { now = Date.now, random = Math.random, turn = TURN } = parts;
	const until = now() + turn;
	let connection: Connection | null;
	try {
		connection = await parts.connect(false);
	} catch (error) {
		return { end: verdictOn(error) === 'sign-in' ? 'sign-in' : 'offline' };
	}
	let renewal: Promise<Connection | null> | undefined;
	let stop: 'offline' | 'sign-in' | undefined = connection ? undefined : 'sign-in';
	const running = new Map<Promise<void>, readonly string[]>();

	/** A token was not taken. Requests that were under way with it share one renewal; a new one that is not taken either was the last. */
	async function renew(refused: Connection): Promise<void> {
		try {
			renewal ??= parts.connect(true);
			connection = await renewal;
			if (!connection || connection === refused) stop ??= 'sign-in';
		} catch (error) {
			stop ??= verdictOn(error) === 'sign-in' ? 'sign-in' : 'offline';
		}
	}

	async function run(job: Job, to: Connection): Promise<void> {
		try {
			const outcomes = await parts.send(
				to,
				job.rows.map(({ record }) => record)
			);
			await parts.save(settled(job.rows, outcomes, await parts.rows(), now()));
		} catch (error) {
			const verdict = verdictOn(error);
			if (verdict === 'sign-in') return renew(to);
			if (verdict === 'refused' && job.rows.length === 1) {
				const { code, detail } = error as DataError;
				await parts.save(
					job.rows.map((row) => ({ ...row, state: 'refused', code, detail, settled_at: now() }))
				);
				return;
			}
			if (error instanceof DataError && error.status === 0) stop ??= 'offline';
			// A refusal of many together is found out one by one, without waiting.
			const rest = (row: OutboxRow) => postponed(row, error, now(), random());
			await parts.save(
				job.rows.map((row) => ({ ...rest(row), ...(verdict === 'refused' && { next_at: 0 }) }))
			);
		}
	}

	for (;;) {
		const rows = withAliases(await parts.rows());
		const busy = new Set([...running.values()].flat());
		const jobs = nextJobs(rows, now(), busy);
		const over = now() >= until;
		while (!stop && !over && connection && running.size < AT_ONCE) {
			const job = jobs.shift();
			if (!job) break;
			const task: Promise<void> = run(job, connection).finally(() => running.delete(task));
			running.set(task, job.subjects);
		}
		if (running.size === 0) {
			if (stop) return { end: stop };
			if (over && jobs.length > 0) return { end: 'more' };
			const at = nextWake(rows, now());
			return at === undefined ? { end: 'done' } : { end: 'later', at };
		}
		await Promise.race(running.keys());
	}
}

/** What the server answered, row by row; what else speaks of a walk-in is written down with the sign-up it turned out to be. */
function settled(
	sent: readonly OutboxRow[],
	outcomes: readonly Outcome[],
	all: readonly OutboxRow[],
	now: number
): OutboxRow[] {
	const answered = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
	const rows = sent.map((row): OutboxRow => {
		const { outcome, code, detail, signup_id } = answered.get(row.id)!;
		const { error: _, ...rest } = row;
		if (outcome === 'refused')
			return {
				...rest,
				state: 'refused',
				code: code ?? 'bad_record',
				...(detail && { detail }),
				settled_at: now
			};
		return {
			...rest,
			state: outcome === 'late' ? 'late' : 'sent',
			settled_at: now,
			...(signup_id && { signup_id })
		};
	});
	const ids = new Set(rows.map(({ id }) => id));
	const others = all.filter(({ id }) => !ids.has(id));
	const renamed = withAliases([...others, ...rows]).slice(0, others.length);
	return [...rows, ...renamed.filter((row, n) => row !== others[n])];
}

function postponed(row: OutboxRow, error: unknown, now: number, random: number): OutboxRow {
	const attempts = row.attempts + 1;
	return {
		...row,
		attempts,
		error: error instanceof DataError ? error.code : 'unknown',
		next_at: now + pauseAfter(attempts, random)
	};
}
