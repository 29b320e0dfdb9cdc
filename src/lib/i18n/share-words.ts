/** The words on posters, cards and link previews. */
import type { DayPage, Gathering } from '$lib/data/days';
import type { ResultsPage } from '$lib/data/results';
import { displayFigure, type FigureUnit } from '$lib/domain/figures/display';
import { m } from '$lib/paraglide/messages';
import type { CardWords, PosterWords } from '$lib/sharing/poster';
import { areaName, areaPath } from './area-words';
import { formatDate, formatTimes, formatWeekday } from './format';
import type { Language } from './prefs';

/** Of a day, or of one gathering on it. Those that are cancelled are left out. */
export function posterWords(
	page: Pick<DayPage, 'district' | 'gatherings'> & { day: NonNullable<DayPage['day']> },
	gathering: Gathering | undefined,
	address: string,
	language: Language
): PosterWords {
	const options = { locale: language };
	const { day, district } = page;
	const open = gathering ? [gathering] : page.gatherings.filter(({ status }) => status !== 'cancelled');
	const times = [...new Set(open.map(({ starts, ends }) => formatTimes(starts, ends, language)))];
	const cancelled = day.status === 'cancelled' || gathering?.status === 'cancelled';
	// What all are told to bring is told once.
	const bring = [...new Set(open.map((one) => one.bring))];
	return {
		lang: language === 'zh' ? 'zh-CN' : 'en',
		district: areaName(gathering?.area ?? district, language),
		rule: m.share_rule({}, options),
		headline: m.share_headline({}, options),
		date: formatDate(day.date, {}, language),
		time: [formatWeekday(day.date, language), ...(times.length === 1 ? times : [])].join('  '),
		cancelled: cancelled ? m.share_cancelled({}, options) : undefined,
		places: open.map((one) => ({
			area: areaPath(one.area, language),
			place: one.place,
			time: formatTimes(one.starts, one.ends, language)
		})),
		more: (count) => m.share_more_places({ count }, options),
		bring: bring.length === 1 && bring[0] ? m.share_bring({ things: bring[0] }, options) : undefined,
		scan: m.share_scan({}, options),
		scanHint: m.share_scan_hint({}, options),
		address: address.replace(/^https?:\/\//, '')
	};
}

/** What was done, in the numbers that the public sees; at most six. */
export function cardWords(
	results: ResultsPage,
	photos: CardWords['photos'],
	address: string,
	language: Language
): CardWords {
	const options = { locale: language };
	const { sums } = results;
	const kg = sums.kg_weighed + sums.kg_estimated;
	const figures: [number | null, FigureUnit, string][] = [
		[sums.participations, 'participations', m.results_unit_participations({}, options)],
		kg < 1000
			? [kg, 'kilograms', m.results_unit_kg({}, options)]
			: [kg / 1000, 'tonnes', m.results_unit_tonnes({}, options)],
		[sums.metres, 'metres', m.results_unit_metres({}, options)],
		[sums.corners, 'corners', m.results_unit_corners({}, options)],
		[sums.adverts, 'adverts', m.results_unit_adverts({}, options)],
		[sums.hours, 'hours', m.results_unit_hours({}, options)]
	];
	return {
		lang: language === 'zh' ? 'zh-CN' : 'en',
		district: areaName(results.area, language),
		date: formatDate(results.from, { year: true }, language),
		headline: m.share_done_headline({}, options),
		figures: figures.flatMap(([value, unit, words]) =>
			value === null || value <= 0 ? [] : [{ value: displayFigure(value, unit, language), unit: words }]
		),
		photos,
		scan: m.share_done_scan({}, options),
		address: address.replace(/^https?:\/\//, '')
	};
}
