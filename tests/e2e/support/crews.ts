/** A district where it is noon, with a gathering that is on; and crews in it, each with a leader who has a phone. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import type { Database } from '../../../src/lib/data/database.types.ts';
import type { RunningApp } from '../app.ts';
import { foundDistrict, ok, type Account, type District } from './district.ts';
import { zoneAtNoon } from './labour-day.ts';

type Tables = Database['public']['Tables'];

/** A gathering of today, and who organizes it. */
interface Place {
	organizer: Account;
	area: string;
	gathering: string;
}

/** Crews of today's gathering, as many as a test wants, each with a drain of its own and a leader who has a phone. */
export interface Crews extends Place {
	district: District;
	/** Everything, beyond every policy. */
	service: SupabaseClient<Database>;
	crew(parties?: number): Promise<Crew>;
}

export interface Crew {
	task: string;
	site: string;
	leader: Account;
	/** Of the leader. */
	name: string;
	session: unknown;
	person: string;
	/** The sign-ups of the crew, without the leader's own. */
	parties: { id: string; name: string; heads: number }[];
	/** What really is in the tables. */
	events(): Promise<Tables['attendance_events']['Row'][]>;
	entries(): Promise<Tables['result_entries']['Row'][]>;
	photos(): Promise<Tables['photos']['Row'][]>;
}

/** Moves the district's next labour day to today. */
async function moveToToday(district: District): Promise<string> {
	const [day] = district.days;
	if (!day) throw new Error('no labour day');
	const date = new Intl.DateTimeFormat('en-CA', { timeZone: district.timeZone }).format(new Date());
	const moved = { p_day: day.id, p_date: date, p_reason: '试办' };
	if (day.date !== date) await ok(district.admin.client.rpc('move_labour_day', moved));
	return day.id;
}

async function openGathering(district: District): Promise<Place> {
	const area = district.area('老城街道');
	const p_day = await moveToToday(district);
	const organizer = await district.account('李主任', area);
	const gathering = randomUUID();
	const p_fields = { place: '府后山广场', starts: '00:00', ends: '23:59', lng: 106.92, lat: 27.69 };
	await ok(organizer.client.rpc('save_gathering', { p_id: gathering, p_day, p_area: area, p_fields }));
	return { organizer, area, gathering };
}

/** A drain that is cleaned today. */
async function drainIn(
	{ organizer: { client }, area, gathering }: Place,
	name: string,
	crew_max: number
): Promise<{ site: string; task: string }> {
	const site = randomUUID();
	const lies = { lng: 106.92 + Math.random() / 100, lat: 27.69 + Math.random() / 100 };
	await ok(
		client
			.from('sites')
			.insert({ id: site, area_id: area, kind: 'drain', name, length_m: 620, crew_min: 1, crew_max, ...lies })
	);
	await ok(client.rpc('add_tasks', { p_gathering: gathering, p_sites: [site] }));
	const [task] = await ok(
		client.from('tasks').select('id').eq('gathering_id', gathering).eq('site_id', site)
	);
	return { site, task: task!.id };
}

/** Names that are told apart by more than their number: a list is looked through by name. */
const SURNAMES = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗';
const nameOf = (crew: number, n: number) =>
	`${SURNAMES[n % SURNAMES.length]}${['女士', '先生', '阿姨', '师傅'][Math.floor(n / SURNAMES.length) % 4]}${crew}${String.fromCharCode(97 + Math.floor(n / 80))}`;

/** A district where it is noon now, with a gathering that is on. @param url through which the tables are asked: the app's, or a proxy's */
export async function openCrews(app: RunningApp, url = app.url): Promise<Crews> {
	const district = await foundDistrict(app, { timeZone: zoneAtNoon() });
	const place = await openGathering(district);
	const { organizer, area, gathering } = place;
	const { secret_key } = JSON.parse(await readFile(join(app.dataDir, 'keys.json'), 'utf8')) as {
		secret_key: string;
	};
	const service = createClient<Database>(url, secret_key, {
		auth: { persistSession: false, autoRefreshToken: false }
	});

	let crews = 0;
	async function crew(size = 5): Promise<Crew> {
		const n = ++crews;
		const { site, task } = await drainIn(place, `官井沟渠${n}`, 500);
		const name = `陈组长${n}`;
		const leader = await district.account(name, area, 'leader');
		const lead = randomUUID();
		await ok(
			leader.client.rpc('sign_up', {
				p_id: lead,
				p_gathering: gathering,
				p_party: { headcount: 1, minors: 0, can_lead: true }
			})
		);
		const parties = Array.from({ length: size }, (_, i) => ({
			id: randomUUID(),
			name: nameOf(n, i),
			heads: 1 + (i % 4)
		}));
		for (let from = 0; from < parties.length; from += 200)
			await ok(
				organizer.client.rpc('sign_up_for', {
					p_gathering: gathering,
					p_parties: parties
						.slice(from, from + 200)
						.map(({ id, name, heads }) => ({ id, name, headcount: heads, minors: 0 }))
				})
			);
		await ok(
			organizer.client.rpc('save_plan', {
				p_gathering: gathering,
				p_changes: [lead, ...parties.map(({ id }) => id)].map((signup_id) => ({
					signup_id,
					task_id: task,
					was: null,
					leads: signup_id === lead,
					confirm: ['over_max']
				}))
			})
		);
		await ok(organizer.client.rpc('publish_plan', { p_gathering: gathering }));
		const { session } = (await leader.client.auth.getSession()).data;
		const self = (await ok(leader.client.rpc('my_self'))) as unknown as { person_id: string };
		const of = { task_id: task };
		return {
			task,
			site,
			leader,
			name,
			session,
			person: self.person_id,
			parties,
			events: () => ok(service.from('attendance_events').select('*').match(of).order('seq').limit(1000)),
			entries: () => ok(service.from('result_entries').select('*').match(of).order('seq')),
			photos: () => ok(service.from('photos').select('*').match(of))
		};
	}

	return { ...place, district, service, crew };
}
