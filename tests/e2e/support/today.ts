/** A gathering that is on now: the district's next labour day is moved to today, and lasts the whole of it. */
import { randomUUID } from 'node:crypto';
import { ok, type Account, type District } from './district.ts';

export interface Today {
	organizer: Account;
	area: string;
	gathering: string;
	/** Of the one drain that is cleaned. */
	task: string;
}

/** Today in the district. */
const localToday = (): string =>
	new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());

export async function openToday(district: District): Promise<Today> {
	const area = district.area('老城街道');
	const day = district.days[0]!;
	const date = localToday();
	if (day.date !== date)
		await ok(district.admin.client.rpc('move_labour_day', { p_day: day.id, p_date: date, p_reason: '演练' }));
	const organizer = await district.account('李主任', area);
	const { client } = organizer;
	const [gathering, site] = [randomUUID(), randomUUID()];
	const p_fields = { place: '府后山广场', starts: '00:00', ends: '23:59' };
	await ok(client.rpc('save_gathering', { p_id: gathering, p_day: day.id, p_area: area, p_fields }));
	await ok(
		client.from('sites').insert({
			id: site,
			area_id: area,
			kind: 'drain',
			name: '官井沟渠',
			length_m: 620,
			crew_min: 1,
			crew_max: 200
		})
	);
	await ok(client.rpc('add_tasks', { p_gathering: gathering, p_sites: [site] }));
	const tasks = await ok(client.from('tasks').select('id').eq('gathering_id', gathering));
	return { organizer, area, gathering, task: tasks[0]!.id };
}
