/** Whether damaged office files are found out: each is a whole one with one thing done to it that programs offer to repair. */
import { strFromU8, strToU8, unzipSync, zipSync, type Unzipped } from 'fflate';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { summaryFile } from '$lib/documents/summary-docx';
import { workbook } from '../src/routes/organize/results/export/workbook';
import { brokenRules } from './office-rules';

const DOCUMENT = 'word/document.xml';
const TYPES = '[Content_Types].xml';
const SHEET = 'xl/worksheets/sheet1.xml';

let word: Unzipped;
let excel: Unzipped;
beforeAll(async () => {
	const picture = { width: 80, height: 60 };
	const jpeg = new Uint8Array(
		await sharp({ create: { ...picture, channels: 3, background: '#456' } })
			.jpeg()
			.toBuffer()
	);
	const cells = ['老城街道', '3', '1'].map((text) => ({ text }));
	const pair = { task_id: 't', site: '官井沟渠', date: '2026-10-30', before: 'a', after: 'b' };
	const file = await summaryFile(
		{
			language: 'zh',
			title: '总结',
			dateline: '',
			sections: [
				{
					heading: '一、工作',
					blocks: [
						{ is: 'paragraph', runs: [{ text: '清理垃圾3吨。' }] },
						{
							is: 'table',
							table: {
								name: 'areas',
								caption: '各街道',
								head: ['街道', '人次', '吨'],
								rows: [cells],
								total: cells
							}
						},
						{ is: 'pictures', title: '照片', pairs: [{ pair, caption: '官井沟渠' }] }
					]
				}
			],
			footnote: '注'
		},
		new Map([
			['a', { jpeg, ...picture }],
			['b', { jpeg, ...picture }]
		])
	);
	word = unzipSync(new Uint8Array(await file.arrayBuffer()));
	const table = await workbook(
		['街道', '人次'],
		[
			['老城', 3],
			[null, true]
		],
		'成果'
	);
	excel = unzipSync(new Uint8Array(await table.arrayBuffer()));
}, 60_000);

/** The file with one text in it changed. */
function changed(parts: Unzipped, name: string, from: string | RegExp, to: string): Uint8Array {
	const text = strFromU8(parts[name]!);
	const other = text.replace(from, to);
	expect(other, `${name} has no ${from}`).not.toBe(text);
	return zipSync({ ...parts, [name]: strToU8(other) });
}

it('finds nothing in what is whole', async () => {
	expect(await brokenRules(zipSync(word), 'docx')).toEqual([]);
	expect(await brokenRules(zipSync(excel), 'xlsx')).toEqual([]);
}, 60_000);

