/*
 * Who moves up when room appears. The function in the database decides the same; this is what it is tested against.
 */

export interface WaitingParty {
	id: string;
	heads: number;
	/** Place in the queue; less is earlier. */
	position: number;
}

export interface Promotion {
	/** Who is in now, in the order in which they moved up. */
	promoted: WaitingParty[];
	/** Who still waits, in order. */
	waiting: WaitingParty[];
	/** Heads that have a place afterwards. */
	confirmedHeads: number;
}

/**
 * Moves parties up in order while there is room; a party moves whole. Who does not fit keeps the place in front, and only
 * then may a smaller party behind pass. A capacity of null has room for everybody; heads beyond the capacity (it was
 * lowered after people signed up) leave no room and send nobody back.
 */
export function promote(
	capacity: number | null,
	confirmedHeads: number,
	queue: readonly WaitingParty[]
): Promotion {
	const result: Promotion = { promoted: [], waiting: [], confirmedHeads };
	for (const party of queue.toSorted(byPosition)) {
		const fits = capacity === null || result.confirmedHeads + party.heads <= capacity;
		(fits ? result.promoted : result.waiting).push(party);
		if (fits) result.confirmedHeads += party.heads;
	}
	return result;
}

/**
 * Whether a party that signs up now gets a place at once: it fits, and nobody waits who would fit too. That can only be
 * after the deadline, when the waitlist has stopped promoting by itself; the room is the organizer's to give then.
 */
export function fitsAtOnce(
	capacity: number | null,
	confirmedHeads: number,
	heads: number,
	queue: readonly WaitingParty[] = []
): boolean {
	const fits = (party: number) => capacity === null || confirmedHeads + party <= capacity;
	return fits(heads) && !queue.some((waiting) => fits(waiting.heads));
}

function byPosition(a: WaitingParty, b: WaitingParty): number {
	return a.position - b.position || (a.id < b.id ? -1 : 1);
}
