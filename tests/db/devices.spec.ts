/**
 * Several phones, one day: leaders and desks record the same parties without a signal, with clocks that are wrong, and what
 * they wrote arrives late, twice and in any order. Whatever the order, the totals are those of the plain model below,
 * which is written from the meaning of the words (participations, hours) and not from the code.
 */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { venueCode } from '$lib/domain/venue';
import { District, type Caller, type Json } from './district';
import { startTestEngine, type TestEngine } from './engine';

const MINUTE = 60_000;
/** The plan in minutes after its start, and what of a day counts at most. */
const END = 150;
const FROM = -30;
const TO = END + 120;

type Crew = 'task' | 'spare task' | null;
interface Device {
	id: string;
	caller: Caller;
	/** The crew it may record for; null: all. */
	crew: Crew;
}
const DEVICES: Device[] = [
	{ id: '00000000-0000-4000-8000-00000000000a', caller: 'leader', crew: 'task' },
	{ id: '00000000-0000-4000-8000-00000000000b', caller: 'resident', crew: 'spare task' },
	{ id: '00000000-0000-4000-8000-00000000000c', caller: 'organizer', crew: null },
	{ id: '00000000-0000-4000-8000-00000000000d', caller: 'admin', crew: null }
];
const PARTIES: { name: string; crew: Crew }[] = [
	{ name: 'leader', crew: 'task' },
	{ name: 'guest', crew: 'task' },
	{ name: 'resident', crew: 'spare task' },
	{ name: 'spare person', crew: 'spare task' }
];
const PHONES = ['13900000001', '13900000002'];
/** Of a party that the board has given to a crew: whoever adds it, it stays there. */
const PLANNED = { phone: '13800000003', party: 'guest' };

let engine: TestEngine;
let district: District;
let gathering: string;
let start: number;
let secret: string;
const ids = new Map<string, string>();
const id = (name: string) => ids.get(name) ?? '';

beforeAll(async () => {
	engine = await startTestEngine();
	district = await District.open(engine);
	for (const name of [
		'task',
		'spare task',
		'gathering',
		...PARTIES.map((party) => `signup of ${party.name}`)
	])
		ids.set(name, await district.id(name));
	gathering = id('gathering');
	// The fixture's own records would be part of every sum.
	await district.rows(`update public.gatherings set starts = '08:30', ends = '11:00' where id = $1`, [
		gathering
	]);
	await engine.database.transaction((sql) =>
		sql.script(`set local session_replication_role = replica;
			delete from public.attendance_events; delete from public.result_entries; delete from public.photos;`)
	);
	await district.rows('select public.recompute_totals()');
	for (const { name, crew } of PARTIES)
		await district.rows(
			`insert into public.assignments (signup_id, task_id, leads) values ($1, $2, $3)
			 on conflict (signup_id) do update set task_id = excluded.task_id, leads = excluded.leads`,
			[id(`signup of ${name}`), id(crew ?? ''), name === 'leader' || name === 'resident']
		);
	await district.rows(`update public.task_leaders set since = now() - interval '1 day' where until is null`);
	const row = await district.row<{ ms: string }>(
		`select (extract(epoch from (private.gathering_span($1)).starts_at) * 1000)::bigint::text as ms`,
		[gathering]
	);
	start = Number(row.ms);
	({ secret } = await district.row<{ secret: string }>(
		'select secret from private.venue_secrets where gathering_id = $1',
		[gathering]
	));
	await district.keep();
}, 120_000);
beforeEach(() => district.restore());
afterAll(() => engine?.close());

// What happened ----------------------------------------------------------------------------------------------------

