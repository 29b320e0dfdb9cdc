/** The role matrix over HTTP against the built server, with accounts as people make them: every table, and every command aimed at another street. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS, SERVER_ONLY, type Command } from './commands';
import { District, PERSONAS, type Json, type Persona } from './district';
import type { TestEngine } from './engine';
import { sharedSql } from './pgtap';
import { startTestServer } from './server';

let engine: TestEngine;
let district: District;
const tokens: Partial<Record<Persona, string>> = {};

interface Expectation {
	relation: string;
	subject: string;
	keys: Record<string, string>;
	fresh: Json | null;
	change: Json | null;
	sees: Persona[];
	inserts: Persona[];
	updates: Persona[];
	deletes: Persona[];
}
let expectations: Expectation[];

beforeAll(async () => {
	engine = await startTestServer();
	const accounts: Record<string, string> = {};
	for (const persona of PERSONAS) {
		if (persona === 'visitor') continue;
		const { id, token } = await engine.account(`${persona}@example.org`);
		accounts[persona] = id;
		tokens[persona] = token;
	}
	district = await District.open(engine, accounts);
	await engine.database.script(sharedSql('expectations.psql'));
	expectations = await district.rows<Expectation>(
		`select n.nspname || '.' || c.relname as relation, subject, keys, fresh, change, sees, inserts, updates, deletes
		 from tests.expectations e join pg_class c on c.oid = e.relation join pg_namespace n on n.oid = c.relnamespace order by 1, 2`
	);
	await district.pastSignup();
	await district.keep();
}, 120_000);
beforeEach(() => district.restore());
afterAll(() => engine?.close());

const request = (persona: Persona, path: string, init: RequestInit = {}) => {
	const token = tokens[persona];
	return engine.request(`/rest/v1/${path}`, { ...init, ...(token && { token }) });
};
/** The row as JSON, with what the database makes itself, and what a view reckons, left out. */
async function copy({ relation, keys, fresh }: Expectation): Promise<Json> {
	const [row] = await district.rows<{ row: Json }>(
		`select jsonb_strip_nulls(to_jsonb(t) || $2::text::jsonb) - array(
		   select attname::text from pg_attribute where attrelid = $3::regclass
		   and (attgenerated <> '' or not pg_column_is_updatable(attrelid, attnum, true))) as row
		 from ${relation} t where to_jsonb(t) @> $1::text::jsonb limit 1`,
		[JSON.stringify(keys), JSON.stringify(fresh), relation]
	);
	return row!.row;
}
const digest = async (relation: string) =>
	(
		await district.row<{ digest: string }>(
			`select md5(string_agg(t::text, '|' order by t::text)) as digest from ${relation} t`
		)
	).digest;
const filter = (keys: Record<string, string>) =>
	Object.entries(keys)
		.map(([key, value]) => `${key}=eq.${encodeURIComponent(value)}`)
		.join('&');
const json = (method: string, body: unknown) => ({
	method,
	body: JSON.stringify(body),
	headers: { 'content-type': 'application/json' }
});

