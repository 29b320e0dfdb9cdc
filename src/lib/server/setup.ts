/** The first run: the district, or the demo's, and its first admin. Only while there is none, and only with the console's code. */
import { answer } from '$lib/data/command';
import { DataError } from '$lib/data/errors';
import type { AreaRow } from '$lib/domain/areas/read-areas';
import { demoAvailable, seedDemo } from './demo';
import { demoAreaList } from './demo/areas';
import { accounts, serviceClient, type Accounts, type ServerSession } from './supabase';

export interface District {
	name: string;
	name_en: string;
	zone: string;
	areas: AreaRow[];
}

export interface Setup {
	code: string;
	/** Null: the demo district. */
	district: District | null;
	admin: { name: string; email: string; password: string };
}

/** Whether the installation still waits for its first admin. */
export const setupNeeded = () => answer<boolean>(serviceClient().rpc('setup_needed'));

/** What the page may offer: the district that an earlier try has made, and the demo where the engine can load it. */
export async function setupOptions(): Promise<{ made: string | null; demo: boolean }> {
	const made = await answer<{ name: string }[]>(
		serviceClient().from('areas').select('name').eq('level', 'district').limit(1)
	);
	return { made: made[0]?.name ?? null, demo: demoAvailable() };
}

const demoDistrict = (): District => {
	const areas = demoAreaList() as AreaRow[];
	return { name: areas[0]?.name ?? '', name_en: 'Honghuagang', zone: 'Asia/Shanghai', areas };
};

/** The admin's account: a new one, or the one that an earlier try (or an early bird) has made with the same password. */
async function adminAccount(all: Accounts, { email, password }: Setup['admin']): Promise<string> {
	try {
		return await all.make(email, password);
	} catch (error) {
		if (!(error instanceof DataError) || error.code !== 'email_taken') throw error;
		const { user } = await all.signIn(email, password).catch(() => Promise.reject(error));
		return user;
	}
}

/**
 * Does it all, in an order that can be tried again after a failure half-way; the answer signs the admin in.
 * @throws DataError bad_setup_code, setup_done, unknown_time_zone, email_taken, weak_password
 */
export async function setUp({ code, district, admin }: Setup): Promise<ServerSession> {
	const service = serviceClient();
	const { name, name_en, zone, areas } = district ?? demoDistrict();
	await answer(
		service.rpc('create_district', {
			p_code: code,
			p_name: name,
			p_name_en: name_en,
			p_time_zone: zone,
			p_areas: areas
		})
	);
	if (!district) {
		const { count } = await service.from('gatherings').select('id', { count: 'exact', head: true });
		if (count === 0) await seedDemo();
	}
	const all = accounts();
	const user = await adminAccount(all, admin);
	await answer(service.rpc('make_first_admin', { p_code: code, p_user: user, p_display_name: admin.name }));
	const { access_token, refresh_token } = await all.signIn(admin.email, admin.password);
	return { access_token, refresh_token };
}
