import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareSums } from './compare';
import type { OfficeSums, SummaryData } from './data';
import { outlineOf, type Block, type Say } from './outline';
import { monthPeriod, readSummaryPeriod, yearPeriod } from './period';
import { LEAST_DAYS, rank } from './rank';

const NOTHING: OfficeSums = {
	participations: 0,
	minors: 0,
	parties: 0,
	hours: 0,
	hours_minors: 0,
	hours_self: 0,
	hours_credited: 0,
	open_ended: 0,
	kg_weighed: 0,
	kg_estimated: 0,
	bags: 0,
	loads: 0,
	metres: 0,
	corners: 0,
	adverts: 0,
	entries: 0,
	tasks: 0
};
const sums = (some: Partial<OfficeSums>): OfficeSums => ({ ...NOTHING, ...some });

/** A district in which nothing was done and nothing is open. */
const summary = (some: Partial<SummaryData>): SummaryData => ({
	today: '2026-11-26',
	from: '2026-01-01',
	to: '2026-12-31',
	until: '2026-11-26',
	area: { id: 'd', name: '区', name_en: null, level: 'district', parent: null, parent_en: null },
	labour: NOTHING,
	other: NOTHING,
	people: 0,
	other_kinds: [],
	before: null,
	days: [],
	areas: [],
	own: NOTHING,
	methods: { leaders: 0, crews: 0, sites_cleaned: 0, photos: 0 },
	problems: {
		sites: 0,
		passed_on: 0,
		untouched: 0,
		overdue: 0,
		unknown_length: 0,
		drains: 0,
		drain_metres: 0,
		drain_metres_done: 0,
		flagged: 0,
		to_check: 0,
		units: 0
	},
	next_days: [],
	pairs: [],
	texts: [],
	...some
});
const day = (date: string, some: Partial<SummaryData['days'][number]> = {}): SummaryData['days'][number] => ({
	id: date,
	date,
	rule_date: date,
	status: 'planned',
	reason: '',
	gatherings: 2,
	gatherings_cancelled: 0,
	sums: NOTHING,
	...some
});

const said = (data: SummaryData, period = yearPeriod(2026)): Say[] =>
	outlineOf(data, period)
		.flatMap(({ blocks }) => blocks)
		.flatMap((block: Block) =>
			block.is === 'paragraph' || block.is === 'points' ? block.statements.map(({ say }) => say) : []
		);

describe('the period of a summary', () => {
	it.each([
		['', 'year 2026-01-01 2026-12-31'],
		['year=2025', 'year 2025-01-01 2025-12-31'],
		['month=2024-02', 'month 2024-02-01 2024-02-29'],
		['month=2025-12', 'month 2025-12-01 2025-12-31'],
		['day=2026-10-30', 'day 2026-10-30 2026-10-30'],
		['month=2026-13', 'year 2026-01-01 2026-12-31'],
		['day=2026-02-30&year=1066', 'year 2026-01-01 2026-12-31']
	])('"%s" is %s', (query, expected) => {
		const { kind, from, to } = readSummaryPeriod(new URLSearchParams(query), '2026-11-26');
		expect(`${kind} ${from} ${to}`).toBe(expected);
	});
});

