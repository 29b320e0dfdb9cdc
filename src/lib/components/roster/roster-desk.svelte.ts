import { createContext } from 'svelte';
import type { Toasts } from '$lib/components/toasts.svelte';
import type { Client } from '$lib/data/client';
import { Resource } from '$lib/data/resource.svelte';
import { crewOf, recordsIn, type DayPackage } from '$lib/data/day-package';
import { DataError } from '$lib/data/errors';
import { LATEST_AFTER_END } from '$lib/domain/hours/attendance';
import {
	countHeads,
	hazardsToConfirm,
	partiesOf,
	present,
	recordsOfCrew,
	settlement,
	takeBack,
	type DayRecord,
	type HeadWord,
	type PartyState,
	type Remembered
} from '$lib/domain/roster';
import { idle, painted } from '$lib/moments';
import { readAndKeep } from '$lib/offline/pack/fetch';
import { takePack, type DayPack } from '$lib/offline/pack/packs';
import type { NewRecord, Recorder } from '$lib/offline/recorder';
import { m } from '$lib/paraglide/messages';
import type { PhoneReport } from './phone-report';

const POLL = 15_000;
/** How long one act can be taken back where it was told; and one that changed a whole crew, which is missed sooner and mended later. */
const UNDO = 6000;
const UNDO_OF_MANY = 20_000;
/** Nobody can be checked in earlier than this before the planned start; the server refuses it too. */
const OPENS_BEFORE = 12 * 60 * 60_000;

export interface Newcomers {
	name: string;
	phone: string | null;
	headcount: number;
	minors: number;
	/** Whoever added them knows that they bring children to a dangerous site. */
	minors_confirmed?: boolean;
	task_id: string | null;
}

interface Parts {
	recorder: Recorder;
	toasts: Toasts;
	phone: PhoneReport;
	gathering: string;
	/** Of one crew; without it the whole gathering. */
	task?: string;
	/** What the phone took along, where it has been read already. */
	pack?: DayPack | undefined;
}

/** A roster on the screen with everything one does to it: of one crew, or (organizers) of a whole gathering. */
export class RosterDesk {
	readonly roster = new Resource<DayPackage>();
	/** When the list on the screen was fetched, by the server's clock. */
	#fetched = $state<number | null>(null);
	#now = $state(Date.now());
	#recorder: Recorder;
	#toasts: Toasts;
	#phone: PhoneReport;
	#pack: DayPack | undefined;
	/** How much was done here; and the toast that told of the last. */
	#acts = 0;
	#told = 0;
	readonly #gathering: string;
	readonly task: string | undefined;
	/** Rows are drawn anew only where something has changed: a tap is answered within a tenth of a second on a slow phone. */
	readonly #before: Remembered = new Map();

