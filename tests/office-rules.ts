/**
 * Office files held against Office's own rules: the validator of Microsoft's Open XML SDK (ECMA-376's schemas, and what those cannot
 * say: unique ids, relationships, types of parts) as WebAssembly; and what that lets pass although programs call it damaged.
 */
import validate, { type Format, type OfficeVersion } from '@ooxml-tools/validate';
import { strFromU8, unzipSync, type Unzipped } from 'fflate';

/** The oldest and the newest Office whose rules a file must keep. */
const VERSIONS: OfficeVersion[] = ['Office2007', 'Microsoft365'];

/** Its tables want the parts of a font in one order; the standard (sml.xsd, CT_Font: a choice) and Excel take any. */
const FONT_ORDER = /^\/x:styleSheet\[1\]\/x:fonts\[1\]\/x:font\[\d+\]$/;

/** What a file breaks, in words; empty: nothing. */
export async function brokenRules(
	file: Blob | Uint8Array,
	format: Format & ('docx' | 'xlsx')
): Promise<string[]> {
	const bytes = file instanceof Blob ? new Uint8Array(await file.arrayBuffer()) : file;
	const parts = unzipSync(bytes);
	const broken = format === 'docx' ? brokenInWord(parts) : brokenInExcel(parts);
	for (const version of VERSIONS)
		try {
			for (const { id, description, path } of await validate(bytes, format, version))
				if (!(id === 'Sch_UnexpectedElementContentExpectingComplex' && FONT_ORDER.test(path.xpath)))
					broken.push(`${version} ${path.partUri} ${path.xpath}: ${description}`);
		} catch (error) {
			// What is no package at all is not validated but thrown.
			broken.push(`${version}: ${String(error)}`);
		}
	return broken;
}

const textOf = (parts: Unzipped, name: string) => strFromU8(parts[name] ?? new Uint8Array());

/** The elements of a name, without those of the same name inside them: tables in tables there are none. */
const elements = (xml: string, name: string) =>
	[...xml.matchAll(new RegExp(`<${name}(?: [^>]*)?(?<!/)>(.*?)</${name}>`, 'gs'))].map(
		([, inner = '']) => inner
	);
const values = (xml: string, name: string, attribute = 'w:val') =>
	[...xml.matchAll(new RegExp(`<${name}(?= )[^>]* ${attribute}="([^"]*)"`, 'g'))].map(
		([, value = '']) => value
	);

function brokenInWord(parts: Unzipped): string[] {
	const xml = textOf(parts, 'word/document.xml');
	const broken: string[] = [];
	for (const cell of elements(xml, 'w:tc'))
		if (!/(?:<\/w:p>|<w:p\/>)$/.test(cell)) broken.push(`a cell does not end with a paragraph: ${cell}`);
	for (const table of elements(xml, 'w:tbl')) {
		const columns = values(table, 'w:gridCol', 'w:w');
		if (columns.some((width) => !(Number(width) > 0))) broken.push('a column has no width');
		for (const row of elements(table, 'w:tr')) {
			const cells = elements(row, 'w:tc').length;
			if (cells !== columns.length) broken.push(`${cells} cells in a table of ${columns.length} columns`);
		}
	}
	if (/<\/w:tbl>(?:<w:tbl>|<w:sectPr|<\/w:body>)/.test(xml))
		broken.push('a table without a paragraph after it');
	for (const name of ['wp:extent', 'a:ext'])
		for (const side of ['cx', 'cy'])
			if (values(xml, name, side).some((size) => !(Number(size) > 0)))
				broken.push('a picture without a size');
	const styles = new Set(values(textOf(parts, 'word/styles.xml'), 'w:style', 'w:styleId'));
	for (const name of ['w:pStyle', 'w:rStyle', 'w:tblStyle'])
		for (const style of values(xml, name))
			if (!styles.has(style)) broken.push(`a style that nobody defined: ${style}`);
	const lists = new Set(values(textOf(parts, 'word/numbering.xml'), 'w:num', 'w:numId'));
	for (const list of values(xml, 'w:numId'))
		if (!lists.has(list)) broken.push(`a list that nobody defined: ${list}`);
	return [...broken, ...leadingOut(parts)];
}

/** Every sheet's names and texts as Excel takes them: it cuts nothing, it calls the file damaged. */
function brokenInExcel(parts: Unzipped): string[] {
	const broken: string[] = [];
	const names = values(textOf(parts, 'xl/workbook.xml'), 'sheet', 'name');
	for (const name of names)
		if (name.length > 31 || /[[\]:*?/\\]|^'|'$/.test(name) || name === '')
			broken.push(`a sheet named ${name}`);
	if (new Set(names.map((name) => name.toLowerCase())).size < names.length)
		broken.push('two sheets of one name');
	const texts = elements(textOf(parts, 'xl/sharedStrings.xml'), 'si');
	for (const text of texts) if (text.length > 32_767 + 60) broken.push(`a text of ${text.length} characters`);
	for (const name of Object.keys(parts).filter((one) => one.startsWith('xl/worksheets/sheet')))
		for (const [, kind = '', value = ''] of textOf(parts, name).matchAll(/<c ([^>]*)>.*?<v>([^<]*)<\/v>/g))
			if (kind.includes('t="s"') ? !(Number(value) < texts.length) : !Number.isFinite(Number(value)))
				broken.push(`a cell of ${kind} that says ${value}`);
	return [...broken, ...leadingOut(parts)];
}

/** What a file would fetch from elsewhere: a document of an office says all it says by itself. */
const leadingOut = (parts: Unzipped): string[] =>
	Object.keys(parts).filter(
		(name) => name.endsWith('.rels') && textOf(parts, name).includes('TargetMode="External"')
	);
