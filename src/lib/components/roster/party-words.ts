/** What a roster says of a party, in words. */
import type { PartyState } from '$lib/domain/roster';
import { localParts } from '$lib/i18n/format';
import { m } from '$lib/paraglide/messages';

/** '8:41' on the district's clock. */
export const clockTime = (at: number, zone: string): string =>
	localParts(new Date(at), zone).time.replace(/^0/, '');

/** '3 人 · 1 小孩' */
export function headsWords(heads: number, minors: number): string {
	return minors > 0 ? m.roster_heads_with_minors({ heads, minors }) : m.roster_heads({ heads });
}

/** How many come or came, and where that differs from what was announced. */
export function partyHeads(party: PartyState): string {
	if (party.presence === 'here' && party.heads !== party.headcount && !party.walkIn)
		return m.roster_announced_but({ announced: party.headcount, heads: party.heads });
	if (party.presence === 'here') return headsWords(party.heads, party.headMinors);
	return party.came > 0
		? headsWords(party.came, party.cameMinors)
		: headsWords(party.headcount, party.minors);
}

/** What deserves to be said besides: late, left, absent. */
export function partyMarks(party: PartyState, zone: string): { text: string; tone: 'need' | 'muted' }[] {
	const marks: { text: string; tone: 'need' | 'muted' }[] = [];
	if (party.claim) {
		const time = clockTime(party.claim.at, zone);
		marks.push({ text: m.roster_mark_claim({ time, heads: party.claim.heads }), tone: 'need' });
	} else if (party.presence === 'absent') marks.push({ text: m.roster_mark_absent(), tone: 'muted' });
	if (party.late && party.cameAt !== null)
		marks.push({ text: m.roster_mark_late({ time: clockTime(party.cameAt, zone) }), tone: 'need' });
	else if (party.cameAt !== null && (party.leftAt !== null || party.openEnded))
		marks.push({ text: m.roster_mark_came({ time: clockTime(party.cameAt, zone) }), tone: 'muted' });
	if (party.leftAt !== null) {
		const time = clockTime(party.leftAt, zone);
		marks.push(
			party.leftEarly
				? { text: m.roster_mark_left_early({ time }), tone: 'need' }
				: { text: m.roster_mark_left({ time }), tone: 'muted' }
		);
	}
	if (party.openEnded) marks.push({ text: m.roster_mark_open_ended(), tone: 'muted' });
	if (party.waitlisted) marks.push({ text: m.roster_mark_waitlisted(), tone: 'muted' });
	if (party.conflict) marks.push({ text: m.roster_mark_conflict(), tone: 'need' });
	if (party.bySelf) marks.push({ text: m.roster_mark_self(), tone: 'muted' });
	if (party.walkIn) marks.push({ text: m.roster_mark_walk_in(), tone: 'muted' });
	if (party.undecided > 0) marks.push({ text: m.roster_mark_undecided(), tone: 'need' });
	return marks;
}
