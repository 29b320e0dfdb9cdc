/**
 * A written summary as a Word file, laid out like an office's document (GB/T 9704: A4, 仿宋 body, 黑体 headings, page numbers
 * between dashes); in English in the same order with Latin type. Heavy: import it only when somebody wants the file.
 */
import type { WrittenBlock, WrittenSummary, WrittenTable } from '$lib/i18n/summary-words';
import {
	AlignmentType,
	BorderStyle,
	convertMillimetersToTwip,
	Document,
	Footer,
	HeadingLevel,
	ImageRun,
	LineRuleType,
	Packer,
	PageNumber,
	Paragraph,
	ShadingType,
	Table,
	TableCell,
	TableLayoutType,
	TableRow,
	TextRun,
	VerticalAlign,
	WidthType,
	type IParagraphOptions,
	type ISectionOptions
} from 'docx';
import { xmlText } from '$lib/domain/xml-text';

/** A photo as Word can show it. */
export interface Picture {
	jpeg: Uint8Array;
	width: number;
	height: number;
}

type Font = 'body' | 'heading' | 'title' | 'table';
const FONTS: Record<Font, { ascii: string; hAnsi: string; cs: string; eastAsia: string }> = {
	body: latin('Times New Roman', '仿宋'),
	heading: latin('Arial', '黑体'),
	title: latin('Times New Roman', '宋体'),
	table: latin('Times New Roman', '宋体')
};

function latin(name: string, eastAsia: string) {
	return { ascii: name, hAnsi: name, cs: name, eastAsia };
}

/** The width of the text: A4 less the margins that the standard asks for. */
const MARGIN = { top: 37, bottom: 35, left: 28, right: 26 };
const TEXT_WIDTH = convertMillimetersToTwip(210 - MARGIN.left - MARGIN.right);

/** Half points: 三号, 二号, 小四 … */
const SIZE = { body: 32, title: 44, table: 20, note: 24, foot: 28 };
/** Two characters of the body, as a Chinese paragraph begins. */
const INDENT = 2 * SIZE.body * 10;
const LINE = { line: 28 * 20, lineRule: LineRuleType.EXACT };

/** The file. Pictures by their SHA-256; what is missing is left out with its pair. */
export const summaryFile = (written: WrittenSummary, pictures: ReadonlyMap<string, Picture>): Promise<Blob> =>
	Packer.toBlob(summaryDocument(written, pictures));

function summaryDocument(written: WrittenSummary, pictures: ReadonlyMap<string, Picture>): Document {
	const zh = written.language === 'zh';
	const children: NonNullable<ISectionOptions['children']>[number][] = [
		new Paragraph({
			heading: HeadingLevel.TITLE,
			alignment: AlignmentType.CENTER,
			spacing: { after: written.dateline ? 120 : 480, line: 36 * 20, lineRule: LineRuleType.AT_LEAST },
			children: [run(written.title, 'title', SIZE.title, true)]
		})
	];
	if (written.dateline)
		children.push(
			new Paragraph({
				alignment: AlignmentType.CENTER,
				spacing: { after: 360 },
				children: [run(written.dateline, 'body', SIZE.note)]
			})
		);
	for (const section of written.sections) {
		if (section.heading)
			children.push(
				new Paragraph({
					heading: HeadingLevel.HEADING_1,
					keepNext: true,
					spacing: LINE,
					...(zh && { indent: { firstLine: INDENT } }),
					children: [run(section.heading, 'heading', SIZE.body, !zh)]
				})
			);
		for (const block of section.blocks) children.push(...blockParts(block, pictures, zh));
	}
	children.push(
		new Paragraph({ spacing: { before: 240 }, children: [run(written.footnote, 'body', SIZE.note)] })
	);
	return new Document({
		title: xmlText(written.title),
		creator: '',
		lastModifiedBy: '',
		styles: {
			default: {
				document: {
					run: {
						font: FONTS.body,
						size: SIZE.body,
						language: { value: zh ? 'zh-CN' : 'en-GB', eastAsia: 'zh-CN' }
					}
				},
				// Word's own headings are blue and have room above: these are black and stand in the line grid.
				title: { run: { color: '000000' }, paragraph: { spacing: { before: 0 } } },
				heading1: { run: { color: '000000' }, paragraph: { spacing: { before: 0, after: 0 } } }
			}
		},
		sections: [
			{
				properties: {
					page: {
						size: { width: convertMillimetersToTwip(210), height: convertMillimetersToTwip(297) },
						margin: {
							top: convertMillimetersToTwip(MARGIN.top),
							bottom: convertMillimetersToTwip(MARGIN.bottom),
							left: convertMillimetersToTwip(MARGIN.left),
							right: convertMillimetersToTwip(MARGIN.right)
						}
					}
				},
				footers: {
					default: new Footer({
						children: [
							new Paragraph({
								alignment: AlignmentType.CENTER,
								children: [
									new TextRun({
										font: FONTS.title,
										size: SIZE.foot,
										children: ['— ', PageNumber.CURRENT, ' —']
									})
								]
							})
						]
					})
				},
				children
			}
		]
	});
}

