/*
 * The roster as the phone shows it, derived from what the server knew last and from this phone's own records.
 * Both may hold the same fact; it counts once. Nothing here is ever stored.
 */
import { groupBy } from '../group-by';
import { standingFacts, summariseAttendance, type AttendanceEvent, type Plan } from '../hours/attendance';
import type { Hazard, Kind } from '../sites';
import { conflictOf, type HeadWord } from './conflict';
import type { LocalRecord } from './records';

/** A check-in or check-out as the server has it. */
export interface RosterEvent {
	id: string;
	kind: 'present' | 'void';
	heads: number;
	minors: number;
	at: string;
	voids: string | null;
	device_id: string;
	seq: number;
	/** Arrived after the gathering was closed; counts once accepted. */
	late: boolean;
	accepted: boolean;
	source: 'leader' | 'organizer' | 'self';
	/** The volunteer's own check-in that came too late for its code: counts for nothing, a leader answers it. */
	claimed: boolean;
	/** Records of the party that its writer knew of. */
	knows: string[];
	/** Who wrote it, where the reader may know. */
	by: string | null;
}

export interface RosterParty {
	id: string;
	/** Its number on printed rosters. */
	no: number;
	name: string;
	headcount: number;
	minors: number;
	can_lead: boolean;
	status: 'confirmed' | 'waitlisted';
	source: 'account' | 'guest' | 'organizer' | 'walk_in';
	task_id: string | null;
	leads: boolean;
	note: string;
	phone: string | null;
	/** SHA-256 of the code that the volunteer's QR shows. */
	code_hash: string | null;
	events: RosterEvent[];
	/** Somebody has said that they know of its children at a dangerous site. Absent in what was taken along long ago. */
	minors_confirmed?: boolean;
	/** Crews other than its own that wrote it down as having just come to them, unless the board decided since; for organizers. Absent in what was taken along long ago. */
	other_crews?: { task_id: string; at: string; by: string | null }[];
}

export interface RosterTask {
	id: string;
	/** Its number on printed rosters. */
	no: number;
	site_id: string;
	name: string;
	kind: Kind;
	length_m: number | null;
	hazards: Hazard[];
	note: string;
	crew_min: number;
	crew_max: number;
}

export interface Roster {
	server_time: string;
	gathering: {
		id: string;
		place: string;
		/** 'HH:MM' */
		starts: string;
		ends: string;
		starts_at: string;
		ends_at: string;
		date: string;
		time_zone: string;
		status: 'open' | 'cancelled' | 'closed';
	};
	/** What the codes shown at the venue are made from (see ../venue). */
	venue_secret: string;
	/** Whether the caller organizes the gathering (else: leads crews of it). */
	organizer: boolean;
	tasks: RosterTask[];
	/** In the order of their names: see `inOrder`. */
	parties: RosterParty[];
}

/** Whoever comes, or leaves, this much off the plan is marked as late or as having left early. */
export const TOLERANCE = 15 * 60_000;

/** expected: not here yet · here · left: checked out · absent: did not come (the planned end has passed). */
export type Presence = 'expected' | 'here' | 'left' | 'absent';

/** One standing record of a party, newest last. */
export interface PartyFact {
	id: string;
	at: number;
	heads: number;
	minors: number;
	/** Who wrote it, where the reader may know. */
	by: string | null;
}

export interface PartyState {
	id: string;
	no: number;
	name: string;
	/** As announced. */
	headcount: number;
	minors: number;
	taskId: string | null;
	leads: boolean;
	waitlisted: boolean;
	walkIn: boolean;
	note: string;
	phone: string | null;
	codeHash: string | null;
	presence: Presence;
	/** Here now. */
	heads: number;
	headMinors: number;
	/** The largest headcount so far (人次). */
	came: number;
	/** How many of them were minors at most. */
	cameMinors: number;
	/** Heads present, integrated over time (to the planned end while nobody checks out), in seconds; minors' are among them. */
	personSeconds: number;
	minorSeconds: number;
	/** Of personSeconds, on the volunteer's own word. */
	selfSeconds: number;
	/** When they came; null: not yet. */
	cameAt: number | null;
	/** When they left; null: still here, or never came. */
	leftAt: number | null;
	late: boolean;
	leftEarly: boolean;
	/** Nobody checked them out: counts to the planned end. */
	openEnded: boolean;
	/** So many children may be recorded at a dangerous site without asking: they are known to be there. */
	minorsKnown: number;
	facts: PartyFact[];
	/** Records of this party that this phone still has to send. */
	waiting: number;
	/** Of these, what the phone's own disk does not have yet. */
	writing: number;
	/** Records that arrived after the closing and wait for an organizer. */
	undecided: number;
	/** Everything recorded of the party that this phone has heard of: what a new record knows. */
	known: string[];
	/** The check-in is the volunteer's own, by the code shown at the venue. */
	bySelf: boolean;
	/** They say they were here by a code that had run out: a leader says whether it is so. */
	claim: PartyFact | null;
	/** What phones say that did not know of each other, if it differs. */
	conflict: HeadWord[] | null;
}

