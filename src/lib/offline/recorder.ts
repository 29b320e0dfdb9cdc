/**
 * The one way by which a page records the day: every record is shown at once, written down on the phone, and sent until the
 * server has answered for it. Nothing waits for the network, nothing typed is lost.
 */
import { createContext } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import type { Outcome } from '$lib/data/records';
import type { Connection } from '$lib/data/rpc';
import type {
	AttendanceRecord,
	DayRecord,
	LocalRecord,
	ResultRecord,
	Stamp,
	WalkInRecord
} from '$lib/domain/roster';
import { newId } from '$lib/uuid';
import type { Connectivity } from './connectivity/connectivity';
import type { Channel } from './coordination/channel';
import { withLock } from './coordination/lock';
import type { Device } from './device';
import { askForBackgroundSend } from './executor/background';
import { drain } from './executor/executor';
import type { HandedRecord, Handover } from './handover/handover';
import { withAliases } from './outbox/aliases';
import { heldBack } from './outbox/lanes';
import { Outbox } from './outbox/outbox';
import { rowOf, type OutboxRow } from './outbox/row';
import type { StorageProblem } from './storage/durability';
import type { Store } from './storage/store';

/** What a page says of a record; the recorder adds who, when and which. */
type Said<R extends DayRecord> = Omit<R, keyof Stamp | 'id' | 'event_id'>;
type Told = (Said<AttendanceRecord> | Said<WalkInRecord> | Said<ResultRecord>) & {
	/** Of what is told afterwards: the instant it happened. Else it is now. */
	at?: string;
	/** Copied from a paper roster. */
	keyed?: boolean;
};
export type NewRecord = Told & {
	/** Whom it speaks of, in words: for this phone, not for the server. */
	about?: string | undefined;
};

/** Why nothing is being sent right now. */
export type Hold = 'offline' | 'sign-in' | null;

/** A record that the server refused, with the reason and how many records wait behind it. */
export interface Refused {
	record: DayRecord;
	code: string;
	detail: string;
	held: number;
}

interface Parts {
	store: Store<OutboxRow>;
	device: Device;
	person: string;
	connect: (renew: boolean) => Promise<Connection | null>;
	send: (to: Connection, batch: readonly DayRecord[]) => Promise<Outcome[]>;
	connectivity: Connectivity;
	channel: Channel;
	random?: () => number;
}

