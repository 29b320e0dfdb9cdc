/** Sends photos, in a page or in the service worker: one by one, each whole, and gone from the phone only when it has arrived. */
import type { PhotoReceipt, PhotoToSend } from '$lib/data/photo-sending';
import type { Connection } from '$lib/data/rpc';
import { DataError } from '$lib/data/data-error';
import type { PhotoRow } from '../photos/row';
import { pauseAfter, rests } from '../retry/backoff';
import { verdictOn } from '../retry/verdict';
import type { DrainEnd } from './executor';

export interface PhotoExecutorParts {
	/** Photos of the one person whose photos may leave, oldest first, as they are on the disk now. */
	rows: () => Promise<readonly PhotoRow[]>;
	save: (row: PhotoRow) => Promise<void>;
	/** The server has it. */
	arrived: (id: string) => Promise<void>;
	connect: (renew: boolean) => Promise<Connection | null>;
	send: (to: Connection, photo: PhotoToSend) => Promise<PhotoReceipt>;
	/** SHA-256 of a photo that was put away without it. */
	hash: (blob: Blob) => Promise<string>;
	now?: () => number;
	random?: () => number;
	turn?: number;
}

const TURN = 5_000;

export async function drainPhotos(parts: PhotoExecutorParts): Promise<DrainEnd> {
	const { now = Date.now, random = Math.random, turn = TURN } = parts;
	const until = now() + turn;
	let renew = false;
	for (;;) {
		const waiting = (await parts.rows()).filter(({ state }) => state === 'waiting');
		const next = waiting.find(({ next_at }) => !rests(next_at, now()));
		if (!next) {
			const at = Math.min(...waiting.map(({ next_at }) => next_at));
			return waiting.length === 0 ? { end: 'done' } : { end: 'later', at };
		}
		if (now() >= until) return { end: 'more' };
		try {
			const connection = await parts.connect(renew);
			if (!connection) return { end: 'sign-in' };
			const receipt = await parts.send(connection, next);
			confirm(next.sha256 ?? (await parts.hash(next.blob)), receipt);
			renew = false;
			await parts.arrived(next.id);
		} catch (error) {
			const verdict = verdictOn(error);
			if (verdict === 'sign-in') {
				if (renew) return { end: 'sign-in' };
				renew = true;
				continue;
			}
			if (verdict === 'refused') {
				await parts.save({ ...next, state: 'refused', code: (error as DataError).code });
				continue;
			}
			const attempts = next.attempts + 1;
			const code = error instanceof DataError ? error.code : 'unknown';
			await parts.save({ ...next, attempts, error: code, next_at: now() + pauseAfter(attempts, random()) });
			if (error instanceof DataError && error.status === 0) return { end: 'offline' };
		}
	}
}

/** The server must have got the very bytes that the phone holds. @throws DataError server: it is sent again */
function confirm(sha256: string, receipt: PhotoReceipt): void {
	if (receipt.received_sha256 !== sha256) throw new DataError('server', 'other bytes arrived', 502);
}
