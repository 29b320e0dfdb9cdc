/**
 * Whether totals stay exact and cheap with ten million attendance events: what the public results page asks, what a check-in
 * costs beyond its bare insert, and whether crews hold each other up. Each table says what is wanted.
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { it } from 'vitest';
import { startPostgres, type TestPostgres } from '../../db/postgres';
import { median } from '../load';
import { ARRIVALS, fill, type Size } from './district';

const only = process.env['BENCH_SIZES']?.split(',');
const SIZES: Size[] = [
	{ name: '10 thousand', events: 10_000, entries: 1000, crews: 1 },
	{ name: '10 million', events: 10_000_000, entries: 1_000_000, crews: 20 }
].filter(({ name }) => !only || only.includes(name));

const CONNECTIONS = 50;
/** Milliseconds between two check-ins of one phone that scans without a stop, on a good network. */
const PAUSE = 100;
/** Check-ins since the sums were last rolled up: 60,000 in an hour, a quarter of a minute, doubled. */
const SINCE = 500;
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 5);
const SETTINGS = {
	shared_buffers: '1GB',
	max_connections: 120,
	wal_level: 'minimal',
	max_wal_senders: 0,
	max_wal_size: '6GB',
	checkpoint_timeout: '30min',
	maintenance_work_mem: '512MB'
};

const say = (text: string) => console.log(text);
type Row = Record<string, string>;
const ms = (value: number) => value.toFixed(2);

async function connect(postgres: TestPostgres, set = ''): Promise<pg.Client> {
	const client = new pg.Client({ connectionString: postgres.url });
	client.on('error', () => {}); // the server may be gone before a client is
	await client.connect();
	if (set) await client.query(set);
	return client;
}

const street = `(select id from public.areas where name = '街道 3')`;
const day = `(select date from public.labour_days order by date desc offset 2 limit 1)`;
const year = `date_trunc('year', now())::date, (date_trunc('year', now()) + interval '1 year - 1 day')::date`;
/** What each page asks, one question after another as its load asks them. */
const PAGES: Record<string, string[]> = {
	'district, this year': ['select public.read_results()'],
	'district, all years': [`select public.read_results('1900-01-01', '2199-12-31')`],
	'street, this year, and its tasks': [
		`select public.read_results(p_area => ${street})`,
		`select public.read_area_tasks(${year}, ${street}, 41)`
	],
	'one day, and its tasks': [
		`select public.read_results(${day}, ${day})`,
		`select public.read_area_tasks(${day}, ${day}, null, 41)`
	]
};

/**
 * Visits every page of every database, in turns: a machine that is slower for a while is so for all of them. Answers the medians
 * by page, in milliseconds, one for each database.
 */
async function visit(databases: readonly TestPostgres[], times = 60): Promise<Map<string, number[]>> {
	const clients = await Promise.all(databases.map((postgres) => connect(postgres, 'set role anon;')));
	const found = new Map<string, number[]>();
	for (const [page, queries] of Object.entries(PAGES)) {
		const taken = clients.map(() => [] as number[]);
		for (let n = 0; n < times + 15; n++) {
			for (const [which, client] of clients.entries()) {
				const start = performance.now();
				for (const text of queries) await client.query(text);
				if (n >= 15) taken[which]!.push(performance.now() - start);
			}
		}
		found.set(page, taken.map(median));
	}
	await Promise.all(clients.map((client) => client.end()));
	return found;
}

const CHECK_IN = `insert into public.attendance_events (id, signup_id, gathering_id, area_id, task_id, heads, at, device_id, seq, device_time, source)
	select $1, s.id, s.gathering_id, s.area_id, a.task_id, s.headcount, now(), '00000000-0000-4000-8000-00000000000a', 1, now(), 'leader'
	from public.signups s left join public.assignments a on a.signup_id = s.id where s.id = md5('arrival' || $2)::uuid`;

