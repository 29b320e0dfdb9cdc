/** The answers of the open-data addresses: the same for everybody, readable from any page, kept for an hour. */
import { createHash } from 'node:crypto';
import { tableCsv, type Cell } from '$lib/domain/tables/csv';

const HEADERS = {
	'cache-control': 'public, max-age=3600',
	'access-control-allow-origin': '*',
	'cross-origin-resource-policy': 'cross-origin'
};

/** ?year=2026; without it (or with nonsense) the year it is in the district. */
export const yearOf = (url: URL, today: string): number =>
	Number(/^(19|20|21)\d\d$/.exec(url.searchParams.get('year') ?? '')?.[0] ?? today.slice(0, 4));

function answerWith(text: string, type: string, request: Request): Response {
	const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 16)}"`;
	const headers = { ...HEADERS, etag };
	// One of several, or weakened by a proxy that compresses, it is the same.
	if (request.headers.get('if-none-match')?.includes(etag))
		return new Response(null, { status: 304, headers });
	return new Response(text, { headers: { ...headers, 'content-type': `${type}; charset=utf-8` } });
}

export const jsonAnswer = (value: unknown, request: Request, type = 'application/json') =>
	answerWith(JSON.stringify(value), type, request);

/** The columns are those of the JSON, in the same words and the given order. */
export function csvAnswer<Row extends object>(
	columns: readonly (keyof Row & string)[],
	rows: readonly Row[],
	request: Request
): Response {
	const cells = rows.map((row) => columns.map((column) => (row[column] ?? null) as Cell));
	return answerWith(tableCsv(columns, cells), 'text/csv', request);
}

const SUMS = [
	'participations',
	'hours',
	'kg_weighed',
	'kg_estimated',
	'bags',
	'loads',
	'metres',
	'corners',
	'adverts',
	'entries'
] as const;
export const DAY_COLUMNS = ['date', 'labour_day', ...SUMS] as const;
export const AREA_COLUMNS = ['code', 'name', 'name_en', 'level', 'parent', 'people', ...SUMS] as const;
