/** The fixture of supabase/tests (two streets, seven people) in a database, and commands run as one of its people. */
import { randomUUID } from 'node:crypto';
import type { Sql } from '$lib/server/supabase/database';
import type { TestEngine } from './engine';
import { sharedSql } from './pgtap';

export const PERSONAS = [
	'visitor',
	'resident',
	'other_resident',
	'leader',
	'other_organizer',
	'organizer',
	'admin'
] as const;
export type Persona = (typeof PERSONAS)[number];
/** `server`: the app's own server, with the service role. */
export type Caller = Persona | 'server';

export type Json = Record<string, unknown>;
export interface Moment {
	/** The instant it happens; now, unless given. */
	at?: string | undefined;
}

export interface Refusal {
	code: string;
	detail: string;
}

export class District {
	/** An instant on the fixture's labour day, when its gathering is on. */
	now!: string;
	/** The fixture's two labour days, as local dates. */
	today!: string;
	later!: string;

	constructor(readonly engine: Pick<TestEngine, 'database'>) {}

	/** Noon of the fixture's labour day: whatever o'clock the test runs, its gathering is on then. */
	get noon(): string {
		return `${this.today}T12:00:00+08:00`;
	}

	/** Loads the fixture. `accounts`: people who have signed up already, by persona. */
	static async open(
		engine: Pick<TestEngine, 'database'>,
		accounts: Record<string, string> = {}
	): Promise<District> {
		const { database } = engine;
		await database.script(
			`create schema tests; create table tests.accounts (persona text primary key, user_id uuid not null unique)`
		);
		for (const [persona, id] of Object.entries(accounts))
			await database.rows('insert into tests.accounts values ($1, $2)', [persona, id]);
		await database.script(sharedSql('fixture.psql'));
		const district = new District(engine);
		const [row] = await district.rows<{ now: string; today: string; later: string }>(
			`select now()::text as now, private.today()::text as today, (private.today() + 30)::text as later`
		);
		return Object.assign(district, row);
	}

	/** SQL as the owner: to arrange rows and to look at what is really there. */
	rows<Row = Json>(text: string, parameters: unknown[] = []): Promise<Row[]> {
		return this.engine.database.rows<Row>(text, parameters);
	}

	async row<Row = Json>(text: string, parameters: unknown[] = []): Promise<Row> {
		const [row] = await this.rows<Row>(text, parameters);
		if (!row) throw new Error(`no row: ${text}`);
		return row;
	}

	/** Work as somebody, at some moment, in one transaction. */
	as<T>(caller: Caller, work: (sql: Sql) => Promise<T>, { at }: Moment = {}): Promise<T> {
		return this.engine.database.transaction(async (sql) => {
			if (at) await sql.rows(`select set_config('lf.clock', $1, true)`, [at]);
			if (caller === 'server') await sql.rows(`select set_config('role', 'service_role', true)`);
			else await sql.rows('select tests.become($1)', [caller]);
			return work(sql);
		});
	}

	/** What a command answers. */
	async call<T = Json>(caller: Caller, name: string, given: Json = {}, moment: Moment = {}): Promise<T> {
		const { text, parameters } = command(name, given);
		const [row] = await this.as(caller, (sql) => sql.rows<{ answer: T }>(text, parameters), moment);
		return row?.answer as T;
	}

	/** The code with which a command is refused; it must be. */
	async refused(caller: Caller, name: string, given: Json = {}, moment: Moment = {}): Promise<Refusal> {
		const answer = await this.call(caller, name, given, moment).catch(
			(error: Error & { detail?: string; code?: string }) => ({
				refusal: {
					code: error.message.startsWith('lf:') ? error.message.slice(3) : `${error.code} ${error.message}`,
					detail: error.detail ?? ''
				}
			})
		);
		if (!answer || typeof answer !== 'object' || !('refusal' in answer))
			throw new Error(`${name} was not refused: ${JSON.stringify(answer)}`);
		return answer.refusal as Refusal;
	}

	/** Remembers every row, for `restore`; sums rolled up, so that a running server has nothing to carry on by itself. */
	async keep(): Promise<void> {
		await this.#rollUp();
		const tables = await this.tables();
		await this.engine.database.script(
			`create schema kept; ${tables.map(({ name }, n) => `create table kept.t${n} as table ${name};`).join('\n')}`
		);
	}

