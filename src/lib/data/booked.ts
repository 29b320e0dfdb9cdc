/** Whether this phone signed up for a day, without asking anybody: see `lib/server/remembered`. */
import { kept, OWN } from './kept';

export const bookedCookie = 'booked';

/** Enough of a labour day's id to tell it from the others. */
export const dayMark = (dayId: string): string => dayId.slice(0, 8);

/** Only for the browser. */
export function bookedHere(dayId: string): boolean {
	const cookie = document.cookie.split('; ').find((one) => one.startsWith(`${bookedCookie}=`));
	return cookie?.slice(bookedCookie.length + 1).split('.').includes(dayMark(dayId)) ?? false;
}

/** Where the sign-ups of the account that is signed in are kept: `MySignups`. */
export const SIGNUPS_KEY = `${OWN}signups`;

interface KeptSignup {
	status: string;
	day: { id: string };
}

/** The same of the account that is signed in here, as this phone last saw it. Only for the browser. */
export const bookedByAccount = (dayId: string): boolean =>
	(kept<KeptSignup[]>(SIGNUPS_KEY) ?? []).some(
		({ status, day }) => day.id === dayId && (status === 'confirmed' || status === 'waitlisted')
	);
