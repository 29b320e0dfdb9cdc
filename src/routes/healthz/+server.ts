import { text } from '@sveltejs/kit';
import { healthy } from '$lib/server/supabase';
import type { RequestHandler } from './$types';

/** For a watchdog or a load balancer: 200 while the database answers. */
export const GET: RequestHandler = async () => {
	const well = await healthy();
	return text(well ? 'ok' : 'no database', {
		status: well ? 200 : 503,
		headers: { 'cache-control': 'no-store' }
	});
};
