import { bookedHere } from '$lib/data/booked';
import { looksSignedIn } from '$lib/data/client';
import { knownSelf } from '$lib/data/known-self';
import { enhanceFinder } from './finder';

/** Improves a labour day's page within `root`; a second time changes nothing. */
export function enhanceDay(root: ParentNode): void {
	for (const notice of root.querySelectorAll<HTMLElement>('[data-booked]'))
		notice.hidden = !bookedHere(notice.dataset.booked ?? '');
	const finder = root.querySelector<HTMLElement>('[data-finder]');
	if (!finder || finder.dataset.finder === 'on') return;
	finder.dataset.finder = 'on';
	const rows = enhanceFinder(finder);

	// Who is signed in need not choose: the action leads to their own community's gathering, else their street's.
	const self = looksSignedIn() ? knownSelf()?.self : undefined;
	const own =
		self &&
		(rows.find(({ areaId }) => areaId === self.area_id) ??
			rows.find(({ street }) => street !== '' && street === self.area.parent));
	const action = root.querySelector<HTMLAnchorElement>('a[data-choose]');
	const link = own?.element.querySelector('a');
	if (!own?.open || !action || !link) return;
	action.href = link.href;
	action.textContent = (action.dataset.choose ?? '').replace('{area}', link.textContent ?? '');
}
