import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DataError } from '$lib/data/errors';
import type { Outcome } from '$lib/data/records';
import { present, takeBack, type DayRecord } from '$lib/domain/roster';
import { Device } from './device';
import { recordsInMemory, type Queue, type Queued } from './queue';
import { nextBatch, Recorder } from './recorder';

/** A server that keeps what it is sent and can be made to fail. */
class Server {
	got: DayRecord[] = [];
	batches: string[][] = [];
	failing: DataError | undefined;
	answerFor: (record: DayRecord) => Partial<Outcome> = () => ({});

	send = async (batch: readonly DayRecord[]): Promise<Outcome[]> => {
		if (this.failing) throw this.failing;
		this.batches.push(batch.map(({ type }) => type));
		this.got.push(...batch);
		return batch.map((record) => ({ id: record.id, outcome: 'recorded', ...this.answerFor(record) }));
	};
}

let server: Server;
let queue: Queue<Queued>;
beforeEach(() => {
	server = new Server();
	queue = recordsInMemory();
});

const recorder = (person = 'p1', pauses = [60_000]) =>
	new Recorder({
		queue: Promise.resolve(queue),
		device: new Device({ id: 'd1', seq: 0, offset: 0 }),
		person,
		send: server.send,
		pauses
	});

const walkIn = {
	type: 'walk_in',
	gathering_id: 'g1',
	task_id: 't1',
	name: '路人',
	phone: '13800138000',
	headcount: 2,
	minors: 0
} as const;

describe('a record', () => {
	it('is shown at once and sent', async () => {
		const day = recorder();
		const [made] = day.record(present('s1', 3, 1));
		expect(day.records).toMatchObject([{ record: made, state: 'waiting' }]);
		expect(made).toMatchObject({ seq: 1, device_id: 'd1', heads: 3, minors: 1 });
		await day.flush();
		expect(server.got).toEqual([made]);
		expect(day.records).toMatchObject([{ state: 'sent' }]);
		expect(day.waiting).toBe(0);
		expect(await queue.all()).toEqual([]);
	});

	it('waits where the page’s death does not reach it, and is sent by the next page', async () => {
		server.failing = new DataError('offline');
		const before = recorder();
		before.record(present('s1', 3, 1), present('s2', 1, 0));
		await before.flush();
		expect(before.hold).toBe('offline');
		expect(before.waiting).toBe(2);

		server.failing = undefined;
		const after = recorder();
		await after.flush();
		expect(server.got.map((record) => record.seq)).toEqual([1, 2]);
		expect(await queue.all()).toEqual([]);
	});

	it('never leaves under another person’s account', async () => {
		server.failing = new DataError('offline');
		const mine = recorder('p1');
		mine.record(present('s1', 3, 1));
		await mine.flush();
		server.failing = undefined;
		const theirs = recorder('p2');
		await theirs.flush();
		expect(theirs.records).toEqual([]);
		expect(server.got).toEqual([]);
		expect(await queue.all()).toHaveLength(1);
	});

	it('is sent again after a failure, by itself', async () => {
		vi.useFakeTimers();
		try {
			server.failing = new DataError('server', '', 502);
			const day = recorder('p1', [1000]);
			day.record(present('s1', 3, 1));
			await day.flush();
			server.failing = undefined;
			await vi.advanceTimersByTimeAsync(1300);
			expect(server.got).toHaveLength(1);
			expect(day.hold).toBeNull();
		} finally {
			vi.useRealTimers();
		}
	});

	it('waits for the person to sign in again', async () => {
		server.failing = new DataError('sign_in_first', '', 401);
		const day = recorder();
		day.record(present('s1', 3, 1));
		await day.flush();
		expect(day.hold).toBe('sign-in');
		expect(day.waiting).toBe(1);
	});

	it('that was refused stays with the reason until somebody decides, and holds up nothing', async () => {
		server.answerFor = (record) =>
			record.type === 'attendance' && record.signup_id === 's1'
				? { outcome: 'refused', code: 'not_yours' }
				: {};
		const day = recorder();
		const [refused] = day.record(present('s1', 3, 1), present('s2', 1, 0));
		await day.flush();
		expect(day.refused).toEqual([{ record: refused, code: 'not_yours' }]);
		expect(day.records.map(({ state }) => state)).toEqual(['sent']);
		expect((await queue.all()).map(({ refused }) => refused)).toEqual(['not_yours']);

		server.answerFor = () => ({});
		day.retry();
		await day.flush();
		expect(day.refused).toEqual([]);
		expect(await queue.all()).toEqual([]);
	});

	it('that was refused goes when the person lets it go', async () => {
		server.answerFor = () => ({ outcome: 'refused', code: 'gone' });
		const day = recorder();
		const [refused] = day.record(present('s1', 3, 1));
		await day.flush();
		day.discard(refused!.id);
		await vi.waitFor(async () => expect(await queue.all()).toEqual([]));
		expect(day.refused).toEqual([]);
	});

	it('that came after the closing is known to wait for an organizer', async () => {
		server.answerFor = () => ({ outcome: 'late' });
		const day = recorder();
		day.record(present('s1', 3, 1));
		await day.flush();
		expect(day.records).toMatchObject([{ state: 'late' }]);
	});

	it('stays in the page where the browser keeps nothing, and says so', async () => {
		queue = { ...recordsInMemory(), durable: true, write: async () => Promise.reject(new Error('quota')) };
		const day = recorder();
		day.record(present('s1', 3, 1));
		await day.flush();
		await vi.waitFor(() => expect(day.durable).toBe(false));
		expect(server.got).toHaveLength(1);
	});
});

describe('somebody who just came', () => {
	it('is sent before what is said of them, and what is said follows them', async () => {
		server.answerFor = (record) => (record.type === 'walk_in' ? { signup_id: 's-known' } : {});
		const day = recorder();
		const [came] = day.record(walkIn);
		day.record(present(came!.id, 1, 0), takeBack(came!.id, 'x'));
		await day.flush();
		expect(server.batches).toEqual([['walk_in'], ['attendance', 'attendance']]);
		expect(server.got.slice(1)).toMatchObject([{ signup_id: 's-known' }, { signup_id: 's-known' }]);
		expect(day.records[0]).toMatchObject({ signup_id: 's-known', state: 'sent' });
	});

	it('keeps its own id where nobody knew them', async () => {
		const day = recorder();
		const [came] = day.record(walkIn);
		day.record(present(came!.id, 1, 0));
		await day.flush();
		expect(server.got[1]).toMatchObject({ signup_id: came!.id });
	});
});

it('sends records of one kind together, walk-ins alone', async () => {
	server.failing = new DataError('offline');
	const day = recorder();
	day.record(present('s1', 1, 0), present('s2', 1, 0), walkIn, walkIn);
	expect(nextBatch(day.records)).toHaveLength(2);
	expect(nextBatch(day.records.slice(2))).toHaveLength(1);
	expect(nextBatch([])).toEqual([]);
});

describe('a device', () => {
	it('counts its records and sets its clock right', () => {
		const device = new Device({ id: 'd1', seq: 7, offset: 0 });
		device.learn('2026-11-27T00:00:10.000Z', Date.UTC(2026, 10, 27), Date.UTC(2026, 10, 27, 0, 0, 2));
		expect(device.stamp(Date.UTC(2026, 10, 27, 1))).toEqual({
			seq: 8,
			device_id: 'd1',
			at: '2026-11-27T01:00:09.000Z',
			device_time: '2026-11-27T01:00:00.000Z',
			clock_offset_ms: 9000
		});
		expect(device.stamp().seq).toBe(9);
	});
});
