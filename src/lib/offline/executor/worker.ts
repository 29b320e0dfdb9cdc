/**
 * Sends all that a person's phone holds without showing it: from the service worker, when the browser says that there is a
 * network and perhaps no page is open any more, and from pages that record nothing themselves. It takes its turn with the others.
 */
import { sendPhotoQuietly } from '$lib/data/photo-sending';
import { sendRecords } from '$lib/data/records';
import type { Connection } from '$lib/data/rpc';
import { probe } from '../connectivity/probe';
import { Channel } from '../coordination/channel';
import { withLock } from '../coordination/lock';
import { inOrder, upgradeRow } from '../outbox/row';
import { tidyUp } from '../pack/tidy-up';
import { hashOfBlob } from '../photos/hash';
import { byTime, upgradePhoto } from '../photos/row';
import { keptSession } from '../storage/session';
import { databaseStore } from '../storage/store';
import { drain, type DrainEnd } from './executor';
import { drainPhotos } from './photos';

/**
 * In the service worker: with the session as a page left it. A token that is not taken is a page's to renew.
 * @throws Error when something is left that may go later: the browser then wakes the worker again
 */
export async function sendInBackground(): Promise<void> {
	await tidyUp();
	const person = (await keptSession())?.person;
	if (!person) return;
	const ends = await sendWaiting(person, async (renew) => {
		const session = renew ? undefined : await keptSession();
		return session?.person === person ? session : null;
	});
	if (ends.some(({ end }) => end === 'offline' || end === 'later'))
		throw new Error('Something is left to send.');
}

/** Sends a person's records, then their photos; answers with how each ended. */
export async function sendWaiting(
	person: string,
	connect: (renew: boolean) => Promise<Connection | null>
): Promise<DrainEnd[]> {
	if (!(await probe())) return [{ end: 'offline' }];
	const channel = new Channel();
	const records = databaseStore('outbox');
	const photos = databaseStore('photos');
	const ends = [
		await inTurns('outbox', () =>
			drain({
				connect,
				send: sendRecords,
				rows: async () =>
					(await records.all())
						.flatMap((row) => upgradeRow(row) ?? [])
						.filter((row) => row.person === person)
						.sort(inOrder),
				save: async (rows) => {
					await records.write(rows);
					channel.tell({ queue: 'outbox' });
				}
			})
		),
		await inTurns('photos', () =>
			drainPhotos({
				connect,
				send: sendPhotoQuietly,
				hash: hashOfBlob,
				rows: async () =>
					(await photos.all())
						.flatMap((row) => upgradePhoto(row) ?? [])
						.filter((row) => row.person === person)
						.sort(byTime),
				save: async (row) => {
					await photos.write([row]);
					channel.tell({ queue: 'photos' });
				},
				arrived: async (id) => {
					await photos.write([], [id]);
					channel.tell({ queue: 'photos', dropped: [id] });
				}
			})
		)
	];
	channel.close();
	return ends;
}

async function inTurns(lock: 'outbox' | 'photos', work: () => Promise<DrainEnd>): Promise<DrainEnd> {
	for (;;) {
		const ended = await withLock(lock, work);
		if (ended.end !== 'more') return ended;
	}
}
