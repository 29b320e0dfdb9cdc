/**
 * Whether this window forgets everything when it is closed. No browser says so, and the room it names is the same in both: what
 * is left is that Safari and Firefox refuse a private window their file system, and that Chromium keeps a private window's files in
 * memory, where putting them on the disk takes no time at all. A browser that hides this too is not recognised; nothing breaks.
 */
import { keep, kept } from '$lib/data/kept';
import { idle } from '$lib/moments';

export interface Signs {
	/** The error with which the private file system was refused, as `name: message`; undefined: it was opened, or there is none. */
	refusal?: string | undefined;
	/** Milliseconds that each of several writes took to be put on the disk; empty: it was not measured. */
	flushes: readonly number[];
}

/** Below the tenth of a millisecond in which browsers count: the quickest phones take several to put a page of bytes on their disk. */
const NO_TIME = 0.05;

export function seemsPrivate({ refusal, flushes }: Signs): boolean {
	if (refusal !== undefined) return /^SecurityError|unknown transient reason/.test(refusal);
	const sorted = flushes.toSorted((a, b) => a - b);
	const median = sorted[Math.floor(sorted.length / 2)];
	return median !== undefined && median < NO_TIME;
}

/** Where it was measured that this browser writes to a disk; a private window begins without it, and asks. */
const MEASURED = 'last-friday-on-disk';

let known: Promise<boolean> | undefined;

/** Asked once per page, when it has nothing better to do, until it is known: only where the browser has not promised to keep anything. */
export const isPrivateWindow = (): Promise<boolean> => (known ??= look().catch(() => false));

async function look(): Promise<boolean> {
	if (kept(MEASURED) === true) return false;
	await idle();
	const found = await signs();
	const is = seemsPrivate(found);
	if (!is && found.flushes.length > 0) keep(MEASURED, true);
	return is;
}

async function signs(): Promise<Signs> {
	if (typeof navigator.storage?.getDirectory !== 'function') return { flushes: [] };
	try {
		await navigator.storage.getDirectory();
	} catch (error) {
		return { refusal: error instanceof Error ? `${error.name}: ${error.message}` : '', flushes: [] };
	}
	return { flushes: await measure() };
}

/** Milliseconds; a phone that has not measured it by then has a slow disk, not none. */
const PATIENCE = 10_000;

function measure(): Promise<number[]> {
	const worker = new Worker(new URL('./flush-worker.ts', import.meta.url), { type: 'module' });
	return new Promise<number[]>((done) => {
		worker.onmessage = ({ data }: MessageEvent<number[]>) => done(data);
		worker.onerror = () => done([]);
		setTimeout(() => done([]), PATIENCE);
	}).finally(() => worker.terminate());
}
