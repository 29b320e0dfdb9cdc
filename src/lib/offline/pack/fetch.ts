/** Takes a gathering along: its package, the app's files, and the browser's word not to clear them away. */
import type { Client } from '$lib/data/client';
import { readDayPackage, type DayPackage } from '$lib/data/day-package';
import { DataError } from '$lib/data/errors';
import { reportPhone } from '$lib/data/roster';
import { keepEverything } from '../app-update';
import type { Device } from '../device';
import { askToPersist } from '../storage/durability';
import { countWaiting } from '../storage/count';
import { noteRoster } from './held-rosters';
import { departures } from './drop';
import { dropPack, putPack } from './packs';

/** What the server says now; sets the device's clock right. Who may no longer see it, or signed out meanwhile, keeps nothing of it either. @throws DataError */
async function read(client: Client, person: string, gathering: string, device: Device): Promise<DayPackage> {
	const [asked, before] = [Date.now(), departures()];
	try {
		const day = await readDayPackage(client, gathering);
		if (departures() !== before) throw new DataError('sign_in_first');
		device.learn(day.server_time, asked, Date.now());
		return day;
	} catch (error) {
		if (error instanceof DataError && ['not_yours', 'gone'].includes(error.code))
			await dropPack(person, gathering);
		throw error;
	}
}

/** Tells whoever closes the gathering what this phone still holds. A failure is told again by the page that records. */
export async function reportWaiting(
	client: Client,
	person: string,
	gathering: string,
	device: Device
): Promise<void> {
	const { device_id, at } = device.mark();
	await reportPhone(client, gathering, { device: device_id, at, ...(await countWaiting(person)) }).catch(
		() => {}
	);
}

/**
 * What the server says now, put away for when it cannot be asked.
 * @returns `kept`: the phone has it, so that nothing else need keep what it says @throws DataError
 */
export async function readAndKeep(
	client: Client,
	person: string,
	gathering: string,
	device: Device
): Promise<{ day: DayPackage; kept: boolean }> {
	const day = await read(client, person, gathering, device);
	// A phone that is full shows what was read all the same.
	const kept = await putPack(person, day).then(
		() => true,
		() => false
	);
	return { day, kept };
}

/** All that the day needs on this phone; whoever closes the gathering is told of it. @throws DataError, or DOMException when the phone keeps nothing */
export async function fetchPack(
	client: Client,
	person: string,
	gathering: string,
	device: Device
): Promise<void> {
	void askToPersist();
	await putPack(person, await read(client, person, gathering, device));
	noteRoster(gathering);
	await reportWaiting(client, person, gathering, device);
	await keepEverything();
}
