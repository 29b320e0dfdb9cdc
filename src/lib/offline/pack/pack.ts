/** What a phone takes along for one gathering, so that the day runs without a signal. */

/** @typeParam Content what is put away; the database holds it without looking into it, as the service worker does */
export interface DayPack<Content = unknown> {
	/** Person and gathering: a pack holds no more than its owner may see, and is shown to nobody else. */
	key: string;
	/** Since 2 the parties are in the order of their names. */
	version: 1 | 2;
	person: string;
	gathering: string;
	date: string;
	content: Content;
}
