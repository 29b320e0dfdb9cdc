import type { DayRecord } from '$lib/domain/roster';
import { takePacks } from './packs';

/** Whom records speak of, by the id of their sign-up: those this phone took along, and those who came by one of these records. */
export async function namesIn(
	person: string,
	records: readonly DayRecord[]
): Promise<ReadonlyMap<string, string>> {
	const packs = await takePacks(person);
	return new Map([
		...packs.flatMap(({ content }) => content.parties.map(({ id, name }) => [id, name] as const)),
		...records.flatMap((record) => (record.type === 'walk_in' ? [[record.id, record.name] as const] : []))
	]);
}
