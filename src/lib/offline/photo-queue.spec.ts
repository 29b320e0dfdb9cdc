import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DataError } from '$lib/data/errors';
import { PhotoQueue } from './photo-queue';
import { photosInMemory, type Queue, type QueuedPhoto } from './queue';
import { fitInto } from './shrink';

let queue: Queue<QueuedPhoto>;
let failing: DataError | undefined;
let sent: string[];
beforeEach(() => {
	queue = photosInMemory();
	failing = undefined;
	sent = [];
});

const photos = (person = 'p1') =>
	new PhotoQueue({
		queue: Promise.resolve(queue),
		person,
		shrink: async (file) => file.slice(0, 3),
		send: async (photo, onprogress) => {
			onprogress(0.5);
			if (failing) throw failing;
			sent.push(await photo.blob.text());
		},
		pause: 60_000
	});

const file = (text: string) => new File([text], 'photo.jpg', { lastModified: Date.UTC(2026, 10, 27) });

describe('a photo', () => {
	it('is made small, sent and forgotten', async () => {
		const arrived = vi.fn();
		const waiting = photos();
		waiting.onarrival(arrived);
		await waiting.add(file('abcdef'), 't1', 'before');
		await waiting.flush();
		expect(sent).toEqual(['abc']);
		expect(arrived).toHaveBeenCalledOnce();
		expect(waiting.items).toEqual([]);
		expect(await queue.all()).toEqual([]);
	});

	it('waits without a signal, through the page’s death, and only for its own person', async () => {
		failing = new DataError('offline');
		const before = photos();
		await before.add(file('abc'), 't1', 'after');
		await before.flush();
		expect(before.waiting).toBe(1);

		failing = undefined;
		await photos('p2').flush();
		expect(sent).toEqual([]);
		await photos('p1').flush();
		expect(sent).toEqual(['abc']);
		expect(await queue.all()).toEqual([]);
	});

	it('that was refused stays with the reason and holds up no other', async () => {
		failing = new DataError('too_many_photos', '', 409);
		const waiting = photos();
		await waiting.add(file('abc'), 't1', 'after');
		await waiting.flush();
		expect(waiting.items).toMatchObject([{ refused: 'too_many_photos' }]);
		expect(waiting.waiting).toBe(0);

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
		await vi.waitFor(async () => expect(await queue.all()).toEqual([]));
	});
});

it('fits photos into 1600 pixels and enlarges none', () => {
	expect(fitInto(4000, 3000)).toEqual({ width: 1600, height: 1200 });
	expect(fitInto(3000, 4000)).toEqual({ width: 1200, height: 1600 });
	expect(fitInto(800, 600)).toEqual({ width: 800, height: 600 });
	expect(fitInto(100_000, 2)).toEqual({ width: 1600, height: 1 });
});
