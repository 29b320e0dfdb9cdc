/** What every answer of the running server keeps to, and what none of them may let out. */
import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { startApp, type RunningApp } from './app.ts';

const test = base.extend<object, { app: RunningApp; key: string }>({
	app: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs
		async ({}, use) => {
			const app = await startApp();
			await use(app);
			await app.stop();
		},
		{ scope: 'worker' }
	],
	key: [
		async ({ app }, use) => {
			const config = (await (await fetch(`${app.url}/config.json`)).json()) as { key: string };
			await use(config.key);
		},
		{ scope: 'worker' }
	]
});

const PHONE = '13698765432';

/** A request as a program may forge it: any header, any host. */
function raw(app: RunningApp, path: string, headers: Record<string, string>, body = '') {
	const { hostname, port } = new URL(app.url);
	return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]> }>((done, fail) => {
		const method = body ? 'POST' : 'GET';
		const question = request({ hostname, port, path, method, headers }, (answer) => {
			answer.resume();
			answer.on('end', () => done({ status: answer.statusCode ?? 0, headers: answer.headers }));
		});
		question.on('error', fail);
		question.end(body);
	});
}

test('a page is compressed, tells no other site anything and runs no script but its own', async ({ app }) => {
	const { headers } = await raw(app, '/', { 'accept-encoding': 'br' });
	expect(headers['content-encoding']).toBe('br');
	const policy = String(headers['content-security-policy']);
	expect(policy).toContain("default-src 'self'");
	const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? '';
	expect(scripts).not.toContain('unsafe');
	expect(scripts).toMatch(/^'self'( 'sha256-[^']+')*$/);
	expect(policy).toContain("frame-ancestors 'none'");
	expect(headers).toMatchObject({
		'x-content-type-options': 'nosniff',
		'referrer-policy': 'same-origin',
		'cross-origin-opener-policy': 'same-origin',
		'permissions-policy': expect.stringContaining('camera=(self), geolocation=(self)')
	});
	expect(headers['strict-transport-security'], 'only over HTTPS').toBeUndefined();
});

test('forms work at whatever address was typed, and from no other site', async ({ app }) => {
	const form = { 'content-type': 'application/x-www-form-urlencoded' };
	const host = '192.168.7.7:3000';
	const own = await raw(app, '/', { ...form, host, origin: `http://${host}` }, 'a=b');
	const foreign = await raw(app, '/', { ...form, host, origin: 'http://evil.example' }, 'a=b');
	const forged = await raw(
		app,
		'/',
		{
			...form,
			host,
			origin: 'https://evil.example',
			'x-forwarded-host': 'evil.example',
			'x-last-friday-protocol': 'https'
		},
		'a=b'
	);
	expect(own.status).not.toBe(403);
	expect(foreign.status).toBe(403);
	expect(forged.status).toBe(403);
});

test('with ORIGIN, that address counts and the answer asks for HTTPS', async () => {
	const app = await startApp({ env: { ORIGIN: 'https://friday.example.org' } });
	const form = { 'content-type': 'application/x-www-form-urlencoded' };
	const own = await raw(app, '/', { ...form, origin: 'https://friday.example.org' }, 'a=b');
	const other = await raw(app, '/', { ...form, origin: app.url }, 'a=b');
	expect(own.status).not.toBe(403);
	expect(other.status).toBe(403);
	expect(own.headers['strict-transport-security']).toContain('max-age');
	await app.stop();
});

test('no other site can read an answer of the data interface', async ({ app, key }) => {
	for (const path of ['/rest/v1/areas?select=id', '/auth/v1/settings']) {
		const { status, headers } = await raw(app, path, { apikey: key, origin: 'http://evil.example' });
		expect(status).toBe(200);
		expect(headers['access-control-allow-origin']).toBeUndefined();
		expect(headers['cache-control']).toBe('no-store');
	}
});

test('large bodies are refused before they reach the database', async ({ app, key }) => {
	const headers = { apikey: key, 'content-type': 'application/json' };
	const large = JSON.stringify({ email: 'a@example.org', password: 'x'.repeat(100_000) });
	expect((await raw(app, '/auth/v1/signup', headers, large)).status).toBe(413);
	expect((await raw(app, '/rest/v1/rpc/read_calendar', headers, 'x'.repeat(5_000_000))).status).toBe(413);
});

test('guessing a password ends after a few tries, whatever address the guesser claims', async ({
	app,
	key
}) => {
	const headers = { apikey: key, 'content-type': 'application/json' };
	const body = JSON.stringify({ email: 'somebody@example.org', password: 'wrong guess' });
	const statuses: number[] = [];
	for (let i = 0; i < 20; i++) {
		const claim = { 'x-forwarded-for': `10.1.2.${i}`, 'x-last-friday-address': `10.1.3.${i}` };
		statuses.push(
			(await raw(app, '/auth/v1/token?grant_type=password', { ...headers, ...claim }, body)).status
		);
	}
	expect(statuses[0]).toBe(400);
	expect(statuses.at(-1)).toBe(429);
});

test('nor does it help to spell the way to the guess differently', async ({ app, key }) => {
	const headers = { apikey: key, 'content-type': 'application/json' };
	const body = JSON.stringify({ email: 'somebody.else@example.org', password: 'wrong guess' });
	for (const step of [
		'%74oken?grant_type=password',
		'./token?grant_type=password',
		'token?%67rant_type=password'
	]) {
		const statuses = new Set<number>();
		for (let i = 0; i < 12; i++) statuses.add((await raw(app, `/auth/v1/${step}`, headers, body)).status);
		expect(
			[...statuses].every((status) => [400, 404, 429].includes(status)),
			step
		).toBe(true);
		expect(statuses.has(404) || statuses.has(429), step).toBe(true);
	}
	const { status } = await raw(app, `/auth/v1/verify?type=magiclink&token=${'a'.repeat(64)}`, headers);
	expect(status).toBe(404);
});

test('no visitor can ask a question that keeps the database from everybody else', async ({ app, key }) => {
	const up = (inside: string) =>
		`id,area_ancestors!area_ancestors_area_id_fkey(areas!area_ancestors_ancestor_id_fkey(${inside}))`;
	const down = (inside: string) =>
		`id,area_ancestors!area_ancestors_ancestor_id_fkey(areas!area_ancestors_area_id_fkey(${inside}))`;
	for (const query of [`select=${up(down(up(down('id'))))}`, 'name=match.(a*)*b', 'select=*,sites(*)']) {
		const { status } = await raw(app, `/rest/v1/areas?${query}`, { apikey: key });
		expect(status, query).toBe(400);
	}
});

test('without mail settings no code is promised', async ({ app, key }) => {
	const headers = { apikey: key, 'content-type': 'application/json' };
	const { status } = await raw(app, '/auth/v1/otp', headers, JSON.stringify({ email: 'a@example.org' }));
	expect(status).toBe(422);
});

test('a phone number in whatever was refused is in no log', async ({ app, key }) => {
	const headers = { apikey: key, 'content-type': 'application/json' };
	const body = (fields: object) => JSON.stringify(fields);
	const refused = await Promise.all([
		raw(app, `/rest/v1/contacts?phone=eq.${PHONE}&nonsense=${PHONE}`, headers),
		raw(app, '/rest/v1/contacts', headers, body({ phone: PHONE, person_id: PHONE })),
		raw(app, '/rest/v1/people', headers, body({ display_name: PHONE })),
		raw(app, '/rest/v1/rpc/set_my_phone', headers, body({ p_phone: PHONE, p_crew_may_call: true })),
		raw(app, '/rest/v1/rpc/read_day', headers, body({ p_gathering: PHONE })),
		raw(app, '/rest/v1/rpc/nothing', headers, body({ phone: PHONE })),
		raw(app, '/auth/v1/signup', headers, body({ email: PHONE, password: PHONE })),
		raw(app, `/no/such/page/${PHONE}`, {}),
		raw(app, '/rest/v1/rpc/read_day', headers, `{"broken": "${PHONE}`)
	]);
	for (const { status } of refused) expect(status).toBeGreaterThanOrEqual(400);
	expect(app.output(), 'something is logged').toContain('[database]');
	expect(app.output()).not.toContain(PHONE);
});

test('no secret is in what browsers load', async ({ app }) => {
	const keys = JSON.parse(readFileSync(join(app.dataDir, 'keys.json'), 'utf8')) as Record<string, string>;
	const { publishable_key: known, ...secrets } = keys;
	const page = await (await fetch(app.url)).text();
	const config = await (await fetch(`${app.url}/config.json`)).text();
	expect(config).toContain(known);
	const files = readdirSync('build/client', { recursive: true, withFileTypes: true }).filter(
		(entry) => entry.isFile() && /\.(js|html|json|css|webmanifest)$/.test(entry.name)
	);
	expect(files.length).toBeGreaterThan(5);
	const served = [
		page,
		config,
		...files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
	].join('');
	for (const [name, value] of Object.entries(secrets)) expect(served.includes(value), name).toBe(false);
	expect(/sb_secret_\w|SUPABASE_SECRET_KEY|phone_pepper/.exec(served)?.[0]).toBeUndefined();
});

test('the database can be asked after', async ({ app }) => {
	const answer = await fetch(`${app.url}/healthz`);
	expect(answer.status).toBe(200);
	expect(await answer.text()).toBe('ok');
});
