import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DataError } from '$lib/data/errors';
import type { Outcome } from '$lib/data/records';
import type { Connection } from '$lib/data/rpc';
import { present, takeBack, type DayRecord } from '$lib/domain/roster';
import { Connectivity } from './connectivity/connectivity';
import { Channel } from './coordination/channel';
import { Device } from './device';
import type { OutboxRow } from './outbox/row';
import { Recorder } from './recorder';
import { memoryStore, type Store } from './storage/store';

/** A server that keeps what it is sent and can be made to fail. */
class Server {
	got: DayRecord[] = [];
	batches: string[][] = [];
	failing: DataError | undefined;
	/** A token that it does not take. */
	refuses: string | undefined;
	reachable = true;
	answerFor: (record: DayRecord) => Partial<Outcome> = () => ({});
	failFor: (batch: readonly DayRecord[]) => DataError | undefined = () => undefined;

	send = async ({ token }: Connection, batch: readonly DayRecord[]): Promise<Outcome[]> => {
		if (token === this.refuses) throw new DataError('sign_in_first', '', 401);
		const failure = this.failing ?? this.failFor(batch);
		if (failure) throw failure;
		this.batches.push(batch.map(({ type }) => type));
		this.got.push(...batch);
		return batch.map((record) => ({ id: record.id, outcome: 'recorded', ...this.answerFor(record) }));
	};
}

let server: Server;
let store: Store<OutboxRow>;
let connections: (Connection | null)[];
let name: string;
const channels: Channel[] = [];
beforeEach(() => {
	server = new Server();
	store = memoryStore();
	connections = [];
	name = `test-${Math.random()}`;
});
afterEach(() => {
	channels.splice(0).forEach((channel) => channel.close());
	vi.useRealTimers();
});

const DAY = 24 * 60 * 60_000;
const TO: Connection = { url: '', key: 'k', token: 't' };

const connect = async (): Promise<Connection | null> => (connections.length > 0 ? connections.shift()! : TO);

function recorder(person = 'p1', way: (renew: boolean) => Promise<Connection | null> = connect) {
	const channel = new Channel(name);
	channels.push(channel);
	return new Recorder({
		store,
		device: new Device({ id: 'd1', seq: 0, offset: 0 }),
		person,
		connect: way,
		send: server.send,
		connectivity: new Connectivity({ ask: async () => server.reachable, random: () => 0.5 }),
		channel,
		random: () => 0.5
	});
}

