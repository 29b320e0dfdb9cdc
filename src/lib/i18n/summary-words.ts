/**
 * A summary in words: what its outline says, in one language, as paragraphs, tables and pictures. The preview and the file
 * are both made from this, so that they cannot differ. Numbers in sentences are official ones (2万余 | over 20,000), in
 * tables full ones.
 */
import { exactFigure, type FigureUnit } from '$lib/domain/figures/display';
import { officialEnglish, officialQuantity } from '$lib/domain/figures/official';
import {
	outlineOf,
	rubbishOf,
	type Block,
	type Change,
	type Compared,
	type FigureRecords,
	type OfficeSums,
	type Part,
	type Quantity,
	type Records,
	type Say,
	type Section,
	type Statement,
	type SummaryData,
	type SummaryPair,
	type SummaryPeriod,
	type SummaryUnit,
	type TextBlock
} from '$lib/domain/summary';
import { m } from '$lib/paraglide/messages';
import { areaName } from './area-words';
import { formatDate, formatMonth } from './format';
import type { Language } from './prefs';
import { kindName } from './site-words';

/** A stretch of text; one that stands for a figure opens its records. */
export interface Run {
	text: string;
	records?: Records;
	/** Of a cut figure: the full one. */
	exact?: string;
}

export interface WrittenTable {
	name: 'compare' | 'areas' | 'days';
	caption: string;
	head: string[];
	rows: Run[][];
	/** The sum of the rows. */
	total?: Run[];
}

export type WrittenBlock =
	| { is: 'paragraph'; runs: Run[] }
	| { is: 'text'; block: TextBlock; paragraphs: string[] }
	| { is: 'table'; table: WrittenTable }
	| { is: 'pictures'; title: string; pairs: { pair: SummaryPair; caption: string }[] };

export interface WrittenSection {
	/** The opening has none. */
	heading: string | null;
	blocks: WrittenBlock[];
}

export interface WrittenSummary {
	language: Language;
	title: string;
	/** While the period lasts: up to which date the records go. */
	dateline: string | null;
	sections: WrittenSection[];
	footnote: string;
}

type Inputs = Record<string, string>;
type Message = (inputs: never, options: { locale: Language }) => string;

/** Where a part goes in a sentence while its words are put together; no message contains these. */
const [OPEN, CLOSE] = ['\u{E000}', '\u{E001}'];

/** A message with runs in the places of its inputs. */
function sentence(message: Message, parts: Record<string, Run[]>, locale: Language): Run[] {
	const marks = Object.fromEntries(Object.keys(parts).map((name) => [name, OPEN + name + CLOSE]));
	return (message as (inputs: Inputs, options: { locale: Language }) => string)(marks, { locale })
		.split(new RegExp(`${OPEN}(\\w+)${CLOSE}`))
		.flatMap((piece, n) => (n % 2 === 1 ? (parts[piece] ?? []) : piece === '' ? [] : [{ text: piece }]));
}

const MEASURES: Record<SummaryUnit, (inputs: { n: number }, options: { locale: Language }) => string> = {
	participations: m.summary_measure_participations,
	people: m.summary_measure_people,
	hours: m.summary_measure_hours,
	tonnes: m.summary_measure_tonnes,
	kilograms: m.summary_measure_kilograms,
	metres: m.summary_measure_metres,
	corners: m.summary_measure_corners,
	adverts: m.summary_measure_adverts,
	days: m.summary_measure_days,
	gatherings: m.summary_measure_gatherings,
	crews: m.summary_measure_crews,
	leaders: m.summary_measure_leaders,
	sites: m.summary_measure_sites,
	photos: m.summary_measure_photos,
	areas: m.summary_measure_areas,
	parties: m.summary_measure_parties,
	drains: m.summary_measure_drains,
	minors: m.summary_measure_minors
};

const DEEDS: Partial<Record<SummaryUnit, Message>> = {
	tonnes: m.summary_deed_rubbish,
	kilograms: m.summary_deed_rubbish,
	corners: m.summary_deed_corners,
	metres: m.summary_deed_metres,
	adverts: m.summary_deed_adverts
};

