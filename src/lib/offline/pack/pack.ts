/** What a phone takes along for one gathering, so that the day runs without a signal. */
import type { DayPackage } from '$lib/data/day-package';

export interface DayPack {
	/** Person and gathering: a pack holds no more than its owner may see, and is shown to nobody else. */
	key: string;
	version: 1;
	person: string;
	gathering: string;
	date: string;
	content: DayPackage;
	/** When the server was asked, by this device's clock. */
	fetched_at: number;
}
