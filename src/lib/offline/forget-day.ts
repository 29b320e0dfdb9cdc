/** What signing out takes from the phone: the day packs and the session of the service worker. What waits to be sent stays. */
export async function forgetDay(): Promise<void> {
	// Loaded then: a resident's page needs nothing of it.
	const [{ dropPacks }, { keepSession }] = await Promise.all([
		import('./pack/packs'),
		import('./storage/session')
	]);
	await Promise.all([dropPacks('all'), keepSession(null)]);
}

/** How many records and photos of a person this phone has still to send. */
export async function countWaiting(person: string): Promise<{ records: number; photos: number }> {
	const { databaseStore } = await import('./storage/store');
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
