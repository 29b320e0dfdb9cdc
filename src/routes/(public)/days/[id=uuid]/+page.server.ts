import type { PageServerLoad } from './$types';
import { loadDay } from '../../load-day.server';

/** Complete as HTML; see `enhance/entry` for what scripts add. */
export const csr = false;

export const load = (({ params, url }) => loadDay(url, params.id)) satisfies PageServerLoad;
