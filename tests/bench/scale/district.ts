/**
 * A district with many records: the same streets, communities, labour days, gatherings and sites whatever the number, so that
 * what a page shows is the same and only what lies behind it grows. Made in few set-based statements with triggers and
 * secondary indexes off; the sums then come from `private.rebuild_totals()`, as after a restore.
 */
import pg from 'pg';
import type { TestPostgres } from '../../db/postgres';

export interface Size {
	name: string;
	events: number;
	entries: number;
	/** Crews, and with them tasks, per gathering. */
	crews: number;
}

/** Parties that have signed up for the running day and have not come yet, for what is measured on it. */
export const ARRIVALS = 60_000;
const DAYS = 60;
const STREETS = 23;
const COMMUNITIES = 196;
const VISITS = 10;
const BIG = [
	'attendance_events',
	'attendance_sums',
	'result_entries',
	'signups',
	'people',
	'tasks',
	'totals',
	'site_days',
	'assignments'
];

/** A readable key as the uuid of a row. */
const id = (key: string) => `md5(${key})::uuid`;

const structure = ({ crews }: Size) => `
	insert into public.areas (id, level, name, time_zone) values (${id(`'district'`)}, 'district', '红花岗区', 'Asia/Shanghai');
	insert into public.areas (id, parent_id, level, name, sort)
	select ${id(`'street' || n`)}, ${id(`'district'`)}, 'street', '街道 ' || n, n from generate_series(1, ${STREETS}) n;
	insert into public.areas (id, parent_id, level, name, sort)
	select ${id(`'community' || n`)}, ${id(`'street' || (n % ${STREETS} + 1)`)}, 'community', '社区 ' || n, n from generate_series(1, ${COMMUNITIES}) n;
	create table bench.areas as
	select row_number() over (order by id) - 1 as no, id from public.areas where level <> 'district';
	create table bench.days as
	select n as no, ${id(`'day' || n`)} as id, m::date as month, case when n = ${DAYS - 1} then private.today() else private.last_friday(m::date) end as date
	from (select n, date_trunc('month', private.today()::timestamp) - make_interval(months => ${DAYS - 1} - n) as m from generate_series(0, ${DAYS - 1}) n) x;
	set local session_replication_role = replica;
	insert into public.labour_days (id, area_id, month, date) select id, ${id(`'district'`)}, month, date from bench.days;
	create table bench.gatherings as
	select d.no as day, a.no as area, ${id(`'gathering' || d.no || '-' || a.no`)} as id, d.id as day_id, a.id as area_id, d.date from bench.days d, bench.areas a;
	insert into public.gatherings (id, labour_day_id, area_id, place, starts, ends, status, plan_published_at)
	select id, day_id, area_id, '广场', '00:31', '21:30', case when day = ${DAYS - 1} then 'open' else 'closed' end::public.gathering_status, now() from bench.gatherings;
	insert into public.gathering_counts (gathering_id) select id from bench.gatherings;
	insert into public.sites (id, area_id, kind, name, length_m)
	select ${id(`'site' || a.no || '-' || n`)}, a.id, case when n % 2 = 0 then 'drain' else 'dead_corner' end::public.site_kind, '点位 ' || n, case when n % 2 = 0 then 100 + n * 20 end
	from bench.areas a, generate_series(0, ${crews - 1}) n;
	create table bench.tasks as
	select row_number() over () - 1 as no, g.day, g.area, n as crew, ${id(`'task' || g.day || '-' || g.area || '-' || n`)} as id, ${id(`'site' || g.area || '-' || n`)} as site_id,
	  g.id as gathering_id, g.area_id, g.date from bench.gatherings g, generate_series(0, ${crews - 1}) n;
	insert into public.tasks (id, site_id, area_id, gathering_id, date, crew_min, crew_max, created_at)
	select id, site_id, area_id, gathering_id, date, 2, 400, date from bench.tasks;
	create unique index on bench.tasks (no);
	create unique index on bench.gatherings (day, area);
	create unique index on bench.areas (no);
	insert into public.totals (gathering_id, task_id, area_id, street_id, community_id, date)
	select x.gathering_id, x.id, x.area_id, case r.level when 'street' then r.id else r.parent_id end, case r.level when 'community' then r.id end, x.date
	from (select gathering_id, id, area_id, date from bench.tasks union all select id, null, area_id, date from bench.gatherings) x join public.areas r on r.id = x.area_id;
	insert into private.gathering_plans
	select id, date + time '00:31' - interval '8 hours', date + time '21:30' - interval '8 hours', date + time '00:01' - interval '8 hours', date + time '23:30' - interval '8 hours'
	from bench.gatherings;
	analyze bench.tasks, bench.gatherings, bench.areas, bench.days;
`;

