import { describe, expect, it } from 'vitest';
import { plain } from './fields';
import { countValues, guessLeaveOut, guessMapping } from './guess-mapping';

/** Columns by header, as the guesser wants them. */
function guess(columns: Record<string, readonly string[]>) {
	const headers = Object.keys(columns);
	const count = Math.max(...Object.values(columns).map((cells) => cells.length));
	return guessMapping(
		headers,
		Array.from({ length: count }, (_, row) => headers.map((header) => columns[header]?.[row] ?? ''))
	);
}

const lng = ['106.92', '106.93'];
const lat = ['27.71', '27.72'];

describe('guessMapping', () => {
	it('maps a utility’s drains the way a person would', () => {
		expect(
			guess({
				FID: ['1', '2', '3'],
				OBJECTID: ['38', '39', '40'],
				Enabled: ['1', '1', '1'],
				Subtype: ['1', '1', '0'],
				FacilityID: [' ', ' ', ' '],
				LifecycleS: ['Proposed', 'Active', 'Abandoned'],
				WaterType: ['Storm', 'Storm', 'Storm'],
				PlanNum: ['PF-62', 'PF-62', 'NA'],
				Owner: ['Somerv', 'Somerv', 'Somerv'],
				Comments: ['PROPOSED CB', ' ', ' '],
				Station: ['9999', '9999', '9999'],
				x: ['-71.1332788426083', '-71.13', '-71.12'],
				y: ['42.4045640502173', '42.40', '42.39']
			})
		).toEqual({
			lng: 'x',
			lat: 'y',
			external_id: 'OBJECTID',
			status: 'LifecycleS',
			note: 'Comments',
			responsible_unit: 'Owner',
			kind: 'WaterType'
		});
	});

	it('maps a Chinese list', () => {
		expect(
			guess({
				编号: ['HG-1', 'HG-2'],
				沟渠名称: ['官井沟渠', '南门涵洞'],
				类型: ['沟渠', '沟渠'],
				'长度（米）': ['620', '140'],
				状态: ['正常', '废弃'],
				所属社区: ['府后山社区', '府后山社区'],
				责任单位: ['城管局', '城管局'],
				清理周期: ['30天', '30天'],
				最少人数: ['6', '6'],
				最多人数: ['12', '12'],
				经度: lng,
				纬度: lat,
				备注: ['深水', '']
			})
		).toEqual({
			external_id: '编号',
			name: '沟渠名称',
			kind: '类型',
			length_m: '长度（米）',
			status: '状态',
			area: '所属社区',
			responsible_unit: '责任单位',
			interval_days: '清理周期',
			crew_min: '最少人数',
			crew_max: '最多人数',
			lng: '经度',
			lat: '纬度',
			note: '备注'
		});
	});

	it.each([
		['x', 'y'],
		['lon', 'lat'],
		['lng', 'lat'],
		['LONGITUDE', 'LATITUDE'],
		['Point_X', 'Point_Y'],
		['经度', '纬度'],
		['经度（WGS84）', '纬度（WGS84）'],
		['中心点经度', '中心点纬度']
	])('knows %s and %s', (first, second) => {
		expect(guess({ [first]: lng, [second]: lat })).toEqual({ lng: first, lat: second });
	});

	it('exchanges x and y where x points north', () => {
		expect(guess({ X坐标: lat, Y坐标: lng })).toEqual({ lng: 'Y坐标', lat: 'X坐标' });
	});

	it('does not take metres on a grid for degrees', () => {
		expect(guess({ x: ['38400123.1', '38400124.9'], y: ['3067012.5', '3067013.5'] })).toEqual({});
	});

	it.each([
		[{ FacilityID: ['A1', 'A2'], OBJECTID: ['1', '2'] }, 'FacilityID'],
		[{ FacilityID: [' ', ' '], OBJECTID: ['1', '2'] }, 'OBJECTID'],
		[{ OBJECTID: ['1', '1'], FID: ['1', '2'] }, 'FID'],
		[{ Drain_ID: ['d1', 'd2'] }, 'Drain_ID'],
		[{ 编号: ['1', ''], 序号: ['1', '2'] }, '序号'],
		[{ id: ['7', '7'] }, undefined]
	])('chooses the id of %j: %s', (columns, header) => {
		expect(guess(columns).external_id).toBe(header);
	});

	it('leaves a column of unknown codes to the person', () => {
		expect(guess({ Subtype: ['1', '0'] }).kind).toBeUndefined();
		expect(guess({ Subtype: ['drain', 'toilet'] }).kind).toBe('Subtype');
	});

	it('does not take free text for a status', () => {
		const texts = Array.from({ length: 30 }, (_, i) => `text ${i}`);
		expect(guess({ Status: texts }).status).toBeUndefined();
	});

	it('guesses by headers alone when there are no rows', () => {
		expect(guessMapping(['经度', '纬度', 'name'], [])).toEqual({ lng: '经度', lat: '纬度', name: 'name' });
	});
});

it.each([
	['长度（米）', '长度'],
	[' Facility_ID ', 'facilityid'],
	['ｌｎｇ', 'lng'],
	['(x)', 'x']
])('writes the header %j plainly as %j', (header, text) => {
	expect(plain(header)).toBe(text);
});

it('counts values without blanks', () => {
	expect(countValues(['b', ' ', 'a ', 'a', '<Null>'])).toEqual([
		['a', 2],
		['b', 1]
	]);
});

it('proposes to leave out what is not there', () => {
	expect(guessLeaveOut(['Active', 'Proposed', 'Abandoned', '在用', '废弃'])).toEqual([
		'Proposed',
		'Abandoned',
		'废弃'
	]);
});