/** The same as a crew leader's phone asks for it: by the command, which checks who may, when, and for whom. */
const COMMAND = `select public.record_attendance(jsonb_build_array(jsonb_build_object('id', $1::text, 'signup_id', md5('arrival' || $2)::uuid, 'heads', 1 + $2::int % 3,
	'at', now(), 'device_id', '00000000-0000-4000-8000-00000000000a', 'seq', 1, 'device_time', now(), 'sent_at', now()))) as answer`;
const ORGANIZER = '00000000-0000-4000-8000-0000000000aa';
const CLAIMS = JSON.stringify({ sub: ORGANIZER, role: 'authenticated' });
const AS_ORGANIZER = `select set_config('request.jwt.claims', '${CLAIMS}', false), set_config('request.jwt.claim.sub', '${ORGANIZER}', false), set_config('role', 'authenticated', false)`;
const organizer = (postgres: TestPostgres) =>
	postgres.database.script(`
		insert into auth.users (id) values ('${ORGANIZER}');
		insert into public.people (id, display_name, area_id) select '${ORGANIZER}', '陈主任', id from public.areas where level = 'district';
		insert into public.profiles (user_id, person_id) values ('${ORGANIZER}', '${ORGANIZER}');
		insert into public.memberships (person_id, area_id, role) select '${ORGANIZER}', id, 'admin' from public.areas where level = 'district';`);

const triggers = (postgres: TestPostgres, on: boolean) =>
	postgres.database.script(
		`alter table public.attendance_events ${on ? 'enable' : 'disable'} trigger attendance_events_recorded;`
	);

/** So many of those who have not come yet check in, from the given one on. */
const arrive = (postgres: TestPostgres, from: number, count: number) =>
	postgres.database.rows(
		`insert into public.attendance_events (id, signup_id, gathering_id, area_id, task_id, heads, at, device_id, seq, device_time, source)
		 select gen_random_uuid(), s.id, s.gathering_id, s.area_id, a.task_id, s.headcount, now(), '00000000-0000-4000-8000-00000000000a', 1, now(), 'leader'
		 from generate_series($1::int, $1::int + $2::int - 1) n join public.signups s on s.id = md5('arrival' || n)::uuid left join public.assignments a on a.signup_id = s.id`,
		[from, count]
	);

/**
 * What else comes in, through the triggers, all at once: check-outs, records taken back, parties that change crew, results
 * and their corrections on the running day; late records, credits, and credits taken back on long past ones.
 */
const change = (postgres: TestPostgres) =>
	postgres.database.script(`
		create temporary table came as select s.id, s.gathering_id, s.area_id, a.task_id, e.id as event, row_number() over (order by s.id) as no
		from public.attendance_events e join public.signups s on s.id = e.signup_id join public.gatherings g on g.id = s.gathering_id and g.status = 'open'
		join public.assignments a on a.signup_id = s.id where e.kind = 'present' and e.heads > 0 limit 1000;
		create temporary table past as select s.id, s.gathering_id, s.area_id, n.task_id, n.date, n.named_seconds, row_number() over (order by s.id) as no
		from public.signups s join public.attendance_sums n on n.signup_id = s.id where n.date < private.today() and n.participations > 0 limit 600;
		create function pg_temp.event(p_signup uuid, p_gathering uuid, p_area uuid, p_task uuid, p_kind public.attendance_kind, p_heads int, p_at timestamptz, p_voids uuid, p_source public.attendance_source, p_late boolean) returns void
		language sql as $$ insert into public.attendance_events (id, signup_id, gathering_id, area_id, task_id, kind, heads, at, voids, device_id, seq, device_time, source, late)
			values (gen_random_uuid(), p_signup, p_gathering, p_area, p_task, p_kind, p_heads, p_at, p_voids, '00000000-0000-4000-8000-00000000000b', 2, now(), p_source, p_late) $$;
		select pg_temp.event(id, gathering_id, area_id, task_id, 'present', no::int % 2, now() + interval '1 minute', null, case when no % 3 = 0 then 'self' else 'leader' end::public.attendance_source, false) from came where no <= 400;
		select pg_temp.event(id, gathering_id, area_id, task_id, 'void', 0, now(), event, 'leader', false) from came where no between 350 and 450;
		delete from public.assignments where signup_id in (select id from came where no between 430 and 500);
		update public.assignments x set task_id = (select t.id from public.tasks t where t.gathering_id = c.gathering_id order by t.id limit 1) from came c where x.signup_id = c.id and c.no > 500;
		insert into public.result_entries (id, root_id, task_id, site_id, area_id, gathering_id, kg, metres, at, device_id, seq, device_time)
		select md5('new entry' || c.no)::uuid, md5('new entry' || c.no - c.no % 2)::uuid, t.id, t.site_id, t.area_id, t.gathering_id, 5, 70, now(), '00000000-0000-4000-8000-00000000000b', c.no::int, now()
		from (select no, (select task_id from came d where d.no = c.no - c.no % 2) as task from came c where no between 2 and 200) c join public.tasks t on t.id = c.task;
		insert into public.hour_credits (id, signup_id, area_id, seconds, recorded_seconds, reason, credited_at)
		select md5('credit' || no)::uuid, id, area_id, 60 * (1 + no % 90), named_seconds, '证明', now() from past where no <= 400;
		insert into public.hour_credits (id, signup_id, area_id, seconds, takes_back, reason, credited_at)
		select gen_random_uuid(), id, area_id, -60 * (1 + no % 90), md5('credit' || no)::uuid, '记错', now() from past where no <= 100;
		select pg_temp.event(id, gathering_id, area_id, task_id, 'present', 4, date + time '00:20', null, 'leader', true) from past where no > 50;
		update public.attendance_events set accepted_at = now() where late and accepted_at is null and signup_id in (select id from past where no % 5 > 0);`);

