import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readAreas } from './read-areas';

const HEADER = 'code,parent_code,level,name\n';

describe('a list of areas', () => {
	it('is read from the published codes, all of it', () => {
		const list = readFileSync(
			new URL('../../../../supabase/seed/honghuagang-areas.csv', import.meta.url),
			'utf8'
		);
		const { areas, bad } = readAreas(list);
		expect(bad).toEqual([]);
		const count = (level: string) => areas.filter((area) => area.level === level).length;
		expect([count('district'), count('street'), count('community')]).toEqual([1, 23, 196]);
		expect(areas.find(({ code }) => code === '520302001')).toMatchObject({
			name: '老城街道',
			parent_code: '520302'
		});
		expect(areas.filter(({ name }) => /委员会$/.test(name))).toEqual([]);
	});

	it('takes Chinese headers and words, tabs from a spreadsheet, communities before their street', () => {
		const { areas, bad } = readAreas(
			'级别\t名称\t代码\t上级代码\n社区\t府后山社区\t11\t1\n街道\t老城街道\t1\t\n'
		);
		expect(bad).toEqual([]);
		expect(areas.map(({ name, level }) => [name, level])).toEqual([
			['老城街道', 'street'],
			['府后山社区', 'community']
		]);
	});

	it('names each line that does not work, and reads the others', () => {
		const { areas, bad } = readAreas(
			HEADER +
				'1,,street,老城\n,1,community,无码\n1,,street,重复\n2,,galaxy,远方\n3,9,community,孤儿\n4 4,1,community,空格\n5,1,community,\n'
		);
		expect(areas.map(({ name }) => name)).toEqual(['老城']);
		expect(bad.map(({ line, problem, detail }) => [line, problem, detail])).toEqual([
			[3, 'no-code', ''],
			[4, 'code-repeated', '1'],
			[5, 'bad-level', 'galaxy'],
			[6, 'unknown-parent', '9'],
			[7, 'bad-code', '4 4'],
			[8, 'no-name', '']
		]);
	});

	it('lets a later list add to streets that are there', () => {
		expect(readAreas(`${HEADER}12,1,village,官田村\n`, [{ code: '1', level: 'street' }])).toEqual({
			areas: [{ code: '12', parent_code: '1', level: 'community', name: '官田村', name_en: undefined }],
			bad: []
		});
	});

	it('takes of a list of the whole city the streets of this district, and none where it cannot tell which', () => {
		const city =
			HEADER +
			'1,,district,甲区\n2,,district,乙区\n11,1,street,老城\n21,2,street,新城\n22,21,community,远邻\n';
		const { areas, bad } = readAreas(city, [{ code: '1', level: 'district' }]);
		expect(areas.map(({ name }) => name)).toEqual(['甲区', '乙区', '老城']);
		expect(bad).toEqual([
			{ line: 5, problem: 'other-district', detail: '2' },
			{ line: 6, problem: 'unknown-parent', detail: '21' }
		]);
		expect(readAreas(city).bad.map(({ line }) => line)).toEqual([4, 5, 6]);
		// The code that the district was given by hand is not the list's.
		const own = HEADER + '1,,district,甲区\n11,1,street,老城\n';
		expect(readAreas(own, [{ code: 'A', level: 'district' }]).bad).toEqual([]);
	});

	it('says which column is missing', () => {
		expect(readAreas('code,name\n1,x\n').bad).toEqual([
			{ line: 1, problem: 'no-column', detail: 'parent_code' },
			{ line: 1, problem: 'no-column', detail: 'level' }
		]);
		expect(readAreas('').areas).toEqual([]);
	});
});
