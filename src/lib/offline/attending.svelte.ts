/** Lets every section of the app see to the day by itself. What it takes is loaded only for whom it concerns. */
import type { Session } from '$lib/data/session.svelte';

/** For a section's layout: once it is known who is there, and that person runs days, see `attend`. */
export function attending(session: Session, runsDays: () => boolean): void {
	$effect(() => {
		if (session.status !== 'ready' || session.stale || !runsDays()) return;
		void import('./attend').then(({ attend }) => attend(session));
	});
}
