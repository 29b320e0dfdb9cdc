/** The Word file with whatever people type: what Word, WPS and LibreOffice refuse as damaged must not be in it. */
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { WrittenSummary } from '$lib/i18n/summary-words';
import { brokenRules } from '../../../tests/office-rules';
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

const fileOf = (text: string) =>
	summaryFile(
		written(text),
		new Map([
			['a', jpeg(1)],
			['b', jpeg(2)],
			['c', jpeg(3)]
		])
	);

describe.each(NASTY.map((text) => [JSON.stringify(text).slice(0, 40), text] as const))(
	'a summary that says %s',
	(_, text) => {
		it('keeps the rules of Word, and has all that it was given', { timeout: 60_000 }, async () => {
			const file = await fileOf(text);
			expect(await brokenRules(file, 'docx')).toEqual([]);
			const parts = unzipSync(new Uint8Array(await file.arrayBuffer()));
			expect(Object.keys(parts).filter((name) => name.startsWith('word/media/'))).toHaveLength(3);
			const xml = strFromU8(parts['word/document.xml']!);
			expect(xml.match(/<wp:docPr /g)).toHaveLength(4);
			expect(xml.match(/<w:tc>/g)).toHaveLength(12);
		});
	}
);
