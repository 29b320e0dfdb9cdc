import { redirect } from '@sveltejs/kit';
import { knownSelf } from '$lib/data/known-self';
import { Device } from '$lib/offline/device';
import { Route } from '$lib/route';

/** Where the app on the home screen begins: who leads a crew today has its list before them at once, everybody else their own page. */
export const ssr = false;
export const load = () => redirect(307, wayIn());

/** Decided on the phone, from what it knows: there may be no signal. */
function wayIn(): string {
	const self = knownSelf()?.self;
	if (!self) return Route.me();
	const date = new Device().today(
		self.zone,
		self.crews.map((crew) => crew.date)
	);
	const [first, ...more] = self.crews.filter((crew) => crew.date === date && crew.gathering_id);
	if (!first) return Route.me();
	return more.length > 0 ? Route.lead() : Route.leadCrew(first.task_id);
}
