/** Moments of a page to wait for. Each comes soon in any case: a hidden page paints nothing, and a busy one has no quiet moment. */

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** When what was just changed is on the screen, or the page goes out of sight: what is to be done after comes first then. */
export const painted = (): Promise<void> =>
	new Promise((resolve) => {
		const done = () => {
			document.removeEventListener('visibilitychange', done);
			resolve();
		};
		document.addEventListener('visibilitychange', done);
		requestAnimationFrame(() => setTimeout(done));
		setTimeout(done, 500);
	});

/** When the page has nothing better to do, within a second. */
export const idle = (): Promise<void> =>
	new Promise((done) => {
		// Safari learnt it late.
		if (typeof requestIdleCallback === 'function') requestIdleCallback(() => done(), { timeout: 1000 });
		else setTimeout(done, 200);
	});

/** Milliseconds for which a phone's own storage is waited for: it may be slow, or shut. */
const PATIENCE = 300;

/** What the phone's own storage answers; undefined where it does not soon. */
export const soon = <T>(asked: Promise<T>): Promise<T | undefined> =>
	Promise.race([asked, pause(PATIENCE).then(() => undefined)]);
