/**
 * Runs something again and again while somebody looks: not behind another tab, not on a phone in the pocket, and at once when
 * it is taken out. The answer stops it.
 */
export function whileSeen(run: () => void, every: number): () => void {
	let timer: ReturnType<typeof setInterval> | undefined;
	const stop = () => {
		clearInterval(timer);
		timer = undefined;
	};
	const begin = () => {
		stop();
		if (document.visibilityState === 'visible') timer = setInterval(run, every);
	};
	const changed = () => {
		if (document.visibilityState === 'visible') run();
		begin();
	};
	begin();
	document.addEventListener('visibilitychange', changed);
	addEventListener('online', changed);
	return () => {
		stop();
		document.removeEventListener('visibilitychange', changed);
		removeEventListener('online', changed);
	};
}
