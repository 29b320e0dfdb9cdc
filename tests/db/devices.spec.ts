/**
 * Several phones, one day: leaders and desks record the same parties without a signal, with clocks that are wrong, take back and
 * correct what was recorded, and what they wrote is lost on the way, loses its answer and is sent again, arrives late, twice and
 * in any order, or never, because the phone was lost. The totals are those of the plain model below of what did arrive, which is
 * written from the meaning of the words (participations, hours) and not from the code.
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
/** A moment among all that is on its way that day. */
const moment = fc.double({ min: 0, max: 1, noNaN: true });
/**
 * When a phone sends a record, and what becomes of it: it arrives and is answered (more than once: the network has doubled it), is
 * lost before the server, or arrives while its answer is lost. Until there is an answer, the phone sends it again.
 */
const tries = fc.array(
	fc.record({ when: moment, fate: fc.constantFrom('answered', 'answered', 'request lost', 'answer lost') }),
	{ minLength: 1, maxLength: 3 }
);
const act = fc.record({
	device: fc.nat({ max: DEVICES.length - 1 }),
	minute,
	party: fc.nat({ max: 7 }),
	what: fc.oneof(
		{
			weight: 6,
			arbitrary: fc.record({
				kind: fc.constant('present' as const),
				heads: fc.oneof(
					{ weight: 1, arbitrary: fc.constant(0) },
					{ weight: 3, arbitrary: fc.nat({ max: 6 }) }
				),
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
	tries
});
/** What is taken back or put right: somebody checked in, somebody checked out, an entry (once more, or withdrawn altogether). */
const takeBack = fc.record({
	device: fc.nat({ max: DEVICES.length - 1 }),
	minute,
	party: fc.constant(0),
	what: fc.oneof(
		{
			weight: 3,
			arbitrary: fc.record({
				kind: fc.constant('void' as const),
				of: fc.nat({ max: 20 }),
				left: fc.boolean()
			})
		},
		{
			weight: 1,
			arbitrary: fc.record({
				kind: fc.constant('result' as const),
				bags: fc.nat({ max: 9 }),
				metres: fc.nat({ max: 90 }),
				corrects: fc.nat({ max: 5 })
			})
		},
		{
			weight: 1,
			arbitrary: fc.record({ kind: fc.constant('withdrawal' as const), corrects: fc.nat({ max: 5 }) })
		}
	),
	tries
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
	tries
});
const history = fc.record({
	clocks: fc.tuple(clock, clock, clock, clock),
	/** First who came to several crews, so that what follows may be about them; then what is taken back of all that. */
	acts: fc
		.tuple(
			fc.array(claim, { maxLength: 4 }),
			fc.array(act, { minLength: 1, maxLength: 14 }),
			fc.array(takeBack, { minLength: 2, maxLength: 8 })
		)
		.map((parts) => parts.flat()),
	/** Phones that are lost for ever, and when: what they had not sent by then never arrives. */
	lost: fc.tuple(
		...DEVICES.map(() =>
			fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: moment })
		)
	),
	/** Volunteers who send the code of the venue hours after they read it: claims, which count for nothing until a leader answers. */
	selves: fc.array(
		fc.record({
			party: fc.nat({ max: 3 }),
			minute: fc.integer({ min: -60, max: 300 }),
			at: moment
		}),
		{ maxLength: 3 }
	),
	/** A party that the organizer moves into the other crew, and when. */
	move: fc.option(fc.record({ party: fc.constantFrom(1, 3), at: moment })),
	/** When the gathering is closed, if it is while records are still on their way. */
	closed: fc.option(moment)
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
	/** Withdrawn: the entry says nothing any more. */
	withdraws?: boolean;
	tries: Try[];
}
interface Try {
	when: number;
	fate: 'answered' | 'request lost' | 'answer lost';
}

/** Sent until it is answered; after the last of these by a phone that has all the time it wants. */
function untilAnswered(tries: readonly { when: number; fate: string }[]): Try[] {
	const sent = (tries as readonly Try[]).toSorted((a, b) => a.when - b.when);
	return sent.some(({ fate }) => fate === 'answered') ? sent : [...sent, { when: 1, fate: 'answered' }];
}
const answeredAt = ({ tries }: Written): number => tries.find(({ fate }) => fate === 'answered')!.when;

function write({ acts, clocks }: History): Written[] {
	const written: Written[] = [];
	for (const [seq, { device: index, minute, party: nth, what, tries: given }] of acts.entries()) {
		const tries = untilAnswered(given);
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
		const base: Written = { id: String(row.id), device, seq, minute, ahead, row, tries };
		const own = PARTIES.filter(({ crew }) => device.crew === null || crew === device.crew);
		/** Whom the phone's list shows: its crew, and who just came to it. */
		const newcomers = written.filter((one) => one.event !== undefined && one.device === device);
		const party = [...own, ...newcomers][nth % (own.length + newcomers.length)]!;
		/** What a phone says of a newcomer leaves after it was answered. */
		const after = (walkIn: Written) => ({
			follows: walkIn,
			tries: tries.map(({ when, fate }) => ({ when: Math.max(when, answeredAt(walkIn)), fate }))
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
			const wanted = 'left' in what ? targets.filter(({ heads }) => (heads === 0) === what.left) : [];
			const choice = wanted.length > 0 ? wanted : targets;
			const target = choice[what.of % Math.max(1, choice.length)];
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
			const withdraws = what.kind === 'withdrawal';
			if (withdraws && !root) continue;
			const { bags, metres } = withdraws ? { bags: null, metres: null } : what;
			Object.assign(row, { task_id: id(task), bags, metres, ...(root && { corrects: root }) });
			written.push({
				...base,
				task,
				root: root ?? base.id,
				bags: bags ?? 0,
				metres: metres ?? 0,
				...(withdraws && { withdraws })
			});
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
		if (counts.withdraws) continue;
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

/** Faults of phones and server that the model must not forgive. */
type Fault =
	'takes what was lost for arrived' | 'does not heed what is taken back' | 'sends again as something new';
/** How often each of these happened in all histories: a test of losses that lost nothing would show nothing. */
const seen = {
	lost: 0,
	again: 0,
	never: 0,
	'taken back': 0,
	'left taken back': 0,
	corrected: 0,
	withdrawn: 0
};

/** What of a history has happened, for `seen`. */
function note(day: History, written: readonly Written[], arrived: ReadonlySet<Written>): void {
	const fates = written.flatMap(({ tries }) => tries.map(({ fate }) => fate));
	seen.lost += fates.filter((fate) => fate === 'request lost').length;
	seen.again += fates.filter((fate) => fate === 'answer lost').length;
	seen.never += written.filter((record) => !arrived.has(record)).length;
	for (const { voids, root, id: own, withdraws } of arrived) {
		const target = voids && [...arrived].find((one) => (one.event ?? one.id) === voids);
		if (target) seen[target.heads === 0 ? 'left taken back' : 'taken back'] += 1;
		if (root && root !== own) seen[withdraws ? 'withdrawn' : 'corrected'] += 1;
	}
}

async function live(day: History, fault?: Fault): Promise<void> {
	await district.restore();
	const written = write(day);
	const lostAt = (device: Device) => day.lost[DEVICES.indexOf(device)] ?? Infinity;
	const steps: {
		when: number;
		record?: Written;
		fate?: Try['fate'];
		self?: History['selves'][number];
		does?: 'move' | 'close';
	}[] = [
		...written.flatMap((record) =>
			record.tries
				.filter(({ when }) => when < lostAt(record.device))
				.map(({ when, fate }) => ({ when, fate, record }))
		),
		...day.selves.map((self) => ({ when: self.at, self })),
		...(day.move ? [{ when: day.move.at, does: 'move' as const }] : []),
		...(day.closed === null ? [] : [{ when: day.closed, does: 'close' as const }])
	].toSorted((a, b) => a.when - b.when);

	const arrived = new Set<Written>();
	const became = new Map<Written, string>();
	const late = new Set<Written>();
	const moved = new Map<string, Crew>();
	let closed = false;
	for (const [n, { record, fate, self, does }] of steps.entries()) {
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
			const before = arrived.has(record);
			if (fate === 'request lost') {
				if (fault === 'takes what was lost for arrived') arrived.add(record);
				continue;
			}
			if (fault === 'does not heed what is taken back' && record.voids) {
				arrived.add(record);
				continue;
			}
			const anew = fault === 'sends again as something new' && before && !record.event;
			const sent = anew ? { ...record, row: { ...record.row, id: randomUUID() } } : record;
			const { outcome, signup_id } = await send(sent, at, became);
			if (signup_id && fate === 'answered') became.set(record, signup_id);
			// A walk-in that comes again is answered as the first time would be now.
			if (record.event) expect(['recorded', 'late']).toContain(outcome);
			else if (!fault)
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
	if (!fault) note(day, written, arrived);

	const came = written.filter((record) => arrived.has(record));
	const crewOf = (counting: readonly Written[]) => (party: string) => {
		const planned = PARTIES.find(({ name }) => name === party);
		return planned ? (moved.get(party) ?? planned.crew) : cameTo(party, counting, came);
	};
	expect(await district.rows('select * from private.compare_totals()')).toEqual([]);
	const inTime = came.filter((record) => !late.has(record));
	expect(await kept()).toEqual(model(inTime, crewOf(inTime)));
	if (late.size > 0) {
		const records = [...late].map((record) => record.event ?? record.id);
		expect(
			await district.call('organizer', 'accept_late', { p_gathering: gathering, p_records: records })
		).toBe(late.size);
		expect(await kept()).toEqual(model(came, crewOf(came)));
	}
	const before = await kept();
	expect(await district.row('select public.recompute_totals() as wrong')).toEqual({ wrong: 0 });
	expect(await kept()).toEqual(before);
	// Each that arrived is there once, and nothing else.
	const { rows } = await district.row<{ rows: number }>(
		`select ((select count(*) from public.attendance_events where gathering_id = $1 and not claimed)
		   + (select count(*) from public.result_entries where gathering_id = $1))::int as rows`,
		[gathering]
	);
	expect(rows).toBe(came.length);
}

it(
	'adds up to what has arrived, whatever the phones, their clocks, what was lost on the way and the order of arrival',
	{ timeout: 240_000 },
	async () => {
		await fc.assert(
			fc.asyncProperty(history, (day) => live(day)),
			{ numRuns: 100 }
		);
		expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(10);
	}
);

it.each<Fault>([
	'takes what was lost for arrived',
	'does not heed what is taken back',
	'sends again as something new'
])('would notice a day that %s', { timeout: 240_000 }, async (fault) => {
	const { failed } = await fc.check(
		fc.asyncProperty(history, (day) => live(day, fault)),
		{ numRuns: 60, endOnFailure: true }
	);
	expect(failed).toBe(true);
});