export class Recorder {
	#parts: Parts;
	#outbox: Outbox;
	#connectivity: Connectivity;
	#hold: Hold = null;
	#local: LocalRecord[] | undefined;
	#changed = () => {};
	#subscribe = createSubscriber((update) => {
		this.#changed = update;
		return () => (this.#changed = () => {});
	});
	#sending: Promise<void> | undefined;
	#again = false;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(parts: Parts) {
		this.#parts = parts;
		this.#connectivity = parts.connectivity;
		this.#outbox = new Outbox({
			store: parts.store,
			channel: parts.channel,
			person: parts.person,
			onchange: () => {
				this.#local = undefined;
				this.#changed();
			},
			// Of what other tabs write only the count: what time it is they know no better than this one.
			onread: (rows) =>
				parts.device.countFrom(rows.map(({ record: { device_id, seq } }) => ({ device_id, seq })))
		});
		void this.#outbox.loaded.then(() =>
			parts.device.countFrom(this.#outbox.rows.map(({ record }) => record))
		);
	}

	/** What this phone recorded and has not to take back: to be laid over what the server said. */
	get records(): readonly LocalRecord[] {
		this.#subscribe();
		this.#local ??= withAliases(this.#outbox.rows).flatMap(({ id, record, state, signup_id }) =>
			state === 'refused' ? [] : [{ record, state, signup_id, kept: this.#outbox.isKept(id) }]
		);
		return this.#local;
	}

	/** How many records the server does not have yet. */
	get waiting(): number {
		return this.records.filter((item) => item.state === 'waiting').length;
	}

	/** Records that the server refused, with the code of the reason. */
	get refused(): readonly Refused[] {
		this.#subscribe();
		const rows = this.#outbox.rows;
		return rows
			.filter(({ state }) => state === 'refused')
			.map(({ id, record, code = 'bad_record', detail = '' }) => ({
				record,
				code,
				detail,
				held: heldBack(rows, id).length
			}));
	}

	/** Whom this phone's records speak of, by the id of their sign-up, as the lists said. */
	get names(): ReadonlyMap<string, string> {
		this.#subscribe();
		return new Map(
			this.#outbox.rows.flatMap(({ record, about }) =>
				record.type === 'attendance' && about !== undefined ? [[record.signup_id, about] as const] : []
			)
		);
	}

	/** Records of other people on this phone: they leave, or are looked at, when these sign in again. */
	get others(): number {
		this.#subscribe();
		return this.#outbox.others;
	}

	/** Why records are waiting. */
	get hold(): Hold {
		this.#subscribe();
		return this.#hold;
	}

	/** Whether something lives in this page only. */
	get unwritten(): boolean {
		return this.#outbox.unwritten;
	}

	/** Why the phone does not keep what is recorded; null: it does. */
	get problem(): StorageProblem | null {
		this.#subscribe();
		return this.#outbox.problem ?? this.#foreseen;
	}
	#foreseen: StorageProblem | null = null;
	#check: (() => Promise<StorageProblem | null>) | undefined;

	/** Tells what a check of the storage found before anything was recorded; with every record it is checked anew until there is room. */
	foresee(problem: StorageProblem | null, check?: () => Promise<StorageProblem | null>): void {
		this.#check = check ?? this.#check;
		this.#foreseen = problem;
		this.#changed();
	}

	get person(): string {
		return this.#parts.person;
	}

	get device(): Device {
		return this.#parts.device;
	}

	/** Whether the server can be reached, as everything on the page finds it. */
	get connectivity(): Connectivity {
		return this.#connectivity;
	}

	/** Resolves when what earlier pages left is known. */
	get loaded(): Promise<void> {
		return this.#outbox.loaded;
	}

	/** Writes records down, in this order, and begins to send them. Answers at once; the page shows them already. */
	record(...said: NewRecord[]): DayRecord[] {
		const rows = said.map(({ about, ...one }) => rowOf(this.#stamped(one), this.#parts.person, about));
		void this.#keep(rows);
		if (this.#foreseen) void this.#check?.().then((problem) => this.foresee(problem));
		return rows.map(({ record }) => record);
	}

	/** On the disk first, where a worker finds them too; then on their way. */
	async #keep(rows: readonly OutboxRow[]): Promise<void> {
		await this.#outbox.save(rows);
		if (this.#connectivity.reach !== 'down') void this.flush();
		void askForBackgroundSend();
	}

	/** Takes in what somebody handed over: it leaves under this account, with the name of who recorded it. */
	takeOver({ person, records }: Handover): void {
		const rows = records.map((record) =>
			rowOf({ ...record, recorded_by: person } as HandedRecord, this.#parts.person)
		);
		void this.#keep(rows);
	}

	/** Lets a refused record go, and what waits behind it: the person has read why. */
	discard(id: string): void {
		void this.#outbox.drop([id, ...heldBack(this.#outbox.rows, id).map((row) => row.id)]);
	}

	/** A refused record and what waits behind it, in order: what is handed over. */
	withFollowers(id: string): DayRecord[] {
		const rows = this.#outbox.rows;
		return [...rows.filter((row) => row.id === id), ...heldBack(rows, id)].map(({ record }) => record);
	}

	/** Tries refused records again, one or all, perhaps put right: the same record, never a second one. */
	retry(id?: string, change: Record<string, unknown> = {}): void {
		const again = this.#outbox.rows.filter(
			(row) => row.state === 'refused' && (id === undefined || row.id === id)
		);
		void this.#outbox.save(
			again.map(({ code: _, detail: __, ...row }) => ({
				...row,
				record: { ...row.record, ...change },
				state: 'waiting',
				attempts: 0,
				next_at: 0
			}))
		);
		void this.flush();
	}

	/** Records that the server's lists show now: the phone need not keep them any longer. */
	seen(known: ReadonlySet<string>): void {
		void this.#outbox.seen(known);
	}

	/** Sends what waits, as far as it can be sent now. */
	flush(): Promise<void> {
		this.#again = true;
		this.#sending ??= this.#send().finally(() => (this.#sending = undefined));
		return this.#sending;
	}

	/** Keeps sending while the page lives; the answer stops that. */
	start(): () => void {
		const stopListening = this.#connectivity.listen((reach) => {
			if (reach === 'up') void this.#wake().then(() => this.flush());
			else if (this.#unsent()) this.#holdFor('offline');
		});
		const look = () => {
			if (document.visibilityState === 'visible') void this.#outbox.reload().then(() => this.#flushIfAny());
			else if (this.#unsent()) void askForBackgroundSend();
		};
		document.addEventListener('visibilitychange', look);
		void this.#outbox.loaded.then(() => this.#flushIfAny());
		return () => {
			stopListening();
			clearTimeout(this.#timer);
			document.removeEventListener('visibilitychange', look);
			this.#outbox.close();
		};
	}

	/** There is a way again: what only lacked one need not rest any longer; what failed often may be the cause, and rests. */
	async #wake(): Promise<void> {
		const resting = this.#outbox.rows.filter(
			({ state, error, attempts, next_at }) =>
				state === 'waiting' && error === 'offline' && attempts <= 3 && next_at > Date.now()
		);
		if (resting.length > 0) await this.#outbox.save(resting.map((row) => ({ ...row, next_at: 0 })));
	}

	#unsent(): boolean {
		return this.#outbox.rows.some(({ state }) => state === 'waiting');
	}

	#flushIfAny(): void {
		if (this.#unsent()) void this.flush();
	}

	#stamped(said: Told): DayRecord {
		const more = { id: newId(), ...this.#parts.device.stamp(), ...(said.at && { at: said.at }) };
		return said.type === 'walk_in' ? { ...said, ...more, event_id: newId() } : { ...said, ...more };
	}

	async #send(): Promise<void> {
		clearTimeout(this.#timer);
		await this.#outbox.loaded;
		while (this.#again) {
			this.#again = false;
			if (!this.#unsent()) break;
			// A phone that is started again and again without a signal must not use up its attempts.
			if (this.#connectivity.reach !== 'up' && !(await this.#connectivity.check()))
				return this.#holdFor('offline');
			const ended = await withLock('outbox', () => drain(this.#executor()));
			if (ended.end === 'sign-in') return this.#holdFor('sign-in');
			if (ended.end === 'offline') {
				this.#connectivity.failed();
				return this.#holdFor('offline');
			}
			if (ended.end === 'later') {
				this.#timer = setTimeout(() => void this.flush(), Math.max(0, ended.at - Date.now()));
				return this.#holdFor('offline');
			}
			if (ended.end === 'more') this.#again = true;
			else this.#connectivity.worked();
		}
		this.#holdFor(null);
	}

	#executor() {
		const { connect, send, random } = this.#parts;
		return {
			connect,
			send,
			...(random && { random }),
			rows: async () => {
				await this.#outbox.reload();
				return this.#outbox.rows;
			},
			save: (rows: readonly OutboxRow[]) => this.#outbox.save(rows)
		};
	}

	#holdFor(hold: Hold): void {
		if (hold === this.#hold) return;
		this.#hold = hold;
		// A worker that was woken in vain, with a token that had run out, is not woken again unless it is asked for.
		if (hold === 'offline') void askForBackgroundSend();
		this.#changed();
	}
}

export const [getRecorder, setRecorder] = createContext<Recorder>();