	readonly parties = $derived.by(() => {
		const roster = this.roster.value;
		if (!roster) return [];
		const { records, device } = this.#recorder;
		const own = this.task === undefined ? records : recordsOfCrew(records, this.task);
		return partiesOf(roster, own, device.now(this.#now), this.#before);
	});
	readonly counts = $derived(countHeads(this.parties));
	/** Parties of which two phones say different headcounts: an organizer settles it. */
	readonly conflicts = $derived(
		this.roster.value?.organizer ? this.parties.filter((party) => party.conflict !== null) : []
	);
	/** Parties that say by themselves that they are here, with a code that had run out. */
	readonly claims = $derived(this.parties.filter((party) => party.claim !== null));
	/** Whether the day has come: before that nobody can be checked in. */
	readonly open = $derived.by(() => {
		const roster = this.roster.value;
		if (!roster || roster.gathering.status === 'cancelled') return false;
		const opens = Date.parse(roster.gathering.starts_at) - OPENS_BEFORE;
		return this.#recorder.device.mayHaveCome(opens, this.#now);
	});

	constructor({ recorder, toasts, gathering, task, phone, pack }: Parts) {
		this.#pack = pack;
		this.#phone = phone;
		this.#recorder = recorder;
		this.#toasts = toasts;
		this.#gathering = gathering;
		this.task = task;
	}

	/** The instant by the server's clock, as well as this phone knows it. */
	now(): number {
		return this.#recorder.device.now();
	}
	/** When the list was fetched, and now, by the district's clock; and whether the last attempt found no server. */
	readonly age = $derived.by(() => {
		const { device } = this.#recorder;
		const { error } = this.roster;
		return {
			at: this.#fetched,
			now: device.now(this.#now),
			offline: error instanceof DataError && (error.code === 'offline' || error.code === 'sign_in_first')
		};
	});

	get gatheringId(): string {
		return this.#gathering;
	}

	/** Reads the roster and keeps it fresh while somebody looks; the answer stops that. */
	start(): () => void {
		void this.roster.load(
			(client) => this.#read(client),
			() => this.#kept()
		);
		const look = () => {
			this.#now = Date.now();
			if (document.visibilityState === 'visible' && !this.roster.busy) void this.roster.reload();
		};
		const timer = setInterval(look, POLL);
		// Once before the first tap: what a browser does for the first time it does slowly.
		void painted()
			.then(idle)
			.then(() => (this.#now = Date.now()));
		document.addEventListener('visibilitychange', look);
		return () => {
			clearInterval(timer);
			document.removeEventListener('visibilitychange', look);
		};
	}

	async #read(client: Client): Promise<DayPackage> {
		const { person, device } = this.#recorder;
		const { day, kept } = await readAndKeep(client, person, this.#gathering, device);
		this.#fetched = Date.parse(day.server_time);
		// Not before what was taken along shows them: else a phone that dies without a signal knows nothing of them.
		if (kept) this.#recorder.seen(recordsIn(day));
		this.#phone.holds(this.#gathering);
		return this.#own(day);
	}

	/** What this phone took along: shown first, and without a signal. */
	async #kept(): Promise<DayPackage | undefined> {
		const pack = this.#pack ?? (await takePack(this.#recorder.person, this.#gathering));
		this.#pack = undefined;
		if (!pack) return undefined;
		this.#fetched ??= Date.parse(pack.content.server_time);
		return this.#own(pack.content);
	}

	#own(day: DayPackage): DayPackage {
		this.#recorder.device.knows(day.server_time);
		this.#recorder.device.countFrom([...day.parties.flatMap(({ events }) => events), ...day.entries]);
		return this.task === undefined ? day : crewOf(day, this.task);
	}

	/** The party as it stands now. */
	party(id: string): PartyState | undefined {
		return this.parties.find((party) => party.id === id);
	}

	/** The dangers of which somebody must say that they know before so many children of the party are recorded there. */
	toConfirm(party: PartyState, minors: number) {
		return hazardsToConfirm(party, minors, this.roster.value?.tasks ?? []);
	}

	/** Whoever records children at a dangerous site has been asked by now, or it was known: said so, it may arrive in any order. */
	#present(party: PartyState, heads: number, minors: number) {
		const knowing = hazardsToConfirm({ ...party, minorsKnown: 0 }, minors, this.roster.value?.tasks ?? []);
		return {
			...present(party.id, heads, minors, party.known),
			...(knowing.length > 0 && { minors_confirmed: true })
		};
	}

	checkIn(party: PartyState, heads = party.headcount, minors = Math.min(party.minors, heads)): void {
		const made = this.#record(this.#present(party, heads, minors));
		this.#tell(m.roster_did_check_in({ name: party.name, heads }), made);
	}

	/** They were here when they say they were. */
	confirmClaim(party: PartyState): void {
		if (!party.claim) return;
		const { heads, minors, at } = party.claim;
		const made = this.#record({
			...this.#present(party, heads, minors),
			at: new Date(at).toISOString()
		});
		this.#tell(m.roster_did_check_in({ name: party.name, heads }), made);
	}

