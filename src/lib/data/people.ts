/** People as organizers know them: those of their own areas, with roles, phones and sign-in codes. */
import { displayPhone } from '$lib/domain/phone';
import type { AreaLabel, Role } from './account';
import type { Client } from './client';
import { answer } from './command';
import type { DayHours } from './hours';

export interface HeldRole {
	area_id: string;
	area: AreaLabel;
	role: Role;
}

export interface Person {
	id: string;
	name: string;
	area_id: string;
	area: AreaLabel;
	phone: string | null;
	/** none: known, but cannot sign in · code: signed in by a code · own: an account with a password */
	account: 'none' | 'code' | 'own';
	/** The last sign-in code: not used yet, used, or expired; null when there was none. */
	code: 'open' | 'used' | 'expired' | null;
	/** In the caller's own areas. */
	roles: HeldRole[];
	/** Labour days taken part in, in the caller's own areas, and the last of them. */
	days: number;
	last_day: string | null;
}

export interface PersonDay extends DayHours {
	status: 'confirmed' | 'waitlisted' | 'cancelled';
	headcount: number;
}

export interface PersonPage extends Person {
	/** Whether this is the caller. */
	mine: boolean;
	/** Whether the caller may act for them, as organizers of their home may: certificates, sign-in codes. */
	kept: boolean;
	history: PersonDay[];
}

export interface PeopleSearch {
	query?: string;
	area?: string | null;
	/** Only those with a role. */
	staff?: boolean;
}

export const PEOPLE_PER_PAGE = 30;

/** A page of the people of the caller's areas, those with a role first. @throws DataError not_yours */
export const listPeople = (client: Client, { query = '', area = null, staff = false }: PeopleSearch, offset = 0) =>
	answer<{ total: number; people: Person[] }>(
		client.rpc('read_people', {
			p_query: query,
			...(area && { p_area: area }),
			p_staff: staff,
			p_limit: PEOPLE_PER_PAGE,
			p_offset: offset
		})
	);

/** @throws DataError not_yours */
export const readPerson = (client: Client, person: string) =>
	answer<PersonPage>(client.rpc('read_person', { p_person: person }));

/**
 * Writes a person down (client-made id). A phone that is known in the caller's areas leads to whom it belongs: the answer.
 * @throws DataError bad_name, bad_phone, phone_not_taken, not_yours
 */
export const addPerson = (client: Client, id: string, name: string, area: string, phone: string) =>
	answer<string>(client.rpc('add_person', { p_id: id, p_name: name, p_area: area, p_phone: phone }));

export interface PersonFields {
	name: string;
	/** The home community. */
	area_id: string;
	/** As people write it; blank: none. */
	phone: string;
}

export const personFieldsOf = ({ name, area_id, phone }: Person): PersonFields => ({
	name,
	area_id,
	phone: phone ? displayPhone(phone) : ''
});

/** What stands there now. @throws DataError not_yours */
export const readPersonFields = async (client: Client, person: string) =>
	personFieldsOf(await readPerson(client, person));

/**
 * Corrects a name or the home community, and the phone of a person without an own account.
 * @param expected what these fields were when the form opened
 * @throws DataError changed_meanwhile, bad_name, bad_phone, phone_not_taken, has_own_account, not_yours
 */
export const changePerson = (
	client: Client,
	id: string,
	changes: Partial<PersonFields>,
	expected: Partial<PersonFields>
) => answer<null>(client.rpc('change_person', { p_person: id, p_fields: changes, p_expected: expected }));

/** Gives, changes or (null) takes away a role. @throws DataError last_admin, admin_is_district, not_yours */
export const setRole = (client: Client, person: string, area: string, role: Role | null) =>
	answer<null>(client.rpc('set_role', { p_person: person, p_area: area, ...(role && { p_role: role }) }));

/** Removes name, phone, account and roles; what the person did stays in the sums. @throws DataError has_own_account, last_admin */
export const forgetPerson = (client: Client, person: string) =>
	answer<null>(client.rpc('forget_person', { p_person: person }));
