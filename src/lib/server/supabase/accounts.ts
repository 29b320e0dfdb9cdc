/** Accounts that the server makes itself, of people who have proven otherwise who they are; no mail is waited for. */
import { authError } from '$lib/data/auth';
import { DataError } from '$lib/data/errors';
import { serverClient, serviceClient, type Client } from './clients';
import type { Sql } from './database';
import { engine } from './engine';
import { withoutMail } from './mail';

/** What a browser needs to be signed in. */
export interface ServerSession {
	access_token: string;
	refresh_token: string;
}

export interface Accounts {
	/** Makes a confirmed account; the answer is its id. @throws DataError email_taken, weak_password */
	make(email: string, password: string): Promise<string>;
	/** @throws DataError bad_credentials */
	signIn(email: string, password: string): Promise<ServerSession & { user: string }>;
	/** Removes an account with its sessions; the person it belonged to stays. */
	remove(id: string): Promise<void>;
}

interface Reach {
	visitor: () => Client;
	service: () => Client;
	/** Where the app runs the account interface itself, which has no administration of its own. */
	sql?: Sql | undefined;
}

export function accountsOn({ visitor, service, sql }: Reach): Accounts {
	return {
		make: async (email, password) => {
			const { data, error } = sql
				? await withoutMail(() => visitor().auth.signUp({ email, password }))
				: await service().auth.admin.createUser({ email, password, email_confirm: true });
			if (error) throw authError(error);
			// Where mails confirm addresses, a taken one is answered like a new one, without identities.
			if (!data.user || data.user.identities?.length === 0) throw new DataError('email_taken', '', 422);
			await sql?.rows(
				'update auth.users set email_confirmed_at = coalesce(email_confirmed_at, now()) where id = $1',
				[data.user.id]
			);
			return data.user.id;
		},
		signIn: async (email, password) => {
			const { data, error } = await visitor().auth.signInWithPassword({ email, password });
			if (error) throw authError(error);
			const { access_token, refresh_token } = data.session;
			return { access_token, refresh_token, user: data.user.id };
		},
		remove: async (id) => {
			if (sql) await sql.rows('delete from auth.users where id = $1', [id]);
			else await service().auth.admin.deleteUser(id);
		}
	};
}

/** The accounts of this installation. */
export const accounts = (): Accounts =>
	accountsOn({ visitor: serverClient, service: serviceClient, sql: engine().database });
