/*
 * What a summary says, without a word of it: the genre's order (what was done and how many, methods, problems, what comes
 * next), which statement the records support, and the figures in it. The words are the reader's language's business.
 */
import type { Kind } from '../sites/kinds';
import { weighedTenths } from '../figures/weights';
import { compareSums, type Change } from './compare';
import type { OfficeSums, SummaryData, SummaryPair, TextBlock } from './data';
import type { SummaryPeriod } from './period';

/** What is counted in a summary. */
export type SummaryUnit =
	| 'participations'
	| 'people'
	| 'hours'
	| 'tonnes'
	| 'kilograms'
	| 'metres'
	| 'corners'
	| 'adverts'
	| 'days'
	| 'gatherings'
	| 'crews'
	| 'leaders'
	| 'sites'
	| 'photos'
	| 'areas'
	| 'parties'
	| 'drains'
	| 'minors';

/** A figure of the summary's area and period, unless it says another: of an area below, of a day, of the year before. */
export interface FigureRecords {
	of: 'figure';
	figure: string;
	/** Only labour days, or only other days. */
	labour?: boolean;
	area?: string;
	/** Of the area alone, without those below it. */
	alone?: boolean;
	/** Of sites of this kind. */
	sites?: Kind;
	from?: string;
	to?: string;
}

/** What opens when one wants to see what a figure is made of. */
export type Records =
	| FigureRecords
	| { of: 'days' }
	| { of: 'areas' }
	| { of: 'compare' }
	/** Metres done and left, drain by drain. */
	| { of: 'drains' }
	| { of: 'day'; id: string };

export interface Quantity {
	value: number;
	unit: SummaryUnit;
	records: Records;
}

export type Part =
	| { is: 'quantity'; quantity: Quantity }
	/** Enumerated with the verb that goes with the unit: 清除卫生死角120处、… */
	| { is: 'deeds'; deeds: Quantity[] }
	| { is: 'kind-deeds'; kinds: { kind: SummaryData['other_kinds'][number]['kind']; deeds: Quantity[] }[] }
	| { is: 'changes'; changes: Change[] }
	| { is: 'date'; date: string; records?: Records }
	| { is: 'tenths'; tenths: number; records: Records }
	| { is: 'days-with-reason'; days: { date: string; rule_date: string; status: string; reason: string }[] }
	| { is: 'names'; names: { name: string; name_en: string | null }[]; more: number };

/** Names of the statements; each has its words in every language. */
export type Say =
	| 'held'
	| 'not_held'
	| 'came'
	| 'hours_minors'
	| 'hours_self'
	| 'hours_credited'
	| 'done'
	| 'done_nothing'
	| 'other_done'
	| 'other_kinds'
	| 'most'
	| 'compare'
	| 'compare_none'
	| 'by_rule'
	| 'changed_days'
	| 'units'
	| 'crews'
	| 'weighed'
	| 'photos'
	| 'overdue'
	| 'untouched'
	| 'silent'
	| 'flagged'
	| 'unknown_length'
	| 'estimated'
	| 'open_ended'
	| 'passed_on'
	| 'no_problem'
	| 'next_days'
	| 'next_day'
	| 'next_overdue'
	| 'next_drains'
	| 'next_flagged';

export interface Statement {
	say: Say;
	parts: Record<string, Part>;
}

export type Block =
	| { is: 'paragraph'; statements: Statement[] }
	/** Points that are counted: 一是… 二是… */
	| { is: 'points'; statements: Statement[] }
	| { is: 'text'; block: TextBlock }
	| { is: 'compare-table'; changes: Change[] }
	| { is: 'area-table' }
	| { is: 'day-table' }
	| { is: 'pictures'; pairs: SummaryPair[] };

export interface Section {
	heading: 'opening' | 'work' | 'methods' | 'problems' | 'plan';
	blocks: Block[];
}

export const rubbishOf = (sums: Pick<OfficeSums, 'kg_weighed' | 'kg_estimated'>): number =>
	sums.kg_weighed + sums.kg_estimated;

const quantity = (value: number, unit: SummaryUnit, records: Records): Part => ({
	is: 'quantity',
	quantity: { value, unit, records }
});
const figure = (name: string, labour?: boolean, kind?: Kind): Records => ({
	of: 'figure',
	figure: name,
	...(labour !== undefined && { labour }),
	...(kind && { sites: kind })
});

/** Kilograms as one says them: below a tonne in kilograms. */
export const weightOf = (kilograms: number, records: Records): Quantity =>
	kilograms < 1000
		? { value: kilograms, unit: 'kilograms', records }
		: { value: Number((kilograms / 1000).toPrecision(12)), unit: 'tonnes', records };

