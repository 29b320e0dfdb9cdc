import { databaseStore } from './store';

/** How many records and photos of a person this phone has still to send, refused ones among them. */
export async function countWaiting(person: string): Promise<{ records: number; photos: number }> {
	const mine = (row: { person: string; state: string }) =>
		row.person === person && (row.state === 'waiting' || row.state === 'refused');
	const count = (name: 'outbox' | 'photos') =>
		databaseStore(name)
			.all()
			.then((rows) => rows.filter(mine).length)
			.catch(() => 0);
	const [records, photos] = await Promise.all([count('outbox'), count('photos')]);
	return { records, photos };
}
