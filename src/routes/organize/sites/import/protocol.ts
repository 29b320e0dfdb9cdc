/** What the import page and its worker say to each other. The file and its rows stay in the worker. */
import type { BadRow, Encoding, ImportOptions, Mapping, SiteDraft } from '$lib/domain/site-import';
import type { Kind } from '$lib/domain/sites';

/** A column as the page shows it. */
export interface Column {
	header: string;
	/** A few of its different values. */
	samples: string[];
	/** All its different values with their number, where there are few; `null` where there are many. */
	values: [value: string, count: number][] | null;
}

export interface Opened {
	rowCount: number;
	encoding: Encoding;
	mended: number;
	columns: Column[];
	mapping: Mapping;
	kind: Kind;
}

export interface Checked {
	count: number;
	kinds: [kind: Kind, count: number][];
	leftOut: [status: string, count: number][];
	preview: SiteDraft[];
	/** The first rows with problems; `errorCount` of them in all. */
	errors: BadRow[];
	errorCount: number;
}

/** The options without what cannot be sent: the worker makes names up from these. */
export type SentOptions = Omit<ImportOptions, 'nameFor'> & { kindNames: Readonly<Record<Kind, string>> };

/** What the worker can be asked: arguments and answer of each. */
export interface Requests {
	open: { ask: { name: string; bytes: ArrayBuffer }; answer: Opened };
	check: { ask: { mapping: Mapping; options: SentOptions }; answer: Checked };
	sites: { ask: { from: number; to: number }; answer: SiteDraft[] };
	ids: { ask: null; answer: string[] };
	errors: { ask: null; answer: { headers: string[]; errors: BadRow[] } };
}

export type RequestName = keyof Requests;

export interface RequestMessage<N extends RequestName = RequestName> {
	id: number;
	name: N;
	ask: Requests[N]['ask'];
}

/** `problem` is a code with words `import_bad_*`; anything else that failed is `unreadable`. */
export type AnswerMessage = { id: number; answer: unknown } | { id: number; problem: Problem };

export const PROBLEMS = ['spreadsheet', 'empty', 'no_rows', 'too_large', 'unreadable'] as const;
export type Problem = (typeof PROBLEMS)[number];

/** A file that cannot be imported. */
export class ImportProblem extends Error {
	constructor(readonly problem: Problem) {
		super(problem);
	}
}

export const MOST_ROWS = 50_000;
export const MOST_MEGABYTES = 30;
