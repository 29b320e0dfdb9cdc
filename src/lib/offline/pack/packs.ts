/** The day packs of this phone: put away when the server answers, taken out first, gone on sign-out and a week after their day. */
import type { DayPackage } from '$lib/data/day-package';
import { withDatabase } from '../storage/database';
import type { DayPack as StoredPack } from './pack';

export type DayPack = StoredPack<DayPackage>;

/** Milliseconds after the day on which a pack is deleted. */
const KEEP_FOR = 8 * 24 * 60 * 60 * 1000;

const keyOf = (person: string, gathering: string) => `${person} ${gathering}`;
const isOver = (pack: StoredPack, now: number) => now > Date.parse(pack.date) + KEEP_FOR;

/** Whether two answers say the same, whenever they were given. */
const says = ({ server_time: _, records, ...day }: DayPackage) =>
	JSON.stringify([day, records.map(({ server_time: __, ...one }) => one)]);

let last: { key: string; says: string; written: number } | undefined;

/** Puts away what the server said. What has not changed is written anew once a minute, so that an old phone need not all the time. */
export async function putPack(person: string, content: DayPackage, fetched_at = Date.now()): Promise<void> {
	const key = keyOf(person, content.gathering.id);
	const text = says(content);
	if (last?.key === key && last.says === text && fetched_at - last.written < 60_000) return;
	const { date, id: gathering } = content.gathering;
	await withDatabase((db) =>
		db.put('packs', { key, version: 1, person, gathering, date, content, fetched_at })
	);
	last = { key, says: text, written: fetched_at };
}

/** What this phone has of a gathering; undefined: nothing, or the browser keeps nothing. */
export async function takePack(person: string, gathering: string): Promise<DayPack | undefined> {
	const pack = await withDatabase((db) => db.get('packs', keyOf(person, gathering))).catch(() => undefined);
	return pack && !isOver(pack, Date.now()) ? (pack as DayPack) : undefined;
}

/** Everything this phone has for a person, soonest day first. */
export async function takePacks(person: string): Promise<DayPack[]> {
	const packs = await withDatabase((db) => db.getAll('packs')).catch(() => []);
	return (packs as DayPack[])
		.filter((pack) => pack.person === person && !isOver(pack, Date.now()))
		.toSorted((a, b) => a.date.localeCompare(b.date));
}

/** Deletes packs whose day is a week gone, or, on sign-out, all of them. */
export async function dropPacks(which: 'over' | 'all', now = Date.now()): Promise<void> {
	last = undefined;
	await withDatabase(async (db) => {
		if (which === 'all') return db.clear('packs');
		for (const pack of await db.getAll('packs')) if (isOver(pack, now)) await db.delete('packs', pack.key);
	}).catch(() => {});
}
