/** Roles offered by a link that works once, for seven days. */
import type { Role } from './account';
import type { Client } from './client';
import { answer } from './command';

export interface Invitation {
	id: string;
	area_id: string;
	role: Role;
	note: string;
	expires_at: string;
	created_at: string;
	used_at: string | null;
	area: { name: string; name_en: string | null } | null;
	creator: { display_name: string } | null;
	user: { display_name: string } | null;
}

/** What a link offers, to whoever holds it. */
export interface Offer {
	area: string;
	area_en: string | null;
	role: Role;
	state: 'open' | 'used' | 'expired';
}

/** Offers a role in an area. @throws DataError not_yours, admin_is_district */
export const invite = (client: Client, area: string, role: Role, token: string, note = '') =>
	answer<string>(client.rpc('invite', { p_area: area, p_role: role, p_token: token, p_note: note }));

/** The invitations of the caller's areas, newest first. @throws DataError */
export const listInvitations = (client: Client) =>
	answer<Invitation[]>(
		client
			.from('invitations')
			.select(
				`id, area_id, role, note, expires_at, created_at, used_at, area:areas(name, name_en),
				 creator:people!invitations_created_by_fkey(display_name), user:people!invitations_used_by_fkey(display_name)`
			)
			.order('created_at', { ascending: false })
			.limit(100)
	);

/** Takes an offer back before it is used. @throws DataError */
export const withdrawInvitation = (client: Client, id: string) =>
	answer<null>(client.from('invitations').delete().eq('id', id).is('used_at', null));

/** What the link offers, or null when there is no such link. @throws DataError */
export const readInvitation = (client: Client, token: string) =>
	answer<Offer | null>(client.rpc('read_invitation', { p_token: token }));

/** Takes the role; the answer is its area. @throws DataError invitation_used, invitation_expired */
export const acceptInvitation = (client: Client, token: string) =>
	answer<string>(client.rpc('accept_invitation', { p_token: token }));
