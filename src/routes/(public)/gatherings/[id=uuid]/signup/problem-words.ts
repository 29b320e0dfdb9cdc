import { m } from '$lib/paraglide/messages';
import type { PartyInput, PartyProblem, PartyProblems } from './party-form';

export type FieldWords = Partial<Record<keyof PartyInput, string>>;

const WORDS: Readonly<Record<PartyProblem, () => string>> = {
	name_missing: m.signup_name_missing,
	name_too_long: m.signup_name_too_long,
	phone_empty: m.signup_phone_empty,
	'phone_not-a-number': m.signup_phone_not_a_number,
	'phone_too-short': m.signup_phone_too_short,
	'phone_too-long': m.signup_phone_too_long,
	'phone_no-such-number': m.signup_phone_no_such_number,
	headcount: m.signup_headcount_wrong,
	minors: m.signup_minors_wrong,
	tools_too_long: m.signup_tools_too_long,
	consent_missing: m.signup_consent_missing
};

/** Words to stand next to the fields they are about. */
export const wordsForProblems = (problems: PartyProblems): FieldWords =>
	Object.fromEntries(Object.entries(problems).map(([field, problem]) => [field, WORDS[problem]()]));
