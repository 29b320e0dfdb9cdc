/**
 * The demo district: Honghuagang by its real areas, made-up people, past labour days and the next one with
 * sign-ups. The same on every machine; only the dates follow the calendar. For an empty database.
 */
import { today as localToday } from '$lib/domain/calendar/today';
import { engine } from '../supabase/engine';
import type { Sql } from '../supabase/database';
import { loadAreas } from './areas';
import { makeHistory, makeRegularsOf, type DemoWorld } from './history';
import { makeNextDay } from './next-day';
import { resetPhones, type Party } from './parties';
import { Chance } from './random';
import { Rows } from './rows';
import { makeSites } from './sites';

/** What records do by themselves; in bulk it is quicker to add everything up once at the end. */
const TRIGGERS: readonly [string, string][] = [
	['public.attendance_events', 'attendance_events_recorded'],
	['public.result_entries', 'result_entries_changed'],
	['public.assignments', 'assignments_follow_leader'],
	['public.assignments', 'assignments_attendance']
];

export interface DemoPeople {
	/** The person who leads a crew of the published plan. */
	leader: string;
	/** Somebody with a family in that plan. */
	resident: string;
	/** The first street: where the published plan is. */
	street: string;
	district: string;
}

/** Whether this engine can load it: the demo is written with plain SQL, which the Supabase platform is not reached by. */
export const demoAvailable = (): boolean => engine().database !== undefined;

/**
 * Writes the demo district in one transaction. Takes a few seconds.
 * @throws Error on an installation that already has labour days with gatherings.
 */
export async function seedDemo(now: Date = new Date()): Promise<DemoPeople> {
	const { database } = engine();
	if (!database)
		throw new Error('The demo district loads into an embedded or an own PostgreSQL database only.');
	return seed((work) => database.transaction(work), now);
}

/** The same on any database that runs a transaction. */
export async function seed(
	transaction: <T>(work: (sql: Sql) => Promise<T>) => Promise<T>,
	now: Date
): Promise<DemoPeople> {
	return transaction(async (sql) => {
		const [{ taken } = { taken: 0 }] = await sql.rows<{ taken: number }>(
			'select count(*)::int as taken from public.gatherings'
		);
		if (taken > 0) throw new Error('This installation already has gatherings; the demo needs an empty one.');
		const chance = new Chance(20_260_227);
		resetPhones();
		const areas = await loadAreas(sql);
		const streets = areas.filter((area) => area.level === 'street');
		const communities = areas.filter((area) => area.level === 'community');
		const world: DemoWorld = {
			district: areas.find((area) => area.level === 'district')!,
			streets,
			communities,
			sites: makeSites(chance, areas),
			regulars: makeRegularsOf(chance, streets, communities)
		};
		const date = localToday(now, 'Asia/Shanghai');
		await sql.rows('select private.ensure_labour_days()');
		const [next] = await sql.rows<{ id: string; date: string }>(
			'select id, date::text from public.labour_days where date >= private.today() order by date limit 1'
		);
		if (!next) throw new Error('There is no next labour day.');

		const first = new Rows();
		for (const site of world.sites) first.add('public.sites', siteRow(site.row));
		await first.insert(sql);
		const history = makeHistory(chance, world, date);
		const coming = makeNextDay(chance, world, next.id, next.date, now);
		await insertPeople(sql, [...[...world.regulars.values()].flat(), ...coming.people]);

		for (const [table, trigger] of TRIGGERS)
			await sql.rows(`alter table ${table} disable trigger ${trigger}`);
		await history.insert(sql);
		await coming.rows.insert(sql);
		for (const [table, trigger] of TRIGGERS) await sql.rows(`alter table ${table} enable trigger ${trigger}`);
		await sql.rows(
			`select setval(pg_get_serial_sequence('public.signups', 'queue_no'), (select max(queue_no) from public.signups))`
		);
		await sql.rows('select public.recompute_totals()');
		return {
			leader: coming.leader.person_id,
			resident: coming.resident.person_id,
			street: streets[0]!.id,
			district: world.district.id
		};
	});
}

const siteRow = (row: Record<string, unknown>) => ({
	...row,
	responsible_unit: row.responsible_unit ?? ''
});

async function insertPeople(sql: Sql, parties: Party[]): Promise<void> {
	const people = new Rows();
	for (const { person_id, name, area_id } of parties)
		people.add('public.people', { id: person_id, display_name: name, area_id });
	await people.insert(sql);
	const contacts = parties.flatMap(({ person_id, phone }) => (phone ? [{ person_id, phone }] : []));
	await sql.rows(
		`insert into public.contacts (person_id, phone, phone_hash, crew_may_call)
		 select person_id, phone, private.phone_hash(phone), true
		 from jsonb_to_recordset($1::text::jsonb) as x (person_id uuid, phone text)`,
		[JSON.stringify(contacts)]
	);
}