const SAYINGS: Record<Say, Message> = {
	held: m.summary_held,
	not_held: m.summary_not_held,
	came: m.summary_came,
	hours_minors: m.summary_hours_minors,
	hours_self: m.summary_hours_self,
	hours_credited: m.summary_hours_credited,
	done: m.summary_done,
	done_nothing: m.summary_done_nothing,
	other_done: m.summary_other_done,
	other_kinds: m.summary_other_kinds,
	most: m.summary_most,
	compare: m.summary_compare,
	compare_none: m.summary_compare_none,
	by_rule: m.summary_by_rule,
	changed_days: m.summary_changed_days,
	units: m.summary_units,
	crews: m.summary_crews,
	weighed: m.summary_weighed,
	photos: m.summary_photos,
	overdue: m.summary_overdue,
	untouched: m.summary_untouched,
	silent: m.summary_silent,
	flagged: m.summary_flagged,
	unknown_length: m.summary_unknown_length,
	estimated: m.summary_estimated,
	open_ended: m.summary_open_ended,
	passed_on: m.summary_passed_on,
	no_problem: m.summary_no_problem,
	next_days: m.summary_next_days,
	next_day: m.summary_next_day,
	next_overdue: m.summary_next_overdue,
	next_drains: m.summary_next_drains,
	next_flagged: m.summary_next_flagged
};

/** What compared figures are called in a sentence. */
const LABELS: Record<Change['figure'], (inputs: object, options: { locale: Language }) => string> = {
	participations: m.summary_label_participations,
	hours: m.summary_label_hours,
	kg: m.summary_label_kg,
	corners: m.summary_label_corners,
	metres: m.summary_label_metres,
	adverts: m.summary_label_adverts
};

/** 2万余人次 | over 20,000 participations */
export function quantityWords({ value, unit }: Quantity, locale: Language): string {
	const measure = MEASURES[unit]({ n: value }, { locale });
	return locale === 'zh' ? officialQuantity(value, measure) : `${officialEnglish(value)} ${measure}`;
}

const quantityRun = (quantity: Quantity, locale: Language): Run => ({
	text: quantityWords(quantity, locale),
	records: quantity.records,
	exact: new Intl.NumberFormat(locale === 'zh' ? 'zh-CN' : 'en', { maximumFractionDigits: 4 }).format(
		quantity.value
	)
});

/** With commas, or what the language has for them, between the items. */
function listed(items: Run[][], separator: string): Run[] {
	return items.flatMap((item, n) => (n === 0 ? item : [{ text: separator }, ...item]));
}

function deeds(list: readonly Quantity[], locale: Language): Run[] {
	return listed(
		list.map((one) =>
			sentence(DEEDS[one.unit] ?? m.summary_deed_rubbish, { q: [quantityRun(one, locale)] }, locale)
		),
		m.summary_list_comma({}, { locale })
	);
}

