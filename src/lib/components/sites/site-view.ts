import { needsCleaning, type CleaningState } from '$lib/domain/sites';
import type { SiteBrief } from '$lib/data/sites';
import { formatDate, formatNumber } from '$lib/i18n/format';
import { kindName } from '$lib/i18n/site-words';
import { m } from '$lib/paraglide/messages';

/** How urgent a site is, in a few words, and how loud to say it. */
export interface StateBadge {
	words: string;
	tone: 'need' | 'ok' | 'late' | 'muted';
}

/** What to say of a site's state today; `null` where nothing needs saying. */
export function stateBadge(site: SiteBrief, today: string): StateBadge | null {
	if (site.retired_at) return { words: m.sites_retired(), tone: 'muted' };
	if (!site.in_jurisdiction) return { words: m.sites_outside(), tone: 'muted' };
	const { state, overdueDays } = needsCleaning(site.last_cleaned_on, site.interval_days, today);
	const badges: Record<CleaningState, StateBadge | null> = {
		never: { words: m.sites_never(), tone: 'need' },
		overdue: { words: m.sites_overdue({ days: overdueDays }), tone: 'need' },
		due: { words: m.sites_due(), tone: 'need' },
		fresh: null,
		unscheduled: null
	};
	return badges[state];
}

/** When a site was last cleaned, as a sentence. */
export function cleanedWords(site: Pick<SiteBrief, 'last_cleaned_on'>, today: string): string {
	const on = site.last_cleaned_on;
	if (!on) return m.sites_never_cleaned();
	if (on === today) return m.sites_cleaned_today();
	return m.sites_cleaned_on({ date: formatDate(on, { year: on.slice(0, 4) !== today.slice(0, 4) }) });
}

export const metresWords = (metres: number): string => m.sites_metres({ metres: formatNumber(metres, 1) });

/** How far away something is, as one would say it. */
export function distanceWords(metres: number): string {
	return metres < 950
		? m.sites_distance_m({ metres: formatNumber(Math.max(10, Math.round(metres / 10) * 10)) })
		: m.sites_distance_km({ km: formatNumber(metres / 1000, 1) });
}

/** Kind, length and area of a site in one line; what is not known is left out. */
export function siteFacts(site: SiteBrief, area?: string): string {
	return [kindName(site.kind), site.length_m === null ? '' : metresWords(site.length_m), area]
		.filter(Boolean)
		.join(m.common_separator());
}
