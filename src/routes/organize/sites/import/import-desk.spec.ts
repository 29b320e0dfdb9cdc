import { describe, expect, it } from 'vitest';
import { utilityDrains } from '$lib/domain/site-import/fixtures/utility-drains';
import { KINDS, type Kind } from '$lib/domain/sites';
import { ImportDesk } from './import-desk';
import type { SentOptions } from './protocol';

const bytesOf = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer;
const options: SentOptions = {
	areaId: 'area-1',
	datum: 'wgs84',
	kind: 'drain',
	leaveOut: ['Proposed'],
	kindNames: Object.fromEntries(KINDS.map((kind) => [kind, `<${kind}>`])) as Record<Kind, string>
};

describe('the import desk', () => {
	const desk = new ImportDesk();
	const opened = desk.open({ name: 'drains-2026.csv', bytes: bytesOf(utilityDrains(591)) });

	it('tells what a file holds and what it takes its columns for', () => {
		expect(opened).toMatchObject({ rowCount: 591, encoding: 'utf-8', kind: 'drain' });
		expect(opened.mended).toBeGreaterThan(0);
		expect(opened.mapping).toMatchObject({
			lng: 'x',
			lat: 'y',
			external_id: 'OBJECTID',
			status: 'LifecycleS'
		});
		expect(opened.columns.find(({ header }) => header === 'LifecycleS')?.values).toEqual([
			['Active', 460],
			['Proposed', 66],
			['Abandoned', 65]
		]);
		expect(opened.columns.find(({ header }) => header === 'OBJECTID')).toMatchObject({
			samples: ['38', '39', '40'],
			values: null
		});
	});

	it('tells by which ids its good rows are told apart', () => {
		desk.check({ mapping: opened.mapping, options });
		const ids = desk.ids();
		expect(ids).toHaveLength(525);
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids).toContain('38');
	});

	it('checks under the person’s mapping and gives the sites out in parts', () => {
		const checked = desk.check({ mapping: opened.mapping, options });
		expect(checked).toMatchObject({
			count: 525,
			leftOut: [['Proposed', 66]],
			errorCount: 0,
			kinds: [['drain', 525]]
		});
		expect(checked.preview[0]?.name).toBe('<drain> 38');
		expect(desk.sites({ from: 500, to: 1000 })).toHaveLength(25);
	});

	it('keeps every row with a problem, and shows the first', () => {
		const checked = desk.check({ mapping: { ...opened.mapping, lng: 'y', lat: 'x' }, options });
		expect(checked.count).toBe(0);
		expect(checked.errors.length).toBeLessThan(checked.errorCount);
		expect(desk.errors().errors).toHaveLength(checked.errorCount);
	});

	it.each([
		['PK\u0003\u0004', 'spreadsheet'],
		['', 'empty'],
		['\n \n', 'empty'],
		['编号,名称\n', 'no_rows'],
		[`id\n${'1\n'.repeat(50_001)}`, 'too_large']
	])('refuses %j as %s', (text, problem) => {
		expect(() => new ImportDesk().open({ name: 'x.csv', bytes: bytesOf(text) })).toThrow(
			expect.objectContaining({ problem })
		);
	});
});
