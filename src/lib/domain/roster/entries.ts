/* Result entries of one task as one reads them: each with its corrections, the newest counting. */
import { groupBy } from '../group-by';
import type { LocalRecord, ResultFigures } from './records';

/** An entry as the server has it. */
export interface ResultEntry extends ResultFigures {
	id: string;
	/** The first entry of a chain of corrections; its own id if there is none. */
	root_id: string;
	task_id: string;
	at: string;
	device_id: string;
	seq: number;
	late: boolean;
	accepted_at: string | null;
	/** Who wrote it, where the reader may know. */
	by: string | null;
	/** Copied from paper. Absent in what was taken along long ago. */
	keyed?: boolean | undefined;
}

export interface EntryVersion extends ResultFigures {
	id: string;
	at: number;
	by: string | null;
	keyed?: boolean | undefined;
	waiting: boolean;
	/** Came after the closing and was not accepted yet. */
	undecided: boolean;
}

/** One entry with its history. */
export interface EntryChain {
	rootId: string;
	/** What counts (or, if nothing counts yet, waits for an organizer). */
	current: EntryVersion;
	/** What stood before it, newest first; what waits for an organizer too. */
	earlier: EntryVersion[];
	/** The correction that counts says nothing any more. */
	withdrawn: boolean;
}

interface Known extends EntryVersion {
	root: string;
	device: string;
	seq: number;
}

/** Every entry of a task, oldest first, from what the server knew and what this phone wrote. */
export function entryChains(
	entries: readonly ResultEntry[],
	local: readonly LocalRecord[],
	task: string,
	me: string | null = null
): EntryChain[] {
	const known = new Map<string, Known>();
	for (const { record, state } of local) {
		if (record.type !== 'result' || record.task_id !== task) continue;
		known.set(record.id, {
			...record,
			root: record.corrects ?? record.id,
			device: record.device_id,
			at: Date.parse(record.at),
			by: me,
			waiting: state === 'waiting',
			undecided: state === 'late'
		});
	}
	for (const entry of entries) {
		if (entry.task_id !== task) continue;
		known.set(entry.id, {
			...entry,
			root: entry.root_id,
			device: entry.device_id,
			at: Date.parse(entry.at),
			waiting: false,
			undecided: entry.late && entry.accepted_at === null
		});
	}
	return [...groupBy(known.values(), (entry) => entry.root)]
		.map(([rootId, versions]) => chain(rootId, versions.toSorted(newestFirst)))
		.toSorted((a, b) => firstAt(a) - firstAt(b));
}

function chain(rootId: string, versions: Known[]): EntryChain {
	const current = versions.find((version) => !version.undecided) ?? versions[0]!;
	return {
		rootId,
		current,
		earlier: versions.filter((version) => version !== current),
		withdrawn: saysNothing(current)
	};
}

const firstAt = ({ current, earlier }: EntryChain) => Math.min(current.at, ...earlier.map(({ at }) => at));

/** Whether no figure is given; as a correction, this withdraws the entry. */
export const saysNothing = (figures: ResultFigures): boolean =>
	[figures.bags, figures.kg, figures.loads, figures.metres, figures.corners, figures.adverts].every(
		(figure) => figure === null
	) && figures.note.trim() === '';

/** A correction comes after what it corrects, whatever the clocks of two phones say. */
function newestFirst(a: Known, b: Known): number {
	const first = Number(a.id === a.root) - Number(b.id === b.root);
	return first || b.at - a.at || order(b.device, a.device) || b.seq - a.seq || order(b.id, a.id);
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** What the entries that count add up to. */
export function sumEntries(chains: readonly EntryChain[]) {
	const sum = {
		bags: 0,
		kgWeighed: 0,
		kgEstimated: 0,
		loads: 0,
		metres: 0,
		corners: 0,
		adverts: 0,
		entries: 0
	};
	for (const { current, withdrawn } of chains) {
		if (withdrawn || current.undecided) continue;
		sum.entries += 1;
		sum.bags += current.bags ?? 0;
		sum[current.weighed ? 'kgWeighed' : 'kgEstimated'] += current.kg ?? 0;
		sum.loads += current.loads ?? 0;
		sum.metres += current.metres ?? 0;
		sum.corners += current.corners ?? 0;
		sum.adverts += current.adverts ?? 0;
	}
	return sum;
}

/** What a full bag of mixed rubbish usually weighs; offered as an estimate, never stored unasked. */
export const KG_PER_BAG = 8;

/** Kilograms that so many bags probably weigh; null when there are none. */
export const estimateKg = (bags: number | null): number | null => (bags ? bags * KG_PER_BAG : null);

/** How many metres beyond the drain's length a figure would bring the day's sum; 0: none, null: the length is unknown. */
export function excessMetres(length: number | null, others: number, own: number): number | null {
	return length === null ? null : Math.max(0, Math.round((others + own - length) * 10) / 10);
}
