/** What the database cannot do by itself, having no clock that wakes it: labour days to come, and carrying what changed into the sums of the days. */
import { serviceClient } from './supabase';

const HOUSE = { command: 'keep_house', every: 60 * 60_000 } as const;
/** Pages are exact at every instant and as fast as few crews changed since: of a busy morning what a quarter of a minute brings. */
const SUMS = { command: 'roll_up_sums', every: 15_000 } as const;

/** Keeps house now and every hour, and the sums rolled up; answers with how to stop. A failure is told once, and tried again. */
export function startHousekeeping(): () => Promise<void> {
	const stops = [HOUSE, SUMS].map(repeat);
	return async () => {
		await Promise.all(stops.map((stop) => stop()));
	};
}

function repeat({ command, every }: typeof HOUSE | typeof SUMS): () => Promise<void> {
	let running = Promise.resolve();
	let failed = false;
	let waiting = false;
	const keep = () => {
		if (waiting) return; // the last one has not ended
		waiting = true;
		running = running.then(async () => {
			const { error } = await serviceClient().rpc(command);
			if (error && !failed)
				console.error(`[house] ${command}: ${error.code ?? ''} not done; tried again later`);
			failed = error !== null;
			waiting = false;
		});
	};
	keep();
	const timer = setInterval(keep, every);
	timer.unref();
	return () => {
		clearInterval(timer);
		return running;
	};
}
