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
