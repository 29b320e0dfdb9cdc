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
		this.#state = { ...this.#state, offset: Math.round(Date.parse(serverTime) - (asked + received) / 2) };
		keep(KEY, this.#state);
	}

	/** Which phone this is, and the instant by the server's clock: what it signs that is no record. */
	mark(): { device_id: string; at: string } {
		return { device_id: this.#state.id, at: new Date(this.now()).toISOString() };
	}

	/** The stamp of the next record. Another tab may have counted on meanwhile. */
	stamp(deviceTime = Date.now()): Stamp {
		const seq = Math.max(this.#state.seq, kept<Kept>(KEY)?.seq ?? 0) + 1;
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
