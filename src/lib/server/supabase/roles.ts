/** The roles that policies and privileges name, as Supabase has them. The commands use this too: imports nothing by alias. */
import { SettingsError } from '../settings.ts';

/** They must exist before the first migration names one, and the app's own role must be able to become each. */
export const MAKE_ROLES = `
	do $$
	declare r text;
	begin
		foreach r in array array['anon', 'authenticated', 'service_role'] loop
			if not exists (select from pg_roles where rolname = r) then
				execute format('create role %I nologin %s', r, case r when 'service_role' then 'bypassrls' else '' end);
			end if;
			-- Whoever makes a role belongs to it, since PostgreSQL 16 without the right to become it.
			if not pg_has_role(current_user, r, case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end) then
				execute format('grant %I to current_user', r);
			end if;
		end loop;
	end
	$$;
`;

/** After the roles and the schema `auth` are there. */
export const SCHEMA_USAGE = 'grant usage on schema auth, public to anon, authenticated, service_role';

const LACKS_PRIVILEGE = '42501';

/** A refusal to make the roles as a sentence that says what to type; any other error as it is. */
export function roleProblem(error: unknown): unknown {
	if ((error as { code?: unknown }).code !== LACKS_PRIVILEGE) return error;
	return new SettingsError(
		[
			'The user in DATABASE_URL may not make the roles that the app needs. As an administrator of the database run once,',
			'with that user in place of THE_USER, and start again:',
			'',
			'  create role anon nologin;',
			'  create role authenticated nologin;',
			'  create role service_role nologin bypassrls;',
			'  grant anon, authenticated, service_role to THE_USER;'
		].join('\n')
	);
}
