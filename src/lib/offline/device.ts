/** This phone as its records name it: which device, the how-manieth record, and how far its clock is off. */
import { keep, kept } from '$lib/data/kept';
import type { Stamp } from '$lib/domain/roster';
import { newId } from '$lib/uuid';

const KEY = 'last-friday-device';

interface Kept {
	id: string;
	seq: number;
	/** Milliseconds that the server's clock is ahead. */
	offset: number;
}

/** Below this a clock is as right as one sets it by hand, or by a network. */
const CLOSE = 60_000;

/** The device's clock, and one that nobody can set: milliseconds of which only differences mean something. */
export interface Clocks {
	wall: () => number;
	steady: () => number;
}

export class Device {
	#state: Kept;
	#clocks: Clocks;
	/** How far the device's clock was ahead of the steady one when it was looked at last. */
	#ahead: number;

	constructor(
		state: Kept | undefined = kept<Kept>(KEY),
		clocks: Clocks = { wall: () => Date.now(), steady: () => performance.now() }
	) {
		this.#state = state ?? { id: newId(), seq: 0, offset: 0 };
		this.#clocks = clocks;
		this.#ahead = clocks.wall() - clocks.steady();
	}

	/** The instant by the server's clock, as well as this phone knows it. */
	now(deviceTime = this.#clocks.wall()): number {
		this.#watch();
		return deviceTime + this.#state.offset;
	}

	/**
	 * Somebody has put the clock right after this phone had learnt how wrong it was: what was learnt no longer holds. Only a
	 * jump by just that much is taken for it: steady clocks stand still while a phone sleeps, which looks like a jump too.
	 */
	#watch(): void {
		const ahead = this.#clocks.wall() - this.#clocks.steady();
		const jump = ahead - this.#ahead;
		const { offset } = this.#state;
		if (Math.abs(offset) > 2 * CLOSE && Math.abs(jump - offset) < CLOSE) {
			this.#state = { ...this.#state, offset: Math.round(offset - jump) };
			keep(KEY, this.#state);
		}
		this.#ahead = ahead;
	}

	/** Learns the server's clock from an answer that said its time, asked for and received at these device times. */
	learn(serverTime: string, asked: number, received: number): void {
		const offset = Math.round(Date.parse(serverTime) - (asked + received) / 2);
		this.#state = { ...this.#state, seq: this.#counted(), offset };
		keep(KEY, this.#state);
	}

	/**
	 * Counts on from what this phone is seen to have recorded: a browser that is killed may lose the count, which it writes
	 * down at its leisure, but not the records.
	 */
	countFrom(records: Iterable<{ device_id: string; seq: number }>): void {
		let { seq } = this.#state;
		for (const record of records) if (record.device_id === this.#state.id) seq = Math.max(seq, record.seq);
		this.#state = { ...this.#state, seq };
	}

	/** Which phone this is, and the instant by the server's clock: what it signs that is no record. */
	mark(): { device_id: string; at: string } {
		return { device_id: this.#state.id, at: new Date(this.now()).toISOString() };
	}

	/** Of the last record; another tab may have counted on meanwhile. */
	#counted(): number {
		return Math.max(this.#state.seq, kept<Kept>(KEY)?.seq ?? 0);
	}

	/** The stamp of the next record. */
	stamp(deviceTime = this.#clocks.wall()): Stamp {
		this.#watch();
		const seq = this.#counted() + 1;
		this.#state = { ...this.#state, seq };
		keep(KEY, this.#state);
		return {
			seq,
			device_id: this.#state.id,
			at: new Date(this.now(deviceTime)).toISOString(),
			device_time: new Date(deviceTime).toISOString(),
			clock_offset_ms: this.#state.offset
		};
	}
}