describe('every table', { timeout: 120_000 }, () => {
	it('answers each person with what they may see', async () => {
		for (const { relation, subject, keys, sees } of expectations.filter((one) =>
			one.relation.startsWith('public.')
		)) {
			for (const persona of PERSONAS) {
				const response = await request(persona, `${relation.slice(7)}?select=*&${filter(keys)}`);
				const rows = (await response.json()) as unknown;
				const found = response.ok && Array.isArray(rows) ? rows.length : 0;
				expect(found > 0, `${persona} sees ${relation} (${subject}): ${response.status}`).toBe(
					sees.includes(persona)
				);
			}
		}
	});

	it.each(['insert', 'update', 'delete'] as const)(
		'takes an %s from who may, and changes nothing for others',
		async (operation) => {
			for (const expectation of expectations.filter((one) => one.relation.startsWith('public.'))) {
				const { relation, subject, keys, fresh, change } = expectation;
				if (operation === 'insert' ? fresh === null : change === null) continue;
				const allowed = expectation[`${operation}s`];
				const init =
					operation === 'insert'
						? json('POST', await copy(expectation))
						: operation === 'update'
							? json('PATCH', change)
							: { method: 'DELETE' };
				const path = operation === 'insert' ? relation.slice(7) : `${relation.slice(7)}?${filter(keys)}`;
				const before = await digest(relation);
				for (const persona of PERSONAS) {
					const response = await request(persona, path, init);
					const refusal = response.ok ? undefined : ((await response.json()) as { code?: string }).code;
					const what = `${persona} ${operation}s ${relation} (${subject}): ${response.status} ${refusal ?? ''}`;
					const changed = (await digest(relation)) !== before;
					// Held by other rows: the policy lets them, the foreign key does not.
					const held = ['23001', '23503'].includes(refusal ?? '');
					expect(changed || held, what).toBe(allowed.includes(persona));
					if (!response.ok && !held) expect([401, 403], what).toContain(response.status);
					if (changed) await district.restore();
				}
			}
		}
	);

	it('of the private schema is not there, whatever one asks and whoever asks', async () => {
		for (const { relation, keys } of expectations.filter((one) => one.relation.startsWith('private.'))) {
			const name = relation.slice(8);
			const before = await digest(relation);
			for (const persona of PERSONAS) {
				expect((await request(persona, name)).status, `${persona} ${name}`).toBe(404);
				for (const [method, path] of [
					['GET', name],
					['POST', name],
					['PATCH', `${name}?${filter(keys)}`],
					['DELETE', `${name}?${filter(keys)}`]
				] as const) {
					const profile = { 'accept-profile': 'private', 'content-profile': 'private' };
					const body = method === 'POST' || method === 'PATCH' ? JSON.stringify(keys) : null;
					const response = await request(persona, path, {
						method,
						body,
						headers: { 'content-type': 'application/json', ...profile }
					});
					expect(response.status, `${persona} ${method} ${name}`).toBe(406);
				}
			}
			expect(await digest(relation), name).toBe(before);
		}
	});

	it('has a line for each operation that the database would do, had it nobody to refuse', async () => {
		expect(await district.rows('select relation::text, operation from tests.unwritten')).toEqual([]);
		await district.rows('create table public.forgotten (id int primary key)');
		const found = await district.rows('select relation::text, operation from tests.unwritten order by 2');
		await district.rows('drop table public.forgotten');
		expect(found.map(({ operation }) => operation)).toEqual(['delete', 'insert', 'update']);
	});
});

