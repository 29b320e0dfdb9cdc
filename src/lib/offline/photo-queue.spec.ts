import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DataError } from '$lib/data/errors';
import { Connectivity } from './connectivity/connectivity';
import { Channel } from './coordination/channel';
import { PhotoQueue } from './photo-queue';
import { hashOfBlob } from './photos/hash';
import { hashAnywhere } from './photos/hash-anywhere';
import { upgradePhoto, type PhotoRow } from './photos/row';
import { fitInto } from './photos/shrink';
import { memoryStore, type Store } from './storage/store';

let store: Store<PhotoRow>;
/** Milliseconds. */
let clockIsAhead: number;
let failing: DataError | undefined;
let garbled: boolean;
let sent: string[];
const channels: Channel[] = [];
beforeEach(() => {
	store = memoryStore();
	clockIsAhead = 0;
	failing = undefined;
	garbled = false;
	sent = [];
});
afterEach(() => {
	channels.splice(0).forEach((channel) => channel.close());
	vi.useRealTimers();
});

function photos(person = 'p1') {
	const channel = new Channel('photo-test');
	channels.push(channel);
	return new PhotoQueue({
		store,
		person,
		shrink: async (file) => file.slice(0, 3),
		hash: hashAnywhere,
		connect: async () => ({ url: '', key: 'k', token: 't' }),
		send: async (_, photo, onprogress) => {
			onprogress(0.5);
			if (failing) throw failing;
			sent.push(await photo.blob.text());
			const arrived = garbled ? new Blob(['xyz']) : photo.blob;
			return {
				id: photo.id,
				sha256: 'of what the server made',
				received_sha256: await hashOfBlob(arrived),
				received_bytes: arrived.size
			};
		},
		instant: (deviceTime) => deviceTime - clockIsAhead,
		connectivity: new Connectivity({ ask: async () => failing?.status !== 0, random: () => 0.5 }),
		channel
	});
}

const file = (text: string) => new File([text], 'photo.jpg', { lastModified: Date.UTC(2026, 10, 27) });

const oldPhoto = (text: string): PhotoRow => ({
	version: 2,
	id: 'f1',
	person: 'p1',
	task: 't1',
	kind: 'after',
	blob: new Blob([text]),
	sha256: null,
	taken_at: '2026-11-27T00:00:00Z',
	state: 'waiting',
	attempts: 0,
	next_at: 0
});

