import { isLocalDate, parseLocalDate } from '$lib/domain/calendar/local-date';
import {
	addExtraHoliday,
	readExtraHolidays,
	removeExtraHoliday,
	type ExtraHoliday
} from '$lib/data/labour-days';
import { browserClient } from '$lib/data/client';
import { act } from '$lib/data/act';
import { getLocale } from '$lib/paraglide/runtime';

/** The rules with the list of holidays: loaded by the first page that needs them, and by no other. */
const rules = () =>
	Promise.all([import('$lib/domain/calendar/holidays'), import('$lib/domain/calendar/moves')]).then(
		([holidays, moves]) => ({ ...holidays, ...moves })
	);

export interface HolidayNote {
	/** 'unannounced': nobody can say yet; the name is that of a festival by the lunar calendar, if one falls on it. */
	kind: 'holiday' | 'unannounced';
	name: string | null;
}

/** What is known of holidays: announced ones and those an admin added. Until it is loaded it says nothing. */
export class Holidays {
	#rules = $state.raw<Awaited<ReturnType<typeof rules>>>();
	#extra = $state.raw<ExtraHoliday[]>([]);
	#added = $derived(
		this.#extra.flatMap((holiday) => (isLocalDate(holiday.date) ? { ...holiday, date: holiday.date } : []))
	);

	get extra(): readonly ExtraHoliday[] {
		return this.#extra;
	}

	/** A failure leaves the days without flags; the page works without them. */
	async load(): Promise<void> {
		const [known, extra] = await Promise.allSettled([rules(), browserClient().then(readExtraHolidays)]);
		if (extra.status === 'fulfilled') this.#extra = extra.value;
		if (known.status === 'fulfilled') this.#rules = known.value;
	}

	/** What is to be said of a date, if anything. */
	on(date: string): HolidayNote | undefined {
		if (!this.#rules) return undefined;
		const { status, name_zh, name_en } = this.#rules.holidayOn(parseLocalDate(date), this.#added);
		const name = getLocale() === 'en' ? name_en : name_zh;
		return status === 'holiday' || status === 'unannounced' ? { kind: status, name } : undefined;
	}

	/** Two dates to hold a labour day on instead. */
	proposals(date: string, today: string, taken: readonly string[]) {
		return (
			this.#rules?.proposeMoves(parseLocalDate(date), {
				added: this.#added,
				earliest: parseLocalDate(today),
				taken: taken.map(parseLocalDate)
			}) ?? []
		);
	}

	/** @throws Error in words */
	async add(holiday: ExtraHoliday): Promise<void> {
		await act((client) => addExtraHoliday(client, holiday));
		await this.load();
	}

	/** @throws Error in words */
	async remove(date: string): Promise<void> {
		await act((client) => removeExtraHoliday(client, date));
		await this.load();
	}
}