let next = 0;
type CheckIn = (client: pg.Client) => Promise<unknown>;
const insert: CheckIn = (client) =>
	client.query({ name: 'check-in', text: CHECK_IN, values: [randomUUID(), next++] });
const command: CheckIn = async (client) => {
	const { rows } = await client.query<{ answer: { outcome: string }[] }>({
		name: 'command',
		text: COMMAND,
		values: [randomUUID(), next++]
	});
	if (rows[0]?.answer[0]?.outcome !== 'recorded') throw new Error(JSON.stringify(rows[0]?.answer));
};

/** One check-in at a time; median milliseconds each. */
async function alone(client: pg.Client, checkIn: CheckIn, times: number): Promise<number> {
	const taken: number[] = [];
	for (let n = 0; n < times; n++) {
		const start = performance.now();
		await checkIn(client);
		taken.push(performance.now() - start);
	}
	return median(taken);
}

/**
 * Check-ins per second by so many connections at once, each for other crews: as fast as this machine's processors allow, or
 * each connection with a pause after every check-in. And how many of the connections at work are, on average over samples,
 * found waiting for a row that another one holds. It ends after `SECONDS`, or when `most` more have come.
 */
async function together(
	postgres: TestPostgres,
	checkIn: CheckIn,
	pause: number,
	most: number
): Promise<{ rate: number; waiting: number }> {
	const set = checkIn === command ? AS_ORGANIZER : '';
	const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => connect(postgres, set)));
	// As a pool's connections are: what a new one reads and plans first is no part of either rate.
	await Promise.all(
		clients.map(async (client) => {
			for (let n = 0; n < 8; n++) await checkIn(client);
		})
	);
	const watcher = await connect(postgres);
	const seen = { active: 0, waiting: 0 };
	let done = 0;
	const until = performance.now() + SECONDS * 1000;
	const start = performance.now();
	const last = next + most;
	const busy = () => performance.now() < until && next < last;
	await Promise.all([
		...clients.map(async (client) => {
			while (busy()) {
				await checkIn(client);
				done++;
				if (pause) await new Promise((go) => setTimeout(go, pause));
			}
		}),
		(async () => {
			while (busy()) {
				const { rows } = await watcher.query<{ active: number; waiting: number }>(
					`select count(*)::int as active, (count(*) filter (where wait_event in ('tuple', 'transactionid')))::int as waiting
					 from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and backend_type = 'client backend'`
				);
				seen.active += rows[0]!.active;
				seen.waiting += rows[0]!.waiting;
				await new Promise((go) => setTimeout(go, 50));
			}
		})()
	]);
	const rate = done / ((performance.now() - start) / 1000);
	await Promise.all([...clients, watcher].map((client) => client.end()));
	return { rate, waiting: seen.active ? seen.waiting / seen.active : 0 };
}

