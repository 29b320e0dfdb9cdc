import type { PageServerLoad } from './$types';
import { loadDay } from '../../load-day.server';

export const load = (({ params, url }) => loadDay(url, params.id)) satisfies PageServerLoad;