interface Work {
	kg: number;
	metres: number;
	corners: number;
	adverts: number;
}
const workOf = (sums: OfficeSums): Work => ({ ...sums, kg: rubbishOf(sums) });

function deedsOf(work: Work, labour: boolean, kind?: Kind): Quantity[] {
	return [
		weightOf(work.kg, figure('kg', labour, kind)),
		...(['corners', 'metres', 'adverts'] as const).map((unit) => ({
			value: work[unit],
			unit,
			records: figure(unit, labour, kind)
		}))
	].filter(({ value }) => value > 0);
}

/** The sections of a summary, in order. */
export function outlineOf(data: SummaryData, period: SummaryPeriod): Section[] {
	return [
		{ heading: 'opening', blocks: [{ is: 'text', block: 'opening' }] },
		{ heading: 'work', blocks: work(data, period) },
		{
			heading: 'methods',
			blocks: [
				{ is: 'points', statements: methods(data) },
				{ is: 'text', block: 'methods' }
			]
		},
		{
			heading: 'problems',
			blocks: [
				{ is: 'points', statements: problems(data) },
				{ is: 'text', block: 'problems' }
			]
		},
		{
			heading: 'plan',
			blocks: [
				{ is: 'points', statements: plan(data, period) },
				{ is: 'text', block: 'plan' }
			]
		}
	];
}

function work(data: SummaryData, period: SummaryPeriod): Block[] {
	const { labour, other } = data;
	const held = data.days.filter((day) => day.sums.participations > 0 || day.sums.entries > 0);
	const gatherings = held.reduce((sum, day) => sum + day.gatherings, 0);
	const changes = data.before ? compareSums(data) : [];

	const first: Statement[] = [];
	if (held.length === 0) first.push({ say: 'not_held', parts: {} });
	else {
		first.push({
			say: 'held',
			parts: {
				days: quantity(held.length, 'days', { of: 'days' }),
				gatherings: quantity(gatherings, 'gatherings', { of: 'days' })
			}
		});
		if (labour.participations > 0)
			first.push({
				say: 'came',
				parts: {
					participations: quantity(labour.participations, 'participations', figure('participations', true)),
					people: quantity(data.people, 'people', figure('people')),
					hours: quantity(labour.hours, 'hours', figure('hours', true))
				}
			});
		for (const say of ['hours_minors', 'hours_self', 'hours_credited'] as const)
			if (labour[say] > 0)
				first.push({ say, parts: { hours: quantity(labour[say], 'hours', figure(say, true)) } });
	}
	const done = deedsOf(workOf(labour), true);
	const second: Statement[] = [
		done.length > 0
			? { say: 'done', parts: { deeds: { is: 'deeds', deeds: done } } }
			: { say: 'done_nothing', parts: {} }
	];
	const otherDone = deedsOf(workOf(other), false);
	if (otherDone.length > 0) {
		second.push({ say: 'other_done', parts: { deeds: { is: 'deeds', deeds: otherDone } } });
		const kinds = data.other_kinds
			.map((row) => ({ kind: row.kind, deeds: deedsOf(row, false, row.kind) }))
			.filter(({ deeds }) => deeds.length > 0);
		if (kinds.length > 1) second.push({ say: 'other_kinds', parts: { kinds: { is: 'kind-deeds', kinds } } });
	}
	const most = held.toSorted((a, b) => b.sums.participations - a.sums.participations)[0];
	if (most && held.length > 1 && most.sums.participations > 0)
		second.push({
			say: 'most',
			parts: {
				date: { is: 'date', date: most.date, records: { of: 'day', id: most.id } },
				participations: quantity(most.sums.participations, 'participations', { of: 'day', id: most.id })
			}
		});
	const third: Statement =
		changes.length > 0
			? { say: 'compare', parts: { changes: { is: 'changes', changes } } }
			: { say: 'compare_none', parts: {} };

	const blocks: Block[] = [
		{ is: 'paragraph', statements: first },
		{ is: 'paragraph', statements: second },
		{ is: 'paragraph', statements: [third] },
		{ is: 'text', block: 'work' }
	];
	if (changes.length > 0) blocks.push({ is: 'compare-table', changes });
	if (data.areas.length > 0) blocks.push({ is: 'area-table' });
	if (period.kind !== 'day' && data.days.length > 0) blocks.push({ is: 'day-table' });
	if (data.pairs.length > 0) blocks.push({ is: 'pictures', pairs: data.pairs });
	return blocks;
}

