import { describe, expect, it } from 'vitest';
import { accountRequest, modestQuery } from './doors';

const at = (path: string) => new URL(path, 'http://localhost');
const ask = (method: string, path: string, fields?: unknown) =>
	accountRequest(
		method,
		at(path),
		new TextEncoder().encode(fields === undefined ? '' : JSON.stringify(fields))
	);

describe('the account interface', () => {
	it('takes what the pages ask, without what they do not', () => {
		const known = { email: 'a@example.org', password: 'x', data: { role: 'admin' } };
		expect(ask('POST', '/auth/v1/token?grant_type=password&x=y', known)).toEqual({
			path: '/auth/v1/token?grant_type=password',
			step: 'token',
			body: '{"email":"a@example.org","password":"x"}',
			email: 'a@example.org'
		});
		expect(ask('POST', '/auth/v1/otp', { email: 'a@example.org', create_user: true })).toMatchObject({
			body: '{"email":"a@example.org","create_user":false}'
		});
		expect(ask('PUT', '/auth/v1/user', { password: 'new', email: 'b@example.org' })).toMatchObject({
			body: '{"password":"new"}'
		});
		expect(ask('POST', '/auth/v1/logout?scope=local')).toMatchObject({
			path: '/auth/v1/logout?scope=local',
			body: undefined
		});
	});

	it('knows one spelling of each step, so that every guess is counted', () => {
		const guess = { email: 'a@example.org', password: 'x' };
		for (const path of [
			'/auth/v1/%74oken?grant_type=password',
			'/auth/v1/TOKEN?grant_type=password',
			'/auth/v1//token?grant_type=password',
			'/auth/v1/token?grant_type=pkce',
			'/auth/v1/token'
		])
			expect(ask('POST', path, guess), path).toBe('unknown');
		// Two parsers may take a different one of two; what is passed on has only one.
		expect(ask('POST', '/auth/v1/token?%67rant_type=password&grant_type=refresh_token', guess)).toMatchObject(
			{ path: '/auth/v1/token?grant_type=password' }
		);
	});

	it('takes a code only with the address it was mailed to', () => {
		const hash = 'a'.repeat(64);
		expect(ask('GET', `/auth/v1/verify?type=magiclink&token=${hash}`)).toBe('unknown');
		expect(ask('POST', '/auth/v1/verify', { token_hash: hash, type: 'magiclink' })).toBe('malformed');
		expect(
			ask('POST', '/auth/v1/verify', {
				email: 'a@example.org',
				token: '1',
				token_hash: hash,
				type: 'magiclink'
			})
		).toMatchObject({ body: '{"email":"a@example.org","token":"1","type":"magiclink"}' });
	});

	it.each([
		['GET', 'admin/users'],
		['POST', 'invite'],
		['POST', 'recover'],
		['POST', 'magiclink'],
		['POST', 'resend'],
		['GET', 'reauthenticate'],
		['GET', 'authorize?provider=github'],
		['POST', 'callback'],
		['DELETE', 'user'],
		['GET', '__proto__'],
		['POST', 'constructor']
	])('does not know %s %s', (method, step) => {
		expect(ask(method, `/auth/v1/${step}`, { email: 'a@example.org' })).toBe('unknown');
	});

	it('refuses a body that is no object of fields', () => {
		for (const body of [[], 'text', 7, { email: ['a@example.org'], password: 'x' }])
			expect(ask('POST', '/auth/v1/signup', body)).toBe('malformed');
	});
});

describe('the data interface', () => {
	it('answers rows with what they refer to', () => {
		for (const path of [
			'/rest/v1/areas?select=*',
			'/rest/v1/tasks?select=id,site:sites!tasks_site_id_fkey(id,name)',
			'/rest/v1/gathering_counts?select=heads,g:gatherings!inner(id,area:areas(name),day:labour_days!inner(date))',
			'/rest/v1/sites?or=(name.ilike."%25(a)%25",address.ilike."%25match%25")',
			'/rest/v1/rpc/read_day'
		])
			expect(modestQuery(at(path)), path).toBe(true);
	});

	it('answers every question that the pages ask', () => {
		const sources = import.meta.glob<string>('/src/**/*.{ts,svelte}', {
			query: '?raw',
			import: 'default',
			eager: true
		});
		const asked = Object.entries(sources)
			.filter(([file]) => !file.includes('.spec.'))
			.flatMap(([, text]) =>
				[...text.matchAll(/from\('(\w+)'\)\s*\.select\(\s*(?:'([^']*)'|`([^`]*)`|([A-Z]+))/g)].map(
					([, table = '', single, template, name]) => {
						const written = name && new RegExp(`const ${name} =([^;]*);`).exec(text)?.[1];
						const columns = written
							? [...written.matchAll(/'([^']*)'/g)].map(([, part]) => part).join('')
							: undefined;
						return { table, columns: single ?? template ?? columns };
					}
				)
			);
		expect(asked.filter(({ columns }) => columns?.includes('(')).length).toBeGreaterThanOrEqual(5);
		for (const { table, columns } of asked) {
			expect(columns, table).toBeDefined();
			const url = at(`/rest/v1/${table}?${new URLSearchParams({ select: columns ?? '' })}`);
			expect(modestQuery(url), `${table}: ${columns}`).toBe(true);
		}
	});

	it('and not with everything that refers to them, however deep', () => {
		for (const path of [
			'/rest/v1/areas?select=id,area_ancestors!area_ancestors_ancestor_id_fkey(area_id)',
			'/rest/v1/areas?select=*,sites(*)',
			'/rest/v1/areas?select=*&select=*,sites(*)',
			'/rest/v1/%61reas?select=*,area_duties(*)',
			'/rest/v1/areas?select=*,"sites"(*)',
			'/rest/v1/areas?select=*,...sites(*)',
			'/rest/v1/tasks?select=site:sites!tasks_site_id_fkey(id,tasks(*))',
			'/rest/v1/gatherings?select=id,areas!tasks(id)',
			'/rest/v1/gatherings?select=id,areas!tasks_area_id_fkey(id)',
			'/rest/v1/tasks?select=id)',
			'/rest/v1/constructor?select=name(*)',
			'/rest/v1/rpc/read_day?select=sites(*)'
		])
			expect(modestQuery(at(path)), path).toBe(false);
	});

	it('nor by patterns that may never end', () => {
		for (const path of [
			'/rest/v1/sites?name=match.(a*)*b',
			'/rest/v1/sites?name=not.imatch.x',
			'/rest/v1/sites?name=match(any).{x}',
			'/rest/v1/sites?or=(name.match.x,id.is.null)'
		])
			expect(modestQuery(at(path)), path).toBe(false);
	});
});
