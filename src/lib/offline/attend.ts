/** What the app does by itself when whoever runs a day opens it, on whatever page: take today along, and send what waits. */
import type { Session } from '$lib/data/session.svelte';
import { readGatheringsOn } from '$lib/data/roster';
import { today } from '$lib/domain/calendar/today';
import { idle } from '$lib/moments';
import { keepEverything } from './app-update';
import { Device } from './device';
import { sendWaiting } from './executor/worker';
import { fetchPack, reportWaiting } from './pack/fetch';
import { takePack } from './pack/packs';
import { tidyUp } from './pack/tidy-up';

/** Milliseconds for which what was taken along is as good as new: people go from page to page. */
const FRESH_FOR = 5 * 60_000;

export async function attend(session: Session): Promise<void> {
	const { me, client } = session;
	const person = me.person_id;
	const device = new Device();
	// The page that is being opened comes first.
	await idle();
	await tidyUp(device.passed);
	const gatherings = await gatheringsToday(session, device);
	for (const gathering of gatherings) {
		if (await isFresh(person, gathering, device)) await keepEverything();
		else await fetchPack(client, person, gathering, device).catch(() => {});
	}
	await sendWaiting(person, (renew) => session.connection(person, renew));
	// Another may have signed in meanwhile: what this phone holds is not theirs to report.
	if (!(await session.connection(person).catch(() => null))) return;
	for (const gathering of gatherings) await reportWaiting(client, person, gathering, device);
}

/** Whose crew the person leads today, and those of the very areas they organize: an office for a whole district runs none. */
async function gatheringsToday(
	{ me, client, organizedAreas }: Session,
	device: Device
): Promise<Set<string>> {
	const date = today(new Date(device.now()), me.zone);
	const led = me.crews.flatMap(({ gathering_id, date: on }) =>
		on === date && gathering_id ? [gathering_id] : []
	);
	const areas = organizedAreas.map(({ area_id }) => area_id);
	const organized = areas.length > 0 ? await readGatheringsOn(client, areas, date).catch(() => []) : [];
	return new Set([...led, ...organized]);
}

async function isFresh(person: string, gathering: string, device: Device): Promise<boolean> {
	const pack = await takePack(person, gathering);
	return pack !== undefined && Math.abs(device.now() - Date.parse(pack.content.server_time)) < FRESH_FOR;
}
