import { instantAt } from '$lib/domain/calendar/gathering-interval';
import { parseLocalDate } from '$lib/domain/calendar/local-date';
import type { KeyedRow } from '$lib/domain/keyin';
import { present, takeBack, type ResultFigures } from '$lib/domain/roster';
import type { DayRoster } from '$lib/data/roster';
import type { NewRecord, Recorder } from '$lib/offline/recorder';

export interface KeyedLine {
	key: string;
	name: string;
	words: string;
	/** What takes it back. */
	undo: NewRecord[];
}

export interface Newcomer {
	name: string;
	task: string | null;
	/** Whoever keys it in knows that there were children at a dangerous site. */
	knowing: boolean;
}

/** Keyed as well: after the closing it counts at once, as what it takes back did. */
const undoing = (signup: string, event: string): NewRecord => ({ ...takeBack(signup, event), keyed: true });

/** The filled sheets of one gathering on their way into the records, through the same recorder as the day itself. */
export class KeyedSheets {
	/** Newest first. */
	lines = $state.raw<KeyedLine[]>([]);
	#recorder: Recorder;

	constructor(recorder: Recorder) {
		this.#recorder = recorder;
	}

	/** A party's row: keyed again, it takes the place of what was keyed before. */
	party(roster: DayRoster, id: string, name: string, row: KeyedRow, words: string): void {
		const before = this.lines.find((line) => line.key === id);
		const said: NewRecord[] = [
			...(before?.undo ?? []),
			{ ...present(id, row.heads, row.minors), at: this.#instant(roster, row.came), keyed: true },
			...this.#leaving(roster, id, row)
		];
		const made = this.#recorder.record(...said).slice(before?.undo.length ?? 0);
		this.#list({ key: id, name, words, undo: made.map((record) => undoing(id, record.id)) });
	}

	/** Somebody written into an empty row. */
	newcomer(roster: DayRoster, { name, task, knowing }: Newcomer, row: KeyedRow, words: string): void {
		const [made] = this.#recorder.record({
			type: 'walk_in',
			gathering_id: roster.gathering.id,
			task_id: task,
			name,
			phone: null,
			headcount: row.heads,
			minors: row.minors,
			...(knowing && { minors_confirmed: true }),
			at: this.#instant(roster, row.came),
			keyed: true
		});
		if (made?.type !== 'walk_in') return;
		const left = this.#recorder.record(...this.#leaving(roster, made.id, row));
		const undo = [made.event_id, ...left.map(({ id }) => id)].map((event) => undoing(made.id, event));
		this.#list({ key: made.id, name, words, undo });
	}

	/** What a crew wrote down as done. */
	result(roster: DayRoster, task: string, name: string, figures: ResultFigures, words: string): void {
		const at = new Date(Math.min(Date.parse(roster.gathering.ends_at), this.#recorder.device.now()));
		const entry = { type: 'result', task_id: task, at: at.toISOString(), keyed: true } as const;
		const [made] = this.#recorder.record({ ...entry, ...figures, corrects: null });
		if (!made) return;
		const nothing = { bags: null, kg: null, loads: null, metres: null, corners: null, adverts: null };
		// Later than what it takes back, or the older of the two would stand.
		const taken = {
			...entry,
			...nothing,
			weighed: false,
			note: '',
			corrects: made.id,
			at: new Date(at.getTime() + 1).toISOString()
		};
		this.#list({ key: made.id, name, words, undo: [taken] });
	}

	takeBack(line: KeyedLine): void {
		this.#recorder.record(...line.undo);
		this.lines = this.lines.filter((other) => other !== line);
	}

	#leaving(roster: DayRoster, id: string, row: KeyedRow): NewRecord[] {
		return row.left === null
			? []
			: [{ ...present(id, 0, 0), at: this.#instant(roster, row.left), keyed: true }];
	}

	#instant({ gathering }: DayRoster, time: string): string {
		return instantAt(parseLocalDate(gathering.date), time, gathering.time_zone).toISOString();
	}

	#list(line: KeyedLine): void {
		this.lines = [line, ...this.lines.filter(({ key }) => key !== line.key)];
	}
}
