import { normalisePhone } from '../phone';
import type { Kind } from '../sites/kinds';
import { splitLines, type Line } from './split';
import { readHeads, readLead, readNumeral, readWishes, readYes, splitName } from './words';

/** What a line says. */
export interface ListedParty {
	name: string;
	/** E.164, or `null` for somebody without a phone. */
	phone: string | null;
	headcount: number;
	minors: number;
	canLead: boolean;
	wishes: Kind[];
	note: string;
}

/** What can be wrong with a line. Each has words `signup_list_*`. */
export const PARTY_PROBLEMS = [
	'name_missing',
	'name_too_long',
	'phone_invalid',
	'phone_repeated',
	'headcount_invalid',
	'minors_invalid',
	'note_too_long'
] as const;

export interface PartyProblem {
	reason: (typeof PARTY_PROBLEMS)[number];
	/** What the words speak of: the text, the limit, or the line of the first one. */
	detail: string;
}

/** One line of the list: what was understood, and what is wrong with it. A line with problems is not signed up. */
export interface PartyRow {
	line: number;
	text: string;
	party: ListedParty;
	problems: PartyProblem[];
}

/** Limits that the database holds too. */
const LONGEST_NAME = 40;
const LONGEST_NOTE = 200;
const MOST_HEADS = 200;

const COLUMNS = {
	name: /^(姓名|名字|名称|称呼|联系人|单位|参加人|name)$/i,
	phone: /^(手机号?码?|电话号?码?|联系电话|联系方式|phone|mobile|tel)$/i,
	headcount: /^(总?人数|来几个?人|几个?人|参加人数|headcount|people|heads)$/i,
	minors:
		/^(其中)?(小孩|孩子|儿童|未成年人?|小孩数|小孩人数|其中小孩)(数|人数)?$|^(ofwhom)?(minors|children|kids)$/i,
	lead: /^(能否?|可否|可|是否能?)?(当|做|任)?(组长|带队)$|^(canlead|leader)$/i,
	wishes: /^(想做什么|意愿|愿望|想做的?|工作意愿|wish(es)?)$/i,
	note: /^(备注|说明|notes?|remarks?|comments?)$/i,
	skip: /^(序号|编号|no\.?|#)$/i
} as const;
type Column = keyof typeof COLUMNS;

/** What has been read of one line so far. */
interface Draft {
	name: string;
	phone: string;
	headcount: number | null;
	minors: number | null;
	canLead: boolean;
	wishes: Set<Kind>;
	notes: string[];
	/** Cells of number columns that hold none. */
	unread: { column: 'headcount' | 'minors'; text: string }[];
}

/**
 * Reads a list with or without a header. With one, the columns decide; without, each piece is told by what it looks
 * like: a phone number, a size (`3人`, `两大一小`, `带1个小孩`), an offer to lead, a wish; the first other piece is the
 * name, the rest is the note. Bare numbers are the headcount and then the minors; one before the name is a running
 * number. Where only minors are given, one adult comes with them.
 */
export function parsePartyList(text: string): PartyRow[] {
	const lines = splitLines(text);
	const header = headerOf(lines[0]);
	const rows = (header ? lines.slice(1) : lines).map((line) => {
		const draft = header ? readByColumn(line, header) : readByLook(line);
		return finish(line, draft);
	});
	return markRepeated(rows);
}

/** What stays of a list when only these of its lines do: its header stands above them, or they would be read by their look. */
export function keepLines(text: string, lines: readonly string[]): string {
	const [first] = splitLines(text);
	const header = first && headerOf(first) ? [first.text.trimEnd()] : [];
	return lines.length === 0 ? '' : [...header, ...lines].join('\n');
}

function headerOf(line: Line | undefined): Column[] | null {
	const columns = line?.pieces.map(
		(piece) =>
			(Object.keys(COLUMNS) as Column[]).find((column) => COLUMNS[column].test(headerText(piece))) ?? 'note'
	);
	const known = line?.pieces.filter((piece) =>
		Object.values(COLUMNS).some((look) => look.test(headerText(piece)))
	);
	return columns?.includes('name') && known && known.length >= columns.length / 2 ? columns : null;
}

/** A header without blanks, colons and what stands in brackets. */
const headerText = (piece: string) => piece.replace(/[\s*:?]|\(.*?\)/g, '');

const empty = (): Draft => ({
	name: '',
	phone: '',
	headcount: null,
	minors: null,
	canLead: false,
	wishes: new Set(),
	notes: [],
	unread: []
});

function readByColumn(line: Line, columns: readonly Column[]): Draft {
	const draft = empty();
	line.pieces.forEach((piece, i) => {
		const column = columns[i] ?? 'note';
		if (piece === '' || column === 'skip') return;
		if (column === 'name' || column === 'phone') draft[column] ||= piece;
		else if (column === 'headcount' || column === 'minors') readCell(draft, column, piece);
		else if (column === 'lead') {
			const yes = readYes(piece);
			draft.canLead = yes ?? false;
			if (yes === null) draft.notes.push(piece);
		} else readRemark(draft, piece);
	});
	return draft;
}

/** A cell under a number's header: a bare number, or words such as `3人` and `两大一小`. */
function readCell(draft: Draft, column: 'headcount' | 'minors', piece: string) {
	const bare =
		readNumeral(piece) ?? (column === 'minors' ? readNumeral(piece.replace(/[个名位人]$/, '')) : null);
	const heads = bare === null ? readHeads(piece) : { [column]: bare };
	if (heads) takeHeads(draft, heads);
	else if (column === 'minors' && readYes(piece) === false) draft.minors = 0;
	else draft.unread.push({ column, text: piece });
}

function readByLook(line: Line): Draft {
	const draft = empty();
	for (const piece of line.pieces.flatMap(unwrap)) {
		if (piece === '') continue;
		const heads = readHeads(piece);
		const lead = readLead(piece);
		const bare = /^\d{1,4}[.)]?$/.test(piece) ? parseInt(piece) : null;
		if (heads) takeHeads(draft, heads);
		else if (lead !== null) draft.canLead = lead;
		else if (bare !== null) takeBare(draft, bare);
		else if (draft.phone === '' && /^[+\d][\d\s-]{5,}$/.test(piece)) draft.phone = piece;
		else if (draft.name === '') takeName(draft, piece.replace(/^\d{1,3}[.)](?=\D)/, ''));
		else readRemark(draft, piece);
	}
	return draft;
}

