import { createContext } from 'svelte';
import type { PageMessage } from './caching';

const HOUR = 60 * 60 * 1000;

/**
 * The service worker as a page sees it: registers it, keeps what the page has for the day without a signal, and knows when
 * a new version waits. The page never reloads by itself; `accept` is the person's word.
 */
export class AppUpdate {
	/** A new version is on this phone and waits to be let in. */
	waiting = $state(false);

	#registration: ServiceWorkerRegistration | undefined;
	#checked = Date.now();

	/** Registers after the page has loaded. Without HTTPS there is no service worker, and nothing happens. */
	async start(): Promise<void> {
		if (!('serviceWorker' in navigator)) return;
		const registration = await navigator.serviceWorker.register('/service-worker.js').catch(() => undefined);
		if (!registration) return;
		this.#registration = registration;
		this.#look();
		registration.addEventListener('updatefound', () => {
			registration.installing?.addEventListener('statechange', () => this.#look());
		});
		document.addEventListener('visibilitychange', () => this.#check());
		await navigator.serviceWorker.ready;
		this.keep();
	}

	/** Keeps the files this page has loaded; they come from the browser's own cache, so nothing is transferred. */
	keep(): void {
		const assets = performance
			.getEntriesByType('resource')
			.filter(({ name }) => name.startsWith(`${location.origin}/_app/immutable/`))
			.map(({ name }) => name.slice(location.origin.length));
		this.#tell({ type: 'keep', assets });
	}

	/** Fetches the files of every page: for leaders and organizers, who will need them where there is no signal. */
	async keepAll(): Promise<void> {
		if (!('serviceWorker' in navigator)) return;
		(await navigator.serviceWorker.ready).active?.postMessage({ type: 'keep-all' } satisfies PageMessage);
	}

	/** Lets the new version in and loads the page anew. */
	accept(): void {
		const waiting = this.#registration?.waiting;
		if (!waiting) return location.reload();
		navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
		waiting.postMessage({ type: 'update' } satisfies PageMessage);
	}

	#look(): void {
		this.waiting = Boolean(this.#registration?.waiting && navigator.serviceWorker.controller);
	}

	/** A page left open for days asks now and then whether there is a new version. */
	#check(): void {
		if (document.hidden || Date.now() - this.#checked < HOUR) return;
		this.#checked = Date.now();
		this.#registration?.update().catch(() => {});
	}

	#tell(message: PageMessage): void {
		this.#registration?.active?.postMessage(message);
	}
}

export const [getAppUpdate, setAppUpdate] = createContext<AppUpdate>();
