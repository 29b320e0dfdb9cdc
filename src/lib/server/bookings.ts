/** A visitor's sign-up and its secret link: commands that Postgres reserves to this server. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { answer } from '$lib/data/command';
import { DataError } from '$lib/data/errors';
import { checkInAnswer, checkInArguments, type CheckInWord } from '$lib/data/venue';
import type { Party, SignupPage, SignupState } from '$lib/data/signups';
import { normalisePhone } from '$lib/domain/phone';
import { serviceClient } from './supabase';
import { addressKey, takeAttempts } from './supabase/attempts';

/** 128 random bits, as every form to sign up with carries them. */
export const newFormKey = (): string => randomBytes(16).toString('base64url');

const FORM_KEY = /^[\w-]{22}$/;
const MINUTE = 60;
const HOUR = 60 * MINUTE;

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/**
 * The sign-up's id and the token of its secret link, from the form and the phone number written in it. The same form
 * sent twice (a double tap, a lost answer) is the same sign-up and leads to the same link; the same form with another
 * number is another one. Whoever knows the id learns nothing of the token.
 */
export function secretsOf(formKey: string, phone: string): { id: string; token: string } {
	const digest = createHmac('sha256', formKey).update(phone).digest();
	const id = digest.subarray(0, 16);
	// Version 8, variant 1 of RFC 9562: an identifier made in one's own way.
	id[6] = (id.readUInt8(6) & 0x0f) | 0x80;
	id[8] = (id.readUInt8(8) & 0x3f) | 0x80;
	const hex = id.toString('hex');
	const uuid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
		'-'
	);
	return { id: uuid, token: digest.subarray(16).toString('base64url') };
}

export interface GuestParty extends Party {
	name: string;
	phone: string;
}

/**
 * A visitor signs up; answers with the token of the secret link.
 * @throws DataError with the code of the refusal
 */
export async function signUpGuest(
	gathering: string,
	{ name, phone, ...party }: GuestParty,
	formKey: string,
	address: string
): Promise<string> {
	const number = normalisePhone(phone);
	if (!number.ok) throw new DataError(number.problem === 'empty' ? 'phone_needed' : 'bad_phone', '', 400);
	const { id, token } = secretsOf(FORM_KEY.test(formKey) ? formKey : newFormKey(), number.phone);
	const client = serviceClient();
	await limitTries(number.phone, address);
	await answer<SignupState>(
		client.rpc('sign_up_guest', {
			p_id: id,
			p_gathering: gathering,
			p_name: name,
			p_phone: number.phone,
			p_party: party,
			p_token_hash: hashOf(token),
			p_address: addressKey(address)
		})
	);
	return token;
}

/**
 * Counts every try, the refused ones too: a refusal takes back what its own call has written, so these counts are
 * written before it. A carrier puts thousands of phones behind one address, so that limit is wide.
 */
async function limitTries(phone: string, address: string): Promise<void> {
	const within = await takeAttempts(serviceClient(), [
		{ bucket: `guest:${addressKey(address)}`, limit: 300, seconds: 10 * MINUTE },
		{ bucket: `guest:${phone}`, limit: 10, seconds: HOUR }
	]);
	if (!within) throw new DataError('slow_down', '', 429);
}

/** What stands behind a secret link. `seen` takes the person off the call list. @throws DataError `link_unknown` */
export const guestPage = (token: string, seen: boolean) =>
	answer<SignupPage>(serviceClient().rpc('guest_page', { p_token: token, p_seen: seen }));

/** @throws DataError */
export const guestChange = (token: string, party: Party) =>
	answer<SignupState>(serviceClient().rpc('guest_change', { p_token: token, p_party: party }));

/** @throws DataError */
export const guestCancel = (token: string) =>
	answer<SignupState>(serviceClient().rpc('guest_cancel', { p_token: token }));

/** A guest asks for a correction of their hours (the id made with the form: sent twice it counts once). @throws DataError request_open, day_not_begun, reason_needed, … */
export const guestAskForHours = (token: string, id: string, says: string) =>
	answer<string>(serviceClient().rpc('guest_ask_for_hours', { p_token: token, p_id: id, p_says: says }));

/** A guest checks in with the code shown at the venue. @throws DataError venue_code_wrong, not_today, slow_down, … */
export const guestCheckIn = (token: string, code: string, word: CheckInWord) =>
	checkInAnswer(serviceClient().rpc('guest_check_in', { p_token: token, ...checkInArguments(code, word) }));
