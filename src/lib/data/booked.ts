/** Whether this phone signed up for a day, without asking anybody: see `lib/server/remembered`. */
export const bookedCookie = 'booked';

/** Only for the browser. */
export function bookedHere(dayId: string): boolean {
	const list = document.cookie.split('; ').find((cookie) => cookie.startsWith(`${bookedCookie}=`));
	return list?.slice(bookedCookie.length + 1).split('.').includes(dayId) ?? false;
}