	/** They were not. */
	declineClaim(party: PartyState): void {
		if (!party.claim) return;
		this.#record(takeBack(party.id, party.claim.id));
		this.#toasts.show(m.roster_did_decline({ name: party.name }));
	}

	/** Says which of two headcounts is right, or that both are: some came or left in between. */
	settle(party: PartyState, right: HeadWord | 'both'): void {
		this.#record(...settlement(party.id, party.conflict ?? [], right));
		this.#toasts.show(m.roster_did_settle({ name: party.name }));
	}

	changeHeads(party: PartyState, heads: number, minors: number): void {
		const made = this.#record(this.#present(party, heads, minors));
		this.#tell(m.roster_did_change({ name: party.name, heads }), made);
	}

	checkOut(party: PartyState): void {
		const made = this.#record(present(party.id, 0, 0, party.known));
		this.#tell(m.roster_did_check_out({ name: party.name }), made);
	}

	/** Checks out everybody of these who is still here, in one act that can be undone. Long after the day nobody is: they left at its planned end. */
	checkOutAll(parties: readonly PartyState[]): void {
		const end = Date.parse(this.roster.value?.gathering.ends_at ?? '');
		const over = this.now() > end + LATEST_AFTER_END;
		const here = parties.filter((party) => party.heads > 0);
		// The second tap of two.
		if (here.length === 0) return;
		const heads = here.reduce((sum, party) => sum + party.heads, 0);
		const leave = (party: PartyState): NewRecord => ({
			...present(party.id, 0, 0, party.known),
			...(over && party.facts.every(({ at }) => at < end) && { at: new Date(end).toISOString() })
		});
		const made = this.#record(...here.map(leave));
		this.#tell(m.roster_did_check_out_all({ heads }), made, UNDO_OF_MANY);
	}

	/** Somebody nobody announced: signed up and checked in at once. */
	addNewcomers(newcomers: Newcomers): void {
		const made = this.#record({ type: 'walk_in', gathering_id: this.#gathering, ...newcomers });
		this.#tell(m.roster_did_check_in({ name: newcomers.name, heads: newcomers.headcount }), made);
	}

	/** Takes one record back. */
	undo(party: PartyState, fact: string): void {
		this.#record(takeBack(party.id, fact));
		this.#toasts.show(m.roster_did_undo());
	}

	#record(...said: NewRecord[]): DayRecord[] {
		// Looked up before the clock is: the list is worked out once for a tap, not twice.
		const named = said.map((one) =>
			'signup_id' in one ? { ...one, about: this.party(one.signup_id)?.name } : one
		);
		const starts = this.roster.value?.gathering.starts_at;
		if (starts) this.#recorder.device.begins(Date.parse(starts));
		this.#now = Date.now();
		return this.#recorder.record(...named);
	}

	/**
	 * Only the last act is told, once the list shows it: a row of quick taps must not cover the list, nor wait for words. One that
	 * changed many (`ms` longer) stays beside it.
	 */
	#tell(text: string, made: readonly DayRecord[], ms = UNDO): void {
		const run = () => {
			this.#record(...made.flatMap(undoing));
			this.#toasts.show(m.roster_did_undo());
		};
		const act = ++this.#acts;
		void painted().then(() => {
			if (act < this.#acts) return;
			this.#toasts.dismiss(this.#told);
			const told = this.#toasts.show(text, { ms, action: { label: m.roster_undo(), run } });
			if (ms === UNDO) this.#told = told;
		});
	}
}

function undoing(record: DayRecord): NewRecord[] {
	if (record.type === 'walk_in') return [takeBack(record.id, record.event_id)];
	return record.type === 'attendance' ? [takeBack(record.signup_id, record.id)] : [];
}

export const [getRosterDesk, setRosterDesk] = createContext<RosterDesk>();
