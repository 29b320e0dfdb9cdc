/** Roles in words. */
import type { Role } from '$lib/data/account';
import { m } from '$lib/paraglide/messages';

const NAMES: Readonly<Record<Role, () => string>> = {
	leader: m.people_role_leader,
	organizer: m.people_role_organizer,
	admin: m.people_role_admin
};
const MAY: Readonly<Record<Role, () => string>> = {
	leader: m.people_may_leader,
	organizer: m.people_may_organizer,
	admin: m.people_may_admin
};

export const roleName = (role: Role): string => NAMES[role]();

/** What somebody with the role does and sees, in one sentence. */
export const roleMay = (role: Role): string => MAY[role]();
