/** What a visitor typed into the sign-up form: read, checked, and kept as typed to be shown again. */
import { normalisePhone, type PhoneProblem } from '$lib/domain/phone';
import { MAX_NAME, MAX_PARTY, MAX_TOOLS } from '$lib/domain/signups/party';
import { KINDS, type Kind } from '$lib/domain/sites';

export interface PartyInput {
	name: string;
	phone: string;
	headcount: number;
	minors: number;
	home: string;
	wishes: Kind[];
	lead: boolean;
	tools: string;
	consent: boolean;
}

export type PartyProblem =
	| 'name_missing'
	| 'name_too_long'
	| `phone_${PhoneProblem}`
	| 'headcount'
	| 'minors'
	| 'tools_too_long'
	| 'consent_missing';

/** What is wrong, by the field it stands next to. */
export type PartyProblems = Partial<Record<keyof PartyInput, PartyProblem>>;

export const emptyParty: PartyInput = {
	name: '',
	phone: '',
	headcount: 1,
	minors: 0,
	home: '',
	wishes: [],
	lead: false,
	tools: '',
	consent: false
};

/** A name no person fills in, because no person sees the field: what does is a machine. */
export const HONEYPOT = 'website';

export function readParty(form: FormData): PartyInput {
	const text = (name: string) => {
		const value = form.get(name);
		return typeof value === 'string' ? value.trim() : '';
	};
	const wished = new Set(form.getAll('wishes'));
	return {
		name: text('name'),
		phone: text('phone'),
		headcount: wholeNumber(text('headcount')),
		minors: wholeNumber(text('minors') || '0'),
		home: text('home'),
		wishes: KINDS.filter((kind) => wished.has(kind)),
		lead: form.has('lead'),
		tools: text('tools'),
		consent: form.has('consent')
	};
}

export function problemsOf(party: PartyInput): PartyProblems {
	const problems: PartyProblems = {};
	const phone = normalisePhone(party.phone);
	if (!party.name) problems.name = 'name_missing';
	else if ([...party.name].length > MAX_NAME) problems.name = 'name_too_long';
	if (!phone.ok) problems.phone = `phone_${phone.problem}`;
	if (!(party.headcount >= 1 && party.headcount <= MAX_PARTY)) problems.headcount = 'headcount';
	// Somebody has to answer for the children.
	else if (!(party.minors >= 0 && party.minors < party.headcount)) problems.minors = 'minors';
	if ([...party.tools].length > MAX_TOOLS) problems.tools = 'tools_too_long';
	if (!party.consent) problems.consent = 'consent_missing';
	return problems;
}

/** Full-width digits are digits; anything that is no whole number is NaN. */
function wholeNumber(text: string): number {
	const digits = text.normalize('NFKC');
	return /^\d{1,4}$/.test(digits) ? Number(digits) : NaN;
}