function partRuns(part: Part, locale: Language): Run[] {
	const options = { locale };
	const comma = m.summary_list_comma({}, options);
	switch (part.is) {
		case 'quantity':
			return [quantityRun(part.quantity, locale)];
		case 'deeds':
			return deeds(part.deeds, locale);
		case 'kind-deeds':
			return listed(
				part.kinds.map(({ kind, deeds: done }) =>
					sentence(
						m.summary_kind_deeds,
						{ kind: [{ text: kindName(kind, locale) }], deeds: deeds(done, locale) },
						locale
					)
				),
				m.summary_kind_separator({}, options)
			);
		case 'changes': {
			// What has no year before is said together, once.
			const [told, fresh] = [
				part.changes.filter(({ percent }) => percent !== null),
				part.changes.filter(({ percent }) => percent === null)
			];
			const label = [{ text: fresh.map(({ figure }) => LABELS[figure]({}, options)).join(comma) }];
			return listed(
				[
					...told.map((change) => changeRuns(change, locale)),
					...(fresh.length > 0 ? [sentence(m.summary_change_new, { label }, locale)] : [])
				],
				locale === 'zh' ? '，' : comma
			);
		}
		case 'date':
			return [
				{
					text: formatDate(part.date, { year: true }, locale),
					...(part.records && { records: part.records })
				}
			];
		case 'tenths':
			return [{ text: shareWords(part.tenths, locale), records: part.records }];
		case 'days-with-reason':
			return [
				{
					text: part.days
						.map((day) => {
							const date = formatDate(day.date, {}, locale);
							const rule = formatDate(day.rule_date, {}, locale);
							const { reason } = day;
							if (day.status === 'cancelled')
								return reason
									? m.summary_day_cancelled_reason({ date, reason }, options)
									: m.summary_day_cancelled({ date }, options);
							return reason
								? m.summary_day_moved_reason({ date, rule, reason }, options)
								: m.summary_day_moved({ date, rule }, options);
						})
						.join(m.summary_kind_separator({}, options)),
					records: { of: 'days' }
				}
			];
		case 'names': {
			const names = part.names.map((one) => areaName(one, locale)).join(comma);
			return [{ text: part.more > 0 ? m.summary_names_more({ names }, options) : names }];
		}
	}
}

/** 七成 | 70% */
function shareWords(tenths: number, locale: Language): string {
	if (locale === 'en') return `${tenths * 10}%`;
	return tenths === 10 ? '全部' : `${new Intl.NumberFormat('zh-CN-u-nu-hanidec').format(tenths)}成`;
}

function changeRuns(change: Change, locale: Language): Run[] {
	const label = [{ text: LABELS[change.figure]({}, { locale }) }];
	if (change.direction === 'same') return sentence(m.summary_change_same, { label }, locale);
	const message = change.direction === 'more' ? m.summary_change_more : m.summary_change_less;
	const percent = [{ text: `${change.percent}%`, records: { of: 'compare' } as Records }];
	return sentence(message, { label, percent }, locale);
}

function statementRuns({ say, parts }: Statement, locale: Language): Run[] {
	const runs = Object.fromEntries(
		Object.entries(parts).map(([name, part]) => [
			// The message calls a share by what it is.
			name === 'tenths' ? 'share' : name,
			partRuns(part, locale)
		])
	);
	return sentence(SAYINGS[say], runs, locale);
}

/** 一是… 二是…; English sentences begin with what they are about and need no number. */
function pointRuns(statements: readonly Statement[], locale: Language): Run[] {
	const many = statements.length > 1;
	return statements.flatMap((statement, n) => {
		const runs = statementRuns(statement, locale);
		if (locale === 'en') return n === 0 ? runs : [{ text: ' ' }, ...runs];
		return many ? [{ text: `${chinese(n + 1)}是` }, ...runs] : runs;
	});
}

const chinese = (n: number): string =>
	(n >= 10 ? '十' : '') + (n === 10 ? '' : new Intl.NumberFormat('zh-CN-u-nu-hanidec').format(n % 10));

const joined = (statements: readonly Statement[], locale: Language): Run[] =>
	statements.flatMap((statement, n) => [
		...(n > 0 && locale === 'en' ? [{ text: ' ' }] : []),
		...statementRuns(statement, locale)
	]);

/** Columns of what was done, the same in every table of areas and days. */
const COLUMNS: {
	head: (inputs: object, options: { locale: Language }) => string;
	unit: FigureUnit;
	/** As read_records calls it. */
	figure: Compared;
	value: (sums: OfficeSums) => number;
}[] = [
	{
		head: m.summary_col_participations,
		unit: 'participations',
		figure: 'participations',
		value: (sums) => sums.participations
	},
	{ head: m.summary_col_hours, unit: 'hours', figure: 'hours', value: (sums) => sums.hours },
	{ head: m.summary_col_tonnes, unit: 'tonnes', figure: 'kg', value: (sums) => rubbishOf(sums) / 1000 },
	{ head: m.summary_col_corners, unit: 'corners', figure: 'corners', value: (sums) => sums.corners },
	{ head: m.summary_col_metres, unit: 'metres', figure: 'metres', value: (sums) => sums.metres },
	{ head: m.summary_col_adverts, unit: 'adverts', figure: 'adverts', value: (sums) => sums.adverts }
];

