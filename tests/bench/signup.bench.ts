/**
 * What a sign-up costs on PostgreSQL beyond the bare inserts it makes: one call of the command against one call of a
 * function that does nothing but these inserts, in turns, on the same connection. Wanted: at most twice.
 */
import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, it } from 'vitest';
import { District } from '../db/district';
import { startPostgres, type TestPostgres } from '../db/postgres';

const ROUNDS = 1500;
const WARM_UP = 300;

/** The rows that sign_up_guest writes for a new guest, and nothing else. Their triggers and keys are the same. */
const BARE = `
	create function tests.bare(p_id uuid, p_gathering uuid, p_name text, p_phone text, p_headcount int, p_token_hash text, p_address text)
	returns void language plpgsql set search_path = '' as $$
	declare v_person uuid := gen_random_uuid();
	begin
		insert into private.attempts (bucket, window_start, taken) values (p_address, '2026-01-01', 1), (p_phone, '2026-01-01', 1);
		insert into public.people (id, display_name, area_id) values (v_person, p_name, tests.id('own street'));
		insert into public.contacts (person_id, phone, phone_hash) values (v_person, p_phone, p_token_hash);
		insert into public.signups (id, gathering_id, labour_day_id, area_id, person_id, name, headcount, status, source, seen_at, consented_at)
		values (p_id, p_gathering, tests.id('next day'), tests.id('own street'), v_person, p_name, p_headcount, 'confirmed', 'guest', now(), now());
		insert into private.signup_secrets (signup_id, token_hash, checkin_code) values (p_id, p_token_hash, left(p_token_hash, 8));
	end $$;
	grant execute on function tests.bare to service_role;
	grant usage on schema tests to service_role;
`;

let postgres: TestPostgres;
let client: pg.Client;
let gathering: string;
beforeAll(async () => {
	postgres = await startPostgres();
	const district = await District.open(postgres);
	await postgres.database.script(BARE);
	gathering = await district.id('later gathering');
	await district.rows('update public.gatherings set capacity = null where id = $1', [gathering]);
	client = new pg.Client({ connectionString: postgres.url });
	await client.connect();
	await client.query('set role service_role');
});
afterAll(async () => {
	await client?.end();
	await postgres?.close();
});

let number = 0;
const COMMAND = {
	name: 'command',
	text: 'select public.sign_up_guest($1, $2, $3, $4, $5, $6, $7)',
	values: () => [
		randomUUID(),
		gathering,
		'王女士',
		phone(),
		'{"headcount": 3, "minors": 1, "wishes": ["drain"]}',
		token(),
		randomUUID()
	]
};
const INSERTS = {
	name: 'inserts',
	text: 'select tests.bare($1, $2, $3, $4, $5, $6, $7)',
	values: () => [randomUUID(), gathering, '王女士', phone(), 3, token(), randomUUID()]
};
const phone = () => `+86139${String(++number).padStart(8, '0')}`;
const token = () => createHash('sha256').update(randomUUID()).digest('hex');

async function time({ values, ...statement }: typeof COMMAND | typeof INSERTS): Promise<number> {
	const query = { ...statement, values: values() };
	const start = performance.now();
	await client.query(query);
	return performance.now() - start;
}
const median = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!;

async function compare(rounds: number) {
	const times = { command: [] as number[], inserts: [] as number[] };
	for (let round = 0; round < rounds; round++) {
		const [first, second] = round % 2 ? [COMMAND, INSERTS] : [INSERTS, COMMAND];
		for (const statement of [first, second])
			times[statement.name as keyof typeof times].push(await time(statement));
	}
	const [command, inserts] = [median(times.command), median(times.inserts)];
	return {
		'command (ms)': command.toFixed(3),
		'bare inserts (ms)': inserts.toFixed(3),
		ratio: (command / inserts).toFixed(2)
	};
}

it('a sign-up against its bare inserts', async () => {
	await compare(WARM_UP);
	const committed = await compare(ROUNDS);
	await client.query('begin');
	const within = await compare(ROUNDS);
	await client.query('rollback');
	console.log(`\nSign-up on PostgreSQL, medians of ${ROUNDS} (wanted: ratio at most 2)`);
	console.table({ 'each call committed': committed, 'without the commit': within });
});
