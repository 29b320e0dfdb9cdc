/**
 * What a phone need not hold any longer: packs whose day is a week gone, and records that the server took as long ago. Whether
 * it is so late the server says: a clock that somebody has thrown ahead must not take the day from a phone in an alley.
 */
import { ask } from '../connectivity/probe';
import { isSettledBefore } from '../outbox/row';
import { databaseStore } from '../storage/store';
import { dropPacksOver, KEEP_FOR } from './drop';

/** @param passed an instant that has certainly passed (ms, the server's clock; 0: none is known): what is over by it goes without a signal, too */
export async function tidyUp(passed = 0): Promise<void> {
	const now = (await ask())?.time ?? passed;
	if (now) await Promise.all([dropPacksOver(now), dropSettled(now - KEEP_FOR)]);
}

/** Deletes records that the server answered for before this instant: they hold names, and nothing waits for them. */
export async function dropSettled(before: number): Promise<void> {
	const store = databaseStore('outbox');
	await store
		.all()
		.then((rows) =>
			store.write(
				[],
				rows.filter((row) => isSettledBefore(row, before)).map(({ id }) => id)
			)
		)
		.catch(() => {});
}
