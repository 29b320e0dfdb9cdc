/** What a phone need not hold any longer: packs whose day is a week gone, and records that the server took as long ago. */
import { isSettledBefore } from '../outbox/row';
import { databaseStore } from '../storage/store';
import { dropPacks, KEEP_FOR } from './drop';

export async function tidyUp(now = Date.now()): Promise<void> {
	await Promise.all([dropPacks('over', now), dropSettled(now - KEEP_FOR)]);
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