function methods(data: SummaryData): Statement[] {
	const { methods: done, problems: open, labour, other } = data;
	const changed = data.days.filter((day) => day.status !== 'planned');
	const points: Statement[] = [
		{
			say: 'by_rule',
			parts: { days: quantity(data.days.length, 'days', { of: 'days' }) }
		}
	];
	if (changed.length > 0)
		points.push({ say: 'changed_days', parts: { days: { is: 'days-with-reason', days: changed } } });
	if (open.units > 0)
		points.push({ say: 'units', parts: { sites: quantity(open.units, 'sites', figure('units')) } });
	if (done.crews > 0)
		points.push({
			say: 'crews',
			parts: {
				crews: quantity(done.crews, 'crews', figure('crews')),
				leaders: quantity(done.leaders, 'leaders', figure('leaders')),
				sites: quantity(done.sites_cleaned, 'sites', figure('sites_cleaned'))
			}
		});
	const tenths = weighedTenths({
		weighed: labour.kg_weighed + other.kg_weighed,
		estimated: labour.kg_estimated + other.kg_estimated
	});
	if (tenths !== null && tenths > 0)
		points.push({ say: 'weighed', parts: { tenths: { is: 'tenths', tenths, records: figure('kg') } } });
	if (done.photos > 0)
		points.push({ say: 'photos', parts: { photos: quantity(done.photos, 'photos', figure('photos')) } });
	return points;
}

/** So many silent areas are named; the others are only counted. */
const NAMED = 5;

function problems(data: SummaryData): Statement[] {
	const open = data.problems;
	const points: Statement[] = [];
	const add = (say: Say, count: number, parts: Statement['parts']) => {
		if (count > 0) points.push({ say, parts });
	};
	const silent = data.areas.filter(({ sums }) => sums.participations === 0 && sums.entries === 0);
	const estimated = data.labour.kg_estimated + data.other.kg_estimated;
	add('overdue', open.overdue, {
		overdue: quantity(open.overdue, 'sites', figure('overdue')),
		sites: quantity(open.sites, 'sites', figure('sites'))
	});
	add('untouched', open.untouched, { sites: quantity(open.untouched, 'sites', figure('untouched')) });
	add('silent', silent.length, {
		areas: quantity(silent.length, 'areas', { of: 'areas' }),
		names: { is: 'names', names: silent.slice(0, NAMED), more: Math.max(0, silent.length - NAMED) }
	});
	add('flagged', open.flagged, { drains: quantity(open.flagged, 'drains', figure('flagged')) });
	add('unknown_length', open.unknown_length, {
		drains: quantity(open.unknown_length, 'drains', figure('unknown_length'))
	});
	add('estimated', estimated, {
		weight: { is: 'quantity', quantity: weightOf(estimated, figure('kg_estimated')) }
	});
	add('open_ended', data.labour.open_ended, {
		parties: quantity(data.labour.open_ended, 'parties', figure('open_ended'))
	});
	add('passed_on', open.passed_on, { sites: quantity(open.passed_on, 'sites', figure('passed_on')) });
	if (points.length === 0) points.push({ say: 'no_problem', parts: {} });
	return points;
}

function plan(data: SummaryData, period: SummaryPeriod): Statement[] {
	const { problems: open, next_days: next } = data;
	const points: Statement[] = [];
	const following = nextPeriod(period);
	const days = following
		? next.filter(({ date }) => date >= following.from && date <= following.to)
		: next.slice(0, 1);
	const [first] = days;
	if (first) {
		const date: Part = { is: 'date', date: first.date, records: { of: 'day', id: first.id } };
		points.push(
			period.kind === 'year'
				? {
						say: 'next_days',
						parts: { date, days: quantity(days.length, 'days', { of: 'day', id: first.id }) }
					}
				: { say: 'next_day', parts: { date } }
		);
	}
	if (open.overdue > 0)
		points.push({
			say: 'next_overdue',
			parts: { sites: quantity(open.overdue, 'sites', figure('overdue')) }
		});
	const left = Number((open.drain_metres - open.drain_metres_done).toPrecision(12));
	if (left > 0)
		points.push({
			say: 'next_drains',
			parts: {
				all: quantity(open.drain_metres, 'metres', { of: 'drains' }),
				done: quantity(open.drain_metres_done, 'metres', { of: 'drains' }),
				left: quantity(left, 'metres', { of: 'drains' })
			}
		});
	if (open.to_check > 0)
		points.push({
			say: 'next_flagged',
			parts: { drains: quantity(open.to_check, 'drains', figure('to_check')) }
		});
	return points;
}

/** The year or month after; null after a day: whatever labour day is next. */
function nextPeriod({ kind, from }: SummaryPeriod): { from: string; to: string } | null {
	const [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))];
	if (kind === 'year') return { from: `${year + 1}-01-01`, to: `${year + 1}-12-31` };
	if (kind === 'day') return null;
	const following = month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
	return { from: `${following}-01`, to: `${following}-31` };
}
