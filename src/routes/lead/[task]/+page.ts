import { knownSelf } from '$lib/data/known-self';
import { soon } from '$lib/moments';
import { takePackOf } from '$lib/offline/pack/packs';
import type { PageLoad } from './$types';

/** What this phone took along of the crew's gathering, read before the page is drawn: the list is the first thing one sees. */
export const load = (async ({ params }) => {
	const person = knownSelf()?.self.person_id;
	return { pack: person === undefined ? undefined : await soon(takePackOf(person, params.task)) };
}) satisfies PageLoad;
