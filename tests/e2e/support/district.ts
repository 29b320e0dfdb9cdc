/** A small district in a running app, made through its own interfaces, and people to sign in as. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { SESSION_KEY } from '../../../src/lib/data/kept.ts';
import type { Database } from '../../../src/lib/data/database.types.ts';
import type { RunningApp } from '../app.ts';

type Client = SupabaseClient<Database>;

const PASSWORD = 'clean-every-friday';
const SETUP_CODE = 'ABCDEFGHJK';

export interface Account {
	email: string;
	client: Client;
	password: string;
	/** Opens pages as this person. */
	signIn(context: BrowserContext): Promise<void>;
}

export interface District {
	admin: Account;
	/** Area ids by name: the district, two streets, a community of the first. */
	area: (name: '红花岗区' | '老城街道' | '万里路街道' | '府后山社区') => string;
	timeZone: string;
	/** The next labour days. */
	days: { id: string; date: string }[];
	/** An account with a role in an area; without one, a resident. */
	account(name: string, area?: string, role?: 'leader' | 'organizer'): Promise<Account>;
}

/** The data of an answer; a refusal ends the test. */
export async function ok<T>(request: PromiseLike<{ data: T; error: { message: string } | null }>) {
	const { data, error } = await request;
	if (error) throw new Error(JSON.stringify(error));
	return data as NonNullable<T>;
}

/** Founds the district in an empty app. */
export async function foundDistrict(
	app: RunningApp,
	{ timeZone = 'Asia/Shanghai' }: { timeZone?: string } = {}
): Promise<District> {
	const keys = JSON.parse(await readFile(join(app.dataDir, 'keys.json'), 'utf8')) as Record<
		'publishable_key' | 'secret_key',
		string
	>;
	const connect = (key: string): Client =>
		createClient<Database>(app.url, key, { auth: { persistSession: false, autoRefreshToken: false } });
	const service = connect(keys.secret_key);

	async function register(): Promise<Account & { user: string }> {
		const email = `${randomUUID()}@example.org`;
		const client = connect(keys.publishable_key);
		await client.auth.signUp({ email, password: PASSWORD });
		const { user, session } = (await client.auth.signInWithPassword({ email, password: PASSWORD })).data;
		if (!user) throw new Error('not signed in');
		async function signIn(context: BrowserContext) {
			await context.addInitScript(([key, value]) => localStorage.setItem(key, value), [
				SESSION_KEY,
				JSON.stringify(session)
			] as const);
		}
		return { email, client, password: PASSWORD, signIn, user: user.id };
	}

	const hash = createHash('sha256').update(SETUP_CODE).digest('hex');
	await ok(service.rpc('set_setting', { p_key: 'setup_code_hash', p_value: hash }));
	await ok(
		service.rpc('create_district', {
			p_code: SETUP_CODE,
			p_name: '红花岗区',
			p_name_en: 'Honghuagang',
			p_time_zone: timeZone,
			p_areas: [
				{ code: '1', level: 'district', name: '红花岗区' },
				{ code: '11', parent_code: '1', level: 'street', name: '老城街道' },
				{ code: '12', parent_code: '1', level: 'street', name: '万里路街道' },
				{ code: '111', parent_code: '11', level: 'community', name: '府后山社区' }
			]
		})
	);
	const admin = await register();
	await ok(
		service.rpc('make_first_admin', { p_code: SETUP_CODE, p_user: admin.user, p_display_name: '管理员' })
	);
	const areas = await ok(service.from('areas').select('id, name'));
	const days = await ok(service.from('labour_days').select('id, date').order('date'));

	return {
		admin,
		timeZone,
		days,
		area: (name) => areas.find((one) => one.name === name)?.id ?? '',
		async account(name, area, role = 'organizer') {
			const account = await register();
			await ok(
				account.client.rpc('start_account', {
					p_display_name: name,
					p_area: area ?? areas[0]?.id ?? '',
					p_language: 'zh'
				})
			);
			if (area) {
				const token = randomBytes(16).toString('hex');
				await ok(admin.client.rpc('invite', { p_area: area, p_role: role, p_token: token, p_note: '' }));
				await ok(account.client.rpc('accept_invitation', { p_token: token }));
			}
			return account;
		}
	};
}

/**
 * For what is planned before a day: on a labour day itself, hours after it, nobody signs up any more. Then it does not take
 * place, and the next one is planned: so it does not matter when a test runs.
 */
export async function planAhead(district: District): Promise<District> {
	const [first, ...later] = district.days;
	const today = new Intl.DateTimeFormat('en-CA', { timeZone: district.timeZone }).format(new Date());
	if (first?.date !== today) return district;
	await ok(district.admin.client.rpc('cancel_labour_day', { p_day: first.id, p_reason: '暴雨预警' }));
	return { ...district, days: later };
}
