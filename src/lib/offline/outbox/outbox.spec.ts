import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { present } from '$lib/domain/roster';
import { Channel } from '../coordination/channel';
import { memoryStore, type Store } from '../storage/store';
import { Outbox } from './outbox';
import { rowOf, type OutboxRow } from './row';

let store: Store<OutboxRow>;
let name: string;
const channels: Channel[] = [];
beforeEach(() => {
	store = memoryStore();
	name = `test-${Math.random()}`;
});
afterEach(() => channels.splice(0).forEach((channel) => channel.close()));

const row = (id: string, person = 'p1', seq = 1): OutboxRow =>
	rowOf(
		{
			...present('s1', 1, 0),
			id,
			seq,
			device_id: 'd1',
			at: '2026-11-27T00:41:00Z',
			device_time: '2026-11-27T00:41:00Z',
			clock_offset_ms: 0
		},
		person
	);

function tab(person = 'p1', disk = store) {
	const channel = new Channel(name);
	channels.push(channel);
	return new Outbox({ store: disk, channel, person, onchange: () => {} });
}
const ids = (outbox: Outbox) => outbox.rows.map(({ id }) => id);

it('shows a row at once and says when the disk has it', async () => {
	let release = () => {};
	const slow: Store<OutboxRow> = {
		...store,
		write: async (put) => {
			await new Promise<void>((go) => (release = go));
			await store.write(put);
		}
	};
	const outbox = tab('p1', slow);
	await outbox.loaded;
	const kept = outbox.save([row('a')]);
	expect(ids(outbox)).toEqual(['a']);
	expect(outbox.isKept('a')).toBe(false);
	release();
	await kept;
	expect(outbox.isKept('a')).toBe(true);
	expect(await store.all()).toHaveLength(1);
});

it('shows every tab the same', async () => {
	const [one, other] = [tab(), tab()];
	await one.save([row('a', 'p1', 1)]);
	await vi.waitFor(() => expect(ids(other)).toEqual(['a']));
	await other.save([row('b', 'p1', 2)]);
	await vi.waitFor(() => expect(ids(one)).toEqual(['a', 'b']));
	await one.drop(['a']);
	await vi.waitFor(() => expect(ids(other)).toEqual(['b']));
	expect((await store.all()).map(({ id }) => id)).toEqual(['b']);
});

it('keeps other people’s rows out of sight, and counts them', async () => {
	const refused = { ...row('not taken', 'p2'), state: 'refused' as const, code: 'not_yours' };
	const arrived = { ...row('arrived', 'p2'), state: 'sent' as const };
	await store.write([row('theirs', 'p2'), refused, arrived, row('mine')]);
	const outbox = tab('p1');
	await outbox.loaded;
	expect(ids(outbox)).toEqual(['mine']);
	expect(outbox.others).toBe(2);
});

describe('when the disk fails', () => {
	const failing = (error: DOMException): Store<OutboxRow> & { mended: boolean } => ({
		mended: false,
		all: () => store.all(),
		async write(put, drop) {
			if (!this.mended) throw error;
			await store.write(put, drop);
		}
	});

	it('says so at once, loses nothing, and writes it when there is room again', async () => {
		const disk = failing(new DOMException('no room', 'QuotaExceededError'));
		const outbox = tab('p1', disk);
		await outbox.loaded;
		await outbox.save([row('a')]);
		expect(outbox.problem).toBe('full');
		expect(ids(outbox)).toEqual(['a']);
		expect(outbox.isKept('a')).toBe(false);

		disk.mended = true;
		await outbox.reload();
		expect(outbox.problem).toBeNull();
		expect(outbox.isKept('a')).toBe(true);
		expect(await store.all()).toHaveLength(1);
	});

	it('tells a browser that keeps nothing from one that is full', async () => {
		const outbox = tab('p1', {
			all: () => Promise.reject(new DOMException('no', 'SecurityError')),
			write: () => Promise.reject(new DOMException('no', 'SecurityError'))
		});
		await outbox.loaded;
		expect(outbox.problem).toBe('none');
		await outbox.save([row('a')]);
		expect(ids(outbox)).toEqual(['a']);
	});

	it('puts back what the system cleared away', async () => {
		const outbox = tab();
		await outbox.save([row('a')]);
		await store.write([], ['a']);
		await outbox.reload();
		expect((await store.all()).map(({ id }) => id)).toEqual(['a']);
	});
});

it('forgets on the disk what a roster shows, and only what was answered for', async () => {
	const outbox = tab();
	await outbox.save([{ ...row('sent'), state: 'sent' }, row('waiting', 'p1', 2)]);
	await outbox.seen(new Set(['sent', 'waiting']));
	expect((await store.all()).map(({ id }) => id)).toEqual(['waiting']);
	expect(ids(outbox)).toEqual(['sent', 'waiting']);
	await outbox.reload();
	expect((await store.all()).map(({ id }) => id)).toEqual(['waiting']);
});
