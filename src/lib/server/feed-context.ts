import { readDistrict, type District } from '$lib/data/days';
import { today } from '$lib/domain/calendar/today';
import { error } from '@sveltejs/kit';
import type { FeedContext } from './feeds';
import type { Client } from './supabase';

/** What every feed is made with. A calendar app sends no language of its own, so the address says it: `?lang=en`. */
export async function feedContext(client: Client, url: URL): Promise<FeedContext & { district: District }> {
	const district = await readDistrict(client);
	if (!district) error(404);
	return {
		district,
		language: url.searchParams.get('lang') === 'en' ? 'en' : 'zh',
		origin: url.origin,
		zone: district.time_zone,
		today: today(new Date(), district.time_zone)
	};
}
