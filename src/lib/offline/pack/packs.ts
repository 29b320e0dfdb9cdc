/** The day packs of this phone: put away when the server answers, taken out first, gone on sign-out and a week after their day. */
import type { DayPackage } from '$lib/data/day-package';
import type { TaskRecords } from '$lib/data/roster';
import { inOrder } from '$lib/domain/roster';
import { keyOf } from './drop';
import { newer, withRecords } from './merge';
import { withDatabase } from '../storage/database';
import type { DayPack as StoredPack } from './pack';

export type DayPack = StoredPack<DayPackage>;

/** Whether two answers say the same, whenever they were given. */
const says = ({ server_time: _, records, ...day }: DayPackage) =>
	JSON.stringify([day, records.map(({ server_time: __, ...one }) => one)]);

/**
 * Puts away what the server said. What has not changed is written anew once a minute, so that an old phone need not all the
 * time; an answer that was overtaken by a newer one, in another tab perhaps, is not put over it. @throws DOMException
 */
export async function putPack(person: string, content: DayPackage): Promise<void> {
	const { date, id: gathering } = content.gathering;
	const key = keyOf(person, gathering);
	await withDatabase(async (db) => {
		const change = db.transaction('packs', 'readwrite');
		const found = (await change.store.get(key)) as DayPack | undefined;
		const newest = found ? newer(content, found.content) : content;
		const age = found ? Date.parse(content.server_time) - Date.parse(found.content.server_time) : Infinity;
		const same = found && Math.abs(age) < 60_000 && says(found.content) === says(content);
		if (newest && !same)
			await change.store.put({ key, version: 2, person, gathering, date, content: newest });
		await change.done;
	});
}

/** Lets a pack go: what the server no longer shows this person, their phone shall not either. */
export async function dropPack(person: string, gathering: string): Promise<void> {
	await withDatabase((db) => db.delete('packs', keyOf(person, gathering))).catch(() => {});
}

/** What the server said of one task's records, put into the pack that has this task. @returns whether a pack has it @throws DOMException */
export async function putRecords(person: string, records: TaskRecords): Promise<boolean> {
	const { gathering_id: gathering } = records.task;
	if (gathering === null) return false;
	return withDatabase(async (db) => {
		const change = db.transaction('packs', 'readwrite');
		const pack = (await change.store.get(keyOf(person, gathering))) as DayPack | undefined;
		const content = pack && withRecords(pack.content, records);
		if (pack && content) await change.store.put({ ...pack, content });
		await change.done;
		return content !== undefined;
	});
}

/** As this version has it, whatever version put it away. */
const upgraded = (pack: DayPack): DayPack =>
	pack.version < 2
		? { ...pack, version: 2, content: { ...pack.content, parties: inOrder(pack.content.parties) } }
		: pack;

/** What this phone has of a gathering; undefined: nothing, or the browser keeps nothing. */
export async function takePack(person: string, gathering: string): Promise<DayPack | undefined> {
	const pack = await withDatabase((db) => db.get('packs', keyOf(person, gathering))).catch(() => undefined);
	return pack && upgraded(pack as DayPack);
}

/** Everything this phone has for a person, soonest day first. */
export async function takePacks(person: string): Promise<DayPack[]> {
	const packs = await withDatabase((db) => db.getAll('packs')).catch(() => []);
	return (packs as DayPack[])
		.filter((pack) => pack.person === person)
		.map(upgraded)
		.toSorted((a, b) => a.date.localeCompare(b.date));
}

/** The pack that has this task. */
export const takePackOf = async (person: string, task: string): Promise<DayPack | undefined> =>
	(await takePacks(person)).find(({ content }) => content.tasks.some(({ id }) => id === task));
