/** How big a party is, in words. */
import { m } from '$lib/paraglide/messages';

/** 3 人，其中小孩 1 人 | 3 people, 1 of them a child */
export const partySize = ({ headcount, minors }: { headcount: number; minors: number }): string =>
	minors > 0 ? m.me_party_with_minors({ headcount, minors }) : m.me_party({ headcount });