/** In full, thousands grouped, hours to the tenth and tonnes to the tenth of a kilogram, at any size: a table must add up. */
function cell(value: number, unit: FigureUnit, locale: Language): string {
	const decimals = unit === 'hours' || unit === 'tonnes' || unit === 'kilograms';
	if (!decimals) return exactFigure(value, unit, locale);
	return new Intl.NumberFormat(locale === 'zh' ? 'zh-CN' : 'en', {
		minimumFractionDigits: unit === 'tonnes' ? 3 : 1,
		maximumFractionDigits: unit === 'tonnes' ? 4 : 1
	}).format(Number(value.toPrecision(12)));
}

/** Figures with what each is made of; behind nothing there is nothing. */
const cells = (sums: OfficeSums, of: Omit<FigureRecords, 'of' | 'figure'>, locale: Language): Run[] =>
	COLUMNS.map(({ unit, figure, value }) => ({
		text: cell(value(sums), unit, locale),
		...(value(sums) > 0 && { records: { of: 'figure', figure, ...of } })
	}));

function areaTable(data: SummaryData, locale: Language): WrittenTable {
	const options = { locale };
	const own = data.own.participations > 0 || data.own.entries > 0;
	const name = areaName(data.area, locale);
	return {
		name: 'areas',
		caption: m.summary_table_areas({}, options),
		head: [m.summary_col_area({}, options), ...COLUMNS.map(({ head }) => head({}, options))],
		rows: [
			...data.areas.map((area) => [
				{ text: areaName(area, locale) },
				...cells(area.sums, { area: area.id }, locale)
			]),
			...(own
				? [
						[
							{ text: m.summary_row_own({ area: name }, options) },
							...cells(data.own, { alone: true }, locale)
						]
					]
				: [])
		],
		total: [{ text: m.summary_row_total({}, options) }, ...cells(add(data.labour, data.other), {}, locale)]
	};
}

function dayTable(data: SummaryData, locale: Language): WrittenTable {
	const options = { locale };
	return {
		name: 'days',
		caption: m.summary_table_days({}, options),
		head: [
			m.summary_col_date({}, options),
			m.summary_col_gatherings({}, options),
			...COLUMNS.map(({ head }) => head({}, options))
		],
		rows: data.days.map((day) => {
			const date = formatDate(day.date, {}, locale);
			return [
				{
					text: day.status === 'cancelled' ? m.summary_cancelled_mark({ date }, options) : date,
					records: { of: 'day', id: day.id }
				},
				{ text: String(day.gatherings), records: { of: 'day', id: day.id } },
				...cells(day.sums, { labour: true, from: day.date, to: day.date }, locale)
			];
		}),
		total: [
			{ text: m.summary_row_total({}, options) },
			{ text: String(data.days.reduce((sum, day) => sum + day.gatherings, 0)) },
			...cells(data.labour, { labour: true }, locale)
		]
	};
}

function compareTable(changes: readonly Change[], { before }: SummaryData, locale: Language): WrittenTable {
	const options = { locale };
	const columns = {
		participations: COLUMNS[0],
		hours: COLUMNS[1],
		kg: COLUMNS[2],
		corners: COLUMNS[3],
		metres: COLUMNS[4],
		adverts: COLUMNS[5]
	};
	return {
		name: 'compare',
		caption: m.summary_table_compare({}, options),
		head: [
			m.summary_col_figure({}, options),
			m.summary_col_now({}, options),
			m.summary_col_before({}, options),
			m.summary_col_change({}, options)
		],
		rows: changes.map((change) => {
			const column = columns[change.figure]!;
			const scale = change.figure === 'kg' ? 1000 : 1;
			const sign = change.direction === 'more' ? '+' : change.direction === 'less' ? '−' : '';
			return [
				{ text: column.head({}, options) },
				{
					text: cell(change.now / scale, column.unit, locale),
					...(change.now > 0 && { records: { of: 'figure', figure: change.figure } })
				},
				{
					text: cell(change.before / scale, column.unit, locale),
					...(change.before > 0 &&
						before && { records: { of: 'figure', figure: change.figure, from: before.from, to: before.to } })
				},
				{ text: change.percent === null ? '—' : `${sign}${change.percent}%` }
			];
		})
	};
}