describe('a Word file', () => {
	it.each<[string, string, string | RegExp, string]>([
		['two pictures of one number', DOCUMENT, '<wp:docPr id="2"', '<wp:docPr id="1"'],
		[
			'two bookmarks of one number',
			DOCUMENT,
			'<w:body>',
			'<w:body><w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkEnd w:id="1"/><w:bookmarkStart w:id="1" w:name="b"/><w:bookmarkEnd w:id="1"/>'
		],
		['a picture that is not there', DOCUMENT, /r:embed="[^"]+"/, 'r:embed="rIdNone"'],
		[
			'a picture whose file is not there',
			'word/_rels/document.xml.rels',
			/Target="media\/[^"]*"/,
			'Target="media/no.jpg"'
		],
		['a picture without a size', DOCUMENT, /<wp:extent cx="\d+"/, '<wp:extent cx="0"'],
		['a picture of no known type', TYPES, /<Default [^>]*Extension="jpg"\/>/, ''],
		['styles of another type', TYPES, /<Override [^>]*PartName="\/word\/styles.xml"[^>]*>/, ''],
		[
			'a picture from elsewhere',
			'word/_rels/document.xml.rels',
			'</Relationships>',
			'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="http://example.org/a.jpg" TargetMode="External"/></Relationships>'
		],
		['an empty cell', DOCUMENT, /(<\/w:tcPr>)<w:p>.*?<\/w:p>(<\/w:tc>)/, '$1$2'],
		['a row with a cell too few', DOCUMENT, /<w:tc>.*?<\/w:tc>/, ''],
		['a table without a grid', DOCUMENT, /<w:tblGrid>.*?<\/w:tblGrid>/, ''],
		[
			'a table against the next',
			DOCUMENT,
			/(<\/w:tbl>)<w:p>.*?<\/w:p>/,
			'$1<w:tbl><w:tblPr/><w:tblGrid/></w:tbl>'
		],
		['a paragraph told in the wrong order', DOCUMENT, /(<w:jc [^>]*>)(<\/w:pPr>)/, '$1<w:keepNext/>$2'],
		['a run told in the wrong order', DOCUMENT, /(<w:sz [^>]*>)/, '<w:szCs w:val="20"/>$1'],
		['a table told in the wrong order', DOCUMENT, /(<w:tblLayout [^>]*>)/, '$1<w:jc w:val="center"/>'],
		['a cell told in the wrong order', DOCUMENT, /(<w:vAlign [^>]*>)/, '$1<w:noWrap/>'],
		['a page told in the wrong order', DOCUMENT, /(<w:pgSz [^>]*>)(<w:pgMar [^>]*>)/, '$2$1'],
		['a word that the rules do not know', DOCUMENT, '<w:jc w:val="center"/>', '<w:jc w:val="middle"/>'],
		['an element that the rules do not know', DOCUMENT, '<w:p>', '<w:p><w:foo/>'],
		['no number where one is', DOCUMENT, /<w:sz w:val="\d+"/, '<w:sz w:val="big"'],
		['a style that nobody defined', DOCUMENT, /<w:pStyle w:val="[^"]*"/, '<w:pStyle w:val="Nobody"'],
		[
			'a list that nobody defined',
			DOCUMENT,
			'<w:keepNext/>',
			'<w:keepNext/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="99"/></w:numPr>'
		],
		['a character that XML forbids', DOCUMENT, '</w:t>', '\u0001</w:t>'],
		['what is not closed', DOCUMENT, '</w:t>', '']
	])('with %s is damaged', async (_, ...change) => {
		expect(await brokenRules(changed(word, ...change), 'docx')).not.toEqual([]);
	});
});

describe('an Excel file', () => {
	it.each<[string, string, string | RegExp, string]>([
		['a sheet of too long a name', 'xl/workbook.xml', /(<sheet [^>]*name=")[^"]*/, `$1${'长'.repeat(32)}`],
		['a sheet named with a slash', 'xl/workbook.xml', /(<sheet [^>]*name=")[^"]*/, '$12026/10'],
		[
			'a sheet that is not there',
			'xl/_rels/workbook.xml.rels',
			'worksheets/sheet1.xml',
			'worksheets/sheet9.xml'
		],
		['a sheet of no known type', TYPES, /<Override [^>]*PartName="\/xl\/worksheets\/sheet1.xml"[^>]*>/, ''],
		['a text that is not there', SHEET, /t="s"([^>]*><v>)\d+/, 't="s"$199'],
		['no number where one is', SHEET, '<v>3</v>', '<v>drei</v>'],
		['a text too long for a cell', 'xl/sharedStrings.xml', '老城', '长'.repeat(40_000)],
		['a format that is not there', SHEET, /(<c [^>]*)s="\d+"/, '$1s="99"'],
		['a character that XML forbids', 'xl/sharedStrings.xml', '老城', '\u0001'],
		['an element that the rules do not know', SHEET, '<sheetData>', '<foo/><sheetData>']
	])('with %s is damaged', async (_, ...change) => {
		expect(await brokenRules(changed(excel, ...change), 'xlsx')).not.toEqual([]);
	});
});
