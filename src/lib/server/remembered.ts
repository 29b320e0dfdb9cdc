/**
 * What this phone signed up for, in its cookies: the secret tokens, which no script can read, and beside them the labour
 * days, which scripts read to say "you are signed up" on a page that is the same for everybody.
 */
import { bookedCookie } from '$lib/data/booked';
import type { Cookies } from '@sveltejs/kit';

const TOKENS = 'bookings';
/** Past the day itself, so that the thanks are found too. */
const MAX_AGE = 90 * 24 * 60 * 60;
/** A neighbour signs up a few others on one phone; a list beyond that is an organizer's. */
const MOST = 8;

const listIn = (cookies: Cookies, name: string) => (cookies.get(name) ?? '').split('.').filter(Boolean);

function keep(cookies: Cookies, url: URL, name: string, list: string[], httpOnly: boolean) {
	const secure = url.protocol === 'https:';
	if (list.length === 0) cookies.delete(name, { path: '/', secure, httpOnly });
	else
		cookies.set(name, list.slice(0, MOST).join('.'), {
			path: '/',
			maxAge: MAX_AGE,
			sameSite: 'lax',
			secure,
			httpOnly
		});
}

const withFirst = (first: string, list: string[]) => [first, ...list.filter((one) => one !== first)];

export interface Booked {
	token: string;
	dayId: string;
}

/** Newest first. */
export const rememberedTokens = (cookies: Cookies): string[] => listIn(cookies, TOKENS);

export function remember(cookies: Cookies, url: URL, { token, dayId }: Booked): void {
	keep(cookies, url, TOKENS, withFirst(token, listIn(cookies, TOKENS)), true);
	keep(cookies, url, bookedCookie, withFirst(dayId, listIn(cookies, bookedCookie)), false);
}

/** Leaves these and nothing else: after a cancellation, or (empty) when the phone is to forget. */
export function rememberOnly(cookies: Cookies, url: URL, booked: Booked[]): void {
	keep(cookies, url, TOKENS, [...new Set(booked.map(({ token }) => token))], true);
	keep(cookies, url, bookedCookie, [...new Set(booked.map(({ dayId }) => dayId))], false);
}
