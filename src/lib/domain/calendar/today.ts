import { localDateOf, type LocalDate } from './local-date';

/**
 * The date on the wall in a time zone at an instant: Friday 07:30 in Shanghai, while it is still Thursday in UTC.
 * Intl knows zones well enough for this, so pages need no date library to say "today".
 */
export function today(instant: Date, zone: string): LocalDate {
	const parts = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
		timeZone: zone,
		year: 'numeric',
		month: 'numeric',
		day: 'numeric'
	}).formatToParts(instant);
	const number = (type: Intl.DateTimeFormatPartTypes) =>
		Number(parts.find((part) => part.type === type)?.value);
	return localDateOf(number('year'), number('month'), number('day'));
}