const percent = (share: number) => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;

async function checkIns(postgres: TestPostgres): Promise<Row> {
	next = 0;
	await organizer(postgres);
	const costs = new Map<string, number[]>();
	const cost = (what: string) => median(costs.get(what)!);
	for (const on of [false, true, false, true, false, true]) {
		await triggers(postgres, on);
		for (const checkIn of [insert, command]) {
			const client = await connect(postgres, checkIn === command ? AS_ORGANIZER : '');
			await alone(client, checkIn, 20);
			const what = `${checkIn === command ? 'command' : 'insert'} ${on ? 'whole' : 'bare'}`;
			costs.set(what, [...(costs.get(what) ?? []), await alone(client, checkIn, 250)]);
			await client.end();
		}
	}
	const ways = [
		{ way: 'statement', checkIn: insert, pause: 0 },
		{ way: 'paced', checkIn: insert, pause: PAUSE },
		{ way: 'phones', checkIn: command, pause: 0 }
	] as const;
	const none = () => ({ bare: 0, whole: 0, waiting: 0 });
	const best = { statement: none(), paced: none(), phones: none() };
	const turns = [false, true, false, true];
	// Each has as many who have not come yet, however fast the one before was; what connections begin with (8 each, and one more) counts.
	const most = Math.floor((ARRIVALS - SINCE - next) / (turns.length * ways.length)) - CONNECTIONS * 9;
	for (const on of turns) {
		await triggers(postgres, on);
		for (const { way, checkIn, pause } of ways) {
			const { rate, waiting } = await together(postgres, checkIn, pause, most);
			const side = on ? 'whole' : 'bare';
			best[way][side] = Math.max(best[way][side], rate);
			if (on) best[way].waiting = Math.max(best[way].waiting, waiting);
		}
	}
	await triggers(postgres, true);
	const share = ({ bare, whole }: ReturnType<typeof none>) =>
		`${percent(whole / bare)} of ${bare.toFixed(0)}`;
	return {
		'bare insert (ms)': ms(cost('insert bare')),
		'with totals (ms)': ms(cost('insert whole')),
		'more (ms, wanted ≤ 1)': ms(cost('insert whole') - cost('insert bare')),
		'by the command, without totals (ms)': ms(cost('command bare')),
		'by the command, with totals (ms)': ms(cost('command whole')),
		[`${CONNECTIONS} phones by the command, share of the rate without totals (wanted ≥ 80 %)`]: share(
			best.phones
		),
		'the same, the insert alone, as fast as the processors go': share(best.statement),
		[`the same, with ${PAUSE} ms pauses`]: share(best.paced),
		'found waiting for each other': percent(
			Math.max(best.phones.waiting, best.statement.waiting, best.paced.waiting)
		),
		'check-ins used': String(next)
	};
}