describe('what a summary says', () => {
	it('keeps the order of the genre, with room for own words in each part', () => {
		const outline = outlineOf(summary({}), yearPeriod(2026));
		expect(outline.map(({ heading }) => heading)).toEqual(['opening', 'work', 'methods', 'problems', 'plan']);
		for (const { heading, blocks } of outline)
			expect(blocks.some((block) => block.is === 'text' && block.block === heading)).toBe(true);
	});

	it('admits that there is nothing to say', () => {
		expect(said(summary({}))).toEqual(['not_held', 'done_nothing', 'compare_none', 'by_rule', 'no_problem']);
	});

	it('says no figure that is zero', () => {
		const data = summary({
			labour: sums({ kg_weighed: 900, corners: 2, tasks: 1, entries: 1 }),
			days: [day('2026-01-30', { sums: sums({ entries: 1 }) })]
		});
		const work = outlineOf(data, yearPeriod(2026)).find(({ heading }) => heading === 'work');
		const text = JSON.stringify(work);
		expect(text).toContain('"unit":"kilograms"');
		expect(text).toContain('"unit":"corners"');
		expect(text).not.toContain('"unit":"metres"');
		expect(text).not.toContain('"unit":"participations"');
	});

	it('counts the gatherings of the days that took place', () => {
		const data = summary({
			labour: sums({ participations: 20 }),
			days: [
				day('2026-10-30', { gatherings: 3, sums: sums({ participations: 20 }) }),
				day('2026-11-27', { gatherings: 5 })
			]
		});
		const held = JSON.stringify(outlineOf(data, yearPeriod(2026)).find(({ heading }) => heading === 'work'));
		expect(held).toContain('"value":3,"unit":"gatherings"');
	});

	it('tells work on other days apart from labour days', () => {
		const data = summary({
			other: sums({ kg_weighed: 410_000, tasks: 3 }),
			other_kinds: [
				{ kind: 'roadside', tasks: 2, kg: 400_000, metres: 0, corners: 0, adverts: 0 },
				{ kind: 'adverts', tasks: 1, kg: 10_000, metres: 0, corners: 0, adverts: 0 }
			]
		});
		expect(said(data)).toContain('other_done');
		expect(said(data)).toContain('other_kinds');
		expect(said(summary({}))).not.toContain('other_done');
	});

	it('names moved days and what is open, and plans for it', () => {
		const data = summary({
			days: [day('2026-09-18', { rule_date: '2026-09-25', status: 'moved', reason: '中秋' })],
			problems: {
				...summary({}).problems,
				sites: 10,
				overdue: 3,
				drains: 1,
				drain_metres: 100,
				drain_metres_done: 40
			},
			next_days: [
				{ id: 'a', date: '2026-12-25', status: 'planned' },
				{ id: 'b', date: '2027-01-29', status: 'planned' }
			]
		});
		expect(said(data)).toEqual(
			expect.arrayContaining(['changed_days', 'overdue', 'next_overdue', 'next_drains', 'next_days'])
		);
		// December is not next year.
		expect(JSON.stringify(outlineOf(data, yearPeriod(2026)))).toContain('"date":"2027-01-29"');
		expect(said(data, monthPeriod('2026-11'))).toContain('next_day');
		expect(JSON.stringify(outlineOf(data, monthPeriod('2026-11')))).toContain('"date":"2026-12-25"');
	});
});

describe('this year beside the last', () => {
	const compare = (now: number, before: number) =>
		compareSums({
			labour: sums({ metres: now }),
			other: NOTHING,
			before: { from: '', to: '', labour: sums({ metres: before, tasks: 1 }), other: NOTHING }
		})[0];

	it.each([
		[150, 100, 'more', 50],
		[100, 150, 'less', 33.3],
		[100, 100, 'same', 0],
		[100_030, 100_000, 'same', 0],
		[99_899, 100_000, 'less', 0.1],
		[100, 0, 'more', null]
	] as const)('%d after %d is %s by %s', (now, before, direction, percent) => {
		expect(compare(now, before)).toMatchObject({ figure: 'metres', direction, percent });
	});

	it('is left alone when nothing is on record from then', () => {
		expect(compareSums({ labour: sums({ metres: 5 }), other: NOTHING, before: null })).toEqual([]);
		const before = { from: '', to: '', labour: NOTHING, other: NOTHING };
		expect(compareSums({ labour: sums({ metres: 5 }), other: NOTHING, before })).toEqual([]);
	});
});

describe('streets side by side', () => {
	it('ranks work per labour day, and only from enough days on', () => {
		const ranked = rank([
			{ name: 'lucky', value: 500, days: 1 },
			{ name: 'steady', value: 1000, days: 10 },
			{ name: 'late', value: 400, days: 4 },
			{ name: 'small', value: 30, days: 3 }
		]);
		expect(ranked.map(({ name, place, average }) => [name, place, average])).toEqual([
			['steady', 1, 100],
			['late', 1, 100],
			['small', 3, 10],
			['lucky', null, 500]
		]);
	});

	it('never gives a place below the least number of days, nor a better one for less', () => {
		const area = fc.record({ value: fc.nat({ max: 10_000 }), days: fc.nat({ max: 12 }) });
		fc.assert(
			fc.property(fc.array(area), (areas) => {
				const ranked = rank(areas);
				expect(ranked).toHaveLength(areas.length);
				for (const { days, place } of ranked) expect(place === null).toBe(days < LEAST_DAYS);
				const places = ranked.flatMap(({ place, average }) => (place === null ? [] : [{ place, average }]));
				for (const [n, one] of places.entries())
					for (const later of places.slice(n + 1)) {
						expect(later.place).toBeGreaterThanOrEqual(one.place);
						expect(later.average === one.average).toBe(later.place === one.place);
					}
			})
		);
	});
});
