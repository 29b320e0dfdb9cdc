/** The caller: who they are, what they may do. */
import type { Client } from './client';
import { answer } from './command';

export type Role = 'leader' | 'organizer' | 'admin';

export interface AreaLabel {
	id: string;
	name: string;
	name_en: string | null;
	level: 'district' | 'street' | 'community';
	parent: string | null;
	parent_en: string | null;
}

export interface Self {
	person_id: string;
	name: string;
	area_id: string;
	area: AreaLabel;
	/** The district's IANA time zone: "today" is the date there. */
	zone: string;
	language: 'zh' | 'en';
	large_text: boolean;
	phone: string | null;
	crew_may_call: boolean;
	roles: { area_id: string; area: string; area_en: string | null; level: AreaLabel['level']; role: Role }[];
	/** Crews the person leads, from the published plan until a week after. */
	crews: { task_id: string; gathering_id: string | null; date: string; site: string }[];
}

/** The caller, or null when the account was not started yet. @throws DataError */
export const readSelf = (client: Client) => answer<Self | null>(client.rpc('my_self'));

/** Makes the caller's person after the first sign-in, with the consent given there. @throws DataError bad_name */
export const startAccount = (
	client: Client,
	{ name, area, language }: { name: string; area: string; language: Self['language'] }
) =>
	answer<string>(
		client.rpc('start_account', {
			p_display_name: name,
			...(area && { p_area: area }),
			p_language: language
		})
	);

/** The caller's language and text size. @throws DataError */
export const setPreferences = (client: Client, language: Self['language'], large: boolean) =>
	answer<null>(client.rpc('set_preferences', { p_language: language, p_large_text: large }));

/** Sets or (blank) removes the caller's phone, and says whether their crew may call it. @throws DataError phone_not_taken, bad_phone */
export const setMyPhone = (client: Client, phone: string, crewMayCall: boolean) =>
	answer<null>(client.rpc('set_my_phone', { p_phone: phone, p_crew_may_call: crewMayCall }));

/** Corrects the caller's name and home area. @throws DataError */
export const setMyPerson = (client: Client, person: string, name: string, area: string) =>
	answer<null>(client.from('people').update({ display_name: name.trim(), area_id: area }).eq('id', person));
