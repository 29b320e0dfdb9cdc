/**
 * The service worker as a page sees it: registers it, keeps what the page has for the day without a signal, and shows when a
 * new version waits. The page never reloads by itself; the button in UpdatePrompt is the person's word.
 */
import type { PageMessage } from './caching';
import { withLock } from './coordination/lock';

const HOUR = 60 * 60 * 1000;

/** What UpdatePrompt marks in the page. */
export const promptMarks = {
	bar: 'data-update',
	now: 'data-update-now',
	later: 'data-update-later'
} as const;

/** Registers after the page has loaded. Without HTTPS there is no service worker, and nothing happens. */
export async function watchUpdates(document: Document): Promise<void> {
	if (!('serviceWorker' in navigator)) return;
	const registration = await navigator.serviceWorker.register('/service-worker.js').catch(() => undefined);
	if (!registration) return;

	let later = false;
	/** The first service worker of a phone takes over without a question: there was none before. */
	const show = () => {
		const waits = registration.waiting && navigator.serviceWorker.controller && !later;
		document.querySelector(`[${promptMarks.bar}]`)?.toggleAttribute('hidden', !waits);
	};
	show();
	registration.addEventListener('updatefound', () => {
		registration.installing?.addEventListener('statechange', show);
	});
	document.addEventListener('click', ({ target }) => {
		if (!(target instanceof Element)) return;
		if (target.closest(`[${promptMarks.now}]`)) void letIn(registration);
		else if (target.closest(`[${promptMarks.later}]`)) {
			later = true;
			show();
		}
	});
	askNowAndThen(document, registration);
	await navigator.serviceWorker.ready;
	// A page that was on its way while the worker took over was missed by it.
	if (!navigator.serviceWorker.controller) tell(registration, { type: 'claim' });
	keepLoaded(registration);
}

/**
 * Fetches the files of every page: for leaders and organizers, who will need them where there is no signal.
 * @returns whether the phone has them all now
 */
export async function keepEverything(): Promise<boolean> {
	if (!('serviceWorker' in navigator)) return false;
	const { active } = await navigator.serviceWorker.ready;
	const { port1, port2 } = new MessageChannel();
	const answered = new Promise<boolean>((done) => {
		port1.onmessage = ({ data }) => done((data as { failed: number }).failed === 0);
		// The worker may be ended in the middle of it.
		setTimeout(() => done(false), 60_000);
	});
	active?.postMessage({ type: 'keep-all' } satisfies PageMessage, [port2]);
	return answered.finally(() => port1.close());
}

/** Lets the new version in and loads the page anew; never while something is being sent, by any tab or the worker. */
async function letIn({ waiting }: ServiceWorkerRegistration): Promise<void> {
	if (!waiting) return location.reload();
	navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
	await withLock('outbox', () =>
		withLock('photos', () => {
			waiting.postMessage({ type: 'update' } satisfies PageMessage);
			// Held until this page is gone: nobody begins to send with the version that goes.
			return new Promise<void>(() => {});
		})
	);
}

/** A page left open for days asks now and then whether there is a new version. */
function askNowAndThen(document: Document, registration: ServiceWorkerRegistration): void {
	let asked = Date.now();
	document.addEventListener('visibilitychange', () => {
		if (document.hidden || Date.now() - asked < HOUR) return;
		asked = Date.now();
		registration.update().catch(() => {});
	});
}

/** Keeps the files this page has loaded; they come from the browser's own cache, so nothing is transferred. */
function keepLoaded(registration: ServiceWorkerRegistration): void {
	const assets = performance
		.getEntriesByType('resource')
		.filter(({ name }) => name.startsWith(`${location.origin}/_app/immutable/`))
		.map(({ name }) => name.slice(location.origin.length));
	tell(registration, { type: 'keep', assets });
}

function tell({ active }: ServiceWorkerRegistration, message: PageMessage): void {
	active?.postMessage(message);
}