describe('the clever ways', () => {
	it('around the policies lead nowhere: embedding, counting, filtering, upserting', async () => {
		const before = await district.everything();
		const site = await district.id('site');
		const texts = await Promise.all(
			(['visitor', 'other_resident', 'other_organizer'] as const).flatMap((persona) =>
				[
					'areas?select=id,people(display_name,contacts(phone))&name=eq.老城街道',
					'gatherings?select=id,signups(name,people(display_name,contacts(phone)))&place=eq.老城广场',
					'tasks?select=id,assignments(*,signups(*)),result_entries(*)&site_id=eq.' + site,
					'site_status?select=*,site_extras(*)',
					'labour_days?select=id,gatherings(id,gathering_counts(*))&gatherings.place=eq.老城广场'
				].map(async (path) => (await request(persona, path)).text())
			)
		);
		for (const text of texts)
			expect(text).not.toMatch(/\+86138|"resident"|"guest"|confirmed_heads":[1-9]\d*.*老城|"7"/);
		const counted = await request('visitor', 'signups?select=id', {
			method: 'HEAD',
			headers: { prefer: 'count=exact' }
		});
		expect(counted.headers.get('content-range') ?? '*/0').toMatch(/\/0$/);
		const id = await district.id('resident');
		for (const persona of ['visitor', 'other_resident', 'other_organizer'] as const) {
			for (const prefer of [
				'resolution=merge-duplicates',
				'resolution=ignore-duplicates',
				'return=representation'
			]) {
				const init = json('POST', [{ id, display_name: '冒名', area_id: await district.id('own street') }]);
				const response = await request(persona, 'people?on_conflict=id', {
					...init,
					headers: { ...init.headers, prefer }
				});
				expect([401, 403], `${persona} ${prefer}`).toContain(response.status);
			}
			await request(persona, 'signups', json('PATCH', { status: 'cancelled' }));
			await request(persona, 'people', json('PATCH', { area_id: await district.id('other street') }));
			await request(persona, 'contacts?or=(person_id.not.is.null,phone.like.*)', { method: 'DELETE' });
		}
		const after = await district.everything();
		// Everybody may correct their own name and home, and so they did: nobody else's row moved.
		const others = await district.rows(
			`select from public.people where area_id = tests.id('other street') and id <> all (array[tests.id('other_resident'), tests.id('other_organizer'), tests.id('guest elsewhere')])`
		);
		expect(others).toEqual([]);
		expect({ ...after, 'public.people': '' }).toEqual({ ...before, 'public.people': '' });
	});

	it('with a forged, foreign or empty token are refused', async () => {
		const [head, , signature] = tokens.admin!.split('.');
		const claims = Buffer.from(
			JSON.stringify({ sub: randomUUID(), role: 'service_role', exp: 4e9 })
		).toString('base64url');
		const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
		for (const token of [`${head}.${claims}.${signature}`, `${none}.${claims}.`, 'x.y.z']) {
			const response = await engine.request('/rest/v1/contacts?select=*', { token });
			// Without a signature it is no token at all: the request is a visitor's.
			expect([response.status, await response.json()]).toEqual(
				token.endsWith('.') ? [200, []] : [401, expect.objectContaining({ code: 'PGRST301' })]
			);
		}
	});
});

describe('every command', { timeout: 120_000 }, () => {
	const call = (persona: Persona, name: string, given: Json) =>
		request(persona, `rpc/${name}`, json('POST', given));

	it('is written down here', async () => {
		const names = await district.rows<{ name: string }>(
			`select distinct proname::text as name from pg_proc where pronamespace = 'public'::regnamespace order by 1`
		);
		expect([...Object.keys(COMMANDS), ...Object.keys(SERVER_ONLY)].toSorted()).toEqual(
			names.map(({ name }) => name)
		);
	});

	it.each(Object.entries(COMMANDS))(
		'%s: who may, may; others change nothing',
		async (name, command: Command) => {
			const given = await command.given((subject) => district.id(subject), district);
			const before = await district.everything();
			for (const persona of PERSONAS.filter((one) => !command.may.includes(one))) {
				const response = await call(persona, name, given);
				const answer = (await response.json().catch(() => null)) as unknown;
				const refused = response.ok
					? (command.refuses?.(answer) ?? false)
					: [401, 403, 404].includes(response.status);
				expect(refused, `${persona} must not ${name}: ${response.status} ${JSON.stringify(answer)}`).toBe(
					true
				);
			}
			expect(await district.everything()).toEqual(before);
			for (const persona of command.may) {
				const response = await call(persona, name, given);
				const text = await response.text();
				expect(response.status, `${persona} may ${name}: ${text}`).toBeLessThan(300);
				if (command.refuses && text)
					expect(command.refuses(JSON.parse(text)), `${persona} may ${name}: ${text}`).toBe(false);
				await district.restore();
			}
		}
	);

	it.each(Object.entries(SERVER_ONLY))('%s is the server’s alone', async (name, given) => {
		const before = await district.everything();
		for (const persona of PERSONAS) {
			const response = await call(persona, name, given);
			expect([401, 403, 404], `${persona} ${name}: ${response.status}`).toContain(response.status);
		}
		expect(await district.everything()).toEqual(before);
	});
});
