/**
 * What browsers may ask of the data and account interfaces: what the pages of this app ask, and no more. Both
 * interfaces can do more than that, and some of it would cost everybody dearly: mails to strangers, codes guessed
 * without end, one query that fills the memory. A request is written anew from what was understood of it here, so that
 * no other spelling of it is understood differently behind the door.
 */

type Fields = Record<string, unknown>;

interface Step {
	/** Of the address and of the body, only these are passed on. */
	query?: readonly string[];
	fields?: readonly string[];
	/** Must be there, as text. */
	needs?: readonly string[];
	fixed?: Fields;
}

/** An account request as it is passed on. */
export interface AccountRequest {
	/** Path and query. */
	path: string;
	step: string;
	body: string | undefined;
	email: string | undefined;
}

const STEPS: Readonly<Record<string, Step>> = {
	'GET settings': {},
	'GET user': {},
	'POST signup': { fields: ['email', 'password'], needs: ['email', 'password'] },
	'POST token?grant_type=password': {
		query: ['grant_type'],
		fields: ['email', 'password'],
		needs: ['email']
	},
	'POST token?grant_type=refresh_token': {
		query: ['grant_type'],
		fields: ['refresh_token'],
		needs: ['refresh_token']
	},
	// A code signs in who has an account; nobody gets one by having a mail sent to them.
	'POST otp': { fields: ['email'], needs: ['email'], fixed: { create_user: false } },
	// With the address, so that guesses are counted; the other way, a hash of address and code, anybody can work out.
	'POST verify': { fields: ['email', 'token', 'type'], needs: ['email', 'token', 'type'] },
	// An address changed here would be mailed to without end, and never be proven.
	'PUT user': { fields: ['password'], needs: ['password'] },
	'POST logout': { query: ['scope'] }
};

function fieldsIn(body: Uint8Array): Fields | undefined {
	if (body.byteLength === 0) return {};
	try {
		const value: unknown = JSON.parse(new TextDecoder().decode(body));
		return typeof value === 'object' && value !== null && !Array.isArray(value)
			? (value as Fields)
			: undefined;
	} catch {
		return undefined;
	}
}

const pick = (names: readonly string[], from: (name: string) => unknown): [string, unknown][] =>
	names.flatMap((name) => {
		const value = from(name);
		return value === undefined || value === null ? [] : [[name, value]];
	});

/** Reads a request to the account interface: as it may pass, or `unknown` step, or `malformed` body. */
export function accountRequest(
	method: string,
	url: URL,
	body: Uint8Array
): AccountRequest | 'unknown' | 'malformed' {
	const name = url.pathname.slice('/auth/v1/'.length);
	const grant = name === 'token' ? `?grant_type=${url.searchParams.get('grant_type')}` : '';
	const key = `${method} ${name}${grant}`;
	const step = Object.hasOwn(STEPS, key) ? STEPS[key] : undefined;
	if (!step) return 'unknown';

	const given = fieldsIn(body);
	if (!given || step.needs?.some((field) => typeof given[field] !== 'string')) return 'malformed';
	const query = new URLSearchParams(
		pick(step.query ?? [], (field) => url.searchParams.get(field)) as [string, string][]
	);
	const email = given['email'];
	return {
		path: `/auth/v1/${name}${query.size > 0 ? `?${query}` : ''}`,
		step: name,
		body: step.fields
			? JSON.stringify({ ...Object.fromEntries(pick(step.fields, (field) => given[field])), ...step.fixed })
			: undefined,
		email: typeof email === 'string' ? email : undefined
	};
}

/** What a row of a table refers to: one row each, or none. Pages may ask for these along with it. */
const REFERS_TO: Readonly<Record<string, readonly string[]>> = {
	tasks: ['sites'],
	sites: ['site_extras', 'areas'],
	areas: ['area_duties'],
	invitations: ['areas', 'people'],
	gathering_counts: ['gatherings'],
	gatherings: ['areas', 'labour_days'],
	hour_credits: ['signups', 'people']
};

/** `alias:table!hint` before the bracket that holds the columns of another table. */
const EMBED = /(?:^|[,(])(?:\w+:)?(\w+)((?:!\w+)*)$/;

/** Whether a `select` asks for nothing but rows of a table and what they refer to. */
function staysWithRows(table: string, select: string): boolean {
	const within = [table];
	for (const [part] of select.replace(/\s/g, '').matchAll(/[^()]*[()]/g)) {
		if (part.endsWith(')')) {
			if (within.length === 1) return false;
			within.pop();
			continue;
		}
		const from = within.at(-1) ?? '';
		const [, to = '', hints = ''] = EMBED.exec(part.slice(0, -1)) ?? [];
		const direct = hints
			.split('!')
			.every(
				(hint) => hint === '' || hint === 'inner' || (hint.startsWith(`${from}_`) && hint.endsWith('_fkey'))
			);
		if (!direct || !Object.hasOwn(REFERS_TO, from) || !REFERS_TO[from]?.includes(to)) return false;
		within.push(to);
	}
	return true;
}

/** A pattern of PostgreSQL's own kind, whose matching may take for ever. */
const PATTERN = /(^|[.(,])(not\.)?i?match(\(\w+\))?\./i;

/**
 * Whether a query stays within what the database answers at once: rows of one table, each with what it refers to, never
 * with all that refers to it. A few steps to and fro in the tree of areas are millions of rows.
 */
export function modestQuery(url: URL): boolean {
	const table = url.pathname.slice('/rest/v1/'.length);
	return (
		url.searchParams.getAll('select').every((select) => staysWithRows(table, select)) &&
		![...url.searchParams.values()].some((value) => PATTERN.test(value))
	);
}
