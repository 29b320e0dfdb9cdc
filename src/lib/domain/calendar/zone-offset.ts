/**
 * How far a zone's clocks are ahead of UTC. A browser's first formatter takes a slow phone a tenth of a second: one that
 * remembers this knows what day it is without.
 */
import type { LocalDate } from './local-date';

/** Milliseconds ahead of UTC, and from when until when (instants, in milliseconds) the zone's clocks certainly are. */
export interface ZoneOffset {
	zone: string;
	offset: number;
	from: number;
	until: number;
}

const DAY = 86_400_000;
/** Nobody puts clocks forward and back within a day; and what is remembered for long may have been decided otherwise meanwhile. */
const FAR = 40 * DAY;

/** The offset at an instant, known for up to forty days before and after. @throws RangeError for a zone that does not exist */
export function offsetAround(instant: number, zone: string): ZoneOffset {
	const format = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
		timeZone: zone,
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
		hourCycle: 'h23'
	});
	const offsetAt = (at: number): number => {
		const second = Math.floor(at / 1000) * 1000;
		const parts = new Map(format.formatToParts(second).map(({ type, value }) => [type, Number(value)]));
		const [year, month, ...rest] = (['year', 'month', 'day', 'hour', 'minute', 'second'] as const).map(
			(part) => parts.get(part)!
		);
		return Date.UTC(year!, month! - 1, ...rest) - second;
	};
	const offset = offsetAt(instant);
	const reach = (step: number): number => {
		let at = instant;
		while (Math.abs(at - instant) < FAR && offsetAt(at + step) === offset) at += step;
		return at;
	};
	return { zone, offset, from: reach(-DAY), until: reach(DAY) };
}

/** Whether the offset is this zone's at an instant. */
export const holds = (known: ZoneOffset | undefined, instant: number, zone: string): known is ZoneOffset =>
	known?.zone === zone && known.from <= instant && instant <= known.until;

/** The date there at an instant (milliseconds). */
export const dateAt = (instant: number, { offset }: ZoneOffset): LocalDate =>
	new Date(instant + offset).toISOString().slice(0, 10) as LocalDate;
