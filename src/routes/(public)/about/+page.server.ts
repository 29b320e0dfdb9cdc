import { readDistrict } from '$lib/data/days';
import { serverClient } from '$lib/server/supabase';
import type { PageServerLoad } from './$types';

export const load = (async () => ({ district: await readDistrict(serverClient()) })) satisfies PageServerLoad;