/** What a phone recorded, without those who just came to another crew: the list of one crew does not know the others' parties. */
export const recordsOfCrew = (local: readonly LocalRecord[], task: string): LocalRecord[] =>
	local.filter(({ record }) => record.type !== 'walk_in' || record.task_id === task);

/** What was known of a party when its state was worked out last, by the party's id: see `partiesOf`. */
export type Remembered = Map<string, { of: Known; state: PartyState }>;

/**
 * What every party of the roster is doing at an instant, in order of their names.
 * @param before what an earlier call worked out, and where this one writes that down: a party of which nothing new is known
 * keeps its very object, so that a screen draws anew only what has changed
 */
export function partiesOf(
	roster: Roster,
	local: readonly LocalRecord[],
	now: number,
	before: Remembered = new Map()
): PartyState[] {
	const plan = planOf(roster);
	const announced = new Set(roster.parties.map((party) => party.id));
	const walkIns = local.flatMap((item) => {
		const party = walkInParty(item, roster.gathering.id);
		return party && !announced.has(party.id) ? [party] : [];
	});
	const ofParty = groupBy(local, partyOf);
	const state = (party: RosterParty): PartyState => {
		const of = { party, local: ofParty.get(party.id) ?? [], plan, over: now > plan.end };
		const known = before.get(party.id);
		if (known && saysTheSame(known.of, of)) return known.state;
		const fresh = stateOf(of);
		before.set(party.id, { of, state: fresh });
		return fresh;
	};
	const states = [...roster.parties, ...walkIns]
		.map(state)
		.filter((state) => !(state.walkIn && state.facts.length === 0 && state.waiting + state.undecided === 0));
	return walkIns.length > 0 ? inOrder(states) : states;
}

/** Made when something is put in order for the first time: what a locale knows is slow to load. */
let collator: Intl.Collator | undefined;

/** People in the order of their names, as a list of them is looked through: by pinyin. */
export function inOrder<P extends { id: string; name: string }>(people: readonly P[]): P[] {
	collator ??= new Intl.Collator('zh');
	const { compare } = collator;
	return people.toSorted((a, b) => compare(a.name, b.name) || (a.id < b.id ? -1 : 1));
}

/** All that a party's state follows from. */
interface Known {
	party: RosterParty;
	local: readonly LocalRecord[];
	plan: Plan;
	/** Whether the planned end has passed. */
	over: boolean;
}

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

const saysTheSame = (a: Known, b: Known): boolean =>
	a.over === b.over &&
	a.plan.start === b.plan.start &&
	a.plan.end === b.plan.end &&
	same(a.party, b.party) &&
	a.local.length === b.local.length &&
	a.local.every((one, n) => {
		const other = b.local[n]!;
		return (
			one.state === other.state &&
			one.kept === other.kept &&
			one.signup_id === other.signup_id &&
			same(one.record, other.record)
		);
	});

export const planOf = ({ gathering }: Roster): Plan => ({
	start: Date.parse(gathering.starts_at),
	end: Date.parse(gathering.ends_at)
});

function walkInParty({ record, signup_id }: LocalRecord, gathering: string): RosterParty | undefined {
	if (record.type !== 'walk_in' || record.gathering_id !== gathering) return undefined;
	return {
		id: signup_id ?? record.id,
		no: 0,
		name: record.name,
		headcount: record.headcount,
		minors: record.minors,
		can_lead: false,
		status: 'confirmed',
		source: 'walk_in',
		task_id: record.task_id,
		leads: false,
		note: '',
		phone: record.phone,
		code_hash: null,
		events: []
	};
}

interface KnownEvent extends AttendanceEvent {
	counts: boolean;
	waiting: boolean;
	claimed: boolean;
	knows: readonly string[];
	by: string | null;
	writing: boolean;
}

