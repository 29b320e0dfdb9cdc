/** Asks the server how it is: in a page, and in the service worker, which must not use up attempts where there is no way. */
const TIMEOUT = 6_000;

/** Asks the server how it is, and what time it has, in milliseconds to the second; null: it does not answer, or is not well. */
export async function ask(): Promise<{ time: number | null } | null> {
	try {
		const answer = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT) });
		if (!answer.ok || (await answer.text()) !== 'ok') return null;
		return { time: Date.parse(answer.headers.get('date') ?? '') || null };
	} catch {
		return null;
	}
}

/** Whether the server is there, and well. */
export const probe = async (): Promise<boolean> => (await ask()) !== null;
