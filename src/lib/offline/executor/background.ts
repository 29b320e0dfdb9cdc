/** Asks the browser to wake the service worker when there is a network, also after the page was closed. */

interface SyncRegistration extends ServiceWorkerRegistration {
	sync?: { register(tag: string): Promise<void> };
}

/** What the service worker is woken with. */
export const SYNC_TAG = 'last-friday-queues';

/** Where the browser has no such thing, the page sends when it is opened. */
export async function askForBackgroundSend(): Promise<void> {
	try {
		const registration = (await navigator.serviceWorker?.getRegistration()) as SyncRegistration | undefined;
		await registration?.sync?.register(SYNC_TAG);
	} catch {
		// The person has forbidden it, or the page came by plain http.
	}
}
