/** Takes a gathering along: its package, the app's files, and the browser's word not to clear them away. */
import type { Client } from '$lib/data/client';
import { readDayPackage, type DayPackage } from '$lib/data/day-package';
import { keepEverything } from '../app-update';
import type { Device } from '../device';
import { askToPersist } from '../storage/durability';
import { dropPacks, putPack } from './packs';

/** What the server says now, put away for when it cannot be asked; sets the device's clock right. @throws DataError */
export async function readAndKeep(
	client: Client,
	person: string,
	gathering: string,
	device: Device
): Promise<DayPackage> {
	const asked = Date.now();
	const day = await readDayPackage(client, gathering);
	device.learn(day.server_time, asked, Date.now());
	// A phone that is full shows what was read all the same.
	await putPack(person, day).catch(() => {});
	return day;
}

/** All that the day needs on this phone. @throws DataError, or DOMException when the phone keeps nothing */
export async function fetchPack(
	client: Client,
	person: string,
	gathering: string,
	device: Device
): Promise<void> {
	void askToPersist();
	await dropPacks('over');
	const asked = Date.now();
	const day = await readDayPackage(client, gathering);
	device.learn(day.server_time, asked, Date.now());
	await putPack(person, day);
	await keepEverything();
}
