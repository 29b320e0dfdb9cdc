/**
 * When packs go from the phone: on sign-out, and a week after their day. The service worker knows no more of packs than this,
 * and of which gatherings they are.
 */
import { withDatabase } from '../storage/database';
import type { DayPack } from './pack';

export const keyOf = (person: string, gathering: string) => `${person} ${gathering}`;

/** Milliseconds after the day on which a pack is deleted. */
export const KEEP_FOR = 8 * 24 * 60 * 60 * 1000;

const isOver = (pack: DayPack, now: number): boolean => now > Date.parse(pack.date) + KEEP_FOR;

let left = 0;
/** How many have signed out on this page: what was asked for before is not put away after. */
export const departures = (): number => left;

/** On sign-out. */
export async function dropAllPacks(): Promise<void> {
	left++;
	await withDatabase((db) => db.clear('packs')).catch(() => {});
}

/** Deletes packs whose day is a week gone at this instant. */
export async function dropPacksOver(now: number): Promise<void> {
	await withDatabase(async (db) => {
		for (const pack of await db.getAll('packs')) if (isOver(pack, now)) await db.delete('packs', pack.key);
	}).catch(() => {});
}

/** Of which gatherings this person has taken the roster along. */
export const gatheringsOf = (person: string): Promise<string[]> =>
	withDatabase((db) => db.getAllKeys('packs')).then(
		(keys) =>
			keys.flatMap((key) => (key.startsWith(keyOf(person, '')) ? key.slice(keyOf(person, '').length) : [])),
		() => []
	);
