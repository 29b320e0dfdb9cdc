import { getDayDetail, getLunarDate, getSolarTermDate } from 'chinese-days';
import { addDays, dayOf, localDateOf, monthOf, weekdayOf, yearOf, type LocalDate } from './local-date';

/*
 * Statutory holidays, as the State Council announces them each autumn for the year to come.
 * Holds chinese-days (8 kB compressed): for the server and the organizer's pages, never for a public page's bundle.
 */

/** A holiday that an admin wrote down, for what chinese-days does not know (yet). */
export interface AddedHoliday {
	date: LocalDate;
	name: string;
	name_en: string | null;
}

export interface DayStatus {
	/** 'unannounced': the year's holidays are not known yet, so nobody can say that this is a working day. */
	status: 'holiday' | 'workday' | 'weekend' | 'unannounced';
	/** The holiday's name; for an unannounced day the festival that by law falls on it, if one does. */
	name_zh: string | null;
	name_en: string | null;
}

type Names = Pick<DayStatus, 'name_zh' | 'name_en'>;

const NO_NAME: Names = { name_zh: null, name_en: null };
const NEW_YEAR: Names = { name_zh: '元旦', name_en: 'New Year’s Day' };
const SPRING: Names = { name_zh: '春节', name_en: 'Spring Festival' };
const QINGMING: Names = { name_zh: '清明节', name_en: 'Qingming Festival' };
const LABOUR: Names = { name_zh: '劳动节', name_en: 'Labour Day' };
const DRAGON_BOAT: Names = { name_zh: '端午节', name_en: 'Dragon Boat Festival' };
const MID_AUTUMN: Names = { name_zh: '中秋节', name_en: 'Mid-Autumn Festival' };
const NATIONAL: Names = { name_zh: '国庆节', name_en: 'National Day' };

/** chinese-days' short names; a name not listed here is shown as chinese-days has it. */
const BY_SHORT_NAME: Record<string, Names> = {
	元旦: NEW_YEAR,
	春节: SPRING,
	清明: QINGMING,
	劳动节: LABOUR,
	端午: DRAGON_BOAT,
	中秋: MID_AUTUMN,
	国庆节: NATIONAL
};

/**
 * What kind of day this is. A weekend that was made a working day ("调休") is a 'workday'; every other Saturday and
 * Sunday that is no holiday is a 'weekend'. What an admin added wins over what was announced.
 */
export function holidayOn(date: LocalDate, added: readonly AddedHoliday[] = []): DayStatus {
	const own = added.find((holiday) => holiday.date === date);
	if (own) return { status: 'holiday', name_zh: own.name, name_en: own.name_en ?? own.name };
	const listed = announced(date);
	if (listed) return listed;
	if (!isAnnounced(date, added)) return { status: 'unannounced', ...festivalByLaw(date) };
	return { status: weekdayOf(date) > 5 ? 'weekend' : 'workday', ...NO_NAME };
}

/**
 * Whether the holidays around this day are known. A year is known when its National Day is listed, by chinese-days or by
 * an admin: there is no year without one. The last three days of December need the next year too, because New Year's
 * holiday is announced with it and may begin before midnight.
 */
export function isAnnounced(date: LocalDate, added: readonly AddedHoliday[] = []): boolean {
	const known = (year: number) => {
		const nationalDay = localDateOf(year, 10, 1);
		return announced(nationalDay) !== null || added.some((holiday) => holiday.date === nationalDay);
	};
	return known(yearOf(date)) && (date < localDateOf(yearOf(date), 12, 29) || known(yearOf(date) + 1));
}

/** The day as chinese-days lists it, or null: an unlisted day and an unknown year look alike to it. */
function announced(date: LocalDate): DayStatus | null {
	const { name, work } = getDayDetail(localNoon(date));
	const [en, zh] = name.split(',');
	if (en === undefined || zh === undefined) return null;
	if (work) return { status: 'workday', ...NO_NAME };
	return { status: 'holiday', ...(BY_SHORT_NAME[zh] ?? { name_zh: zh, name_en: en }) };
}

/** The festivals themselves, without the bridging days that only an announcement can tell; until 2099. */
function festivalByLaw(date: LocalDate): Names {
	if (yearOf(date) > 2099) return NO_NAME;
	const [month, day] = [monthOf(date), dayOf(date)];
	if (month === 1 && day === 1) return NEW_YEAR;
	if (month === 5 && day <= 2) return LABOUR;
	if (month === 10 && day <= 3) return NATIONAL;
	if (month === 4 && getSolarTermDate(yearOf(date), 4, 'pure_brightness') === date) return QINGMING;
	const lunar = getLunarDate(localNoon(date));
	const eve = getLunarDate(localNoon(addDays(date, 1)));
	if (lunar.isLeap) return NO_NAME;
	if ((lunar.lunarMon === 1 && lunar.lunarDay <= 3) || (eve.lunarMon === 1 && eve.lunarDay === 1))
		return SPRING;
	if (lunar.lunarMon === 5 && lunar.lunarDay === 5) return DRAGON_BOAT;
	if (lunar.lunarMon === 8 && lunar.lunarDay === 15) return MID_AUTUMN;
	return NO_NAME;
}

/**
 * chinese-days reads 'YYYY-MM-DD' as UTC and answers for the day before when the machine's zone lies west of it;
 * noon by the machine's own clock is the right day everywhere.
 */
function localNoon(date: LocalDate): Date {
	return new Date(`${date}T12:00:00`);
}
