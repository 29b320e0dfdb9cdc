import { knownSelf } from '$lib/data/known-self';
import { pause } from '$lib/moments';
import { takePackOf } from '$lib/offline/pack/packs';

/** Milliseconds for which the page waits for what the phone has; a browser's storage may be slow, or shut. */
const PATIENCE = 300;

/** What this phone took along of the crew's gathering, read before the page is drawn: the list is the first thing one sees. */
export const load = async ({ params }) => {
	const person = knownSelf()?.self.person_id;
	const pack = person && (await Promise.race([takePackOf(person, params.task), pause(PATIENCE)]));
	return { pack: pack || undefined };
};
