/** What the app does by itself when a leader opens it, on whatever page: take today along, and send what waits. */
import type { Session } from '$lib/data/session.svelte';
import { today } from '$lib/domain/calendar/today';
import { Device } from './device';
import { sendWaiting } from './executor/worker';
import { fetchPack, reportWaiting } from './pack/fetch';
import { tidyUp } from './pack/tidy-up';

export async function attend(session: Session): Promise<void> {
	const { me, client } = session;
	const device = new Device();
	const date = today(new Date(device.now()), me.zone);
	const gatherings = new Set(
		me.crews.flatMap(({ gathering_id, date: on }) => (on === date && gathering_id ? [gathering_id] : []))
	);
	await tidyUp();
	for (const gathering of gatherings)
		await fetchPack(client, me.person_id, gathering, device).catch(() => {});
	await sendWaiting(me.person_id, (renew) => session.connection(renew));
	for (const gathering of gatherings) await reportWaiting(client, me.person_id, gathering, device);
}
