import { describe, expect, it } from 'vitest';
import {
	distanceBetween,
	HAZARDS,
	hazardOf,
	KIND_DEFAULTS,
	kindOf,
	KINDS,
	lengthOfLine,
	needsCleaning,
	TOOLS
} from './index';

describe('kinds', () => {
	it.each(KINDS)('%s starts with numbers that make a crew', (kind) => {
		const start = KIND_DEFAULTS[kind];
		expect(start.crewMin).toBeGreaterThan(0);
		expect(start.crewMax).toBeGreaterThanOrEqual(start.crewMin);
		expect(start.minutes).toBeGreaterThan(0);
		expect(start.intervalDays).toBeGreaterThan(0);
		expect(HAZARDS).toEqual(expect.arrayContaining([...start.hazards]));
		expect(TOOLS).toEqual(expect.arrayContaining([...start.tools]));
	});

	it.each([
		['drain', 'drain'],
		['Dead Corner', 'dead_corner'],
		['沟渠', 'drain'],
		['雨水口', 'drain'],
		['Catch Basin', 'drain'],
		['Storm', 'drain'],
		['卫生死角', 'dead_corner'],
		['野广告墙面', 'adverts'],
		['路段', 'roadside'],
		['农贸市场周边', 'market'],
		['公厕', 'toilet'],
		['河岸', 'river_bank'],
		['其他', 'other'],
		['1', null],
		['', null]
	])('reads %j as %s', (word, kind) => {
		expect(kindOf(word)).toBe(kind);
	});

	it.each([
		['水深', 'deep_water'],
		['车多', 'traffic'],
		['要抬石板', 'heavy_lifting'],
		['狗', null]
	])('reads the hazard %j as %s', (word, hazard) => {
		expect(hazardOf(word)).toBe(hazard);
	});
});

describe('needsCleaning', () => {
	it.each([
		[null, 30, 'never', 0, null, null],
		['2026-10-30', null, 'unscheduled', 0, null, 28],
		['2026-10-30', 28, 'due', 0, 0, 28],
		['2026-10-30', 27, 'overdue', 1, null, 28],
		['2026-10-30', 35, 'due', 0, 7, 28],
		['2026-10-30', 36, 'fresh', 0, 8, 28],
		['2025-11-27', 30, 'overdue', 335, null, 365],
		['2026-11-27', 30, 'fresh', 0, 30, 0],
		['2026-11-28', 30, 'fresh', 0, 30, 0]
	] as const)(
		'last %s, every %s days → %s, %i days overdue, %s left',
		(last, every, state, overdueDays, daysLeft, daysSince) => {
			expect(needsCleaning(last, every, '2026-11-27')).toEqual({ state, overdueDays, daysLeft, daysSince });
		}
	);
});

describe('lengths', () => {
	const square = { lng: 106.92, lat: 27.7 };

	it('measures a known distance: Zunyi to Guiyang, about 123 km as the crow flies', () => {
		const metres = distanceBetween({ lng: 106.9272, lat: 27.7257 }, { lng: 106.6302, lat: 26.6477 });
		expect(metres).toBeGreaterThan(122_000);
		expect(metres).toBeLessThan(124_500);
	});

	it('measures one thousandth of a degree of latitude as 111 metres anywhere', () => {
		expect(distanceBetween(square, { lng: 106.92, lat: 27.701 })).toBeCloseTo(111.195, 2);
	});

	it('adds up the parts of a line', () => {
		const corner = { lng: 106.92, lat: 27.701 };
		const end = { lng: 106.921, lat: 27.701 };
		expect(lengthOfLine([square, corner, end])).toBeCloseTo(
			distanceBetween(square, corner) + distanceBetween(corner, end),
			6
		);
	});

	it('has no length with fewer than two points', () => {
		expect(lengthOfLine([])).toBe(0);
		expect(lengthOfLine([square])).toBe(0);
	});
});
