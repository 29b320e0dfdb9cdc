/** The app on a PostgreSQL that somebody else administers, as a user with few rights. */
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPostgres } from '$lib/server/supabase/postgres';
import { startCluster, type Cluster } from './cluster';
import { serve, type TestEngine } from './engine';

let cluster: Cluster;
let admin: pg.Client;

beforeAll(async () => {
	cluster = await startCluster();
	admin = new pg.Client(cluster.url);
	await admin.connect();
}, 60_000);
afterAll(async () => {
	await admin?.end();
	await cluster?.stop();
});

/** A user that owns a new database and may do nothing else. */
async function ownerOf(name: string, rights: string): Promise<string> {
	await admin.query(`create role ${name} login ${rights} password 'secret'`);
	await admin.query(`create database ${name} owner ${name}`);
	const url = new URL(cluster.url);
	Object.assign(url, { username: name, password: 'secret', pathname: `/${name}` });
	return url.href;
}
const start = async (url: string): Promise<TestEngine> => {
	const database = await openPostgres(url);
	return serve(database).catch((error: unknown) => database.close().then(() => Promise.reject(error)));
};

it('says once what its administrator has to type, and runs after that', async () => {
	const url = await ownerOf('friday', '');
	const error = (await start(url).catch((refusal: unknown) => refusal)) as Error;
	expect(error.name).toBe('SettingsError');
	expect(error.message).not.toContain('secret');

	const typed = error.message.split('\n').filter((line) => /^ +(create|grant) .*;$/.test(line));
	expect(typed).toHaveLength(4);
	for (const line of typed) await admin.query(line.replace('THE_USER', 'friday'));
	// README: these are the lines that it gives.
	for (const line of typed)
		expect(readFileSync('README.md', 'utf8')).toContain(line.trim().replace('THE_USER', 'friday'));

	const engine = await start(url);
	const answer = await engine.request('/rest/v1/rpc/read_calendar', { method: 'POST', body: '{}' });
	expect([answer.status, await answer.json()]).toEqual([200, []]);
	const { data } = await engine.client('service').rpc('setup_needed').throwOnError();
	expect(data).toBe(true);
	await engine.close();

	// Another district's database on the same server finds the roles made.
	const second = await ownerOf('saturday', '');
	await admin.query('grant anon, authenticated, service_role to saturday');
	await (await start(second)).close();
}, 60_000);