/** `王女士(带1个小孩)` is two pieces; `五(2)班` is one. */
function unwrap(piece: string): string[] {
	const [, before, inside] = /^(.*?)\(([^()]*)\)$/.exec(piece) ?? [];
	return inside !== undefined && (readHeads(inside) || readLead(inside) !== null)
		? [before?.trim() ?? '', inside.trim()]
		: [piece];
}

function takeHeads(draft: Draft, { headcount, minors }: { headcount?: number; minors?: number }) {
	draft.headcount ??= headcount ?? null;
	draft.minors ??= minors ?? null;
}

function takeBare(draft: Draft, number: number) {
	if (draft.name === '' && draft.phone === '') return;
	if (draft.headcount === null) draft.headcount = number;
	else if (draft.minors === null) draft.minors = number;
	else draft.notes.push(String(number));
}

function takeName(draft: Draft, piece: string) {
	const grown = splitName(piece);
	draft.name = grown?.name ?? piece;
	draft.headcount ??= grown?.headcount ?? null;
}

/** Free text: wishes are taken out of it, the text itself stays. */
function readRemark(draft: Draft, piece: string) {
	const wishes = readWishes(piece);
	wishes.forEach((kind) => draft.wishes.add(kind));
	for (const part of piece.split(/[、,;。\s]+/)) draft.canLead ||= readLead(part) ?? false;
	if (wishes.length === 0 && readLead(piece) === null) draft.notes.push(piece);
}

function finish(line: Line, draft: Draft): PartyRow {
	const problems: PartyProblem[] = [];
	const report = (reason: PartyProblem['reason'], detail: string | number = '') =>
		problems.push({ reason, detail: String(detail) });

	const minors = draft.minors ?? 0;
	const headcount = draft.headcount ?? 1 + minors;
	const note = draft.notes.join(' ');
	const phone = draft.phone === '' ? null : normalisePhone(draft.phone);

	if (draft.name === '') report('name_missing');
	if (draft.name.length > LONGEST_NAME) report('name_too_long', LONGEST_NAME);
	if (phone && !phone.ok) report('phone_invalid', draft.phone);
	for (const { column, text } of draft.unread) report(`${column}_invalid`, text);
	if (headcount < 1 || headcount > MOST_HEADS) report('headcount_invalid', headcount);
	else if (minors > headcount) report('minors_invalid', minors);
	if (note.length > LONGEST_NOTE) report('note_too_long', LONGEST_NOTE);

	return {
		line: line.number,
		// An empty first cell keeps its place.
		text: line.text.trimEnd(),
		party: {
			name: draft.name,
			phone: phone?.ok ? phone.phone : null,
			headcount,
			minors,
			canLead: draft.canLead,
			wishes: [...draft.wishes],
			note
		},
		problems
	};
}

/** One phone number, one sign-up: the second line with the same number names the first. */
function markRepeated(rows: PartyRow[]): PartyRow[] {
	const firstLine = new Map<string, number>();
	return rows.map((row) => {
		const { phone } = row.party;
		if (phone === null) return row;
		const first = firstLine.get(phone);
		if (first === undefined) {
			firstLine.set(phone, row.line);
			return row;
		}
		return { ...row, problems: [...row.problems, { reason: 'phone_repeated', detail: String(first) }] };
	});
}
