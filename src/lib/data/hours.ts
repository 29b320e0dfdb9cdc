/** Hours of one volunteer, requests to correct them, and certificates. All times in seconds. */
import { today } from '$lib/domain/calendar/today';
import type { AreaLabel } from './account';
import type { Client } from './client';
import { answer } from './command';
import type { Database } from './database.types';

/** One's own presence, by whose word it rests on. */
export interface HourParts {
	/** By a leader or organizer. */
	recorded: number;
	/** On the volunteer's own word. */
	self: number;
	/** Credited by an organizer afterwards, as far as it counts. */
	credited: number;
}

export interface HourRequest {
	id: string;
	says: string;
	/** How long the volunteer says they were there, in minutes. */
	minutes: number | null;
	asked_at: string;
	answer: { reason: string; at: string; by: string | null } | null;
	/** What the answer granted; null: nothing. */
	credit: Credit | null;
}

export interface Credit {
	id: string;
	seconds: number;
	/** A later record takes it back. */
	taken_back: boolean;
}

/** Of one party: the named person's hours, and what was asked, answered and credited. */
export interface HoursRecord extends HourParts {
	/** Of what was credited, what a record that arrived later took the place of. */
	replaced: number;
	/** No check-out: counted to the planned end. */
	open_ended: boolean;
	participations: number;
	/** Whether the day is over, so that one may ask. */
	over: boolean;
	requests: HourRequest[];
	/** Credits that nobody had asked for, and those taken back (below zero). */
	credits: (Credit & { reason: string; at: string; by: string | null })[];
}

export interface DayHours extends HoursRecord {
	signup_id: string;
	date: string;
	area: AreaLabel;
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

/** Credits minutes without a request; with the reason. @throws DataError too_many_hours, own_hours, day_not_begun */
export const creditHours = (client: Client, id: string, signup: string, minutes: number, reason: string) =>
	answer<string>(
		client.rpc('credit_hours', { p_id: id, p_signup: signup, p_minutes: minutes, p_reason: reason })
	);

/** A credit, or (below zero) one taken back, of a party. */
export interface CreditOfParty {
	id: string;
	signup_id: string;
	seconds: number;
	reason: string;
	credited_at: string;
	signup: { name: string };
	by: { display_name: string } | null;
}

/** All that was credited to the parties of a gathering, for its organizers, in order. @throws DataError */
export const readCreditsAt = (client: Client, gathering: string) =>
	answer<CreditOfParty[]>(
		client
			.from('hour_credits')
			.select(
				'id, signup_id, seconds, reason, credited_at, signup:signups!inner(name), by:people!hour_credits_credited_by_fkey(display_name)'
			)
			.eq('signup.gathering_id', gathering)
			.order('credited_at')
			.order('takes_back', { nullsFirst: true })
	);

/** Seconds of these credits that count, by party: a record that arrived later may have taken the place of some. @throws DataError */
export async function readCountedCredits(client: Client, gathering: string): Promise<Map<string, number>> {
	const rows = await answer<{ signup_id: string; credited_seconds: number }[]>(
		client
			.from('attendance_sums')
			.select('signup_id, credited_seconds')
			.eq('gathering_id', gathering)
			.gt('credited_seconds', 0)
	);
	return new Map(rows.map(({ signup_id, credited_seconds }) => [signup_id, credited_seconds]));
}

/** Takes a credit back by a further record; with the reason. @throws DataError */
export const takeBackCredit = (client: Client, id: string, credit: string, reason: string) =>
	answer<string>(client.rpc('take_back_credit', { p_id: id, p_credit: credit, p_reason: reason }));

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

/** Certifies the hours of the caller, or of a person they act for, on a day, or in the year of a date up to yesterday. @throws DataError */
export const issueCertificate = (
	client: Client,
	id: string,
	kind: Certificate['kind'],
	date: string,
	person?: string
) =>
	answer<Certificate>(
		client.rpc('issue_certificate', {
			p_id: id,
			p_kind: kind,
			p_date: date,
			...(person !== undefined && { p_person: person })
		})
	);

/** The caller's certificates, newest first. @throws DataError */
export const readMyCertificates = (client: Client) => answer<Certificate[]>(client.rpc('my_certificates'));

/** A person's certificates, newest first, for organizers of their home; dates are those of the zone. @throws DataError */
export async function readCertificatesOf(client: Client, person: string, zone: string): Promise<Certificate[]> {
	const rows = await answer<CertificateRow[]>(
		client
			.from('certificates')
			.select(
				'number, name, district, district_en, kind, from_date, to_date, days, recorded_seconds, self_seconds, credited_seconds, issued_at, revoked_at'
			)
			.eq('person_id', person)
			.order('issued_at', { ascending: false })
			.limit(50)
	);
	return rows.map((row) => ({
		number: row.number,
		name: row.name,
		district: row.district,
		district_en: row.district_en,
		kind: row.kind === 'day' ? 'day' : 'year',
		from: row.from_date,
		to: row.to_date,
		days: row.days,
		recorded: row.recorded_seconds,
		self: row.self_seconds,
		credited: row.credited_seconds,
		issued_on: today(new Date(row.issued_at), zone),
		revoked_on: row.revoked_at === null ? null : today(new Date(row.revoked_at), zone)
	}));
}
type CertificateRow = Pick<
	Database['public']['Tables']['certificates']['Row'],
	| 'number'
	| 'name'
	| 'district'
	| 'district_en'
	| 'kind'
	| 'from_date'
	| 'to_date'
	| 'days'
	| 'recorded_seconds'
	| 'self_seconds'
	| 'credited_seconds'
	| 'issued_at'
	| 'revoked_at'
>;

/** What a stranger learns from a number. */
export type Verified =
	| ({ state: 'valid' } & Certificate)
	| { state: 'revoked'; number: string; revoked_on: string }
	| { state: 'unknown' };
