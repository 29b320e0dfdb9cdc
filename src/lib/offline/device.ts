/** This phone as its records name it: which device, the how-manieth record, and how far its clock is off. */
import { keep, kept } from '$lib/data/kept';
import { dateAt, holds, offsetAround, type ZoneOffset } from '$lib/domain/calendar/zone-offset';
import type { Stamp } from '$lib/domain/roster';
import { newId } from '$lib/uuid';
import {
	afterJump,
	instantOf,
	latest,
	learnt,
	notBefore,
	recorded,
	setRight,
	UNKNOWN,
	type Clock
} from './clock';

const KEY = 'last-friday-device';

/** What was kept by an earlier version knows of the clock only its offset. */
interface Kept extends Partial<Clock> {
	id: string;
	seq: number;
	/** Of the district. */
	zone?: ZoneOffset;
}

/** The device's clock, and one that nobody can set: milliseconds of which only differences mean something. */
export interface Clocks {
	wall: () => number;
	steady: () => number;
}

export class Device {
	readonly #id: string;
	#seq: number;
	#clock: Clock;
	#zone: ZoneOffset | undefined;
	#clocks: Clocks;
	/** How far the device's clock was ahead of the steady one when it was looked at last. */
	#ahead: number;

	constructor(
		state: Kept | undefined = kept<Kept>(KEY),
		clocks: Clocks = { wall: () => Date.now(), steady: () => performance.now() }
	) {
		const { id, seq, zone, ...clock } = state ?? { id: newId(), seq: 0 };
		this.#id = id;
		this.#seq = seq;
		this.#zone = zone;
		this.#clock = { ...UNKNOWN, ...clock };
		this.#clocks = clocks;
		this.#ahead = clocks.wall() - clocks.steady();
	}

	/** Which phone this is, to the server. */
	get id(): string {
		return this.#id;
	}

	/** The instant by the server's clock, as well as this phone knows it, when its own shows this. */
	now(deviceTime = this.#clocks.wall()): number {
		return instantOf(this.#right(), deviceTime);
	}

	/** An instant by the server's clock that has certainly passed; 0: none is known. */
	get passed(): number {
		return this.#clock.passed;
	}

	/** Whether it may be so late already, as far as this phone knows: one whose battery was flat does not know it well. */
	mayHaveCome(instant: number, deviceTime = this.#clocks.wall()): boolean {
		return instant <= latest(this.#right(), deviceTime);
	}

	/** What was taken along says the server's time when it was: it is not earlier now. */
	knows(serverTime: string): void {
		this.#set(notBefore(this.#clock, Date.parse(serverTime)));
	}

	/** Something is recorded that happens at this instant at the earliest; a phone that has lost the time learns from it. */
	begins(instant: number): void {
		if (this.#right().guessed && this.mayHaveCome(instant)) this.#set(notBefore(this.#clock, instant));
	}

	/** The date there; a phone that has lost the time takes one of these days for today if it may be, and what it knows is none of them. */
	today(zone: string, days: readonly string[]): string {
		const date = (instant: number): string => dateAt(instant, this.#offset(instant, zone));
		const from = date(this.now());
		if (days.includes(from)) return from;
		const to = date(latest(this.#clock, this.#clocks.wall()));
		return days.toSorted().find((day) => day > from && day <= to) ?? from;
	}

	#offset(instant: number, zone: string): ZoneOffset {
		if (holds(this.#zone, instant, zone)) return this.#zone;
		this.#zone = offsetAround(instant, zone);
		this.#keep();
		return this.#zone;
	}

	/** Steady clocks stand still while a phone sleeps, which looks like a jump too. */
	#right(): Clock {
		const wall = this.#clocks.wall();
		const ahead = wall - this.#clocks.steady();
		this.#set(setRight(afterJump(this.#clock, ahead - this.#ahead), wall));
		this.#ahead = ahead;
		return this.#clock;
	}

	#set(clock: Clock): void {
		if (clock === this.#clock) return;
		this.#clock = clock;
		this.#keep();
	}

	/** Whatever is kept is kept with the count as it stands: another tab may have counted on since. */
	#keep(): void {
		this.#seq = this.#counted();
		keep(KEY, {
			id: this.#id,
			seq: this.#seq,
			...this.#clock,
			...(this.#zone && { zone: this.#zone })
		} satisfies Kept);
	}

	/** Learns the server's clock from an answer that said its time, asked for and received at these device times. */
	learn(serverTime: string, asked: number, received: number): void {
		this.#set(learnt(Date.parse(serverTime), asked, received));
	}

	/**
	 * Counts on from what this phone is seen to have recorded, and it is not earlier than that: a browser that is killed may lose
	 * what it writes down at its leisure, but not the records.
	 */
	countFrom(records: Iterable<{ device_id: string; seq: number; at?: string }>): void {
		for (const { device_id, seq, at } of records) {
			if (device_id !== this.#id) continue;
			this.#seq = Math.max(this.#seq, seq);
			if (at !== undefined) this.#clock = recorded(this.#clock, Date.parse(at));
		}
	}

	/** Which phone this is, and the instant by the server's clock: what it signs that is no record. */
	mark(): { device_id: string; at: string } {
		return { device_id: this.#id, at: new Date(this.now()).toISOString() };
	}

	/** Of the last record; another tab may have counted on meanwhile. */
	#counted(): number {
		return Math.max(this.#seq, kept<Kept>(KEY)?.seq ?? 0);
	}

	/** The stamp of the next record. */
	stamp(deviceTime = this.#clocks.wall()): Stamp {
		const at = this.now(deviceTime);
		this.#seq = this.#counted() + 1;
		this.#clock = recorded(this.#clock, at);
		this.#keep();
		return {
			seq: this.#seq,
			device_id: this.#id,
			at: new Date(at).toISOString(),
			device_time: new Date(deviceTime).toISOString(),
			clock_offset_ms: this.#clock.offset
		};
	}
}
