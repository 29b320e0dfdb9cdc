/**
 * Sends all that a person's phone holds without showing it: from the service worker, when the browser says that there is a
 * network and perhaps no page is open any more, and from pages that record nothing themselves. It takes its turn with the others.
 */
import { sendPhotoQuietly } from '$lib/data/photo-sending';
import { reportPhoneQuietly } from '$lib/data/phone-word';
import { sendRecords } from '$lib/data/records';
import type { Connection } from '$lib/data/rpc';
import { ask, probe } from '../connectivity/probe';
import { Channel } from '../coordination/channel';
import { withLock, type LockName } from '../coordination/lock';
import { inOrder, upgradeRow } from '../outbox/row';
import { gatheringsOf } from '../pack/drop';
import { tidyUp } from '../pack/tidy-up';
import { hashOfBlob } from '../photos/hash';
import { byTime, upgradePhoto } from '../photos/row';
import { countWaiting } from '../storage/count';
import { keptSession } from '../storage/session';
import { databaseStore } from '../storage/store';
import { drain, type DrainEnd } from './executor';
import { drainPhotos } from './photos';

/** Milliseconds; longer than a turn of records lasts. */
const PATIENCE = 8_000;

/**
 * In the service worker: with the session as a page left it. A token that is not taken is a page's to renew.
 * @throws Error when something is left that may go later: the browser then wakes the worker again
 */
export async function sendInBackground(): Promise<void> {
	await tidyUp();
	const person = (await keptSession())?.person;
	if (!person) return;
	const connect = async (renew: boolean) => {
		const session = renew ? undefined : await keptSession();
		return session?.person === person ? session : null;
	};
	// A page that lets a new version in keeps everybody from sending until this worker is gone, and it goes only when it waits for nothing.
	const ends = await sendWaiting(person, connect, PATIENCE);
	await tellWhatIsLeft(person);
	if (ends.some(({ end }) => end === 'offline' || end === 'later'))
		throw new Error('Something is left to send.');
}

/** Whoever closes a gathering hears that this phone has sent what it held: there may be no page to say so. */
async function tellWhatIsLeft(person: string): Promise<void> {
	const [session, heard] = await Promise.all([keptSession(), ask()]);
	if (!session?.device || session.person !== person || !heard?.time) return;
	const [word, gatherings] = await Promise.all([countWaiting(person), gatheringsOf(person)]);
	// The server tells its time in whole seconds, and takes no word for later than now.
	const at = new Date(heard.time + 1000).toISOString();
	for (const gathering of gatherings)
		await reportPhoneQuietly(session, gathering, { device: session.device, at, ...word }).catch(() => {});
}

/**
 * Sends a person's records, then their photos; answers with how each ended.
 * @param patience milliseconds to wait for each turn; without it, for ever
 */
export async function sendWaiting(
	person: string,
	connect: (renew: boolean) => Promise<Connection | null>,
	patience?: number
): Promise<DrainEnd[]> {
	if (!(await probe())) return [{ end: 'offline' }];
	const inTurns = takingTurns(patience);
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

/** Works turn by turn until it is done; who has no turn in time leaves the rest for later. */
function takingTurns(patience: number | undefined) {
	return async (lock: LockName, work: () => Promise<DrainEnd>): Promise<DrainEnd> => {
		for (;;) {
			let ended: DrainEnd;
			try {
				ended = await withLock(lock, work, patience);
			} catch (error) {
				if (error instanceof DOMException && error.name === 'TimeoutError') return { end: 'later', at: 0 };
				throw error;
			}
			if (ended.end !== 'more') return ended;
		}
	};
}
