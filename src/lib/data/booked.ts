/** Whether this phone signed up for a day, without asking anybody: see `lib/server/remembered`. */
export const bookedCookie = 'booked';

/** Enough of a labour day's id to tell it from the others. */
export const dayMark = (dayId: string): string => dayId.slice(0, 8);

/** Only for the browser. */
export function bookedHere(dayId: string): boolean {
	const cookie = document.cookie.split('; ').find((one) => one.startsWith(`${bookedCookie}=`));
	return cookie?.slice(bookedCookie.length + 1).split('.').includes(dayMark(dayId)) ?? false;
}
