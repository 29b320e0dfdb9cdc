import { describe, expect, it } from 'vitest';
import { present, type DayRecord } from '$lib/domain/roster';
import { withAliases } from './aliases';
import { heldBack, nextJobs, nextWake } from './lanes';
import { isSettledBefore, rowOf, subjectOf, upgradeRow, type OutboxRow } from './row';

let seq = 0;
const stamp = () => ({
	seq: ++seq,
	device_id: 'd1',
	at: '2026-11-27T00:41:00Z',
	device_time: '2026-11-27T00:41:00Z',
	clock_offset_ms: 0
});
const row = (record: DayRecord, change: Partial<OutboxRow> = {}): OutboxRow => ({
	...rowOf(record, 'p1'),
	...change
});
const here = (party: string, change: Partial<OutboxRow> = {}) =>
	row({ ...present(party, 1, 0), id: `e${seq + 1}`, ...stamp() }, change);
const cameAlong = (id: string, change: Partial<OutboxRow> = {}) =>
	row(
		{
			type: 'walk_in',
			id,
			event_id: `${id}-e`,
			gathering_id: 'g1',
			task_id: null,
			name: '路人',
			phone: null,
			headcount: 1,
			minors: 0,
			...stamp()
		},
		change
	);
const ids = (rows: readonly OutboxRow[], now = 0, busy?: Set<string>) =>
	nextJobs(rows, now, busy).map((job) => job.rows.map(({ id }) => id));

describe('what leaves together', () => {
	it('is many parties in one request, each whole and in order', () => {
		const rows = [here('a'), here('b'), here('a')];
		const [one] = ids(rows.toReversed());
		expect(one).toEqual([rows[0]!.id, rows[2]!.id, rows[1]!.id]);
	});

	it('is at most a hundred records', () => {
		const rows = Array.from({ length: 250 }, (_, n) => here(`p${n}`));
		expect(ids(rows).map((job) => job.length)).toEqual([100, 100, 50]);
	});

	it('is one walk-in at a time per party, and what is said of it only after it', () => {
		const rows = [cameAlong('w'), here('w'), here('x')];
		expect(ids(rows)).toEqual([['w'], [rows[2]!.id]]);
		expect(ids([{ ...rows[0]!, state: 'sent' }, ...rows.slice(1)])).toEqual([[rows[1]!.id, rows[2]!.id]]);
	});

	it('begins with the walk-in, also when the phone lost its count and what follows has the lower number', () => {
		const [later, came] = [here('w'), cameAlong('w')];
		expect(ids([later, came])).toEqual([['w']]);
		expect(ids([later, { ...came, state: 'refused' }])).toEqual([]);
		expect(ids([later, { ...came, next_at: 5000 }])).toEqual([]);
	});

	it('shrinks after failures until a record that cannot be answered stands alone', () => {
		const failed = (attempts: number) => Array.from({ length: 12 }, (_, n) => here(`p${n}`, { attempts }));
		expect(ids(failed(1)).map((job) => job.length)).toEqual([10, 2]);
		expect(ids(failed(2)).map((job) => job.length)).toEqual(Array(12).fill(1));
	});
});

describe('a subject never holds up another', () => {
	it('when it was refused', () => {
		const rows = [here('a', { state: 'refused' }), here('b'), here('a')];
		expect(ids(rows).flat()).toEqual([rows[2]!.id, rows[1]!.id]);
	});

	it('when it rests after a failure, and itself stays in order', () => {
		const rows = [here('a', { next_at: 5000 }), here('a'), here('b')];
		expect(ids(rows, 1000)).toEqual([[rows[2]!.id]]);
		expect(nextWake(rows, 1000)).toBe(5000);
		expect(ids(rows, 5000).flat()).toHaveLength(3);
		expect(nextWake(rows, 5000)).toBeUndefined();
	});

	it('when its rest was told by a clock that has been set back since', () => {
		const rows = [here('a', { next_at: 365 * 24 * 60 * 60_000 })];
		expect(ids(rows, 1000).flat()).toHaveLength(1);
		expect(nextWake(rows, 1000)).toBeUndefined();
	});

	it('when a request of it is under way', () => {
		const rows = [here('a'), here('b')];
		expect(ids(rows, 0, new Set(['party:a']))).toEqual([[rows[1]!.id]]);
	});
});

it('holds back what is said of a refused walk-in', () => {
	const rows = [cameAlong('w', { state: 'refused' }), here('w'), here('x')];
	expect(ids(rows)).toEqual([[rows[2]!.id]]);
	expect(heldBack(rows, 'w').map(({ id }) => id)).toEqual([rows[1]!.id]);
	expect(heldBack(rows, rows[2]!.id)).toEqual([]);
});

it('lets records speak of the sign-up that a walk-in turned out to have', () => {
	const rows = [cameAlong('w', { state: 'sent', signup_id: 's-known' }), here('w'), here('x')];
	const [, followed, other] = withAliases(rows);
	expect(followed!.record).toMatchObject({ signup_id: 's-known' });
	expect(followed!.subject).toBe('party:w');
	expect(other).toBe(rows[2]);
});

describe('a row', () => {
	it('of the first version is understood', () => {
		const record: DayRecord = { ...present('s1', 2, 1), id: 'r1', ...stamp() };
		expect(upgradeRow({ record, person: 'p1' })).toEqual(rowOf(record, 'p1'));
		expect(upgradeRow({ record, person: 'p1', refused: 'not_yours' })).toMatchObject({
			state: 'refused',
			code: 'not_yours'
		});
		expect(upgradeRow({ nothing: true })).toBeUndefined();
		expect(upgradeRow(null)).toBeUndefined();
	});

	it('of today stays as it is', () => {
		const today = here('a');
		expect(upgradeRow(today)).toBe(today);
	});

	it('may go when the server took it long ago, and never while it waits or was refused', () => {
		const settled = (state: OutboxRow['state'], settled_at: number) => here('a', { state, settled_at });
		expect([settled('sent', 5), settled('late', 5)].map((one) => isSettledBefore(one, 6))).toEqual([
			true,
			true
		]);
		expect(isSettledBefore(settled('sent', 6), 6)).toBe(false);
		expect([settled('refused', 5), here('a')].map((one) => isSettledBefore(one, 6))).toEqual([false, false]);
	});

	it('has the subject it speaks of: a correction that of its first entry', () => {
		const entry = { ...stamp(), type: 'result', id: 'r2', task_id: 't1', corrects: 'r1' } as DayRecord;
		expect(subjectOf(entry)).toBe('entry:r1');
		expect(subjectOf({ ...entry, corrects: null } as DayRecord)).toBe('entry:r2');
	});
});