const onDisk = async () => (await store.all()).map(({ state }) => state);

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
	it('is shown at once, sent, and kept until a roster shows it', async () => {
		const day = recorder();
		const [made] = day.record(present('s1', 3, 1));
		expect(day.records).toMatchObject([{ record: made, state: 'waiting' }]);
		expect(made).toMatchObject({ seq: 1, device_id: 'd1', heads: 3, minors: 1 });
		await day.flush();
		expect(server.got).toEqual([made]);
		expect(day.records).toMatchObject([{ state: 'sent' }]);
		expect(day.waiting).toBe(0);
		expect(await onDisk()).toEqual(['sent']);
		day.seen(new Set([made!.id]));
		await vi.waitFor(async () => expect(await onDisk()).toEqual([]));
		expect(day.records).toMatchObject([{ state: 'sent' }]);
	});

	it('waits where the page’s death does not reach it, and is sent by the next page', async () => {
		server.failing = new DataError('offline');
		server.reachable = false;
		const before = recorder();
		before.record(present('s1', 3, 1), present('s2', 1, 0));
		await before.flush();
		expect(before.hold).toBe('offline');
		expect(before.waiting).toBe(2);

		server.failing = undefined;
		server.reachable = true;
		vi.useFakeTimers({ now: Date.now() + 60_000 });
		const after = recorder();
		await after.flush();
		expect(server.got.map((record) => record.seq)).toEqual([1, 2]);
		expect(after.waiting).toBe(0);
	});

	it('goes at once when there is a signal, however often the app was started without one', async () => {
		server.failing = new DataError('offline');
		server.reachable = false;
		recorder().record(present('s1', 3, 1));
		for (let start = 0; start < 6; start++) await recorder().flush();

		server.failing = undefined;
		server.reachable = true;
		const after = recorder();
		await after.flush();
		expect(server.got).toHaveLength(1);
		expect(after.waiting).toBe(0);
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
		expect(theirs.others).toBe(1);
		expect(server.got).toEqual([]);
		expect(await onDisk()).toEqual(['waiting']);
	});

	it('is sent again after a failure, by itself', async () => {
		vi.useFakeTimers();
		server.failing = new DataError('server', '', 502);
		const day = recorder();
		day.record(present('s1', 3, 1));
		await day.flush();
		expect(day.hold).toBe('offline');
		server.failing = undefined;
		await vi.advanceTimersByTimeAsync(2000);
		expect(server.got).toHaveLength(1);
		expect(day.hold).toBeNull();
	});

	it('waits for the person to sign in again, everything kept', async () => {
		connections = [null];
		const day = recorder();
		day.record(present('s1', 3, 1));
		await day.flush();
		expect(day.hold).toBe('sign-in');
		expect(day.waiting).toBe(1);
		expect(await onDisk()).toEqual(['waiting']);
		await day.flush();
		expect(day.hold).toBeNull();
		expect(server.got).toHaveLength(1);
	});

	it('renews the session once before it asks the person', async () => {
		const old = { ...TO, token: 'old' };
		connections = [old, TO];
		server.failFor = () =>
			server.batches.length === 0 && tries++ === 0 ? new DataError('sign_in_first', '', 401) : undefined;
		let tries = 0;
		const day = recorder();
		day.record(present('s1', 3, 1));
		await day.flush();
		expect(server.got).toHaveLength(1);
		expect(day.hold).toBeNull();
	});

	it('and others that were under way when the session had run out share one renewal', async () => {
		const [old, fresh] = [
			{ ...TO, token: 'old' },
			{ ...TO, token: 'fresh' }
		];
		const renewals: boolean[] = [];
		server.refuses = 'old';
		const day = recorder('p1', async (renew) => {
			renewals.push(renew);
			if (!renew) return old;
			await new Promise((done) => setTimeout(done, 20));
			return fresh;
		});
		// Different kinds: three requests at once.
		day.record(walkIn, { ...walkIn, name: '另一个' }, present('s1', 1, 0), present('s2', 1, 0));
		await day.flush();
		expect(day.hold).toBeNull();
		expect(server.got).toHaveLength(4);
		expect(renewals).toEqual([false, true]);
	});

	it('waits without asking anybody to sign in when the session cannot be renewed for want of a signal', async () => {
		server.refuses = TO.token;
		const day = recorder('p1', async (renew) => {
			if (renew) throw new DataError('offline');
			return TO;
		});
		day.record(present('s1', 1, 0));
		await day.flush();
		expect(day.hold).toBe('offline');
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
		expect(day.refused).toEqual([{ record: refused, code: 'not_yours', detail: '', held: 0 }]);
		expect(day.records.map(({ state }) => state)).toEqual(['sent']);
		expect((await store.all()).map(({ code }) => code)).toContain('not_yours');

		server.answerFor = () => ({});
		day.retry();
		await day.flush();
		expect(day.refused).toEqual([]);
		expect(await onDisk()).toEqual(['sent', 'sent']);
	});

	it('that was refused is put right and sent as the same record', async () => {
		server.answerFor = (record) =>
			'name' in record && record.name === '' ? { outcome: 'refused', code: 'bad_name' } : {};
		const day = recorder();
		const [made] = day.record({ ...walkIn, name: '' });
		day.record(present(made!.id, 1, 0));
		await day.flush();
		expect(day.refused).toMatchObject([{ code: 'bad_name', held: 1 }]);
		expect(day.withFollowers(made!.id)).toHaveLength(2);
		day.retry(made!.id, { name: '张三' });
		await day.flush();
		expect(server.got.at(-2)).toMatchObject({ id: made!.id, name: '张三' });
		expect(day.waiting).toBe(0);
	});

	it('that was refused goes when the person lets it go, and what hangs on it', async () => {
		server.answerFor = (record) => (record.type === 'walk_in' ? { outcome: 'refused', code: 'gone' } : {});
		const day = recorder();
		const [refused] = day.record(walkIn);
		day.record(present(refused!.id, 1, 0));
		await day.flush();
		day.discard(refused!.id);
		await vi.waitFor(async () => expect(await onDisk()).toEqual([]));
		expect(day.refused).toEqual([]);
		expect(server.got).toHaveLength(1);
	});

	it('that came after the closing is known to wait for an organizer', async () => {
		server.answerFor = () => ({ outcome: 'late' });
		const day = recorder();
		day.record(present('s1', 3, 1));
		await day.flush();
		expect(day.records).toMatchObject([{ state: 'late' }]);
	});

	it('stays in the page where the phone is full, says so, and is sent all the same', async () => {
		store = {
			...memoryStore(),
			write: async () => Promise.reject(new DOMException('no room', 'QuotaExceededError'))
		};
		const day = recorder();
		day.record(present('s1', 3, 1));
		await day.flush();
		expect(day.problem).toBe('full');
		expect(server.got).toHaveLength(1);
	});

	it('that the server cannot answer holds up no other', async () => {
		vi.useFakeTimers();
		server.failFor = (batch) =>
			batch.some((record) => record.type === 'attendance' && record.signup_id === 'poison')
				? new DataError('server', '', 500)
				: undefined;
		const day = recorder();
		day.record(...Array.from({ length: 30 }, (_, n) => present(n === 7 ? 'poison' : `s${n}`, 1, 0)));
		await day.flush();
		await vi.advanceTimersByTimeAsync(30_000);
		expect(server.got).toHaveLength(29);
		expect(day.waiting).toBe(1);
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

describe('two tabs', () => {
	it('see the same records, and either sends them', async () => {
		server.reachable = false;
		server.failing = new DataError('offline');
		const [one, other] = [recorder(), recorder()];
		one.record(present('s1', 1, 0));
		await one.flush();
		await vi.waitFor(() => expect(other.waiting).toBe(1));
		server.reachable = true;
		server.failing = undefined;
		await vi.waitFor(async () => {
			await other.flush();
			expect(server.got).toHaveLength(1);
		}, 4000);
		await vi.waitFor(() => expect(one.waiting).toBe(0));
	});
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

	it.each([-DAY, DAY])('forgets how wrong its clock was by %d ms when somebody puts it right', (wrong) => {
		const right = Date.UTC(2026, 10, 27);
		let [wall, steady] = [right + wrong, 1000];
		const pass = (ms: number) => {
			wall += ms;
			steady += ms;
		};
		const device = new Device({ id: 'd1', seq: 0, offset: 0 }, { wall: () => wall, steady: () => steady });
		device.learn(new Date(right).toISOString(), wall, wall);
		expect(device.now()).toBe(right);
		pass(5000);
		// A phone that slept: the steady clock stood still meanwhile.
		wall += 7 * 60_000;
		expect(device.now()).toBe(right + 5000 + 7 * 60_000);
		wall -= wrong;
		pass(5000);
		expect(device.stamp()).toMatchObject({
			at: new Date(right + 10_000 + 7 * 60_000).toISOString(),
			clock_offset_ms: 0
		});
		expect(device.now()).toBe(right + 10_000 + 7 * 60_000);
	});

	it('restarted with the clock in 1970 it goes on from what it knows, and believes its clock again when that is put right', () => {
		const kept = new Map<string, string>();
		vi.stubGlobal('localStorage', {
			getItem: (key: string) => kept.get(key) ?? null,
			setItem: (key: string, value: string) => void kept.set(key, value)
		});
		const evening = Date.UTC(2026, 10, 26, 11);
		let wall = evening;
		const start = () => new Device(undefined, { wall: () => wall, steady: () => 0 });
		const first = start();
		first.learn(new Date(evening).toISOString(), wall, wall);
		wall += 1000;
		const { seq } = first.stamp();

		wall = 5000;
		const again = new Device(JSON.parse(kept.get('last-friday-device')!) as { id: string; seq: number }, {
			wall: () => wall,
			steady: () => 0
		});
		expect(again.now()).toBe(evening + 1000);
		// Nine in the evening in Shanghai; the crew is that of the next day, and of none later.
		expect(again.today('Asia/Shanghai', ['2026-12-25', '2026-11-27'])).toBe('2026-11-27');
		expect(again.today('Asia/Shanghai', ['2026-12-25'])).toBe('2026-11-26');
		const starts = Date.UTC(2026, 10, 27, 0, 30);
		expect(again.mayHaveCome(starts)).toBe(true);
		again.begins(Date.UTC(2026, 11, 25));
		expect(again.now()).toBe(evening + 1000);
		again.begins(starts);
		expect(again.stamp()).toMatchObject({
			seq: seq + 1,
			at: new Date(starts).toISOString(),
			device_time: new Date(5000).toISOString()
		});
		wall += 60_000;
		expect(again.now()).toBe(starts + 60_000);

		wall = starts + 2 * 60 * 60_000;
		expect(again.stamp()).toMatchObject({ at: new Date(wall).toISOString(), clock_offset_ms: 0 });
		expect(again.mayHaveCome(wall + 1)).toBe(false);
		vi.unstubAllGlobals();
	});

	it('counts on from its own records when the browser lost the count', async () => {
		server.failing = new DataError('offline');
		const before = recorder();
		before.record(present('s1', 1, 0), present('s2', 1, 0));
		await before.flush();
		const after = recorder();
		await after.loaded;
		expect(after.record(present('s1', 0, 0))[0]).toMatchObject({ seq: 3 });
		const device = new Device({ id: 'd1', seq: 2, offset: 0 });
		device.countFrom([
			{ device_id: 'd1', seq: 7 },
			{ device_id: 'd2', seq: 90 }
		]);
		expect(device.stamp().seq).toBe(8);
	});

	it('asks the browser once what day it is in the district, and then knows it when the app is opened anew', () => {
		const kept = new Map<string, string>();
		vi.stubGlobal('localStorage', {
			getItem: (key: string) => kept.get(key) ?? null,
			setItem: (key: string, value: string) => void kept.set(key, value)
		});
		let wall = Date.UTC(2026, 10, 26, 15, 59);
		const clocks = { wall: () => wall, steady: () => wall };
		const asked = vi.spyOn(Intl, 'DateTimeFormat');
		expect(new Device(undefined, clocks).today('Asia/Shanghai', [])).toBe('2026-11-26');
		expect(asked).toHaveBeenCalledTimes(1);
		wall += 60_000;
		expect(new Device(undefined, clocks).today('Asia/Shanghai', [])).toBe('2026-11-27');
		expect(asked).toHaveBeenCalledTimes(1);
		expect(new Device(undefined, clocks).today('America/New_York', [])).toBe('2026-11-26');
		asked.mockRestore();
		vi.unstubAllGlobals();
	});

	it('counts on from the records of another tab as soon as it sees them', async () => {
		server.failing = new DataError('offline');
		const one = recorder();
		const other = recorder();
		await Promise.all([one.loaded, other.loaded]);
		one.record(present('s1', 1, 0), present('s2', 1, 0));
		await vi.waitFor(() => expect(other.records).toHaveLength(2));
		expect(other.record(present('s1', 0, 0))[0]).toMatchObject({ seq: 3 });
	});

	it('learns no time from records that are there while it runs: one may be dated later than now', async () => {
		server.failing = new DataError('offline');
		const one = recorder();
		const other = recorder();
		await Promise.all([one.loaded, other.loaded]);
		other.device.learn(new Date().toISOString(), Date.now(), Date.now());
		const later = new Date(Date.now() + 60 * 60_000).toISOString();
		one.record({ ...present('s1', 1, 0), at: later });
		await vi.waitFor(() => expect(other.records).toHaveLength(1));
		const [next] = other.record(present('s2', 1, 0));
		expect(next).toMatchObject({ seq: 2 });
		expect(next!.at < later).toBe(true);
	});

	it.each<[string, (device: Device) => void]>([
		['learns the time', (device) => device.learn(new Date().toISOString(), Date.now(), Date.now())],
		['hears how late it is at least', (device) => device.knows(new Date().toISOString())]
	])('does not put back the count of another tab when it %s', (_, hears) => {
		const kept = new Map<string, string>();
		vi.stubGlobal('localStorage', {
			getItem: (key: string) => kept.get(key) ?? null,
			setItem: (key: string, value: string) => void kept.set(key, value)
		});
		const [one, other] = [1, 2].map(() => new Device({ id: 'd1', seq: 0, offset: 0 })) as [Device, Device];
		one.stamp();
		one.stamp();
		hears(other);
		expect(new Device().stamp().seq).toBe(3);
		vi.unstubAllGlobals();
	});
});