/** How far a phone's clock is ahead, in minutes, and whether it learned the server's. */
const clock = fc.record({ ahead: fc.constantFrom(0, -1440, 1440, -90, 90, 3), learned: fc.boolean() });
const minute = fc.oneof(fc.integer({ min: -60, max: 300 }), fc.constantFrom(-30, 0, 10, 10, 10, END, TO));
/** How often a record is sent, and when each of these arrives among the others. */
const arrivals = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 3 });
const act = fc.record({
	device: fc.nat({ max: DEVICES.length - 1 }),
	minute,
	party: fc.nat({ max: 7 }),
	what: fc.oneof(
		{
			weight: 6,
			arbitrary: fc.record({
				kind: fc.constant('present' as const),
				heads: fc.nat({ max: 6 }),
				minors: fc.nat({ max: 6 })
			})
		},
		{ weight: 2, arbitrary: fc.record({ kind: fc.constant('void' as const), of: fc.nat({ max: 20 }) }) },
		{
			weight: 2,
			arbitrary: fc.record({
				kind: fc.constant('walk_in' as const),
				phone: fc.constantFrom(null, ...PHONES, PLANNED.phone),
				heads: fc.integer({ min: 1, max: 5 }),
				minors: fc.nat({ max: 5 })
			})
		},
		{
			weight: 2,
			arbitrary: fc.record({
				kind: fc.constant('result' as const),
				bags: fc.nat({ max: 9 }),
				metres: fc.nat({ max: 90 }),
				corrects: fc.option(fc.nat({ max: 5 }))
			})
		}
	),
	arrivals
});
/** One phone number that crews add without knowing of each other. */
const claim = fc.record({
	device: fc.nat({ max: 1 }),
	minute,
	party: fc.constant(0),
	what: fc.record({
		kind: fc.constant('walk_in' as const),
		phone: fc.constant(PHONES[0]!),
		heads: fc.integer({ min: 1, max: 5 }),
		minors: fc.nat({ max: 5 })
	}),
	arrivals
});
const history = fc.record({
	clocks: fc.tuple(clock, clock, clock, clock),
	/** First who came to several crews, so that what follows may be about them. */
	acts: fc
		.tuple(fc.array(claim, { maxLength: 4 }), fc.array(act, { minLength: 1, maxLength: 14 }))
		.map((parts) => parts.flat()),
	/** Volunteers who send the code of the venue hours after they read it: claims, which count for nothing until a leader answers. */
	selves: fc.array(
		fc.record({
			party: fc.nat({ max: 3 }),
			minute: fc.integer({ min: -60, max: 300 }),
			at: fc.double({ min: 0, max: 1, noNaN: true })
		}),
		{ maxLength: 3 }
	),
	/** A party that the organizer moves into the other crew, and when. */
	move: fc.option(
		fc.record({ party: fc.constantFrom(1, 3), at: fc.double({ min: 0, max: 1, noNaN: true }) })
	),
	/** When the gathering is closed, if it is while records are still on their way. */
	closed: fc.option(fc.double({ min: 0, max: 1, noNaN: true }))
});
type History = typeof history extends fc.Arbitrary<infer T> ? T : never;

/** A record as a phone wrote it, with what it says in the model's terms. */
interface Written {
	id: string;
	device: Device;
	seq: number;
	minute: number;
	ahead: number;
	row: Json;
	/** Attendance: whose (a sign-up of the fixture, a phone number or a newcomer), and what. */
	party?: string;
	crew?: Crew;
	heads?: number;
	minors?: number;
	voids?: string;
	/** A newcomer's check-in has an id of its own. */
	event?: string;
	/** The newcomer of this phone that it speaks of, by whatever sign-up that became. */
	follows?: Written;
	/** Results. */
	task?: Crew;
	root?: string;
	bags?: number;
	metres?: number;
	arrivals: number[];
}

