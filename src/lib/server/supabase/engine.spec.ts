import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestEngine, type TestEngine } from '../../../../tests/db/engine';
import { startPostgres } from '../../../../tests/db/postgres';

const PROBE = `
	create schema if not exists probe;
	create table public.probe (id int primary key, phone text);
	alter table public.probe enable row level security;
	create policy "Nobody but people with an account add rows" on public.probe for insert to authenticated with check (true);
	create function public.probe_role() returns text language sql set search_path = '' as $$ select current_user::text $$;
	create function public.probe_refuse(p_phone text) returns void language plpgsql set search_path = '' as $$
	begin raise exception 'lf:PROBE' using errcode = 'PT409', detail = 'phone ' || p_phone; end $$;
`;

/** The app sets every privilege anew when it starts; what a test adds is opened afterwards. */
const OPEN = `
	grant execute on function public.probe_role(), public.probe_refuse(text) to anon, authenticated, service_role;
	grant all on public.probe to anon, authenticated;
`;

const PHONE = '13987654321';
const call = (body: unknown) => ({ method: 'POST', body: JSON.stringify(body) });

/** Everything that reached the console below the engine's filter. */
const printed: string[] = [];
for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
	vi.spyOn(console, level).mockImplementation(
		(...values) => void printed.push(inspect(values, { depth: 9 }))
	);
}

describe.each(['embedded', 'postgres'] as const)('the %s engine', (kind) => {
	let engine: TestEngine;
	beforeAll(async () => {
		const probe = [{ version: '99990101000000', name: 'probe', text: PROBE }];
		engine = kind === 'embedded' ? await startTestEngine(probe) : await startPostgres({}, probe);
		await engine.database.script(OPEN);
	}, 120_000);
	afterAll(() => engine?.close());

	it('keeps requests that arrive together apart: each runs with its own role', async () => {
		const asked = Array.from({ length: 60 }, (_, i) => (i % 2 ? 'anon' : 'service_role'));
		const answers = await Promise.all(
			asked.map(async (role) => {
				const key = role === 'anon' ? engine.keys.publishable_key : engine.keys.secret_key;
				return (await engine.request('/rest/v1/rpc/probe_role', { ...call({}), key })).json();
			})
		);
		expect(answers).toEqual(asked);
	});

	it('lets accounts be made while data are read, without either losing anything', async () => {
		const emails = Array.from({ length: 6 }, (_, i) => `together${i}@example.org`);
		const [people, ...roles] = await Promise.all([
			Promise.all(emails.map((email) => engine.account(email))),
			...Array.from({ length: 20 }, async () =>
				(await engine.request('/rest/v1/rpc/probe_role', call({}))).json()
			)
		]);
		expect(new Set(roles)).toEqual(new Set(['anon']));
		const rows = await engine.database.rows<{ id: string }>(
			`select id from auth.users where email like 'together%'`
		);
		expect(rows.map(({ id }) => id).sort()).toEqual(people.map(({ id }) => id).sort());
	});

	it('answers only with the public schema, and only to a known key', async () => {
		for (const schema of ['auth', 'private', 'supabase_migrations', 'pg_catalog']) {
			const { status } = await engine.request('/rest/v1/users', { headers: { 'accept-profile': schema } });
			expect(status, schema).toBe(406);
		}
		expect((await engine.request('/rest/v1/probe', { key: 'sb_secret_guess' })).status).toBe(401);
	});

	it('keeps what was refused out of every log', async () => {
		printed.length = 0;
		const { refusals } = await provoke(engine);
		expect(refusals).toEqual([409, 400, 401, 404, 400]);
		expect(printed.join('\n')).toContain('[database] PT409 lf:PROBE /rest/v1/rpc/probe_refuse');
		expect(printed.join('\n')).not.toContain(PHONE);
	});
});

/** Refusals of every kind with a phone number in them: by a function, a type, a policy, a missing function, an account. */
async function provoke(engine: TestEngine) {
	const answers = await Promise.all([
		engine.request('/rest/v1/rpc/probe_refuse', call({ p_phone: PHONE })),
		engine.request('/rest/v1/probe', call({ id: PHONE })),
		engine.request('/rest/v1/probe', call({ id: 1, phone: PHONE })),
		engine.request('/rest/v1/rpc/no_such_function', call({ phone: PHONE })),
		engine.request(
			'/auth/v1/token?grant_type=password',
			call({ email: `${PHONE}@example.org`, password: PHONE })
		)
	]);
	return { refusals: answers.map(({ status }) => status) };
}
