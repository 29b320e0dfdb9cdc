/**
 * The one way by which a phone records the day: every record is written down on the phone, shown at once, and sent until
 * the server has answered for it. Nothing waits for the network, nothing typed is lost.
 */
import { createContext } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import { DataError } from '$lib/data/errors';
import type { Outcome } from '$lib/data/records';
import type {
	AttendanceRecord,
	DayRecord,
	LocalRecord,
	ResultRecord,
	Stamp,
	WalkInRecord
} from '$lib/domain/roster';
import { newId } from '$lib/uuid';
import type { Device } from './device';
import type { Queue, Queued } from './queue';

/** What a page says of a record; the recorder adds who, when and which. */
type Said<R extends DayRecord> = Omit<R, keyof Stamp | 'id' | 'event_id'>;
export type NewRecord = Said<AttendanceRecord> | Said<WalkInRecord> | Said<ResultRecord>;

/** Why nothing is being sent right now. */
export type Hold = 'offline' | 'sign-in' | null;

interface Parts {
	queue: Promise<Queue<Queued>>;
	device: Device;
	person: string;
	/** Sends one batch in order; throws when the server did not answer for it. */
	send: (batch: readonly DayRecord[]) => Promise<Outcome[]>;
	/** Waiting times between attempts, in milliseconds. */
	pauses?: readonly number[];
}

const PAUSES = [2_000, 5_000, 15_000, 30_000, 60_000];
const BATCH = 100;