function write({ acts, clocks }: History): Written[] {
	const written: Written[] = [];
	for (const [seq, { device: index, minute, party: nth, what, arrivals }] of acts.entries()) {
		const device = DEVICES[index]!;
		const { ahead, learned } = clocks[index]!;
		const true_time = start + minute * MINUTE;
		const device_time = true_time + ahead * MINUTE;
		const row: Json = {
			id: randomUUID(),
			device_id: device.id,
			seq,
			at: new Date(learned ? true_time : device_time).toISOString(),
			device_time: new Date(device_time).toISOString(),
			clock_offset_ms: learned ? -ahead * MINUTE : 0
		};
		const base: Written = { id: String(row.id), device, seq, minute, ahead, row, arrivals };
		const own = PARTIES.filter(({ crew }) => device.crew === null || crew === device.crew);
		/** Whom the phone's list shows: its crew, and who just came to it. */
		const newcomers = written.filter((one) => one.event !== undefined && one.device === device);
		const party = [...own, ...newcomers][nth % (own.length + newcomers.length)]!;
		/** What a phone says of a newcomer leaves after it. */
		const after = (walkIn: Written) => ({
			follows: walkIn,
			arrivals: arrivals.map((when) => Math.max(when, ...walkIn.arrivals.slice(0, 1)))
		});
		if (what.kind === 'present') {
			const minors = Math.min(what.minors, what.heads);
			Object.assign(row, { kind: 'present', heads: what.heads, minors });
			if ('name' in party) {
				row.signup_id = id(`signup of ${party.name}`);
				written.push({ ...base, party: party.name, heads: what.heads, minors });
			} else written.push({ ...base, party: party.party!, heads: what.heads, minors, ...after(party) });
		} else if (what.kind === 'void') {
			// A phone takes back what somebody recorded of a party it may record for.
			const targets = written.filter(
				(one) =>
					one.heads !== undefined &&
					(newcomers.includes(one.follows ?? one) ||
						(!one.follows && !one.event && own.some(({ name }) => name === one.party)))
			);
			const target = targets[what.of % Math.max(1, targets.length)];
			if (!target) continue;
			const voids = target.event ?? target.id;
			Object.assign(row, { signup_id: target.row.signup_id, kind: 'void', heads: 0, minors: 0, voids });
			const walkIn = target.event ? target : target.follows;
			written.push({ ...base, party: target.party!, voids, ...(walkIn && after(walkIn)) });
		} else if (what.kind === 'walk_in') {
			const minors = Math.min(what.minors, what.heads);
			const { phone } = what;
			const event = randomUUID();
			Object.assign(row, {
				gathering_id: gathering,
				task_id: device.crew && id(device.crew),
				name: '路人',
				phone,
				headcount: what.heads,
				minors,
				event_id: event
			});
			const party = phone === PLANNED.phone ? PLANNED.party : (phone ?? base.id);
			written.push({ ...base, party, crew: device.crew, heads: what.heads, minors, event });
		} else {
			const task = device.crew ?? 'task';
			const roots = written.filter((one) => one.task === task && one.root === one.id);
			const root = what.corrects === null ? undefined : roots[what.corrects % Math.max(1, roots.length)]?.id;
			Object.assign(row, {
				task_id: id(task),
				bags: what.bags,
				metres: what.metres,
				...(root && { corrects: root })
			});
			written.push({ ...base, task, root: root ?? base.id, bags: what.bags, metres: what.metres });
		}
	}
	return written;
}

// What it adds up to -----------------------------------------------------------------------------------------------

interface Sums {
	parties: number;
	participations: number;
	minors: number;
	person_seconds: number;
	minor_seconds: number;
	open_ended: number;
	entries: number;
	bags: number;
	metres_recorded: number;
	metres: number;
}
const NOTHING: Sums = {
	parties: 0,
	participations: 0,
	minors: 0,
	person_seconds: 0,
	minor_seconds: 0,
	open_ended: 0,
	entries: 0,
	bags: 0,
	metres_recorded: 0,
	metres: 0
};

const later = (a: Written, b: Written) =>
	a.minute - b.minute || (a.device.id < b.device.id ? -1 : a.device.id > b.device.id ? 1 : a.seq - b.seq);

/** What of these stands: the statements of heads that nobody took back. */
function standing(written: readonly Written[]): Written[] {
	const voided = new Set(written.map((one) => one.voids));
	return written.filter((one) => one.heads !== undefined && !voided.has(one.event ?? one.id)).toSorted(later);
}

