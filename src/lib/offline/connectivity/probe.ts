/** Asks the server how it is: in a page, and in the service worker, which must not use up attempts where there is no way. */
const TIMEOUT = 6_000;

/** Asks the server how it is. */
export async function probe(): Promise<boolean> {
	try {
		const answer = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT) });
		return answer.ok && (await answer.text()) === 'ok';
	} catch {
		return false;
	}
}