const run = (text: string, font: Font, size: number, bold = false): TextRun =>
	new TextRun({ text: xmlText(text), font: FONTS[font], size, bold });

const bodyParagraph = (children: TextRun[], zh: boolean): Paragraph =>
	new Paragraph({
		alignment: AlignmentType.BOTH,
		spacing: { ...LINE, ...(!zh && { after: 120 }) },
		...(zh && { indent: { firstLine: INDENT } }),
		children
	});

function blockParts(
	block: WrittenBlock,
	pictures: ReadonlyMap<string, Picture>,
	zh: boolean
): (Paragraph | Table)[] {
	switch (block.is) {
		case 'paragraph':
			// One run of text: a number in an official document stands in the line like any other word.
			return [bodyParagraph([run(block.runs.map(({ text }) => text).join(''), 'body', SIZE.body)], zh)];
		case 'text':
			return block.paragraphs.map((text) => bodyParagraph([run(text, 'body', SIZE.body)], zh));
		case 'table':
			return [caption(block.table.caption), table(block.table), new Paragraph({ spacing: { after: 120 } })];
		case 'pictures': {
			const shown = block.pairs.flatMap(({ pair, caption: words }) => {
				const [before, after] = [pictures.get(pair.before), pictures.get(pair.after)];
				return before && after ? [{ before, after, words }] : [];
			});
			if (shown.length === 0) return [];
			return [
				caption(block.title),
				...shown.flatMap(({ before, after, words }) => [
					new Paragraph({
						alignment: AlignmentType.CENTER,
						keepNext: true,
						spacing: { before: 120 },
						children: [image(before, words), run('  ', 'table', SIZE.table), image(after, words)]
					}),
					new Paragraph({
						alignment: AlignmentType.CENTER,
						spacing: { after: 160 },
						children: [run(words, 'table', SIZE.table)]
					})
				])
			];
		}
	}
}

const caption = (text: string): Paragraph =>
	new Paragraph({
		alignment: AlignmentType.CENTER,
		keepNext: true,
		spacing: { before: 200, after: 100 },
		children: [run(text, 'heading', 24)]
	});

/** Pixels at 96 dpi: two of them fill the text's width. */
const BOX = { width: 280, height: 210 };

function image({ jpeg, width, height }: Picture, words: string): ImageRun {
	const alt = xmlText(words);
	const scale = Math.min(BOX.width / width, BOX.height / height);
	return new ImageRun({
		type: 'jpg',
		data: jpeg,
		transformation: { width: Math.round(width * scale), height: Math.round(height * scale) },
		altText: { name: alt, description: alt, title: alt }
	});
}

const RULE = { style: BorderStyle.SINGLE, size: 4, color: '000000' };

function table({ head, rows, total }: WrittenTable): Table {
	const first = Math.round(TEXT_WIDTH * (head.length > 5 ? 0.2 : 0.31));
	const other = Math.floor((TEXT_WIDTH - first) / (head.length - 1));
	const widths = head.map((_, n) => (n === 0 ? first : other));
	const cell = (text: string, n: number, { bold = false, shade = false, middle = false } = {}) =>
		new TableCell({
			width: { size: widths[n] ?? other, type: WidthType.DXA },
			verticalAlign: VerticalAlign.CENTER,
			margins: { top: 50, bottom: 50, left: 70, right: 70 },
			...(shade && { shading: { type: ShadingType.CLEAR, color: 'auto', fill: 'E8EFE8' } }),
			children: [
				new Paragraph({
					alignment: middle ? AlignmentType.CENTER : n === 0 ? AlignmentType.LEFT : AlignmentType.RIGHT,
					children: [run(text, 'table', SIZE.table, bold)]
				} satisfies IParagraphOptions)
			]
		});
	return new Table({
		width: { size: widths.reduce((a, b) => a + b, 0), type: WidthType.DXA },
		columnWidths: widths,
		layout: TableLayoutType.FIXED,
		alignment: AlignmentType.CENTER,
		borders: {
			top: RULE,
			bottom: RULE,
			left: RULE,
			right: RULE,
			insideHorizontal: RULE,
			insideVertical: RULE
		},
		rows: [
			new TableRow({
				tableHeader: true,
				cantSplit: true,
				children: head.map((text, n) => cell(text, n, { bold: true, shade: true, middle: true }))
			}),
			...rows.map(
				(row) => new TableRow({ cantSplit: true, children: row.map(({ text }, n) => cell(text, n)) })
			),
			...(total
				? [
						new TableRow({
							cantSplit: true,
							children: total.map(({ text }, n) => cell(text, n, { bold: true, shade: true }))
						})
					]
				: [])
		]
	});
}
