/** The Word file with whatever people type: what Word, WPS and LibreOffice refuse as damaged must not be in it. */
import { strFromU8, unzipSync, type Unzipped } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { WrittenSummary } from '$lib/i18n/summary-words';
import { summaryFile, type Picture } from './summary-docx';

/** What people paste: line breaks of word processors, bells, half an emoji, characters that XML reserves or forbids. */
const NASTY = [
	'甲\u000b乙\u0001\u0000\u001f',
	'半个\ud83d表情',
	'\udc00反了',
	'不是字\ufffe\uffff',
	'😀👨‍👩‍👧‍👦𠮷野家',
	'<w:p> & "引" \'号\' ]]> <!-- --> &amp; &#0;',
	'\t 空白\u00a0\u3000 ',
	'\u202e反着写\u202c',
	'长'.repeat(40_000),
	''
];
const jpeg = (byte: number): Picture => ({ jpeg: new Uint8Array([0xff, 0xd8, byte]), width: 80, height: 60 });

function written(text: string): WrittenSummary {
	const cells = ['', text, '1'].map((one) => ({ text: one }));
	const pair = { task_id: 't', site: text, date: '2026-10-30', before: 'a', after: 'b' };
	return {
		language: 'zh',
		title: text,
		dateline: text,
		sections: [
			{
				heading: text,
				blocks: [
					{ is: 'text', block: 'opening', paragraphs: [text, text] },
					{ is: 'paragraph', runs: [{ text }, { text: '' }] },
					{ is: 'text', block: 'work', paragraphs: [] },
					{
						is: 'table',
						table: {
							name: 'areas',
							caption: text,
							head: ['', text, ''],
							rows: [cells, cells],
							total: cells
						}
					},
					{
						is: 'pictures',
						title: text,
						pairs: [
							{ pair, caption: text },
							{ pair: { ...pair, after: 'c' }, caption: text }
						]
					}
				]
			}
		],
		footnote: text
	};
}

async function partsOf(text: string): Promise<Unzipped> {
	const pictures = new Map([
		['a', jpeg(1)],
		['b', jpeg(2)],
		['c', jpeg(3)]
	]);
	const file = await summaryFile(written(text), pictures);
	return unzipSync(new Uint8Array(await file.arrayBuffer()));
}

const isXml = (name: string) => name.endsWith('.xml') || name.endsWith('.rels');

