/** What the app does by itself when a leader opens it, on whatever page: take today along, and send what waits. */
import type { Session } from '$lib/data/session.svelte';
import { today } from '$lib/domain/calendar/today';
import { Device } from './device';
import { sendWaiting } from './executor/worker';
import { fetchPack, reportWaiting } from './pack/fetch';
import { tidyUp } from './pack/tidy-up';

export async function attend(session: Session): Promise<void> {
	const { me, client } = session;
	const person = me.person_id;
	const device = new Device();
	const date = today(new Date(device.now()), me.zone);
	const gatherings = new Set(
		me.crews.flatMap(({ gathering_id, date: on }) => (on === date && gathering_id ? [gathering_id] : []))
	);
	await tidyUp(device.passed);
	for (const gathering of gatherings) await fetchPack(client, person, gathering, device).catch(() => {});
	await sendWaiting(person, (renew) => session.connection(person, renew));
	// Another may have signed in meanwhile: what this phone holds is not theirs to report.
	if (!(await session.connection(person).catch(() => null))) return;
	for (const gathering of gatherings) await reportWaiting(client, person, gathering, device);
}
