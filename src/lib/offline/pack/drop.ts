/** When packs go from the phone: on sign-out, and a week after their day. The service worker knows no more of packs than this. */
import { withDatabase } from '../storage/database';
import type { DayPack } from './pack';

/** Milliseconds after the day on which a pack is deleted. */
export const KEEP_FOR = 8 * 24 * 60 * 60 * 1000;

export const isOver = (pack: DayPack, now: number): boolean => now > Date.parse(pack.date) + KEEP_FOR;

let left = 0;
/** How many have signed out on this page: what was asked for before is not put away after. */
export const departures = (): number => left;

/** Deletes packs whose day is a week gone, or, on sign-out, all of them. */
export async function dropPacks(which: 'over' | 'all', now = Date.now()): Promise<void> {
	if (which === 'all') left++;
	await withDatabase(async (db) => {
		if (which === 'all') return db.clear('packs');
		for (const pack of await db.getAll('packs')) if (isOver(pack, now)) await db.delete('packs', pack.key);
	}).catch(() => {});
}
