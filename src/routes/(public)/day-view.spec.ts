import { describe, expect, it } from 'vitest';
import type { DayPage, Gathering, Need } from '$lib/data/days';
import { dayView } from './day-view';

const area = (id: string) => ({
	id,
	name: id,
	name_en: null,
	level: 'street' as const,
	parent: null,
	parent_en: null
});

const gathering = (id: string, fields: Partial<Gathering> = {}): Gathering => ({
	id,
	area: area(id),
	place: '广场',
	lng: null,
	lat: null,
	starts: '08:30',
	ends: '11:00',
	capacity: 50,
	status: 'open',
	reason: '',
	over: false,
	bring: '手套',
	safety: '',
	published: false,
	heads: 10,
	full: false,
	waiting: false,
	...fields
});

const need = (gathering_id: string, missing: number): Need => ({
	task_id: `${gathering_id}-${missing}`,
	gathering_id,
	site_id: 's',
	name: '沟',
	kind: 'drain',
	length_m: 100,
	hazards: [],
	missing,
	full: false
});

const page = (fields: Partial<DayPage>): DayPage => ({
	district: { id: 'd', name: '区', name_en: null, time_zone: 'Asia/Shanghai' },
	today: '2026-11-20',
	day: null,
	cancelled_before: null,
	gatherings: [],
	heads: null,
	capacity: null,
	needs: [],
	year: {
		of: 2026,
		participations: 0,
		hours: 0,
		kg_weighed: 0,
		kg_estimated: 0,
		metres: 0,
		corners: 0,
		adverts: 0
	},
	...fields
});

describe("what a labour day's page shows", () => {
	it('adds up what each gathering lacks', () => {
		const { gatherings } = dayView(
			page({
				gatherings: [gathering('a'), gathering('b')],
				needs: [need('a', 9), need('a', 4), need('b', 0)]
			})
		);
		expect(gatherings.map(({ missing }) => missing)).toEqual([13, 0]);
	});

	it('sends nobody where there is no room, and says where each need is', () => {
		const { needs } = dayView(
			page({
				gatherings: [gathering('full', { full: true }), gathering('b')],
				needs: [need('full', 9), need('b', 4)]
			})
		);
		expect(needs.map(({ gathering_id, missing, area }) => [gathering_id, missing, area.name])).toEqual([
			['b', 4, 'b']
		]);
	});

	it('sends nobody where the work has ended, and is over with its last gathering or its date', () => {
		const day = { id: 'd', month: '2026-11-01', date: '2026-11-20', rule_date: '', reason: '' };
		const of = (gatherings: Gathering[], today = '2026-11-20') =>
			dayView(
				page({
					today,
					day: { ...day, status: 'planned' },
					gatherings,
					needs: gatherings.map(({ id }) => need(id, 6))
				})
			);
		const [ended, on] = [gathering('ended', { over: true }), gathering('on')];
		const closed = gathering('closed', { status: 'closed' });
		const cancelled = gathering('off', { status: 'cancelled' });
		expect(of([ended, on]).needs.map(({ gathering_id }) => gathering_id)).toEqual(['on']);
		expect(of([ended, closed, on]).over).toBe(false);
		expect(of([ended, closed, cancelled]).over).toBe(true);
		expect([of([]), of([cancelled])].map(({ over }) => over)).toEqual([false, false]);
		expect(of([], '2026-11-21').over).toBe(true);
	});

	it('tells one time where all agree, else from the first to the last, the cancelled left out', () => {
		const early = gathering('a', { starts: '07:00', status: 'cancelled' });
		const usual = gathering('b');
		expect(dayView(page({ gatherings: [early, usual] })).times).toEqual({
			starts: '08:30',
			ends: '11:00',
			same: true
		});
		const late = gathering('c', { starts: '09:00', ends: '10:30' });
		expect(dayView(page({ gatherings: [late, usual] })).times).toEqual({
			starts: '08:30',
			ends: '11:00',
			same: false
		});
		expect(dayView(page({ gatherings: [early] })).times).toBeNull();
	});

	it('weighs in tonnes, weighed and estimated together', () => {
		const year = { ...page({}).year, kg_weighed: 1200, kg_estimated: 300.5 };
		expect(dayView(page({ year })).year.tonnes).toBeCloseTo(1.5005);
	});

	it('says which year the sums are of, when it is not this one', () => {
		const sums = page({}).year;
		expect(dayView(page({ today: '2027-01-10', year: sums })).year.of).toBe(2026);
		expect(dayView(page({ today: '2026-12-31', year: sums })).year.of).toBeNull();
	});

	it('carries nothing that the page does not show', () => {
		const [choice] = dayView(page({ gatherings: [gathering('a')] })).gatherings;
		expect(choice).not.toHaveProperty('bring');
		expect(choice).not.toHaveProperty('waiting');
	});

	it('shows the six needs that matter most', () => {
		const needs = [9, 8, 7, 6, 5, 4, 3].map((missing) => need('a', missing));
		expect(
			dayView(page({ gatherings: [gathering('a')], needs })).needs.map(({ missing }) => missing)
		).toEqual([9, 8, 7, 6, 5, 4]);
	});
});
