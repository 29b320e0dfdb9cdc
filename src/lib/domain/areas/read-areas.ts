/** The list of a district's areas, as the statistics office publishes it: code, code of the parent, level, name. */
import { parse } from '../site-import';
import { commonName } from './common-name';

export type AreaRow = {
	code: string;
	parent_code: string;
	level: 'district' | 'street' | 'community';
	name: string;
	name_en?: string | undefined;
};

export type AreaProblem =
	/** A column is missing; `detail` names it. */
	| 'no-column'
	| 'no-code'
	| 'bad-code'
	| 'code-repeated'
	| 'no-name'
	| 'name-too-long'
	/** `detail`: what stands there. */
	| 'bad-level'
	/** `detail`: the code that no line above or in the district has. */
	| 'unknown-parent'
	/** A street of another district, or of one of several; `detail`: its district's code. */
	| 'other-district'
	| 'too-many';

export interface BadArea {
	/** Line of the text, as an editor counts it. */
	line: number;
	problem: AreaProblem;
	detail: string;
}

const COLUMNS: Readonly<Record<string, readonly string[]>> = {
	code: ['code', '代码', '区划代码', '编码'],
	parent_code: ['parent_code', 'parent', '上级代码', '上级'],
	level: ['level', '级别', '层级', '类型'],
	name: ['name', '名称', '区划名称'],
	name_en: ['name_en', 'english', '英文名', '英文名称']
};
const NEEDED = ['code', 'parent_code', 'level', 'name'];

const LEVELS: Readonly<Record<string, AreaRow['level']>> = {
	district: 'district',
	county: 'district',
	区: 'district',
	县: 'district',
	市: 'district',
	street: 'street',
	town: 'street',
	township: 'street',
	街道: 'street',
	镇: 'street',
	乡: 'street',
	community: 'community',
	village: 'community',
	社区: 'community',
	村: 'community'
};

/** What the database takes at once. */
const MOST = 5000;

/**
 * Reads the list. `known` is what is already there, so that a later list may add communities to its streets, and a list of
 * the whole city those of this district. Streets come before their communities in the answer, whatever their order in the text.
 */
export function readAreas(
	text: string,
	known: readonly { code: string | null; level: AreaRow['level'] }[] = []
): { areas: AreaRow[]; bad: BadArea[] } {
	const { headers, rows } = parse(text);
	const column = (field: string) =>
		headers.findIndex((header) => COLUMNS[field]?.includes(header.trim().toLowerCase()));
	const at = Object.fromEntries(Object.keys(COLUMNS).map((field) => [field, column(field)]));
	const missing = NEEDED.filter((field) => at[field] === -1);
	if (missing.length > 0)
		return { areas: [], bad: missing.map((detail) => ({ line: 1, problem: 'no-column', detail })) };
	if (rows.length > MOST)
		return { areas: [], bad: [{ line: MOST + 2, problem: 'too-many', detail: String(MOST) }] };

	const bad: BadArea[] = [];
	const read: (AreaRow & { line: number })[] = [];
	const seen = new Set<string>();
	for (const { cells, line } of rows) {
		const cell = (field: string) => cells[at[field] ?? -1]?.trim() ?? '';
		const code = cell('code');
		const name = commonName(cell('name'));
		const level = LEVELS[cell('level').toLowerCase()];
		const fail = (problem: AreaProblem, detail = '') => bad.push({ line, problem, detail });
		if (!code) fail('no-code');
		else if (!/^[0-9A-Za-z-]{1,20}$/.test(code)) fail('bad-code', code);
		else if (seen.has(code)) fail('code-repeated', code);
		else if (!name) fail('no-name');
		else if (name.length > 60) fail('name-too-long', '60');
		else if (!level) fail('bad-level', cell('level'));
		else
			read.push({
				line,
				code,
				name,
				level,
				parent_code: cell('parent_code'),
				name_en: cell('name_en') || undefined
			});
		if (code) seen.add(code);
	}

	// A district that was made by hand may have no code, or another: then all streets must name the same.
	const districts = new Set(
		read.flatMap(({ level, parent_code }) => (level === 'street' && parent_code ? [parent_code] : []))
	);
	const ours = known.find(({ level, code }) => level === 'district' && districts.has(code ?? ''))?.code;
	const district = ours ?? (districts.size === 1 ? [...districts][0] : undefined);
	const elsewhere = ({ level, parent_code }: AreaRow) =>
		level === 'street' && parent_code !== '' && parent_code !== district;
	const streets = new Set(
		[...known, ...read.filter((area) => !elsewhere(area))].flatMap(({ level, code }) =>
			level === 'street' ? [code] : []
		)
	);
	const areas: AreaRow[] = [];
	for (const { line, ...area } of read) {
		const fail = (problem: AreaProblem) => bad.push({ line, problem, detail: area.parent_code });
		if (elsewhere(area)) fail('other-district');
		else if (area.level === 'community' && !streets.has(area.parent_code)) fail('unknown-parent');
		else areas.push(area);
	}
	const rank = { district: 0, street: 1, community: 2 };
	areas.sort((a, b) => rank[a.level] - rank[b.level]);
	return { areas, bad: bad.sort((a, b) => a.line - b.line) };
}
