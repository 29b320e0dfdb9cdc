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

export class Device {
	#state: Kept;

	constructor(state: Kept | undefined = kept<Kept>(KEY)) {
		this.#state = state ?? { id: newId(), seq: 0, offset: 0 };
	}

	/** The instant by the server's clock, as well as this phone knows it. */
	now(deviceTime = Date.now()): number {
		return deviceTime + this.#state.offset;
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
	stamp(deviceTime = Date.now()): Stamp {
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
