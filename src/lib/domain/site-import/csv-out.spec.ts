import { describe, expect, it } from 'vitest';
import { neutralise, restore } from './cells';
import { errorsCsv, exportCsv, type ExportWords, type Layout } from './csv-out';
import { fromWgs84 } from './datum';
import { utilityDrains } from './fixtures/utility-drains';
import { guessMapping } from './guess-mapping';
import { parse } from './parse';
import { readSites } from './read-sites';
import { type ImportOptions, type SiteDraft } from './to-site';

const WORDS: ExportWords = {
	headers: {
		external_id: '编号',
		name: '名称',
		kind: '类型',
		area: '社区',
		lng: '经度',
		lat: '纬度',
		length_m: '长度（米）',
		status: '状态',
		address: '地址',
		note: '备注',
		responsible_unit: '责任单位',
		crew_min: '最少人数',
		crew_max: '最多人数',
		minutes: '预计分钟',
		interval_days: '间隔天数',
		hazards: '危险',
		tools: '工具'
	},
	kind: (kind) => ({ drain: '沟渠', toilet: '公厕' })[kind as string] ?? kind,
	area: (id) => `社区 ${id}`
};

const OPTIONS: ImportOptions = {
	areaId: 'a1',
	datum: 'wgs84',
	kind: 'drain',
	leaveOut: [],
	nameFor: (kind, id) => `沟渠 ${id}`
};

/** Imports a text; gives the sites and the layout to export them by. */
function imports(text: string, options: Partial<ImportOptions> = {}): { layout: Layout; sites: SiteDraft[] } {
	const table = parse(text);
	const mapping = guessMapping(
		table.headers,
		table.rows.map((row) => row.cells)
	);
	const settings = { ...OPTIONS, ...options };
	return {
		layout: { headers: table.headers, mapping, options: settings },
		sites: readSites(table, mapping, settings).sites
	};
}

/** What a spreadsheet would show: the header and the rows. */
function grid(text: string) {
	const { headers, rows } = parse(text);
	return [headers, ...rows.map((row) => row.cells)];
}

