import { needsCleaning, type CleaningState } from '$lib/domain/sites';
import type { Site, SiteBrief, SiteDay } from '$lib/data/sites';
import { weightWords } from '$lib/i18n/figure-words';
import { formatDate, formatNumber } from '$lib/i18n/format';
import { hazardName, kindName, toolsOf } from '$lib/i18n/site-words';
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
	const { state, overdueDays, daysLeft } = needsCleaning(site.last_cleaned_on, site.interval_days, today);
	const badges: Record<CleaningState, StateBadge | null> = {
		never: { words: m.sites_never(), tone: 'need' },
		overdue: { words: m.sites_overdue({ days: overdueDays }), tone: 'need' },
		due: daysLeft
			? { words: m.sites_due_in({ days: daysLeft }), tone: 'muted' }
			: { words: m.sites_due(), tone: 'need' },
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

/** The dot of a site on a map: does it need people, is it fine, or is it not ours to clean? */
export function dotTone(site: SiteBrief, today: string): 'need' | 'ok' | 'muted' {
	if (site.retired_at || !site.in_jurisdiction) return 'muted';
	return stateBadge(site, today)?.tone === 'need' ? 'need' : 'ok';
}

/** Kind, length and area of a site in one line; what is not known is left out. */
export function siteFacts(site: SiteBrief, area?: string): string {
	return [kindName(site.kind), site.length_m === null ? '' : metresWords(site.length_m), area]
		.filter(Boolean)
		.join(m.common_separator());
}

/** What is known of a site as pairs of label and text, in reading order; what is not known is left out. */
export function factsOf(site: Site, area: string, today: string): [label: string, text: string][] {
	const facts: [string, string][] = [
		[m.sites_fact_kind(), kindName(site.kind)],
		[m.sites_fact_area(), area],
		[m.sites_fact_address(), site.address],
		[m.sites_fact_length(), lengthWords(site)],
		[m.sites_fact_cleaned(), cleanedWords(site, today)],
		[
			m.sites_fact_wanted(),
			site.interval_days ? m.sites_every({ days: site.interval_days }) : m.sites_on_demand()
		],
		[
			m.sites_fact_crew(),
			[
				m.sites_crew({ min: site.crew_min, max: site.crew_max }),
				m.sites_minutes({ minutes: site.minutes })
			].join(m.common_separator())
		],
		[m.sites_fact_hazards(), site.hazards.map(hazardName).join(m.sites_tools_separator())],
		[m.sites_fact_tools(), toolsOf(site)],
		[m.sites_fact_unit(), site.responsible_unit],
		[m.sites_fact_note(), site.note]
	];
	return facts.filter(([, text]) => text !== '');
}

function lengthWords({ kind, length_m }: Site): string {
	if (length_m !== null) return metresWords(length_m);
	return kind === 'drain' ? m.sites_metres_unknown() : '';
}

/** What a day at a site brought, in one line. */
export function sumsWords({ sums }: SiteDay): string {
	if (!sums) return '';
	const parts = [
		sums.metres > 0 && m.sites_h_metres({ metres: formatNumber(sums.metres, 1) }),
		...weightWords({ weighed: sums.kg_weighed, estimated: sums.kg_estimated }),
		sums.bags > 0 && m.sites_h_bags({ bags: formatNumber(sums.bags) }),
		sums.loads > 0 && m.sites_h_loads({ loads: formatNumber(sums.loads, 1) }),
		sums.corners > 0 && m.sites_h_corners({ corners: formatNumber(sums.corners) }),
		sums.adverts > 0 && m.sites_h_adverts({ adverts: formatNumber(sums.adverts) }),
		sums.participations && m.sites_h_people({ people: formatNumber(sums.participations) })
	];
	return parts.filter(Boolean).join(m.common_separator());
}

/** Metres that were written down but do not count, because the drain is not that long. */
export const excessMetres = ({ sums }: SiteDay): number =>
	sums ? Math.max(0, sums.metres_recorded - sums.metres) : 0;