/** Why a text is no XML, or null. Comments, sections of raw text and the like are none of ours and count as faults. */
function faultOf(xml: string): string | null {
	const body = xml.replace(/^<\?xml [^>]*\?>/, '');
	const bad = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(body);
	if (bad) return `character ${bad[0].codePointAt(0)?.toString(16)}`;
	const open: string[] = [];
	let roots = 0;
	for (const [token] of body.matchAll(/<[^>]*>|[^<]+/g)) {
		if (/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i.test(token))
			return `entity in ${token.slice(0, 80)}`;
		if (!token.startsWith('<')) {
			if (open.length === 0 && token.trim() !== '') return 'text outside';
			continue;
		}
		const tag = /^<(\/?)([\w:]+)((?:\s+[\w:]+="[^"<]*")*)\s*(\/?)>$/.exec(token);
		if (!tag) return `tag ${token.slice(0, 80)}`;
		const [, end, name = '', attributes = '', empty] = tag;
		if (end) {
			if (open.pop() !== name) return `end of ${name}`;
			continue;
		}
		const names = [...attributes.matchAll(/([\w:]+)="/g)].map(([, one]) => one);
		if (new Set(names).size < names.length) return `twice in ${token.slice(0, 80)}`;
		if (open.length === 0) roots++;
		if (!empty) open.push(name);
	}
	return open.length > 0 || roots !== 1 ? 'not closed' : null;
}

describe('what is no XML', () => {
	it.each([
		'<a>\u0001</a>',
		'<a>&</a>',
		'<a><b></a></b>',
		'<a/><a/>',
		'<a b="1" b="2"/>',
		'<a>',
		'<a b=1/>',
		''
	])('is found: %j', (xml) => expect(faultOf(xml)).not.toBeNull());
	it('and nothing else is', () =>
		expect(faultOf('<?xml version="1.0"?>\n<a:b c="&lt;"><d/>文&amp;</a:b>')).toBeNull());
});

describe.each(NASTY.map((text) => [JSON.stringify(text).slice(0, 40), text] as const))(
	'a summary that says %s',
	(_, text) => {
		it('is a package of known parts, each of a known type', async () => {
			const parts = await partsOf(text);
			for (const [name, bytes] of Object.entries(parts))
				if (isXml(name)) expect(faultOf(strFromU8(bytes)), name).toBeNull();
			const types = strFromU8(parts['[Content_Types].xml']!);
			const byEnding = new Map(
				[...types.matchAll(/<Default ContentType="([^"]+)" Extension="([^"]+)"\/>/g)].map(
					([, type, ending]) => [ending, type]
				)
			);
			const byName = [...types.matchAll(/<Override [^>]*PartName="([^"]+)"/g)].map(([, name]) =>
				name!.slice(1)
			);
			for (const name of Object.keys(parts).filter((one) => one !== '[Content_Types].xml'))
				expect(byName.includes(name) || byEnding.has(name.split('.').at(-1)), name).toBe(true);
			for (const name of byName) expect(Object.keys(parts)).toContain(name);
			expect(byName).toContain('word/document.xml');
			expect(byEnding.get('jpg')).toBe('image/jpeg');
			expect(Object.keys(parts).filter((name) => name.startsWith('word/media/'))).toHaveLength(3);

			// Whatever one part says of another is there, and what the text refers to is said.
			for (const name of Object.keys(parts).filter((one) => one.endsWith('.rels'))) {
				const folder = name.replace(/_rels\/[^/]+$/, '');
				const links = [...strFromU8(parts[name]!).matchAll(/<Relationship ([^>]*)\/>/g)].map(
					([, link = '']) => link
				);
				const ids = links.map((link) => /Id="([^"]+)"/.exec(link)?.[1]);
				expect(new Set(ids).size).toBe(ids.length);
				for (const link of links) {
					expect(link).not.toContain('TargetMode="External"');
					const target = /Target="([^"]+)"/.exec(link)?.[1] ?? '';
					expect(Object.keys(parts)).toContain(target.startsWith('/') ? target.slice(1) : folder + target);
				}
				const of = folder + name.slice(folder.length).replace(/^_rels\/(.*)\.rels$/, '$1');
				for (const [, id] of strFromU8(parts[of] ?? new Uint8Array()).matchAll(/ r:(?:id|embed)="([^"]+)"/g))
					expect(ids).toContain(id);
			}
		});

		it('numbers its pictures apart, ends each cell with a paragraph, and keeps the order that Word demands', async () => {
			const xml = strFromU8((await partsOf(text))['word/document.xml']!);
			const ids = [...xml.matchAll(/<wp:docPr id="(\d+)"/g)].map(([, id]) => id);
			expect(ids).toHaveLength(4);
			expect(new Set(ids).size).toBe(4);
			const cells = xml.match(/<\/w:tc>/g)?.length ?? 0;
			expect(cells).toBe(12);
			expect(xml.match(/<\/w:p><\/w:tc>/g)).toHaveLength(cells);
			// A table that ends the body, or stands against the next one, is refused or runs into it.
			expect(xml).not.toMatch(/<\/w:tbl>(?:<w:tbl>|<w:sectPr>|<\/w:body>)/);
			for (const [parent, order] of Object.entries(ORDERS)) {
				const blocks = [...xml.matchAll(new RegExp(`<w:${parent}(?: [^>]*)?>(.*?)</w:${parent}>`, 'gs'))];
				expect(blocks.length, parent).toBeGreaterThan(0);
				for (const [, inner = ''] of blocks) {
					const places = childrenOf(inner).map((name) => order.indexOf(name));
					expect(places, inner.slice(0, 200)).toEqual([...places].sort((a, b) => a - b));
					expect(places).not.toContain(-1);
					expect(new Set(places).size, inner.slice(0, 200)).toBe(places.length);
				}
			}
		});
	}
);

/** The sequences of ECMA-376 (wml.xsd) as far as this file uses them: Word reads no other order. */
const ORDERS: Record<string, string[]> = {
	pPr: [
		'pStyle',
		'keepNext',
		'keepLines',
		'pageBreakBefore',
		'widowControl',
		'numPr',
		'pBdr',
		'shd',
		'tabs',
		'spacing',
		'ind',
		'contextualSpacing',
		'jc',
		'outlineLvl',
		'rPr'
	],
	rPr: ['rStyle', 'rFonts', 'b', 'bCs', 'i', 'iCs', 'color', 'spacing', 'sz', 'szCs', 'u', 'shd', 'lang'],
	tblPr: ['tblStyle', 'tblW', 'jc', 'tblInd', 'tblBorders', 'shd', 'tblLayout', 'tblCellMar', 'tblLook'],
	trPr: ['cantSplit', 'tblHeader'],
	tcPr: [
		'tcW',
		'gridSpan',
		'vMerge',
		'tcBorders',
		'shd',
		'noWrap',
		'tcMar',
		'textDirection',
		'tcFitText',
		'vAlign'
	],
	sectPr: ['headerReference', 'footerReference', 'pgSz', 'pgMar', 'pgNumType', 'cols', 'titlePg', 'docGrid']
};

/** The names of the elements directly inside. */
function childrenOf(xml: string): string[] {
	const names: string[] = [];
	let depth = 0;
	for (const [, end, name = '', empty] of xml.matchAll(/<(\/?)w:(\w+)[^>]*?(\/?)>/g)) {
		if (end) depth--;
		else {
			if (depth === 0) names.push(name);
			if (!empty) depth++;
		}
	}
	return names;
}
