import { error } from '@sveltejs/kit';
import { readDistrict } from '$lib/data/days';
import { today } from '$lib/domain/calendar/today';
import { m } from '$lib/paraglide/messages';
import { orErrorPage } from './page-error';
import type { Client } from './supabase';

/** Whose data they are, and what day it is there. 404 until there is a district. */
export async function openContext(client: Client): Promise<{ district: string; today: string }> {
	const district = await orErrorPage(readDistrict(client));
	if (!district) error(404, m.errors_gone());
	return { district: district.name, today: today(new Date(), district.time_zone) };
}