describe('a photo', () => {
	it('of somebody else is counted, neither shown nor sent nor let go', async () => {
		const theirs = { ...oldPhoto('theirs'), person: 'p2' };
		const refused = { ...theirs, id: 'f2', state: 'refused' as const, code: 'too_many_photos' };
		await store.write([theirs, refused]);
		const mine = photos();
		await mine.loaded;
		expect([mine.items, mine.others]).toEqual([[], 2]);
		await mine.flush(true);
		mine.discard('f2');
		expect(sent).toEqual([]);
		expect(await store.all()).toEqual([theirs, refused]);
	});

	it('is made small, sent and forgotten', async () => {
		const arrived = vi.fn();
		const waiting = photos();
		waiting.onarrival(arrived);
		await waiting.add(file('abcdef'), 't1', 'before');
		await waiting.flush();
		expect(sent).toEqual(['abc']);
		expect(arrived).toHaveBeenCalledOnce();
		expect(waiting.items).toEqual([]);
		expect(await store.all()).toEqual([]);
	});

	it('waits without a signal, through the page’s death, and only for its own person', async () => {
		failing = new DataError('offline');
		const before = photos();
		await before.add(file('abc'), 't1', 'after');
		await before.flush();
		expect(before.waiting).toBe(1);

		failing = undefined;
		vi.useFakeTimers({ now: Date.now() + 60_000, toFake: ['Date'] });
		await photos('p2').flush();
		expect(sent).toEqual([]);
		await photos('p1').flush();
		expect(sent).toEqual(['abc']);
		expect(await store.all()).toEqual([]);
	});

	it('stays on the phone when other bytes than its own arrived', async () => {
		garbled = true;
		const waiting = photos();
		await waiting.add(file('abc'), 't1', 'after');
		await waiting.flush();
		expect(sent).toEqual(['abc']);
		expect(await store.all()).toHaveLength(1);
		expect(waiting.waiting).toBe(1);

		garbled = false;
		vi.useFakeTimers({ now: Date.now() + 60_000, toFake: ['Date'] });
		await waiting.flush();
		expect(sent).toEqual(['abc', 'abc']);
		expect(await store.all()).toEqual([]);
	});

	it('of which an earlier version knew no hash stays until the server names that of its bytes, as many as they may be', async () => {
		await store.write([oldPhoto('abc')]);
		garbled = true;
		const waiting = photos();
		await waiting.flush();
		expect(sent).toEqual(['abc']);
		expect(waiting.waiting).toBe(1);
		garbled = false;
		vi.useFakeTimers({ now: Date.now() + 60_000, toFake: ['Date'] });
		await waiting.flush();
		expect(await store.all()).toEqual([]);
	});

	it('has the same hash where the browser lends none', async () => {
		const own = await hashOfBlob(new Blob(['abc']));
		vi.stubGlobal('crypto', {});
		expect(await hashAnywhere(new Blob(['abc']))).toBe(own);
		vi.unstubAllGlobals();
	});

	it('that waits cannot be let go', async () => {
		failing = new DataError('offline');
		const waiting = photos();
		await waiting.add(file('abc'), 't1', 'after');
		waiting.discard(waiting.items[0]!.id);
		expect(waiting.waiting).toBe(1);
		expect(waiting.refused).toBe(0);
	});

	it('that was refused stays with the reason and holds up no other', async () => {
		failing = new DataError('too_many_photos', '', 409);
		const waiting = photos();
		await waiting.add(file('abc'), 't1', 'after');
		await waiting.flush();
		expect(waiting.items).toMatchObject([{ state: 'refused', code: 'too_many_photos' }]);
		expect(waiting.waiting).toBe(0);
		expect(waiting.refused).toBe(1);

		failing = undefined;
		await waiting.add(file('xyz'), 't1', 'after');
		await waiting.flush();
		expect(sent).toEqual(['xyz']);
		await waiting.flush(true);
		expect(sent).toEqual(['xyz', 'abc']);
	});

	it('that was refused goes when the person lets it go', async () => {
		failing = new DataError('not_an_image', '', 415);
		const waiting = photos();
		await waiting.add(file('abc'), 't1', 'after');
		await waiting.flush();
		waiting.discard(waiting.items[0]!.id);
		expect(waiting.items).toEqual([]);
		await vi.waitFor(async () => expect(await store.all()).toEqual([]));
	});

	it('was taken when the server says that it was, on a phone whose clock is a day ahead', async () => {
		clockIsAhead = 24 * 60 * 60_000;
		const waiting = photos();
		await waiting.add(file('abc'), 't1', 'after');
		expect((await store.all())[0]?.taken_at).toBe('2026-11-26T00:00:00.000Z');
	});

	it('that the disk would not take lives in the page, says so, and is sent', async () => {
		const disk = memoryStore<PhotoRow>();
		store = {
			...disk,
			write: async (put, drop) =>
				put.length > 0 ? Promise.reject(new DOMException('', 'QuotaExceededError')) : disk.write(put, drop)
		};
		failing = new DataError('offline');
		const waiting = photos();
		await waiting.add(file('abc'), 't1', 'after');
		await waiting.flush();
		expect(waiting.problem).toBe('full');
		expect(waiting.waiting).toBe(1);
		failing = undefined;
		vi.useFakeTimers({ now: Date.now() + 60_000, toFake: ['Date'] });
		await waiting.flush();
		expect(sent).toEqual(['abc']);
	});

	it('that the disk would not take is written with the next one that it takes, and until then that is said', async () => {
		const disk = memoryStore<PhotoRow>();
		let full = true;
		store = {
			...disk,
			write: async (put, drop) =>
				full && put.length > 0
					? Promise.reject(new DOMException('', 'QuotaExceededError'))
					: disk.write(put, drop)
		};
		failing = new DataError('offline');
		const waiting = photos();
		await waiting.add(file('abc'), 't1', 'after');
		expect(waiting.problem).toBe('full');
		full = false;
		await waiting.add(file('xyz'), 't1', 'after');
		expect(waiting.problem).toBeNull();
		expect(await disk.all()).toHaveLength(2);
	});

	it('of the first version is understood', () => {
		const old = {
			id: 'f1',
			person: 'p1',
			task: 't1',
			kind: 'after',
			blob: new Blob(['x']),
			taken_at: '2026-11-27T00:00:00Z'
		};
		expect(upgradePhoto(old)).toMatchObject({ ...old, version: 2, state: 'waiting', sha256: null });
		expect(upgradePhoto({ ...old, refused: 'gone' })).toMatchObject({ state: 'refused', code: 'gone' });
		expect(upgradePhoto({})).toBeUndefined();
	});
});

it('fits photos into 1600 pixels and enlarges none', () => {
	expect(fitInto(4000, 3000)).toEqual({ width: 1600, height: 1200 });
	expect(fitInto(3000, 4000)).toEqual({ width: 1200, height: 1600 });
	expect(fitInto(800, 600)).toEqual({ width: 800, height: 600 });
	expect(fitInto(100_000, 2)).toEqual({ width: 1600, height: 1 });
});