/** Labour days and other days together. */
function add(a: OfficeSums, b: OfficeSums): OfficeSums {
	const keys = Object.keys(a) as (keyof OfficeSums)[];
	return Object.fromEntries(
		keys.map((key) => [key, Number((a[key] + b[key]).toPrecision(12))])
	) as unknown as OfficeSums;
}

function blockWords(block: Block, data: SummaryData, locale: Language): WrittenBlock {
	switch (block.is) {
		case 'paragraph':
			return { is: 'paragraph', runs: joined(block.statements, locale) };
		case 'points':
			return { is: 'paragraph', runs: pointRuns(block.statements, locale) };
		case 'text': {
			const text = data.texts.find((one) => one.block === block.block && one.language === locale);
			// What was pasted from a word processor has its own kinds of line breaks.
			const paragraphs = (text?.body ?? '').split(/[\n\v\f\r\u0085\u2028\u2029]/).map((line) => line.trim());
			return { is: 'text', block: block.block, paragraphs: paragraphs.filter((line) => line !== '') };
		}
		case 'compare-table':
			return { is: 'table', table: compareTable(block.changes, data, locale) };
		case 'area-table':
			return { is: 'table', table: areaTable(data, locale) };
		case 'day-table':
			return { is: 'table', table: dayTable(data, locale) };
		case 'pictures':
			return {
				is: 'pictures',
				title: m.summary_pictures({}, { locale }),
				pairs: block.pairs.map((pair) => ({
					pair,
					caption: m.summary_picture_caption(
						{ site: pair.site, date: formatDate(pair.date, {}, locale) },
						{ locale }
					)
				}))
			};
	}
}

function headingWords(heading: Section['heading'], { kind }: SummaryPeriod, locale: Language): string | null {
	const options = { locale };
	switch (heading) {
		case 'opening':
			return null;
		case 'work':
			return m.summary_heading_work({}, options);
		case 'methods':
			return m.summary_heading_methods({}, options);
		case 'problems':
			return m.summary_heading_problems({}, options);
		case 'plan':
			return kind === 'year' ? m.summary_heading_plan_year({}, options) : m.summary_heading_plan({}, options);
	}
}

/** 2026年 · 2026年10月 · 2026年10月30日 | 2026 · October 2026 · 30 October 2026 */
export function periodWords({ kind, from }: SummaryPeriod, locale: Language): string {
	if (kind === 'year') return m.summary_year_words({ year: from.slice(0, 4) }, { locale });
	return kind === 'month' ? formatMonth(from, locale) : formatDate(from, { year: true }, locale);
}

/** The whole document in one language. */
export function writeSummary(data: SummaryData, period: SummaryPeriod, locale: Language): WrittenSummary {
	const options = { locale };
	const words = { area: areaName(data.area, locale), period: periodWords(period, locale) };
	const titles = { year: m.summary_title_year, month: m.summary_title_month, day: m.summary_title_day };
	return {
		language: locale,
		title: titles[period.kind](words, options),
		dateline:
			data.until < data.to
				? m.summary_until({ date: formatDate(data.until, { year: true }, locale) }, options)
				: null,
		sections: outlineOf(data, period).map(({ heading, blocks }) => ({
			heading: headingWords(heading, period, locale),
			blocks: blocks.map((block) => blockWords(block, data, locale))
		})),
		footnote: m.summary_footnote({}, options)
	};
}
