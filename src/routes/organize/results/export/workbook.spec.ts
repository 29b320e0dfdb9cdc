import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { m } from '$lib/paraglide/messages';
import { brokenRules } from '../../../../../tests/office-rules';
import { workbook } from './workbook';

/** The cells of the sheet in their order: texts as they stand, numbers as numbers. */
async function read(rows: Parameters<typeof workbook>[1]) {
	const file = await workbook(['甲'], rows, '成果');
	expect(await brokenRules(file, 'xlsx')).toEqual([]);
	const parts = unzipSync(new Uint8Array(await file.arrayBuffer()));
	const xml = (name: string) => strFromU8(parts[name]!);
	const texts = [...xml('xl/sharedStrings.xml').matchAll(/<t(?: [^>]*)?>([^<]*)<\/t>/g)].map(
		([, text = '']) => text
	);
	const sheet = xml('xl/worksheets/sheet1.xml');
	const cells = [...sheet.matchAll(/<c ([^>]*)>(.*?)<\/c>/g)].map(([, kind = '', inner = '']) => {
		const value = /<v>([^<]*)<\/v>/.exec(inner)?.[1] ?? '';
		return kind.includes('t="s"') ? texts[Number(value)] : Number(value);
	});
	return {
		cells: cells.slice(1),
		sheet,
		texts,
		all: Object.values(parts)
			.map((part) => strFromU8(part))
			.join('')
	};
}

it('runs nothing: what begins as a formula is a text with an apostrophe, in Chinese width too', async () => {
	const { cells, sheet } = await read([
		['=1+1'],
		['+86'],
		['-2'],
		['@SUM(A1)'],
		['\t=1'],
		['＝1+1'],
		['老城街道'],
		[-3],
		[1.5]
	]);
	expect(cells).toEqual(["'=1+1", "'+86", "'-2", "'@SUM(A1)", "'\t=1", "'＝1+1", '老城街道', -3, 1.5]);
	expect(sheet).not.toContain('<f');
});

it('opens whatever people pasted: nothing in it that XML forbids', async () => {
	const { all, cells } = await read([['一行\u000b又一行\u0001\ufffe'], ['<b> & "引" 😀'], ['']]);
	expect(all).not.toMatch(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
	expect(cells[0]).toBe('一行又一行');
	expect(cells[1]).toMatch(/^&lt;b&gt; &amp; (?:"|&quot;)引(?:"|&quot;) 😀$/);
});

it.each(['zh', 'en'] as const)(
	'keeps the rules of Excel under each name it gets in %s, with nothing in it too',
	async (locale) => {
		for (const name of [
			m.open_export_days,
			m.open_export_tasks,
			m.open_export_results,
			m.open_export_signups
		]) {
			const sheet = name({}, { locale });
			expect(await brokenRules(await workbook(['甲', '乙'], [], sheet), 'xlsx'), sheet).toEqual([]);
		}
	},
	60_000
);
