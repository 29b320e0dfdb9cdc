import { bookedByAccount, bookedHere } from '$lib/data/booked';
import { looksSignedIn } from '$lib/data/client';
import { knownSelf } from '$lib/data/known-self';
import { enhanceFinder } from './finder';

/** Improves a labour day's page within `root`; a second time changes nothing. */
export function enhanceDay(root: ParentNode): void {
	const booking = showBooking(root);
	const finder = root.querySelector<HTMLElement>('[data-finder]');
	if (!finder || finder.dataset.finder === 'on') return;
	finder.dataset.finder = 'on';
	const rows = enhanceFinder(finder);

	const action = root.querySelector<HTMLAnchorElement>('a[data-choose]');
	// Who has signed up looks at what they booked; to sign others up, the list is below.
	if (booking && action) {
		action.href = booking.href;
		action.textContent = booking.textContent;
		booking.style.display = 'none'; // once is enough
		return;
	}
	// Who is signed in need not choose: the action leads to their own community's gathering, else their street's.
	const self = looksSignedIn() ? knownSelf()?.self : undefined;
	const own =
		self &&
		(rows.find(({ areaId }) => areaId === self.area_id) ??
			rows.find(({ street }) => street !== '' && street === self.area.parent));
	const link = own?.element.querySelector('a');
	if (!own?.open || !action || !link) return;
	action.href = link.href;
	action.textContent = (action.dataset.choose ?? '').replace('{area}', link.textContent ?? '');
}

/** Shows what this phone or its account booked; the link there, if it did. */
function showBooking(root: ParentNode): HTMLAnchorElement | undefined {
	const notice = root.querySelector<HTMLElement>('[data-booked]');
	const link = notice?.querySelector('a') ?? undefined;
	if (!notice || !link) return undefined;
	const day = notice.dataset.booked ?? '';
	const mine = bookedByAccount(day);
	notice.hidden = !mine && !bookedHere(day);
	if (mine) link.href = notice.dataset.mine ?? link.href;
	return notice.hidden ? undefined : link;
}
