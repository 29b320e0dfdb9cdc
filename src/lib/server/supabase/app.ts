/** Supabase's interfaces (/rest/v1, /auth/v1) in this process, on a database that the app runs or was given. */
import { App, type IAppConfig } from '@supabase/lite';
import type { MailSettings } from '../settings';
import type { Database } from './database';
import type { Keys } from './keys';
import { mailDriver } from './mail';
import { migrate, type Migration } from './migrate';
import { MAKE_ROLES, roleProblem, SCHEMA_USAGE } from './roles';
import { speakPostgrest } from './values';

export interface AppOptions {
	database: Database;
	keys: Keys;
	migrations: Migration[];
	mail?: MailSettings | undefined;
	/** Where links in mails lead. */
	origin?: string | undefined;
}

export type LiteApp = App<IAppConfig>;

async function exists(database: Database, name: string): Promise<boolean> {
	const [row] = await database.rows<{ found: boolean }>(
		`select coalesce(to_regclass($1)::text, to_regproc($1)::text) is not null as found`,
		[name]
	);
	return row?.found === true;
}

/** @supabase/lite grants everything to everybody at its first request: have that happen now, and then take it back. */
async function settlePrivileges(database: Database) {
	await database.connection.withContext({ auth: { role: 'anon' } }, async () => {});
	if (await exists(database, 'private.apply_privileges'))
		await database.rows('select private.apply_privileges()');
}

/** Makes the app and brings its database up to date. Safe to run again and on several servers at once. */
export async function createLiteApp(options: AppOptions): Promise<LiteApp> {
	const { database, keys, migrations, mail, origin } = options;
	const app: LiteApp = new App<IAppConfig>({
		connection: database.connection,
		api: { schemas: ['public'], max_rows: 1000, ...(origin && { external_url: origin }) },
		auth: {
			enabled: true,
			jwt_secret: keys.jwt_secret,
			publishable_key: keys.publishable_key,
			secret_key: keys.secret_key,
			jwt_expiry: 3600,
			minimum_password_length: 8,
			site_url: origin ?? 'http://localhost:3000',
			email: { enable_confirmations: mail !== undefined }
		},
		storage: { enabled: false },
		studio: { enabled: false },
		options: {
			server: { admin: false, disableStudio: true },
			drivers: { email: mailDriver(mail) }
		}
	} as IAppConfig);

	await database.preparing(async () => {
		await app.ensureSystemSchema();
		await database.script(MAKE_ROLES).catch((error: unknown) => Promise.reject(roleProblem(error)));
		await database.script(SCHEMA_USAGE);
		await migrate(database, migrations);
		await speakPostgrest(database, database.values);
		if (await exists(database, 'private.settings')) {
			await database.rows(
				`insert into private.settings (key, value) values ('phone_pepper', $1)
				 on conflict (key) do nothing`,
				[keys.phone_pepper]
			);
		}
		await database.connection.clearSchemaCache();
		await database.connection.introspect({ useCache: true });
		await settlePrivileges(database);
	});
	return app;
}