const records = ({ events, entries, crews }: Size) => {
	const parties = events / 4;
	const people = parties / VISITS;
	const areas = STREETS + COMMUNITIES;
	return `
	insert into public.people (id, display_name, area_id)
	select ${id(`'person' || p`)}, '王女士', a.id from generate_series(0, ${people - 1}) p join bench.areas a on a.no = p % ${areas};
	-- Everybody comes on ${VISITS} of the days, to the own community but every eleventh time to the one beside it.
	create unlogged table bench.parties as
	select x.j, ${id(`'signup' || x.j`)} as id, ${id(`'person' || x.p`)} as person_id, g.id as gathering_id, g.day_id, g.area_id, g.date, g.day, x.heads, greatest(0, x.heads - 2) as minors,
	  case when x.j % 10 > 0 then ${id(`'task' || x.day || '-' || x.area || '-' || (x.j % ${crews})`)} end as task_id
	from (select p * ${VISITS} + k as j, p, 1 + (p + k) % 4 as heads, (p * 7 + k * ${DAYS / VISITS}) % ${DAYS} as day, (p + case when (p + k) % 11 = 0 then 1 else 0 end) % ${areas} as area
	      from generate_series(0, ${people - 1}) p, generate_series(0, ${VISITS - 1}) k) x
	join bench.gatherings g on g.day = x.day and g.area = x.area;
	insert into public.signups (id, gathering_id, labour_day_id, area_id, person_id, name, headcount, minors, status, source)
	select id, gathering_id, day_id, area_id, person_id, '王女士', heads, minors, 'confirmed', 'guest' from bench.parties;
	insert into public.assignments (signup_id, task_id) select id, task_id from bench.parties where task_id is not null;
	-- A check-in, a mistyped one, its void, and a check-out; of every ninth party the check-out was forgotten.
	insert into public.attendance_events (id, signup_id, gathering_id, area_id, task_id, kind, heads, minors, at, voids, device_id, seq, device_time, source)
	select ${id(`'event' || p.j || '-' || e`)}, p.id, p.gathering_id, p.area_id, p.task_id, case when e = 2 then 'void' else 'present' end::public.attendance_kind,
	  case e when 0 then p.heads when 1 then p.heads + 9 when 2 then 0 else case when p.j % 9 = 0 then p.heads else 0 end end,
	  case e when 0 then p.minors when 1 then p.minors when 2 then 0 else case when p.j % 9 = 0 then p.minors else 0 end end,
	  p.date + time '00:30' + make_interval(secs => (p.j % 7200) + e * 60 + case when e = 3 then 5000 else 0 end),
	  case when e = 2 then ${id(`'event' || p.j || '-1'`)} end, ${id(`'phone' || (p.j % 500)`)}, e, p.date, case when p.j % 13 = 0 then 'self' else 'leader' end::public.attendance_source
	from bench.parties p, generate_series(0, 3) e;
	insert into public.result_entries (id, root_id, task_id, site_id, area_id, gathering_id, bags, kg, weighed, metres, corners, at, device_id, seq, device_time)
	select ${id(`'entry' || r`)}, case when r % 20 = 0 and r >= x.tasks then ${id(`'entry' || (r - x.tasks)`)} else ${id(`'entry' || r`)} end,
	  t.id, t.site_id, t.area_id, t.gathering_id, r % 9, 10 + r % 90, r % 3 = 0, case when t.crew % 2 = 0 then 20 + r % 60 end, case when t.crew % 2 = 1 then 1 end,
	  t.date + time '03:00' + make_interval(secs => r / x.tasks), ${id(`'phone' || (r % 500)`)}, (r / x.tasks)::int, t.date
	from generate_series(0, ${entries - 1}) r cross join (select count(*)::int as tasks from bench.tasks) x join bench.tasks t on t.no = (r * 7919::bigint) % x.tasks;
	insert into public.photos (id, task_id, site_id, area_id, kind, sha256, width, height, bytes, released_at)
	select ${id(`'photo' || t.no || k`)}, t.id, t.site_id, t.area_id, k::public.photo_kind, private.sha256_hex(t.no || k), 10, 10, 10, now()
	from bench.tasks t, unnest(array['before', 'after']) k where t.no % 50 = 0;
`;
};

