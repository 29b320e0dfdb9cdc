import type { PageServerLoad } from './$types';
import { loadDay } from './load-day.server';

export const load = (({ url }) => loadDay(url)) satisfies PageServerLoad;