	/** Puts every row back as it was at `keep`, history included. */
	async restore(): Promise<void> {
		const tables = await this.tables();
		const refill = tables.map(
			({ name, columns }, n) =>
				`delete from ${name}; insert into ${name} (${columns}) overriding system value select ${columns} from kept.t${n};`
		);
		await this.engine.database.transaction((sql) =>
			sql.script(`set local session_replication_role = replica; ${refill.join('\n')}`)
		);
	}

	/** What every row is now, as one value to compare; counters of tries left out, and sums rolled up, which is no change. */
	async everything(): Promise<Record<string, string>> {
		await this.#rollUp();
		const tables = (await this.tables()).filter(({ name }) => name !== 'private.attempts');
		const parts = tables.map(
			({ name }) =>
				`select '${name}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as rows from ${name} t`
		);
		const found = await this.rows<{ name: string; rows: string }>(parts.join(' union all '));
		return Object.fromEntries(found.map(({ name, rows }) => [name, rows]));
	}

	async #rollUp(): Promise<void> {
		await this.rows('select public.roll_up_sums()');
	}

	private tables() {
		return this.rows<{ name: string; columns: string }>(
			`select format('%s.%s', n.nspname, c.relname) as name,
			   (select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
			    where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns
			 from pg_class c join pg_namespace n on n.oid = c.relnamespace
			 where n.nspname in ('public', 'private') and c.relkind = 'r' order by 1`
		);
	}

	/** The fixture's id of a name. */
	async id(name: string): Promise<string> {
		return (await this.row<{ id: string }>('select tests.id($1) as id', [name])).id;
	}

	/** The resident's party of a day last month, with two recorded hours; the same one each time. */
	async pastSignup(): Promise<{ id: string; date: string }> {
		await this.engine.database.script(`
			insert into public.labour_days (id, area_id, month, date)
			select tests.id('past day'), tests.id('district'), date_trunc('month', private.today()) - interval '1 month', private.today() - 31 on conflict do nothing;
			insert into public.gatherings (id, labour_day_id, area_id, place, starts, ends, status)
			values (tests.id('past gathering'), tests.id('past day'), tests.id('own street'), '老城广场', '08:30', '11:00', 'closed') on conflict do nothing;
			insert into public.signups (id, gathering_id, labour_day_id, area_id, person_id, name, headcount, status, source)
			values (tests.id('past signup'), tests.id('past gathering'), tests.id('past day'), tests.id('own street'), tests.id('resident'), 'resident', 2, 'confirmed', 'account')
			on conflict do nothing;
			insert into public.attendance_events (id, signup_id, gathering_id, area_id, heads, at, device_id, seq, device_time, source)
			select tests.id('past event ' || seq), tests.id('past signup'), tests.id('past gathering'), tests.id('own street'), heads,
			  private.instant(private.today() - 31, at), tests.id('phone'), seq, now(), 'leader'
			from (values (1, 2, time '08:30'), (2, 0, time '10:30')) x (seq, heads, at) on conflict do nothing;`);
		return this.row(`select tests.id('past signup') as id, (private.today() - 31)::text as date`);
	}

	private months = 1;

	/** A gathering of the fixture's first street, on a labour day of its own in some later month. */
	async gathering(fields: Json = {}): Promise<{ id: string; day: string; date: string }> {
		const { day, date } = await this.row<{ day: string; date: string }>(
			`insert into public.labour_days (area_id, month, date)
			 select tests.id('district'), m, private.last_friday(m)
			 from (select (date_trunc('month', private.today()) + make_interval(months => $1))::date as m) x
			 returning id as day, date::text`,
			[++this.months]
		);
		const id = randomUUID();
		await this.call('organizer', 'save_gathering', {
			p_id: id,
			p_day: day,
			p_area: await this.id('own street'),
			p_fields: { place: '广场', starts: '08:30', ends: '11:00', ...fields }
		});
		return { id, day, date };
	}
}

/** One call as SQL. JSON travels as text, so that no driver encodes it twice. */
export function command(name: string, given: Json): { text: string; parameters: unknown[] } {
	const parameters: unknown[] = [];
	const list = Object.entries(given).map(([key, value]) => {
		const ids = Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string');
		parameters.push(
			ids
				? `{${value.join(',')}}`
				: typeof value === 'object' && value !== null
					? JSON.stringify(value)
					: value
		);
		const cast = ids ? '::text::uuid[]' : typeof value === 'object' && value !== null ? '::text::jsonb' : '';
		return `${key} => $${parameters.length}${cast}`;
	});
	return { text: `select public.${name}(${list.join(', ')}) as answer`, parameters };
}