describe('exportCsv', () => {
	it('gives a utility’s file back, cell by cell, in the original order', () => {
		const file = utilityDrains(120);
		expect(grid(exportCsv([imports(file)], WORDS))).toEqual(grid(file));
	});

	it('gives back a file without coordinates', () => {
		const file = '名称,地址,长度\r\n官井沟渠,桥头,620.04\r\n北门沟,,\r\n';
		const group = imports(file);
		expect(group.sites.map((site) => [site.externalId, site.lng])).toEqual([
			['桥头 官井沟渠', null],
			['北门沟', null]
		]);
		expect(grid(exportCsv([group], WORDS))).toEqual(grid(file));
	});

	it('writes the rows in the order of the file', () => {
		const file = utilityDrains(30);
		const group = imports(file);
		expect(grid(exportCsv([{ ...group, sites: group.sites.toReversed() }], WORDS))).toEqual(grid(file));
	});

	it('imports again as the same sites', () => {
		const first = imports(utilityDrains(120));
		expect(imports(exportCsv([first], WORDS)).sites).toEqual(first.sites);
	});

	it('gives back the file’s own coordinates in the file’s datum', () => {
		const point = fromWgs84({ lng: 106.92, lat: 27.7 }, 'bd09');
		const file = `编号,经度,纬度\r\n1,${point.lng},${point.lat}\r\n`;
		const group = imports(file, { datum: 'bd09' });
		expect(grid(exportCsv([group], WORDS))).toEqual(grid(file));
	});

	it('writes what was changed here into its column, in the words and the datum of the file', () => {
		const group = imports('编号,名称,类型,经度,纬度,长度\n1,旧名,沟,106.92,27.7,620米\n', { datum: 'gcj02' });
		const [site] = group.sites as [SiteDraft];
		const moved = { lng: 106.93, lat: 27.71 };
		const changed = { ...site, ...moved, name: '新名', kind: 'toilet' as const, lengthM: 700 };
		const target = fromWgs84(moved, 'gcj02');
		expect(grid(exportCsv([{ ...group, sites: [changed] }], WORDS))[1]).toEqual([
			'1',
			'新名',
			'公厕',
			String(target.lng),
			String(target.lat),
			'700'
		]);
	});

	it('adds a column for what was changed and the file had no column for', () => {
		const group = imports('id,x,y\n1,106.92,27.7\n2,106.93,27.7\n');
		const sites = group.sites.map((site, i) => (i === 1 ? { ...site, name: '官井沟渠', note: '深' } : site));
		expect(grid(exportCsv([{ ...group, sites }], WORDS))).toEqual([
			['id', 'x', 'y', '名称', '备注'],
			['1', '106.92', '27.7', '', ''],
			['2', '106.93', '27.7', '官井沟渠', '深']
		]);
	});

	it('does not add a column under a header of the file that means something else', () => {
		const group = imports('id,x,y,备注,note\n1,106.92,27.7,甲,乙\n');
		expect(group.layout.mapping.note).toBe('备注');
		const mapping = { ...group.layout.mapping, note: undefined };
		const layout = { ...group.layout, mapping } as Layout;
		expect(grid(exportCsv([{ layout, sites: group.sites }], WORDS))[0]).toEqual([
			'id',
			'x',
			'y',
			'备注',
			'note',
			'备注 (2)'
		]);
	});

	it('exports sites made here so that an import knows every column', () => {
		const [made] = imports('id,x,y\n1,106.92,27.7\n').sites as [SiteDraft];
		const csv = exportCsv([{ layout: null, sites: [{ ...made, name: '官井', tools: '铁锹、绳子' }] }], WORDS);
		const [again] = imports(csv, { areas: { '社区 a1': 'a1' } }).sites as [SiteDraft];
		expect({ ...again, line: 2, extra: {} }).toEqual({
			...made,
			name: '官井',
			nameMadeUp: false,
			tools: '铁锹、绳子',
			extra: {}
		});
	});

	it('puts files of different columns side by side', () => {
		const csv = exportCsv(
			[imports('id,x,y,A\n1,106.92,27.7,a\n'), imports('id,B,x,y\n2,b,106.92,27.7\n')],
			WORDS
		);
		expect(grid(csv)).toEqual([
			['id', 'x', 'y', 'A', 'B'],
			['1', '106.92', '27.7', 'a', ''],
			['2', '106.92', '27.7', '', 'b']
		]);
	});
});

describe('errorsCsv', () => {
	it('lists line, reason and the file’s columns, for Excel, with formulas made harmless', () => {
		const csv = errorsCsv(
			['编号', '备注', 'x'],
			[
				{
					line: 3,
					field: 'lng',
					reason: 'coordinates_missing',
					detail: '',
					cells: ['=1+1', '@x,"y"', '-71.5']
				}
			],
			{ line: '行', reason: '原因', explain: (error) => `缺 ${error.field}` }
		);
		expect(csv).toBe('\uFEFF行,原因,编号,备注,x\r\n3,缺 lng,\'=1+1,"\'@x,""y""",-71.5\r\n');
	});
});

it.each([
	'=1+1',
	'+86 138',
	'@a',
	'-x',
	"'=1",
	"''=1",
	'\tx',
	'-71.5',
	'+3',
	'',
	"'quoted'",
	'a=b',
	'＝1+1',
	'＠a',
	' =1',
	'\n=1',
	"'\u3000＝1"
])('%j is harmless and comes back as it was', (cell) => {
	expect(restore(neutralise(cell))).toBe(cell);
	expect(neutralise(cell)).not.toMatch(/^\s*[=@＝＠]|^[\t\r\n]|^[+-][^\d.]/);
});
