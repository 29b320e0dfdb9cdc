/** Sign-ups: a volunteer's own page, and what its person may do about it. */
import type { Hazard, Kind } from '$lib/domain/sites';
import type { AreaLabel } from './account';
import type { Client } from './client';
import { answer } from './command';
import type { HoursRecord } from './hours';

export type SignupStatus = 'confirmed' | 'waitlisted' | 'cancelled';

/** A crew leader as the crew sees them; the phone only where the leader chose so. */
export interface CrewLeader {
	name: string;
	phone: string | null;
}

/** The task of a party, once the plan is published. */
export interface SignupTask {
	id: string;
	site: string;
	kind: Kind;
	length_m: number | null;
	address: string;
	lng: number | null;
	lat: number | null;
	hazards: Hazard[];
	tools: string;
	note: string;
	/** Whether this party's person leads the crew. */
	leads: boolean;
	/** Heads of the whole crew. */
	heads: number;
	leaders: CrewLeader[];
}

/** A volunteer's own page, as `private.signup_page` gives it to an account (`my_signups`) and to a secret link (`guest_page`). */
export interface SignupPage {
	id: string;
	name: string;
	status: SignupStatus;
	headcount: number;
	minors: number;
	wishes: Kind[];
	can_lead: boolean;
	tools: string;
	note: string;
	/** Parties that wait ahead; null unless waitlisted. */
	ahead: number | null;
	promoted_at: string | null;
	/** When the page that its person saw the time before was read. */
	seen_at: string | null;
	/** When this page was read, by the server's clock. */
	as_of: string;
	checkin_code: string | null;
	checked_in: boolean;
	/** The party's own word by a code that had run out, while nobody has answered it. */
	claim: { at: string; heads: number } | null;
	/** Null before anything was recorded. */
	attendance: { participations: number; present: number; open_ended: boolean } | null;
	/** The named person's hours; null before the day. */
	hours: HoursRecord | null;
	day: {
		id: string;
		date: string;
		rule_date: string;
		status: 'planned' | 'moved' | 'cancelled';
		reason: string;
		changed_at: string | null;
	};
	gathering: {
		id: string;
		area: AreaLabel;
		place: string;
		lng: number | null;
		lat: number | null;
		starts: string;
		ends: string;
		status: 'open' | 'cancelled' | 'closed';
		reason: string;
		bring: string;
		safety: string;
		changed_at: string | null;
		published_at: string | null;
		/** Whether parties can still be changed. */
		open: boolean;
	};
	task: SignupTask | null;
}

/** What a command answers about a sign-up. */
export interface SignupState {
	id: string;
	status: SignupStatus;
	headcount: number;
	minors: number;
	gathering_id: string;
	ahead: number | null;
}

/** A party as it is typed in; what is absent stays as it is (or takes its default in a new sign-up). */
export type Party = {
	name?: string;
	headcount?: number;
	minors?: number;
	home_area_id?: string;
	wishes?: Kind[];
	can_lead?: boolean;
	tools?: string;
	note?: string;
};

/** The caller's own pages, newest day first. @throws DataError */
export const readMySignups = (client: Client) => answer<SignupPage[]>(client.rpc('my_signups'));

/** The account holder signs up a party; the same id again changes nothing. @throws DataError */
export const signUp = (client: Client, id: string, gathering: string, party: Party) =>
	answer<SignupState>(client.rpc('sign_up', { p_id: id, p_gathering: gathering, p_party: party }));

/** Changes a party, by its person or an organizer. @throws DataError */
export const changeSignup = (client: Client, signup: string, party: Party) =>
	answer<SignupState>(client.rpc('change_signup', { p_signup: signup, p_party: party }));

/** Cancels a party, by its person or an organizer. @throws DataError */
export const cancelSignup = (client: Client, signup: string) =>
	answer<SignupState>(client.rpc('cancel_signup', { p_signup: signup }));

/** The person saw this page: takes them off the call list for what had happened when it was read. @throws DataError */
export const markSeen = (client: Client, { id, as_of }: SignupPage) =>
	answer<null>(client.rpc('mark_seen', { p_signup: id, p_as_of: as_of }));

/** An account takes over the guest sign-up whose secret link it holds. @throws DataError */
export const claimSignup = (client: Client, token: string) =>
	answer<string>(client.rpc('claim_signup', { p_token: token }));
