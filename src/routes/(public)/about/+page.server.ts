import { readDistrict } from '$lib/data/days';
import { serverClient } from '$lib/server/supabase';
import type { PageServerLoad } from './$types';

/** Nothing to read needs a script. */
export const csr = false;

export const load = (async () => ({ district: await readDistrict(serverClient()) })) satisfies PageServerLoad;
