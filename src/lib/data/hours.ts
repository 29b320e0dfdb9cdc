/** Hours of one volunteer, requests to correct them, and certificates. All times in seconds. */
import type { AreaLabel } from './account';
import type { Client } from './client';
import { answer } from './command';

/** One's own presence, by whose word it rests on. */
export interface HourParts {
	/** By a leader or organizer. */
	recorded: number;
	/** On the volunteer's own word. */
	self: number;
	/** Credited by an organizer afterwards. */
	credited: number;
}

export interface HourRequest {
	id: string;
	says: string;
	/** How long the volunteer says they were there, in minutes. */
	minutes: number | null;
	asked_at: string;
	answer: { granted: boolean; reason: string; at: string; by: string | null } | null;
}

export interface DayHours extends HourParts {
	signup_id: string;
	date: string;
	area: AreaLabel;
	/** No check-out: counted to the planned end. */
	open_ended: boolean;
	participations: number;
	/** Whether it is over, so that one may ask. */
	over: boolean;
	requests: HourRequest[];
	/** Credits that nobody had asked for, and those taken back (below zero). */
	credits: { seconds: number; reason: string; at: string }[];
}

/** The caller's days, newest first. @throws DataError */
export const readMyHours = (client: Client) => answer<{ today: string; days: DayHours[] }>(client.rpc('my_hours'));

/** Asks for a correction of one day; minutes: how long one was there, if one knows. @throws DataError */
export const askForHours = (client: Client, id: string, signup: string, says: string, minutes?: number) =>
	answer<string>(
		client.rpc('ask_for_hours', {
			p_id: id,
			p_signup: signup,
			p_says: says,
			...(minutes !== undefined && { p_minutes: minutes })
		})
	);

export interface RequestToAnswer extends HourRequest, HourParts {
	signup_id: string;
	name: string;
	/** The caller's own: somebody else must answer it. */
	own: boolean;
	date: string;
	area: AreaLabel;
	/** Planned. */
	starts: string;
	ends: string;
	first_at: string | null;
	last_at: string | null;
	open_ended: boolean;
}

/** Requests in the caller's areas, open ones first. @throws DataError */
export const readHourRequests = (client: Client) =>
	answer<RequestToAnswer[]>(client.rpc('read_hour_requests', { p_limit: 200 }));

/** Credits so many minutes, or (null) refuses; once, with the reason. @throws DataError */
export const answerHours = (client: Client, request: string, minutes: number | null, reason: string) =>
	// The generated type does not know that null means "no".
	answer<null>(client.rpc('answer_hours', { p_request: request, p_minutes: minutes as number, p_reason: reason }));

export interface Certificate extends HourParts {
	number: string;
	name: string;
	district: string;
	district_en: string | null;
	kind: 'day' | 'year';
	from: string;
	to: string;
	days: number;
	issued_on: string;
	revoked_on: string | null;
}

/** Certifies the caller's hours of a day, or of the year of a date up to yesterday. @throws DataError */
export const issueCertificate = (client: Client, id: string, kind: Certificate['kind'], date: string) =>
	answer<Certificate>(client.rpc('issue_certificate', { p_id: id, p_kind: kind, p_date: date }));

/** The caller's certificates, newest first. @throws DataError */
export const readMyCertificates = (client: Client) => answer<Certificate[]>(client.rpc('my_certificates'));

/** What a stranger learns from a number. */
export type Verified =
	| ({ state: 'valid' } & Certificate)
	| { state: 'revoked'; number: string; revoked_on: string }
	| { state: 'unknown' };
