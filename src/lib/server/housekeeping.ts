/** What the database cannot do by itself, having no clock that wakes it: labour days to come, sums of days gone by. */
import { serviceClient } from './supabase';

const EVERY = 60 * 60 * 1000;

/** Keeps house now and every hour; answers with how to stop. A failure is told and tried again an hour later. */
export function startHousekeeping(every = EVERY): () => Promise<void> {
	let running = Promise.resolve();
	const keep = () => {
		running = running.then(async () => {
			const { error } = await serviceClient().rpc('keep_house');
			if (error) console.error(`[house] ${error.code ?? ''} not kept; tried again in an hour`);
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
