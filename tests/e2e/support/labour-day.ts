/** A labour day that is today, by a clock that the test sets: a district in the time zone where it is noon, on a PostgreSQL of its own. */
import { Client } from 'pg';
import { startCluster, type Cluster } from '../../db/cluster.ts';
import { startApp, type RunningApp } from '../app.ts';
import { foundDistrict, ok, type District } from './district.ts';

export interface LabourDay {
	app: RunningApp;
	district: District;
	/** Today's labour day; `date` is the date in `timeZone`. */
	day: { id: string; date: string };
	timeZone: string;
	/** From now on it is this minute of the day for the database, and stays it: what is recorded then has this time. */
	at(time: string): Promise<void>;
	/** What is really in the tables. */
	rows<Row extends object>(sql: string, parameters?: unknown[]): Promise<Row[]>;
	stop(): Promise<void>;
}

/** Where it is noon now: every other hour of the day is then the same date, and no test runs over midnight. */
export function zoneAtNoon(now = new Date()): string {
	const ahead = 12 - now.getUTCHours();
	// In these names the sign says how far the zone is behind.
	return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

const dateIn = (timeZone: string) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date());

export async function startLabourDay(): Promise<LabourDay> {
	const timeZone = zoneAtNoon();
	const date = dateIn(timeZone);
	const cluster = await startCluster();
	const app = await startApp({ env: { DATABASE_URL: cluster.url } }).catch(stopping(cluster));
	const database = new Client({ connectionString: cluster.url });
	await database.connect();
	const district = await foundDistrict(app, { timeZone });
	const [day] = district.days;
	if (!day) throw new Error('no labour day');
	const moved = { p_day: day.id, p_date: date, p_reason: '试办' };
	if (day.date !== date) await ok(district.admin.client.rpc('move_labour_day', moved));

	return {
		app,
		district,
		day: { ...day, date },
		timeZone,
		async at(time) {
			await database.query(
				`create or replace function private.clock() returns timestamptz language plpgsql stable set search_path = ''
				as $$ begin return timestamp '${date} ${time}:30' at time zone '${timeZone}'; end $$`
			);
		},
		rows: async (sql, parameters = []) => (await database.query(sql, parameters)).rows,
		async stop() {
			await app.stop();
			await database.end();
			await cluster.stop();
		}
	};
}

/** Ends the database of an app that did not start. */
const stopping = (cluster: Cluster) => async (error: unknown) => {
	await cluster.stop();
	throw error;
};
