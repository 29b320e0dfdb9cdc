import { readCalendar, readDistrict, type CalendarDay } from '$lib/data/days';
import { readExtraHolidays } from '$lib/data/labour-days';
import { holidayOn, type AddedHoliday } from '$lib/domain/calendar/holidays';
import { parseLocalDate } from '$lib/domain/calendar/local-date';
import { today } from '$lib/domain/calendar/today';
import { serverClient } from '$lib/server/supabase';
import type { PageServerLoad } from './$types';

/** Nothing to read needs a script. */
export const csr = false;

export const load = (async ({ url, locals }) => {
	const client = serverClient();
	const [days, district, extra] = await Promise.all([
		readCalendar(client),
		readDistrict(client),
		readExtraHolidays(client)
	]);
	const added = extra.map((holiday): AddedHoliday => ({ ...holiday, date: parseLocalDate(holiday.date) }));
	const now = district ? today(new Date(), district.time_zone) : '';
	const { language } = locals.prefs;
	/** The list of holidays is long: it stays on the server. */
	const row = (day: CalendarDay) => {
		const { status, name_zh, name_en } = holidayOn(parseLocalDate(day.date), added);
		const name = language === 'zh' ? name_zh : name_en;
		return {
			...day,
			holiday: status === 'holiday' ? name : null,
			unannounced: status === 'unannounced'
		};
	};
	return {
		next: days.filter(({ date }) => date >= now).map(row),
		past: days
			.filter(({ date }) => date < now)
			.map(row)
			.reverse(),
		origin: url.origin
	};
}) satisfies PageServerLoad;
