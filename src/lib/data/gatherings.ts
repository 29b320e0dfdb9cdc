/** Gatherings and the sign-ups that organizers and leaders manage on others' behalf. */
import type { Kind } from '$lib/domain/sites';
import type { AreaLabel } from './account';
import type { Client } from './client';
import { answer } from './command';

/** What an organizer says of a gathering. */
export interface GatheringFields {
	place: string;
	lng: number | null;
	lat: number | null;
	/** 'HH:MM' */
	starts: string;
	ends: string;
	/** Heads; null: unlimited. */
	capacity: number | null;
	bring: string;
	safety: string;
}

/**
 * Opens a gathering under a client-made id, or changes the one that has it.
 * @param expected what the changed fields were when one began @throws DataError `changed_meanwhile`
 */
export const saveGathering = (
	client: Client,
	{ id, labour_day_id, area_id }: { id: string; labour_day_id: string; area_id: string },
	fields: Partial<GatheringFields>,
	expected: Partial<GatheringFields> = {}
) =>
	answer<string>(
		client.rpc('save_gathering', {
			p_id: id,
			p_day: labour_day_id,
			p_area: area_id,
			p_fields: { ...fields },
			p_expected: { ...expected }
		})
	);

/** What a gathering says now. @throws DataError */
export async function readGatheringFields(client: Client, id: string): Promise<GatheringFields> {
	const now = await answer<GatheringFields>(
		client
			.from('gatherings')
			.select('place, lng, lat, starts, ends, capacity, bring, safety')
			.eq('id', id)
			.single()
	);
	return withMinutes(now);
}

export const cancelGathering = (client: Client, gathering: string, reason: string) =>
	answer<null>(client.rpc('cancel_gathering', { p_gathering: gathering, p_reason: reason }));

export const restoreGathering = (client: Client, gathering: string) =>
	answer<null>(client.rpc('restore_gathering', { p_gathering: gathering }));

/** What the area's last gathering said, to start the next one from; null when there was none. @throws DataError */
export async function readLastGathering(client: Client, area: string): Promise<GatheringFields | null> {
	const rows = await answer<GatheringFields[]>(
		client
			.from('gatherings')
			.select('place, lng, lat, starts, ends, capacity, bring, safety')
			.eq('area_id', area)
			.order('created_at', { ascending: false })
			.limit(1)
	);
	const last = rows[0];
	return last ? withMinutes(last) : null;
}

/** The database tells seconds. */
const withMinutes = (fields: GatheringFields): GatheringFields => ({
	...fields,
	starts: fields.starts.slice(0, 5),
	ends: fields.ends.slice(0, 5)
});

/** A party as an organizer writes it down. */
export interface PartyFields {
	name: string;
	/** Null: somebody without a phone. */
	phone: string | null;
	headcount: number;
	minors: number;
	can_lead: boolean;
	wishes: Kind[];
	tools: string;
	note: string;
}

/** What became of one party of a list. */
export type SignedUp =
	| { request: string; id: string; status: 'confirmed' | 'waitlisted'; ahead: number | null }
	| { request: string; error: string; detail: string | null };

/** A gathering that takes sign-ups, for which the caller may sign up others. */
export interface FillableGathering {
	id: string;
	date: string;
	place: string;
	area: AreaLabel;
	/** 'HH:MM' */
	starts: string;
	ends: string;
	/** Whoever signs up now waits. */
	full: boolean;
}

/** The gatherings for which the caller (a leader, an organizer) may sign up others, the next first. @throws DataError */
export const readMyGatherings = (client: Client) => answer<FillableGathering[]>(client.rpc('my_gatherings'));

/** Signs up others, each under its client-made id: sending a list again changes nothing. @throws DataError */
export const signUpFor = (client: Client, gathering: string, parties: (PartyFields & { id: string })[]) =>
	answer<SignedUp[]>(
		client.rpc('sign_up_for', { p_gathering: gathering, p_parties: parties.map((party) => ({ ...party })) })
	);

/** What an organizer changes of a party. */
export type PartyChange = Omit<PartyFields, 'phone' | 'wishes'>;

/** @param expected what the changed fields were when one began @throws DataError `changed_meanwhile` */
export const changeSignup = (
	client: Client,
	signup: string,
	fields: Partial<Omit<PartyFields, 'phone'>>,
	expected: Partial<PartyChange> = {}
) =>
	answer<unknown>(
		client.rpc('change_signup', { p_signup: signup, p_party: { ...fields }, p_expected: { ...expected } })
	);

/** What a party says now. @throws DataError */
export const readPartyFields = (client: Client, signup: string) =>
	answer<PartyChange>(
		client
			.from('signups')
			.select('name, headcount, minors, can_lead, tools, note')
			.eq('id', signup)
			.single()
	);

export const cancelSignup = (client: Client, signup: string) =>
	answer<unknown>(client.rpc('cancel_signup', { p_signup: signup }));

/** Confirms a waiting party; `over`: knowingly beyond the capacity. @throws DataError `no_room` with the room left */
export const promoteSignup = (client: Client, signup: string, over = false) =>
	answer<unknown>(client.rpc('promote_signup', { p_signup: signup, p_over: over }));

/** Somebody who has not opened their page since something changed. */
export interface Call {
	id: string;
	name: string;
	headcount: number;
	status: 'confirmed' | 'waitlisted';
	phone: string | null;
	seen_at: string | null;
	/** The last that they have not read. */
	news_at: string;
	why: 'promoted' | 'cancelled' | 'changed' | 'plan';
}

export const readCallList = (client: Client, gathering: string) =>
	answer<Call[]>(client.rpc('read_call_list', { p_gathering: gathering }));
