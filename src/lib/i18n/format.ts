/**
 * Dates, times and numbers in the reader's language, by `Intl` alone, so that public pages need no date library.
 * A labour day is a local date and its times are wall-clock times: neither is ever an instant here. Only `formatInstant`
 * takes one, and then the district's time zone with it.
 */
import { getLocale } from '$lib/paraglide/runtime';
import type { Language } from './prefs';
import { said } from './said';

const tags = { zh: 'zh-CN', en: 'en-GB' } as const;

/** Formatters are slow to make and few: one per shape, language and zone. */
const made = new Map<string, Intl.DateTimeFormat>();
function formatterOf(tag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const key = tag + JSON.stringify(options);
	const known = made.get(key) ?? new Intl.DateTimeFormat(tag, options);
	made.set(key, known);
	return known;
}
const formatter = (language: Language, options: Intl.DateTimeFormatOptions) =>
	formatterOf(tags[language], options);

/** Midday in UTC of a local date ('2026-11-27'), to be formatted in UTC. */
const middayOf = (date: string) => new Date(`${date}T12:00:00Z`);

export interface DateShape {
	year?: boolean;
	weekday?: boolean;
}

/** 11月27日 · 11月27日 周五 · 2026年11月27日 | 27 November · Friday 27 November · 27 November 2026 */
export function formatDate(
	date: string,
	{ year, weekday }: DateShape = {},
	language: Language = getLocale()
): string {
	const day = middayOf(date);
	const words = formatter(language, {
		timeZone: 'UTC',
		year: year ? 'numeric' : undefined,
		month: 'long',
		day: 'numeric'
	}).format(day);
	if (!weekday) return words;
	const name = formatWeekday(date, language);
	return language === 'zh' ? `${words} ${name}` : `${name} ${words}`;
}

/** 周五 | Friday */
export function formatWeekday(date: string, language: Language = getLocale()): string {
	return formatter(language, { timeZone: 'UTC', weekday: language === 'zh' ? 'short' : 'long' }).format(
		middayOf(date)
	);
}

/** 2026年11月 | November 2026; takes a date or a month ('2026-11'). */
export function formatMonth(month: string, language: Language = getLocale()): string {
	return formatter(language, { timeZone: 'UTC', year: 'numeric', month: 'long' }).format(
		middayOf(`${month.slice(0, 7)}-01`)
	);
}

/** A wall-clock time as its part of the day and its digits. */
function clock(time: string, language: Language): { period: string; digits: string } {
	const parts = formatter(language, {
		timeZone: 'UTC',
		hour: 'numeric',
		minute: '2-digit',
		hour12: true,
		// 晚上 8:00, not 下午 8:00; browsers that do not know it say 下午.
		...(language === 'zh' && { dayPeriod: 'short' })
	}).formatToParts(new Date(`2000-01-01T${time.slice(0, 5)}:00Z`));
	const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
	return { period: part('dayPeriod'), digits: `${Number(part('hour'))}:${part('minute')}` };
}

/** 上午 8:30 | 8:30 am; takes 'HH:MM', seconds are dropped. */
export function formatTime(time: string, language: Language = getLocale()): string {
	const { period, digits } = clock(time, language);
	return language === 'zh' ? `${period} ${digits}` : `${digits} ${period}`;
}

/** 上午 8:30–11:00 · 上午 10:30–下午 1:00 | 8:30–11:00 am · 10:30 am–1:00 pm */
export function formatTimes(start: string, end: string, language: Language = getLocale()): string {
	const [from, to] = [clock(start, language), clock(end, language)];
	if (from.period !== to.period) return `${formatTime(start, language)}–${formatTime(end, language)}`;
	const range = `${from.digits}–${to.digits}`;
	return language === 'zh' ? `${from.period} ${range}` : `${range} ${from.period}`;
}

/** 11月27日 周五 上午 8:30–11:00 | Friday 27 November, 8:30–11:00 am */
export function formatWhen(
	date: string,
	start: string,
	end: string,
	language: Language = getLocale()
): string {
	const separator = language === 'zh' ? ' ' : ', ';
	return said(
		['when', language, date, start, end].join(' '),
		() => formatDate(date, { weekday: true }, language) + separator + formatTimes(start, end, language)
	);
}

/** An instant on the district's clock: 11月26日 晚上 8:00 | 26 November, 8:00 pm */
export function formatInstant(
	instant: Date | string,
	timeZone: string,
	shape: DateShape = {},
	language: Language = getLocale()
): string {
	const key = ['instant', language, timeZone, new Date(instant).toISOString(), shape.year, shape.weekday];
	return said(key.join(' '), () => {
		const { date, time } = localParts(instant, timeZone);
		return formatDate(date, shape, language) + (language === 'zh' ? ' ' : ', ') + formatTime(time, language);
	});
}

/** The local date and wall-clock time of an instant in a zone. */
export function localParts(instant: Date | string, timeZone: string): { date: string; time: string } {
	// Swedish writes dates as ISO does.
	const text = formatterOf('sv-SE', {
		timeZone,
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23'
	}).format(new Date(instant));
	return { date: text.slice(0, 10), time: text.slice(11, 16) };
}

/** 今天 · 明天 · 12天后 | today · tomorrow · in 12 days, seen from `today` (both local dates). */
export function formatDaysAway(date: string, today: string, language: Language = getLocale()): string {
	const days = Math.round((middayOf(date).getTime() - middayOf(today).getTime()) / 86_400_000);
	return new Intl.RelativeTimeFormat(tags[language], { numeric: 'auto' }).format(days, 'day');
}

/** 10,284 · 203.6: grouped, with at most `digits` decimals. */
export function formatNumber(value: number, digits = 0, language: Language = getLocale()): string {
	return new Intl.NumberFormat(tags[language], { maximumFractionDigits: digits }).format(value);
}