it('totals at size', async () => {
	const databases: TestPostgres[] = [];
	const pages: Record<string, Map<string, number[]>> = {};
	const rolling: Record<string, Row> = {};
	const cost: Record<string, Row> = {};
	const exact: Record<string, Row> = {};
	/** It takes half an hour: what is known is said at once, and put side by side at the end. */
	const tell = (of: string, what: string, found: unknown) => say(`${of}: ${what} ${JSON.stringify(found)}`);
	const compare = async (postgres: TestPostgres) => {
		const client = await connect(postgres, `set work_mem = '256MB'; set statement_timeout = 0;`);
		const start = performance.now();
		const { rowCount } = await client.query('select * from private.compare_totals()');
		await client.end();
		return { wrong: rowCount ?? 0, seconds: (performance.now() - start) / 1000 };
	};
	/** Does it to every database, with the name of its size. */
	const each = async (work: (postgres: TestPostgres, name: string) => Promise<void>) => {
		for (const [n, postgres] of databases.entries()) await work(postgres, SIZES[n]!.name);
	};
	const measure = async (what: string) => {
		pages[what] = await visit(databases);
		tell(SIZES.map(({ name }) => name).join(' and '), `${what} (ms)`, [...pages[what]]);
	};
	const rollUp = async (what: string) =>
		each(async (postgres, name) => {
			const start = performance.now();
			const [row] = await postgres.database.rows<{ crews: number }>('select private.roll_up() as crews');
			(rolling[name] ??= {})[what] = `${(performance.now() - start).toFixed(0)} ms for ${row!.crews} crews`;
		});
	try {
		for (const size of SIZES) {
			const postgres = await startPostgres(SETTINGS);
			databases.push(postgres);
			await fill(postgres, size, say);
			const { wrong, seconds } = await compare(postgres);
			const [disk] = await postgres.database.rows<{
				size: string;
				events: string;
				entries: string;
				crews: string;
				parties: string;
			}>(
				`select pg_size_pretty(pg_database_size(current_database())) as size, (select count(*) from public.attendance_events)::text as events,
				   (select count(*) from public.result_entries)::text as entries, (select count(*) from public.totals)::text as crews,
				   (select count(*) from public.attendance_sums)::text as parties`
			);
			exact[size.name] = {
				events: disk!.events,
				entries: disk!.entries,
				parties: disk!.parties,
				'rows of totals': disk!.crews,
				'totals that differ from the recomputation': String(wrong),
				'recomputation (s)': seconds.toFixed(0),
				database: disk!.size
			};
			tell(size.name, 'exact', exact[size.name]);
		}
		await measure('everything rolled up');
		// What comes in while a page is asked for: the last check-ins of a busy morning, and all of them.
		await each(async (postgres) => void (await arrive(postgres, ARRIVALS - SINCE, SINCE)));
		await measure(`while a labour day is running: ${SINCE} check-ins since the sums were last rolled up`);
		await rollUp('after the last check-ins');
		await each((postgres) =>
			postgres.database.transaction((sql) =>
				sql.script(`delete from public.day_sums where date = private.today();
					update public.totals set rolled = false, held = null where date = private.today() and (participations > 0 or entries > 0);`)
			)
		);
		await measure('if the running day was never rolled up (ten million: 4,380 crews; ten thousand: 219)');
		await rollUp('the whole day at once');
		await each(async (postgres, name) => {
			await change(postgres);
			cost[name] = await checkIns(postgres);
			tell(name, 'check-ins', cost[name]);
			// Who checked in while the triggers were off is counted now; everything else was as it came.
			await postgres.database.rows(
				`select count(private.refresh_attendance(e.signup_id)) from public.attendance_events e
				 where e.gathering_id in (select id from public.gatherings where status = 'open') and not exists (select from public.attendance_sums n where n.signup_id = e.signup_id)`
			);
			exact[name]!['after all that arrived through the triggers'] = String((await compare(postgres)).wrong);
		});
		await rollUp('after all of it');
		await each(async (postgres, name) => {
			exact[name]!['and once that is rolled up'] = String((await compare(postgres)).wrong);
			tell(name, 'exact in the end', exact[name]);
		});
	} finally {
		await Promise.all(databases.map((postgres) => postgres.close()));
	}
	say('\nThe same numbers by records and by running totals (wanted: none differs)');
	console.table(exact);
	for (const [what, found] of Object.entries(pages)) {
		say(`\nThe public results page's queries together, ${what} (medians, visited in turns)`);
		const rows: Record<string, Row> = {};
		for (const [page, medians] of found) {
			const [small, big] = [medians[0]!, medians.at(-1)!];
			rows[page] = {
				[`${SIZES[0]!.name} (ms)`]: ms(small),
				[`${SIZES.at(-1)!.name} (ms, wanted ≤ 20)`]: ms(big),
				'ratio (wanted ≤ 1.2)': (big / small).toFixed(2)
			};
		}
		console.table(rows);
	}
	say('\nRolling up');
	console.table(rolling);
	say('\nA check-in');
	console.table(cost);
});
