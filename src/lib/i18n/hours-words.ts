/** Hours and certificates in words. */
import type { Certificate, HourParts } from '$lib/data/hours';
import { m } from '$lib/paraglide/messages';
import { formatDate, formatNumber } from './format';

/** Seconds as hours, cut to a tenth: a certificate never claims more than the records. */
export const hoursOf = (seconds: number): string => formatNumber(Math.floor(seconds / 360) / 10, 1);

export const totalOf = ({ recorded, self, credited }: HourParts): number => recorded + self + credited;

/** The parts that are there, each by its name: 现场记录 2 小时 · 补记 0.5 小时. */
export function partWords(parts: HourParts): string[] {
	return [
		parts.recorded !== 0 && m.hours_part_recorded({ hours: hoursOf(parts.recorded) }),
		parts.self !== 0 && m.hours_part_self({ hours: hoursOf(parts.self) }),
		parts.credited !== 0 && m.hours_part_credited({ hours: hoursOf(parts.credited) })
	].filter((words) => words !== false);
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