export class Recorder {
	#parts: Parts;
	#items: (LocalRecord & { refused?: string | undefined })[] = [];
	#hold: Hold = null;
	#durable = true;
	#changed = () => {};
	#subscribe = createSubscriber((update) => {
		this.#changed = update;
		return () => (this.#changed = () => {});
	});
	#sending: Promise<void> | undefined;
	#failures = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#loaded: Promise<void>;
	#writes: Promise<void> = Promise.resolve();

	constructor(parts: Parts) {
		this.#parts = parts;
		this.#loaded = this.#load();
	}

	/** What this phone recorded and has not to take back: to be laid over what the server said. */
	get records(): readonly LocalRecord[] {
		this.#subscribe();
		return this.#items.filter((item) => item.refused === undefined);
	}

	/** How many records the server does not have yet. */
	get waiting(): number {
		return this.records.filter((item) => item.state === 'waiting').length;
	}

	/** Records that the server refused, with the code of the reason. */
	get refused(): readonly { record: DayRecord; code: string }[] {
		this.#subscribe();
		return this.#items.flatMap(({ record, refused }) =>
			refused === undefined ? [] : [{ record, code: refused }]
		);
	}

	/** Why records are waiting. */
	get hold(): Hold {
		this.#subscribe();
		return this.#hold;
	}

	/** False when this browser keeps nothing: closing the page would lose what waits. */
	get durable(): boolean {
		this.#subscribe();
		return this.#durable;
	}

	get device(): Device {
		return this.#parts.device;
	}

	/** Writes records down, in this order, and begins to send them. Answers at once; the page shows them already. */
	record(...said: NewRecord[]): DayRecord[] {
		const made = said.map((one) => this.#stamped(one));
		this.#items = [...this.#items, ...made.map((record) => ({ record, state: 'waiting' as const }))];
		this.#changed();
		this.#write(made.map((record) => ({ record, person: this.#parts.person })));
		void this.flush();
		return made;
	}

	/** Forgets a refused record: the person has read why and lets it go. */
	discard(id: string): void {
		this.#items = this.#items.filter((item) => item.record.id !== id);
		this.#changed();
		this.#write([], [id]);
	}

	/** Tries refused records again, e.g. after somebody else put the cause right. */
	retry(): void {
		const again = this.#items.filter((item) => item.refused !== undefined);
		this.#items = this.#items.map(({ record, state, signup_id }) => ({ record, state, signup_id }));
		this.#changed();
		this.#write(again.map(({ record }) => ({ record, person: this.#parts.person })));
		void this.flush();
	}

	/** Sends what waits; one sender at a time, in the order of recording. */
	flush(): Promise<void> {
		clearTimeout(this.#timer);
		this.#sending ??= this.#send();
		return this.#sending;
	}

	/** Keeps sending while the page lives; the answer stops that. */
	start(): () => void {
		const now = () => {
			if (document.visibilityState === 'visible' && this.waiting > 0) void this.flush();
		};
		addEventListener('online', now);
		document.addEventListener('visibilitychange', now);
		void this.#loaded.then(() => this.flush());
		return () => {
			clearTimeout(this.#timer);
			removeEventListener('online', now);
			document.removeEventListener('visibilitychange', now);
		};
	}

	async #load(): Promise<void> {
		const queue = await this.#parts.queue;
		this.#durable = queue.durable;
		const kept = (await queue.all()).filter(({ person }) => person === this.#parts.person);
		const known = new Set(this.#items.map(({ record }) => record.id));
		this.#items = [
			...kept
				.filter(({ record }) => !known.has(record.id))
				.map(({ record, refused }) => ({ record, refused, state: 'waiting' as const })),
			...this.#items
		];
		this.#changed();
	}

	#stamped(said: NewRecord): DayRecord {
		const more = { id: newId(), ...this.#parts.device.stamp() };
		return said.type === 'walk_in' ? { ...said, ...more, event_id: newId() } : { ...said, ...more };
	}

	async #send(): Promise<void> {
		await this.#drain();
		await this.#writes;
		this.#sending = undefined;
		// Recorded in the very moment in which the last batch was answered.
		if (this.#hold === null && this.#unsent().length > 0) void this.flush();
	}

	#unsent(): LocalRecord[] {
		return this.#items.filter(({ state, refused }) => state === 'waiting' && refused === undefined);
	}

	async #drain(): Promise<void> {
		await this.#loaded;
		for (;;) {
			const batch = nextBatch(this.#unsent());
			if (batch.length === 0) break;
			try {
				this.#settle(await this.#parts.send(batch));
				this.#failures = 0;
				this.#holdFor(null);
			} catch (error) {
				this.#wait(error);
				return;
			}
		}
		this.#holdFor(null);
	}

	/** Takes over what the server answered, record by record. */
	#settle(outcomes: readonly Outcome[]): void {
		const answered = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
		const aliases = new Map<string, string>();
		for (const { id, signup_id } of outcomes) if (signup_id && signup_id !== id) aliases.set(id, signup_id);
		const changed: Queued[] = [];
		this.#items = this.#items.map((item) => {
			const outcome = answered.get(item.record.id);
			const record = renamed(item.record, aliases);
			if (!outcome) {
				if (record !== item.record) changed.push({ record, person: this.#parts.person });
				return { ...item, record };
			}
			if (outcome.outcome === 'refused') {
				const refused = outcome.code ?? 'bad_record';
				changed.push({ record, person: this.#parts.person, refused });
				return { ...item, record, refused };
			}
			const state = outcome.outcome === 'late' ? 'late' : 'sent';
			return { record, state, signup_id: outcome.signup_id };
		});
		this.#changed();
		const done = outcomes.filter(({ outcome }) => outcome !== 'refused').map(({ id }) => id);
		this.#write(changed, done);
	}

	#wait(error: unknown): void {
		const signIn = error instanceof DataError && (error.status === 401 || error.code === 'sign_in_first');
		this.#holdFor(signIn ? 'sign-in' : 'offline');
		const pauses = this.#parts.pauses ?? PAUSES;
		const pause = pauses[Math.min(this.#failures++, pauses.length - 1)]!;
		// Phones that lost the signal together shall not come back together.
		this.#timer = setTimeout(() => void this.flush(), pause * (0.75 + Math.random() / 2));
	}

	#holdFor(hold: Hold): void {
		if (hold === this.#hold) return;
		this.#hold = hold;
		this.#changed();
	}

	/** Writes happen one after the other; a browser that refuses one is said so, the records stay in the page. */
	#write(put: readonly Queued[], drop: readonly string[] = []): void {
		this.#writes = this.#writes
			.then(async () => (await this.#parts.queue).write(put, drop))
			.catch(() => {
				this.#durable = false;
				this.#changed();
			});
	}
}

/** What can be sent in one request: records of one kind that follow each other; a walk-in goes alone. */
export function nextBatch(waiting: readonly LocalRecord[]): DayRecord[] {
	const first = waiting[0]?.record;
	if (!first) return [];
	if (first.type === 'walk_in') return [first];
	const end = waiting.findIndex(({ record }) => record.type !== first.type);
	return waiting.slice(0, Math.min(end === -1 ? waiting.length : end, BATCH)).map(({ record }) => record);
}

/** A record that speaks of a walk-in, with the sign-up which that party turned out to have. */
function renamed(record: DayRecord, aliases: ReadonlyMap<string, string>): DayRecord {
	if (record.type !== 'attendance') return record;
	const signup_id = aliases.get(record.signup_id);
	return signup_id ? { ...record, signup_id } : record;
}

export const [getRecorder, setRecorder] = createContext<Recorder>();
