/** What the data layer throws, and the one table from the database's codes to words. */
import { m } from '$lib/paraglide/messages';

/** A refusal or failure of the data, with the stable code a page may react to. */
export class DataError extends Error {
	override name = 'DataError';

	constructor(
		/** The database's own code (`not_yours`), or `offline`, `server`, `refused` where it gave none. */
		readonly code: string,
		/** What the words speak of, such as the room that is left. */
		readonly detail = '',
		/** HTTP status; 0 when no answer came. */
		readonly status = 0
	) {
		super(code);
	}
}

interface Answer<T> {
	data: T;
	error: { message: string; details?: string | null; code?: string } | null;
	status: number;
}

/** The data of an answer, or a {@link DataError}. Every query and command of this folder goes through here. */
export function unwrap<T>({ data, error, status }: Answer<T>): NonNullable<T> {
	if (!error) return data as NonNullable<T>;
	const code = /^lf:(\w+)$/.exec(error.message)?.[1];
	if (code) throw new DataError(code, error.details ?? '', status);
	if (status === 0) throw new DataError('offline');
	throw new DataError(status >= 500 ? 'server' : 'refused', error.code ?? '', status);
}

const WORDS: Readonly<Record<string, (inputs: { detail: string }) => string>> = {
	offline: m.errors_offline,
	server: m.errors_server,
	refused: m.errors_refused,
	gone: m.errors_code_gone,
	not_yours: m.errors_code_not_yours,
	sign_in_first: m.errors_code_sign_in_first,
	slow_down: m.errors_code_slow_down,
	too_many_rows: m.errors_code_too_many_rows,
	append_only: m.errors_code_append_only,
	reason_needed: m.errors_code_reason_needed,
	gathering_closed: m.errors_code_gathering_closed,
	gathering_exists: m.errors_code_gathering_exists,
	gathering_needs_street: m.errors_code_gathering_needs_street,
	day_not_begun: m.errors_code_day_not_begun,
	day_has_begun: m.errors_code_day_has_begun,
	date_is_past: m.errors_code_date_is_past,
	date_too_far: m.errors_code_date_too_far,
	date_taken: m.errors_code_date_taken,
	cancelled: m.errors_code_cancelled,
	signup_closed: m.errors_code_signup_closed,
	signup_cancelled: m.errors_code_signup_cancelled,
	already_signed_up: m.errors_code_already_signed_up,
	already_attended: m.errors_code_already_attended,
	checked_in: m.errors_code_checked_in,
	no_room: m.errors_code_no_room,
	bad_name: m.errors_code_bad_name,
	bad_phone: m.errors_code_bad_phone,
	bad_headcount: m.errors_code_bad_headcount,
	bad_minors: m.errors_code_bad_minors,
	bad_crew_size: m.errors_code_bad_crew_size,
	phone_needed: m.errors_code_phone_needed,
	phone_not_taken: m.errors_code_phone_not_taken,
	has_own_account: m.errors_code_has_own_account,
	place_needed: m.errors_code_place_needed,
	link_unknown: m.errors_code_link_unknown,
	bad_token: m.errors_code_bad_token,
	code_unknown: m.errors_code_code_unknown,
	invitation_unknown: m.errors_code_invitation_unknown,
	invitation_used: m.errors_code_invitation_used,
	invitation_expired: m.errors_code_invitation_expired,
	enrolment_unknown: m.errors_code_enrolment_unknown,
	enrolment_used: m.errors_code_enrolment_used,
	enrolment_expired: m.errors_code_enrolment_expired,
	last_admin: m.errors_code_last_admin,
	admin_is_district: m.errors_code_admin_is_district,
	setup_done: m.errors_code_setup_done,
	bad_setup_code: m.errors_code_bad_setup_code,
	area_is_fixed: m.errors_code_area_is_fixed,
	area_wrong_parent: m.errors_code_area_wrong_parent,
	unknown_time_zone: m.errors_code_unknown_time_zone,
	not_in_jurisdiction: m.errors_code_not_in_jurisdiction,
	task_has_records: m.errors_code_task_has_records,
	plan_empty: m.errors_code_plan_empty,
	plan_changed: m.errors_code_plan_changed,
	minors_at_hazard: m.errors_code_minors_at_hazard,
	over_max: m.errors_code_over_max,
	empty_result: m.errors_code_empty_result,
	too_many_photos: m.errors_code_too_many_photos,
	import_done: m.errors_code_import_done
};

/** Words for anything that was thrown. */
export function explainError(error: unknown): string {
	if (!(error instanceof DataError)) return m.errors_unknown();
	return (WORDS[error.code] ?? m.errors_unknown)({ detail: error.detail });
}
