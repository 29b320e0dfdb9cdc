/** What the app does by itself when a leader opens it, on whatever page: take today along, and send what waits. */
import type { Session } from '$lib/data/session.svelte';
import { today } from '$lib/domain/calendar/today';
import { Device } from './device';
import { sendWaiting } from './executor/worker';
import { fetchPack, reportWaiting } from './pack/fetch';
import { dropPack } from './pack/packs';
import { tidyUp } from './pack/tidy-up';

export async function attend(session: Session): Promise<void> {
	const { me, client } = session;
	/** Somebody else may have signed in while it waited for a slow line: then nothing is kept, or sent, of the one before. */
	const still = () => session.status === 'ready' && session.me.person_id === me.person_id;
	const device = new Device();
	const date = today(new Date(device.now()), me.zone);
	const gatherings = new Set(
		me.crews.flatMap(({ gathering_id, date: on }) => (on === date && gathering_id ? [gathering_id] : []))
	);
	await tidyUp();
	for (const gathering of gatherings) {
		await fetchPack(client, me.person_id, gathering, device).catch(() => {});
		if (!still()) return dropPack(me.person_id, gathering);
	}
	await sendWaiting(me.person_id, async (renew) => {
		const to = await session.connection(renew);
		return still() ? to : null;
	});
	if (still())
		for (const gathering of gatherings) await reportWaiting(client, me.person_id, gathering, device);
}
