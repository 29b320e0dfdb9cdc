/** Accounts to try the demo district with, one for each role, with passwords made on the spot. */
import { randomBytes } from 'node:crypto';
import type { Login } from '../handle';
import { accounts } from '../supabase';
import type { Database } from '../supabase/database';
import type { DemoPeople } from './index';

interface Part {
	role: Login['role'];
	/** The demo person who signs in, or the name of a new one. */
	person: string | undefined;
	name: string;
	/** Where the role counts; a resident has none, a leader leads the crew of the published plan. */
	area: string | undefined;
}

async function signUp(role: Login['role']): Promise<Login & { user: string }> {
	const login: Login = { role, email: `${role}@example.org`, password: randomBytes(9).toString('base64url') };
	return { ...login, user: await accounts().make(login.email, login.password) };
}

async function giveAccount(database: Database, part: Part, district: string): Promise<Login> {
	const { user, ...login } = await signUp(part.role);
	await database.transaction(async (sql) => {
		const [row] = part.person
			? [{ id: part.person }]
			: await sql.rows<{ id: string }>(
					'insert into public.people (display_name, area_id) values ($1, $2) returning id',
					[part.name, part.area ?? district]
				);
		await sql.rows('insert into public.profiles (user_id, person_id) values ($1, $2)', [user, row!.id]);
		if (part.area) {
			await sql.rows('insert into public.memberships (area_id, person_id, role) values ($1, $2, $3)', [
				part.area,
				row!.id,
				part.role
			]);
		}
	});
	return login;
}

/** Makes the four accounts. */
export async function makeLogins(database: Database, people: DemoPeople): Promise<Login[]> {
	const { district, street, leader, resident } = people;
	const parts: Part[] = [
		{ role: 'admin', person: undefined, name: '区办公室', area: district },
		{ role: 'organizer', person: undefined, name: '街道办', area: street },
		{ role: 'leader', person: leader, name: '', area: undefined },
		{ role: 'resident', person: resident, name: '', area: undefined }
	];
	const logins: Login[] = [];
	for (const part of parts) logins.push(await giveAccount(database, part, district));
	return logins;
}
