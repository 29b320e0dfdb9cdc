import { describe, expect, it } from 'vitest';
import { distanceBetween } from '../sites/geometry';
import { fromWgs84, toWgs84 } from './datum';
import { utilityDrains } from './fixtures/utility-drains';
import { guessMapping } from './guess-mapping';
import { parse } from './parse';
import { readSites } from './read-sites';
import { toSite, type ImportOptions } from './to-site';

const OPTIONS: ImportOptions = {
	areaId: 'area-1',
	datum: 'wgs84',
	kind: 'drain',
	leaveOut: [],
	nameFor: (kind, id) => `${kind} ${id}`
};

/** Reads a text as the page does: parse, first guess, options. */
function read(text: string, options: Partial<ImportOptions> = {}) {
	const table = parse(text);
	const mapping = guessMapping(
		table.headers,
		table.rows.map((row) => row.cells)
	);
	return readSites(table, mapping, { ...OPTIONS, ...options });
}

/** Reads one row given by field; only what matters to a case is set. */
function readRow(cells: Partial<Record<keyof typeof ROW, string>>, options: Partial<ImportOptions> = {}) {
	const row = { ...ROW, ...cells };
	const headers = Object.keys(row);
	const mapping = Object.fromEntries(headers.map((header) => [header, header]));
	return toSite({ line: 7, cells: Object.values(row) }, headers, mapping, { ...OPTIONS, ...options });
}

const ROW = {
	external_id: 'A1',
	name: '官井沟渠',
	kind: '沟渠',
	lng: '106.92',
	lat: '27.7',
	length_m: '',
	status: '',
	address: '',
	note: '',
	responsible_unit: '',
	crew_min: '',
	crew_max: '',
	minutes: '',
	interval_days: '',
	hazards: '',
	tools: '',
	area: ''
};

describe('a good row', () => {
	it('takes what the file says and the kind’s defaults for the rest', () => {
		expect(
			readRow({ length_m: '６２０ 米', note: ' 深水 ', crew_max: '20人', hazards: '水深、车多' })
		).toEqual({
			site: {
				line: 7,
				externalId: 'A1',
				name: '官井沟渠',
				nameMadeUp: false,
				kind: 'drain',
				areaId: 'area-1',
				lng: 106.92,
				lat: 27.7,
				lengthM: 620,
				address: '',
				note: '深水',
				responsibleUnit: '',
				crewMin: 6,
				crewMax: 20,
				minutes: 120,
				intervalDays: 30,
				hazards: ['deep_water', 'traffic'],
				tools: '',
				extra: {
					external_id: 'A1',
					name: '官井沟渠',
					kind: '沟渠',
					lng: '106.92',
					lat: '27.7',
					length_m: '６２０ 米',
					note: ' 深水 ',
					crew_max: '20人',
					hazards: '水深、车多'
				}
			}
		});
	});

	it.each([
		['1.2公里', 1200],
		['1,250.5', 1250.5],
		['0', null],
		[' ', null],
		['<Null>', null]
	])('reads the length %j as %j', (length_m, lengthM) => {
		expect(readRow({ length_m })).toMatchObject({ site: { lengthM } });
	});

	it('makes up a name, and an id that stays the same for the same place', () => {
		expect(readRow({ name: ' ' })).toMatchObject({ site: { name: 'drain A1', nameMadeUp: true } });
		expect(readRow({ external_id: '' })).toMatchObject({
			site: { externalId: '@106.920000,27.700000 官井沟渠' }
		});
	});

	it('moves a default crew size out of the way of a typed one', () => {
		expect(readRow({ crew_max: '3' })).toMatchObject({ site: { crewMin: 3, crewMax: 3 } });
		expect(readRow({ crew_min: '30' })).toMatchObject({ site: { crewMin: 30, crewMax: 30 } });
	});

	it('understands the file’s words for kinds and areas', () => {
		const options = { kinds: { '1': 'toilet' as const }, areas: { 府后山社区: 'area-2' } };
		expect(readRow({ kind: '1', area: '府后山社区' }, options)).toMatchObject({
			site: { kind: 'toilet', areaId: 'area-2' }
		});
	});

	it('leaves out the statuses it is told to, before looking for faults', () => {
		expect(readRow({ status: 'Proposed', lng: '' }, { leaveOut: ['Proposed'] })).toEqual({
			leftOut: 'Proposed'
		});
	});
});

