import { listAreas, type Area } from '$lib/data/areas';
import type { Client } from '$lib/data/client';
import type { Session } from '$lib/data/session.svelte';
import { subtree, type Placed } from '$lib/domain/areas';

/** The areas the person organizes and all below them, in reading order. @throws DataError */
export const readOwnAreas = async (client: Client, session: Session): Promise<Placed<Area>[]> =>
	subtree(
		await listAreas(client),
		session.organizedAreas.map(({ area_id }) => area_id)
	);