/** Who has not come yet: people known for years where there are enough of them, each to their own community; whoever follows on another comes to another one. */
const arrivals = ({ crews }: Size) => `
	create table bench.arrivals as
	select row_number() over (order by x.turn, x.area_id) - 1 as no, x.person_id, x.area_id from (
	  select p.id as person_id, p.area_id, row_number() over (partition by p.area_id order by p.id) as turn from public.people p where not exists (
	    select from public.signups s where s.person_id = p.id and s.labour_day_id = ${id(`'day' || ${DAYS - 1}`)})) x
	order by 1 limit ${ARRIVALS};
	insert into bench.arrivals
	select n, ${id(`'newcomer' || n`)}, a.id from generate_series((select count(*) from bench.arrivals), ${ARRIVALS - 1}) n join bench.areas a on a.no = n % ${STREETS + COMMUNITIES};
	insert into public.people (id, display_name, area_id) select person_id, '李先生', area_id from bench.arrivals on conflict do nothing;
	insert into public.signups (id, gathering_id, labour_day_id, area_id, person_id, name, headcount, status, source)
	select ${id(`'arrival' || a.no`)}, g.id, g.day_id, g.area_id, a.person_id, '李先生', 1 + a.no % 3, 'confirmed', 'guest'
	from bench.arrivals a join bench.gatherings g on g.day = ${DAYS - 1} and g.area_id = a.area_id;
	insert into public.assignments (signup_id, task_id)
	select ${id(`'arrival' || a.no`)}, t.id from bench.arrivals a join bench.gatherings g on g.day = ${DAYS - 1} and g.area_id = a.area_id
	join bench.tasks t on t.gathering_id = g.id and t.crew = a.no / 219 % ${crews};
`;

/** Runs the work without the secondary indexes of the big tables, and builds those anew. */
async function withoutIndexes(client: pg.Client, work: () => Promise<unknown>): Promise<void> {
	const { rows: indexes } = await client.query<{ name: string; definition: string }>(
		`select format('%I.%I', schemaname, indexname) as name, indexdef as definition from pg_indexes
		 where schemaname = 'public' and tablename = any ($1)
		   and not exists (select from pg_constraint c where c.conindid = format('%I.%I', schemaname, indexname)::regclass)`,
		[BIG]
	);
	await client.query(indexes.map(({ name }) => `drop index ${name};`).join('\n'));
	await client.query('alter table public.attendance_events drop constraint attendance_events_pkey');
	await work();
	await client.query('alter table public.attendance_events add primary key (id)');
	for (const { definition } of indexes) await client.query(definition);
}

/** Fills an empty database and says how long it took. */
export async function fill(postgres: TestPostgres, size: Size, say: (text: string) => void): Promise<void> {
	const started = performance.now();
	const client = new pg.Client({ connectionString: postgres.url, statement_timeout: 0 });
	await client.connect();
	await client.query(`set work_mem = '256MB'; set synchronous_commit = off;`);
	const step = async (what: string, work: () => Promise<unknown>) => {
		const from = performance.now();
		await work();
		say(`${size.name}: ${what} ${((performance.now() - from) / 1000).toFixed(0)} s`);
	};
	const bulk = (text: string) =>
		client.query(`begin; set local session_replication_role = replica; ${text}; commit;`);
	await client.query('create schema bench');
	await step('areas, days, tasks', () => client.query(`begin; ${structure(size)}; commit;`));
	await step('records and indexes', () => withoutIndexes(client, () => bulk(records(size))));
	await step('who arrives', () => bulk(arrivals(size)));
	await step('analyze', () => client.query('analyze'));
	await step('sums', () => bulk('select private.rebuild_totals()'));
	await step('vacuum', async () => {
		for (const table of ['attendance_sums', 'totals', 'signups', 'attendance_events', 'day_sums', 'tasks'])
			await client.query(`vacuum (analyze) public.${table}`);
	});
	await client.query('checkpoint');
	await client.end();
	say(`${size.name}: ready after ${((performance.now() - started) / 1000).toFixed(0)} s`);
}