/** Whose a party that just came is: of the crew that says so first; of those whose word counts, if there are any. */
function cameTo(party: string, counting: readonly Written[], all: readonly Written[]): Crew {
	const claims = (of: readonly Written[]) => of.filter((one) => one.party === party && one.event && one.crew);
	return (claims(standing(counting))[0] ?? claims(all.toSorted(later))[0])?.crew ?? null;
}

/** The sums of each crew, minute by minute, from everything that counts. */
function model(written: Written[], crewOf: (party: string) => Crew): Record<string, Sums> {
	const sums: Record<string, Sums> = {
		task: { ...NOTHING },
		'spare task': { ...NOTHING },
		none: { ...NOTHING }
	};
	for (const [party, own] of Map.groupBy(standing(written), (fact) => fact.party!)) {
		/** What was last said of the party by the end of this minute's first instant. */
		const saidAt = (minute: number) => own.findLast((fact) => fact.minute <= minute);
		const instants = [...new Set(own.map((fact) => fact.minute))];
		const present = (minute: number) => saidAt(minute)?.heads ?? 0;
		const last = saidAt(Infinity)!;
		const sum = sums[crewOf(party) ?? 'none']!;
		const participations = Math.max(...instants.map(present));
		const until = last.heads! > 0 ? Math.min(TO, Math.max(END, last.minute)) : TO;
		let person = 0;
		let minor = 0;
		for (let minute = FROM; minute < until; minute++) {
			person += present(minute) * 60;
			minor += (saidAt(minute)?.minors ?? 0) * 60;
		}
		sum.parties += participations > 0 ? 1 : 0;
		sum.participations += participations;
		sum.minors += Math.max(...instants.map((minute) => saidAt(minute)!.minors!));
		sum.person_seconds += person;
		sum.minor_seconds += minor;
		sum.open_ended += last.heads! > 0 ? 1 : 0;
	}
	const entries = written.filter((one) => one.task !== undefined).toSorted(later);
	for (const [, chain] of Map.groupBy(entries, (entry) => entry.root)) {
		// A correction comes after what it corrects, whatever the clocks say.
		const counts = chain.findLast((one) => one.id !== one.root) ?? chain[0]!;
		const sum = sums[counts.task!]!;
		sum.entries += 1;
		sum.bags += counts.bags!;
		sum.metres_recorded += counts.metres!;
	}
	// The crew's drain is 100 metres long; of the alley the length is unknown.
	sums.task!.metres = Math.min(100, sums.task!.metres_recorded);
	sums['spare task']!.metres = sums['spare task']!.metres_recorded;
	return sums;
}

async function kept(): Promise<Record<string, Sums>> {
	const rows = await district.rows<Sums & { task_id: string | null }>(
		`select task_id, parties, participations, minors, person_seconds::int as person_seconds, minor_seconds::int as minor_seconds,
		   open_ended, entries, bags, metres_recorded::float8 as metres_recorded, metres::float8 as metres
		 from public.totals where gathering_id = $1`,
		[gathering]
	);
	return Object.fromEntries(
		rows.map(({ task_id, ...sums }) => [
			task_id === null ? 'none' : task_id === id('task') ? 'task' : 'spare task',
			sums
		])
	);
}

// How it arrives ---------------------------------------------------------------------------------------------------

/** Sends one record as its phone would, at this instant of the server; answers with what became of it. */
async function send(
	{ device, row, ahead, event, follows }: Written,
	at: number,
	became: Map<Written, string>
): Promise<{ outcome: string; signup_id?: string }> {
	const moment = { at: new Date(at).toISOString() };
	const sent = {
		...row,
		sent_at: new Date(at + ahead * MINUTE).toISOString(),
		...(follows && { signup_id: became.get(follows) })
	};
	if (event) return district.call(device.caller, 'record_walk_in', { p: sent }, moment);
	const [name, parameter] =
		'task_id' in row ? ['record_results', 'p_entries'] : ['record_attendance', 'p_events'];
	const [answer] = await district.call<{ outcome: string; code?: string }[]>(
		device.caller,
		name!,
		{ [parameter!]: [sent] },
		moment
	);
	return { outcome: answer?.code ?? answer?.outcome ?? 'nothing' };
}