describe('a bad row', () => {
	it.each([
		[{ lng: ' ', external_id: '' }, 'lng', 'coordinates_missing', ''],
		[{ lat: '北' }, 'lat', 'coordinates_not_numbers', '北'],
		[{ lng: '0', lat: '0.0' }, 'lng', 'coordinates_zero', ''],
		[{ lng: '27.7', lat: '106.92' }, 'lat', 'coordinates_swapped', '27.7, 106.92'],
		[{ lng: '181' }, 'lng', 'coordinates_out_of_range', '181, 27.7'],
		[{ lng: '38400123', lat: '3067012' }, 'lng', 'coordinates_out_of_range', '38400123, 3067012'],
		[{ length_m: '-3' }, 'length_m', 'number_negative', '-3'],
		[{ length_m: '很长' }, 'length_m', 'number_invalid', '很长'],
		[{ length_m: '101公里' }, 'length_m', 'number_out_of_range', '0–100000'],
		[{ crew_min: '8', crew_max: '4' }, 'crew_min', 'crew_order', '8 > 4'],
		[{ minutes: '2000' }, 'minutes', 'number_out_of_range', '5–600'],
		[{ minutes: '1' }, 'minutes', 'number_out_of_range', '5–600'],
		[{ kind: '1' }, 'kind', 'kind_unknown', '1'],
		[{ area: '不知道' }, 'area', 'area_unknown', '不知道'],
		[{ name: '长'.repeat(81) }, 'name', 'text_too_long', '80'],
		[{ tools: '铲'.repeat(201) }, 'tools', 'text_too_long', '200']
	] as const)('%j → %s %s', (cells, field, reason, detail) => {
		expect(readRow(cells)).toEqual({ error: { line: 7, field, reason, detail } });
	});

	it('is one that is exchanged though both numbers are possible', () => {
		expect(readRow({ lng: '43.8', lat: '87.6' }, { around: { lng: 87.6, lat: 43.8 } })).toMatchObject({
			error: { reason: 'coordinates_swapped' }
		});
	});
});

describe('a whole file', () => {
	it('names the first line of an id that repeats', () => {
		const { sites, errors } = read(
			'编号,经度,纬度\nA,106.9,27.7\nB,106.9,27.7\n,,\n A ,106.8,27.6\n'.padEnd(60)
		);
		expect(sites.map((site) => site.externalId)).toEqual(['A', 'B']);
		expect(errors).toEqual([
			{ line: 5, field: 'external_id', reason: 'duplicate_id', detail: '2', cells: [' A ', '106.8', '27.6'] }
		]);
	});

	it('asks for an id where nothing else tells rows apart', () => {
		const { sites, errors } = read('名称,备注\n官井沟渠,深\n,无名\n');
		expect(sites).toMatchObject([{ externalId: '官井沟渠', lng: null, lat: null }]);
		expect(errors).toMatchObject([{ line: 3, field: 'external_id', reason: 'id_missing' }]);
	});

	it('notices rows whose coordinates are exchanged by where the others are', () => {
		const { sites, errors } = read('id,lng,lat\n1,87.61,43.81\n2,43.82,87.62\n3,87.63,43.83\n');
		expect(sites).toHaveLength(2);
		expect(errors).toMatchObject([{ line: 3, reason: 'coordinates_swapped' }]);
	});

	it('lists a row that an unquoted comma has shifted', () => {
		const { errors } = read('id,note,lng,lat\n1,a,b,106.9,27.7\n2,c,106.9,27.7\n3,d,106.9,27.7\n');
		expect(errors).toMatchObject([{ line: 2, field: null, reason: 'ragged' }]);
	});

	it('reads a utility’s 591 drains: none lost, the planned and the gone left out', () => {
		const reading = read(utilityDrains(591), { leaveOut: ['Proposed', 'Abandoned'] });
		expect(reading.errors).toEqual([]);
		expect(reading.leftOut).toEqual({ Proposed: 66, Abandoned: 65 });
		expect(reading.sites).toHaveLength(460);
		expect(reading.sites[1]).toMatchObject({
			externalId: '39',
			note: 'EXISTING CB',
			kind: 'drain',
			name: 'drain 39'
		});
	});
});

describe('datum', () => {
	/** Tian’anmen in all three, from published tables. */
	const GPS = { lng: 116.391305, lat: 39.905959 };

	it.each(['gcj02', 'bd09'] as const)('%s comes back to within half a metre', (datum) => {
		const there = fromWgs84(GPS, datum);
		expect(distanceBetween(there, GPS)).toBeGreaterThan(400);
		expect(distanceBetween(toWgs84(there, datum), GPS)).toBeLessThan(0.5);
	});

	it('moves a row of a Chinese map to where a GPS finds it', () => {
		const { lng, lat } = fromWgs84({ lng: 106.92, lat: 27.7 }, 'gcj02');
		const result = readRow({ lng: String(lng), lat: String(lat) }, { datum: 'gcj02' });
		expect(result).toMatchObject({
			site: { lng: expect.closeTo(106.92, 5) as number, lat: expect.closeTo(27.7, 5) as number }
		});
	});

	it('leaves places outside China where they are', () => {
		expect(toWgs84({ lng: -71.1332788, lat: 42.4045641 }, 'gcj02')).toEqual({
			lng: -71.1332788,
			lat: 42.4045641
		});
	});
});
