import { json } from '@sveltejs/kit';
import { publicConfig } from '$lib/server/supabase';
import type { RequestHandler } from './$types';

/** What a browser needs to reach the data; asked for only by pages that act, so that cached pages stay free of it. */
export const GET: RequestHandler = () =>
	json(publicConfig(), { headers: { 'cache-control': 'public, max-age=300' } });