function stateOf({ party, local, plan, over }: Known): PartyState {
	const events = new Map<string, KnownEvent>();
	for (const item of local) {
		const event = eventOf(item, party.id);
		if (event) events.set(event.id, event);
	}
	for (const { device_id, late, accepted, voids, ...event } of party.events) {
		events.set(event.id, {
			...event,
			signup: party.id,
			device: device_id,
			at: Date.parse(event.at),
			...(voids !== null && { voids }),
			counts: (!late || accepted) && !event.claimed,
			waiting: false,
			writing: false
		});
	}
	const all = [...events.values()];
	const counted = all.filter((event) => event.counts);
	const sum = summariseAttendance(counted, plan);
	const facts = standingFacts(counted);
	const here = sum.presentHeads > 0;
	const came = sum.participations > 0;
	const leftAt = came && !here ? lastDeparture(facts) : null;
	const cameFact = facts.find((fact) => fact.heads > 0);
	return {
		id: party.id,
		no: party.no,
		name: party.name,
		headcount: party.headcount,
		minors: party.minors,
		taskId: party.task_id,
		leads: party.leads,
		waitlisted: party.status === 'waitlisted',
		walkIn: party.source === 'walk_in',
		note: party.note,
		phone: party.phone,
		codeHash: party.code_hash,
		presence: here ? 'here' : came ? 'left' : over ? 'absent' : 'expected',
		heads: sum.presentHeads,
		headMinors: sum.presentMinors,
		came: sum.participations,
		cameMinors: sum.minors,
		personSeconds: sum.personSeconds,
		minorSeconds: sum.minorSeconds,
		selfSeconds: sum.selfSeconds,
		cameAt: sum.firstAt,
		leftAt,
		late: sum.firstAt !== null && sum.firstAt > plan.start + TOLERANCE,
		leftEarly: leftAt !== null && leftAt < plan.end - TOLERANCE,
		openEnded: sum.openEnded && over,
		minorsKnown: party.minors_confirmed
			? Infinity
			: Math.max(0, ...all.filter((event) => !event.claimed).map((event) => event.minors)),
		facts: facts.map(({ id, at, heads, minors }) => ({
			id,
			at,
			heads,
			minors,
			by: events.get(id)?.by ?? null
		})),
		waiting: all.filter((event) => event.waiting).length,
		writing: all.filter((event) => event.writing).length,
		undecided: all.filter((event) => !event.counts && !event.claimed).length,
		known: all.map((event) => event.id),
		bySelf: cameFact !== undefined && events.get(cameFact.id)?.source === 'self',
		claim: came ? null : claimOf(all),
		conflict: conflictOf(counted)
	};
}

/** What makes so many children of a party a risk that nobody has confirmed yet: the hazards of its crew's site; none: nothing to ask. */
export function hazardsToConfirm(
	{ taskId, minorsKnown }: Pick<PartyState, 'taskId' | 'minorsKnown'>,
	minors: number,
	tasks: readonly Pick<RosterTask, 'id' | 'hazards'>[]
): readonly Hazard[] {
	return minors > minorsKnown ? (tasks.find(({ id }) => id === taskId)?.hazards ?? []) : [];
}

/** The latest claim that nobody has answered: neither taken back nor known to a record that came after it. */
function claimOf(events: readonly KnownEvent[]): PartyFact | null {
	const voided = new Set(events.map((event) => event.voids));
	const standing = events.filter((event) => !voided.has(event.id));
	const answered = new Set([...voided, ...standing.flatMap((event) => event.knows)]);
	const open = events.filter((event) => event.claimed && !answered.has(event.id));
	const last = open.toSorted((a, b) => a.at - b.at).at(-1);
	return last ? { id: last.id, at: last.at, heads: last.heads, minors: last.minors, by: last.by } : null;
}

/** The sign-up that a local record speaks of; undefined: of none. */
function partyOf({ record, signup_id }: LocalRecord): string | undefined {
	if (record.type === 'result') return undefined;
	return record.type === 'walk_in' ? (signup_id ?? record.id) : record.signup_id;
}

/** A local record as an event of this party. */
function eventOf(
	{ record, state, signup_id, kept = true }: LocalRecord,
	party: string
): KnownEvent | undefined {
	if (record.type === 'result') return undefined;
	const signup = record.type === 'walk_in' ? (signup_id ?? record.id) : record.signup_id;
	if (signup !== party) return undefined;
	const base = {
		signup,
		device: record.device_id,
		seq: record.seq,
		at: Date.parse(record.at),
		minors: record.minors,
		counts: state !== 'late',
		waiting: state === 'waiting',
		writing: !kept,
		claimed: false,
		knows: record.type === 'attendance' ? (record.knows ?? []) : [],
		by: null
	};
	if (record.type === 'walk_in')
		return { ...base, id: record.event_id, kind: 'present', heads: record.headcount };
	const { id, kind, heads, voids } = record;
	return { ...base, id, kind, heads, ...(voids !== null && { voids }) };
}

/** When the last head left: the first of the zeros at the end. */
function lastDeparture(facts: readonly Pick<PartyFact, 'at' | 'heads'>[]): number | null {
	const last = facts.findLastIndex((fact) => fact.heads > 0);
	return facts[last + 1]?.at ?? null;
}
