/** What signing out takes from the phone: the day packs, the session of the service worker, and records that have arrived. What waits to be sent stays. */
export async function forgetDay(): Promise<void> {
	// Loaded then: a resident's page needs nothing of it.
	const [{ dropAllPacks }, { dropSettled }, { keepSession }] = await Promise.all([
		import('./pack/drop'),
		import('./pack/tidy-up'),
		import('./storage/session')
	]);
	await Promise.all([dropAllPacks(), dropSettled(Infinity), keepSession(null)]);
}