async function live(day: History): Promise<void> {
	await district.restore();
	const written = write(day);
	const steps: {
		when: number;
		record?: Written;
		self?: History['selves'][number];
		does?: 'move' | 'close';
	}[] = [
		...written.flatMap((record) => record.arrivals.map((when) => ({ when, record }))),
		...day.selves.map((self) => ({ when: self.at, self })),
		...(day.move ? [{ when: day.move.at, does: 'move' as const }] : []),
		...(day.closed === null ? [] : [{ when: day.closed, does: 'close' as const }])
	].toSorted((a, b) => a.when - b.when);

	const arrived = new Set<Written>();
	const became = new Map<Written, string>();
	const late = new Set<Written>();
	const moved = new Map<string, Crew>();
	let closed = false;
	for (const [n, { record, self, does }] of steps.entries()) {
		// Everything arrives after it happened: the first of all in the afternoon, the others minutes later.
		const at = start + (360 + n) * MINUTE;
		if (self) {
			const { code } = venueCode(secret, start + self.minute * MINUTE);
			const p_token = `link of ${PARTIES[self.party]!.name}`;
			const answer = await district.call<{ outcome: string }>(
				'server',
				'guest_check_in',
				{ p_token, p_code: code },
				{ at: new Date(at).toISOString() }
			);
			expect(['claimed', 'already']).toContain(answer.outcome);
		} else if (record) {
			const { outcome, signup_id } = await send(record, at, became);
			if (signup_id) became.set(record, signup_id);
			const before = arrived.has(record);
			// A walk-in that comes again is answered as the first time would be now.
			if (record.event) expect(['recorded', 'late']).toContain(outcome);
			else
				expect(outcome, JSON.stringify(record.row)).toBe(before ? 'duplicate' : closed ? 'late' : 'recorded');
			if (!before && closed) late.add(record);
			arrived.add(record);
		} else if (does === 'close') {
			closed = true;
			await district.call(
				'organizer',
				'close_gathering',
				{ p_gathering: gathering },
				{ at: new Date(at).toISOString() }
			);
		} else if (!closed) {
			const { name, crew } = PARTIES[day.move!.party]!;
			const to: Crew = crew === 'task' ? 'spare task' : 'task';
			const change = {
				signup_id: id(`signup of ${name}`),
				task_id: id(to),
				was: id(crew!),
				confirm: ['over_max']
			};
			await district.call('organizer', 'save_plan', { p_gathering: gathering, p_changes: [change] });
			moved.set(name, to);
		}
	}

	const crewOf = (counting: readonly Written[]) => (party: string) => {
		const planned = PARTIES.find(({ name }) => name === party);
		return planned ? (moved.get(party) ?? planned.crew) : cameTo(party, counting, written);
	};
	expect(await district.rows('select * from private.compare_totals()')).toEqual([]);
	const inTime = written.filter((record) => !late.has(record));
	expect(await kept()).toEqual(model(inTime, crewOf(inTime)));
	if (late.size > 0) {
		const records = [...late].map((record) => record.event ?? record.id);
		expect(
			await district.call('organizer', 'accept_late', { p_gathering: gathering, p_records: records })
		).toBe(late.size);
		expect(await kept()).toEqual(model(written, crewOf(written)));
	}
	const before = await kept();
	expect(await district.row('select public.recompute_totals() as wrong')).toEqual({ wrong: 0 });
	expect(await kept()).toEqual(before);
}

it(
	'adds up to the same, whatever the phones, their clocks and the order of arrival',
	{ timeout: 240_000 },
	async () => {
		await fc.assert(fc.asyncProperty(history, live), { numRuns: 60 });
	}
);
