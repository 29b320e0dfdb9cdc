/** All that running a gathering needs, in one answer: what a phone takes along. */
import type { DayRoster, TaskRecords } from './roster';

export interface DayPackage extends DayRoster {
	/** Of every task in the roster: entries with who wrote them, metres, photos. */
	records: TaskRecords[];
}
