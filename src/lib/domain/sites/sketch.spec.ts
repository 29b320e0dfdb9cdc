import { describe, expect, it } from 'vitest';
import { sketchOf } from './sketch';

const paper = { width: 300, height: 200, margin: 20 };

describe('a sketch', () => {
	it('has north above and east to the right, in true proportions', () => {
		// In Zunyi (27.7° N) 0.01° of longitude are 984 m, of latitude 1112 m.
		const sketch = sketchOf(
			[
				{ id: 'west', lng: 106.9, lat: 27.7 },
				{ id: 'east', lng: 106.91, lat: 27.7 },
				{ id: 'north', lng: 106.9, lat: 27.71 }
			],
			paper
		)!;
		const [west, east, north] = sketch.places;
		expect(east!.x - west!.x).toBeCloseTo(160 * (984.4 / 1112), 0);
		expect(west!.y - north!.y).toBeCloseTo(160, 5);
		expect(east!.y).toBe(west!.y);
	});

	it('fits its paper and measures in round metres', () => {
		const sketch = sketchOf(
			[
				{ id: 'a', lng: 106.9, lat: 27.7 },
				{ id: 'b', lng: 106.93, lat: 27.705 }
			],
			paper
		)!;
		for (const { x, y } of sketch.places) {
			expect(x).toBeGreaterThanOrEqual(19.99);
			expect(x).toBeLessThanOrEqual(280.01);
			expect(y).toBeGreaterThanOrEqual(19.99);
			expect(y).toBeLessThanOrEqual(180.01);
		}
		expect(sketch.measure.metres).toBe(1000);
		expect(sketch.measure.length).toBeLessThanOrEqual(100);
	});

	it('puts a single place in the middle, and places side by side near each other', () => {
		expect(sketchOf([{ id: 'a', lng: 106.9, lat: 27.7 }], paper)!.places).toEqual([
			{ id: 'a', x: 150, y: 100 }
		]);
		const near = sketchOf(
			[
				{ id: 'a', lng: 106.9, lat: 27.7 },
				{ id: 'b', lng: 106.9001, lat: 27.7 }
			],
			paper
		)!;
		expect(near.places[1]!.x - near.places[0]!.x).toBeLessThan(20);
	});

	it('of nothing is none', () => expect(sketchOf([], paper)).toBeNull());
});
