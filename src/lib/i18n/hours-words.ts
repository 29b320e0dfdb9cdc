/** Hours and certificates in words. */
import type { Certificate, Credit, HourParts } from '$lib/data/hours';
import { partsInSteps } from '$lib/domain/figures/parts';
import { m } from '$lib/paraglide/messages';
import { formatDate, formatNumber } from './format';

/** Of an hour, in seconds. */
const TENTH = 360;

/** Seconds as hours, cut to a tenth: a certificate never claims more than the records. */
export const hoursOf = (seconds: number): string => formatNumber(Math.floor(seconds / TENTH) / 10, 1);

/** Hours to the second, where parts must add up to the whole: 6 小时 20 分 15 秒. */
export function durationWords(seconds: number): string {
	const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
	const parts = [
		hours > 0 && m.hours_exact_hours({ n: formatNumber(hours) }),
		minutes > 0 && m.hours_exact_minutes({ n: minutes }),
		rest > 0 && m.hours_exact_seconds({ n: rest })
	].filter((words) => words !== false);
	return parts.join(' ') || m.hours_exact_minutes({ n: 0 });
}

export const totalOf = ({ recorded, self, credited }: HourParts): number => recorded + self + credited;

/** The parts that are there, each by its name: 现场记录 2 小时 · 补记 0.5 小时. They add up to {@link totalOf} as it is told. */
export function partWords({ recorded, self, credited }: HourParts): string[] {
	const [a = 0, b = 0, c = 0] = partsInSteps([recorded, self, credited], TENTH);
	return [
		recorded !== 0 && m.hours_part_recorded({ hours: formatNumber(a / 10, 1) }),
		self !== 0 && m.hours_part_self({ hours: formatNumber(b / 10, 1) }),
		credited !== 0 && m.hours_part_credited({ hours: formatNumber(c / 10, 1) })
	].filter((words) => words !== false);
}

/** 组织者补记 0.5 小时：组长证明; of one that was taken back also that, and below zero the taking back itself. */
export function creditWords({ seconds, taken_back }: Credit, reason: string): string {
	if (seconds < 0) return m.hours_taken_back_for({ hours: hoursOf(-seconds), reason });
	const words = taken_back ? m.hours_credited_until_taken_back : m.hours_credited_for;
	return words({ hours: hoursOf(seconds), reason });
}

/** What a certificate is about: one day, or from the first of January to the day it reaches. */
export function certificatePeriod({ kind, from, to }: Pick<Certificate, 'kind' | 'from' | 'to'>): string {
	if (kind === 'day') return formatDate(from, { year: true });
	return m.hours_certificate_period({
		from: formatDate(from, { year: true }),
		to: formatDate(to, { year: true })
	});
}

/** In groups of four, as one reads it out. */
export const numberInGroups = (number: string): string =>
	number
		.toUpperCase()
		.match(/.{1,4}/g)
		?.join('-') ?? number;
