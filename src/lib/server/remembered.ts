/**
 * What this phone signed up for, in its cookies: the secret tokens, which no script can read, and beside them marks of
 * the labour days, which scripts read to say "signed up" on a page that is the same for everybody.
 */
import { bookedCookie, dayMark } from '$lib/data/booked';
import type { Cookies } from '@sveltejs/kit';

const COOKIE = 'bookings';
/** Past the day itself, so that the thanks are found too. */
const MAX_AGE = 90 * 24 * 60 * 60;
/** A neighbour signs up a few others on one phone; a list beyond that is an organizer's. */
const MOST = 8;
const ENTRY = /^([\w-]{22})~([0-9a-f]{8})$/;

interface Remembered {
	token: string;
	/** Of the labour day. */
	mark: string;
}

function read(cookies: Cookies): Remembered[] {
	return (cookies.get(COOKIE) ?? '').split('.').flatMap((entry) => {
		const [, token, mark] = ENTRY.exec(entry) ?? [];
		return token && mark ? [{ token, mark }] : [];
	});
}

function write(cookies: Cookies, url: URL, entries: Remembered[]): void {
	const kept = entries.slice(0, MOST);
	const set = (name: string, values: string[], httpOnly: boolean) => {
		const options = { path: '/', sameSite: 'lax', secure: url.protocol === 'https:', httpOnly } as const;
		if (values.length === 0) cookies.delete(name, options);
		else cookies.set(name, [...new Set(values)].join('.'), { ...options, maxAge: MAX_AGE });
	};
	set(
		COOKIE,
		kept.map(({ token, mark }) => `${token}~${mark}`),
		true
	);
	set(
		bookedCookie,
		kept.map(({ mark }) => mark),
		false
	);
}

/** Newest first. */
export const rememberedTokens = (cookies: Cookies): string[] => read(cookies).map(({ token }) => token);

export function remember(cookies: Cookies, url: URL, token: string, dayId: string): void {
	const others = read(cookies).filter((entry) => entry.token !== token);
	write(cookies, url, [{ token, mark: dayMark(dayId) }, ...others]);
}

/** After a cancellation, or when a link leads nowhere any more. */
export function forgetBooking(cookies: Cookies, url: URL, token: string): void {
	const entries = read(cookies);
	const others = entries.filter((entry) => entry.token !== token);
	if (others.length < entries.length) write(cookies, url, others);
}

export const forgetAllBookings = (cookies: Cookies, url: URL): void => write(cookies, url, []);
