import { m } from '$lib/paraglide/messages';
import { DataError } from './data-error';

export { DataError };

type Words = (detail: string) => string;

/** The one table from code to words. A code without words here is a defect (tested against the schema). */
const WORDS: Record<string, Words> = {
	offline: () => m.errors_offline(),
	server: () => m.errors_server(),
	too_large: () => m.errors_too_large(),
	bad_value: () => m.errors_bad_value(),
	in_use: () => m.errors_in_use(),
	append_only: () => m.errors_append_only(),
	area_is_fixed: () => m.errors_area_is_fixed(),
	area_wrong_parent: () => m.errors_area_wrong_parent(),
	unknown_time_zone: (detail) => m.errors_unknown_time_zone({ zone: detail }),
	sign_in_first: () => m.errors_sign_in_first(),
	not_yours: () => m.errors_not_yours(),
	gone: () => m.errors_gone(),
	slow_down: () => m.errors_slow_down(),
	bad_phone: () => m.errors_bad_phone(),
	bad_name: () => m.errors_bad_name(),
	phone_needed: () => m.errors_phone_needed(),
	phone_not_taken: () => m.errors_phone_not_taken(),
	admin_is_district: () => m.errors_admin_is_district(),
	bad_token: () => m.errors_bad_token(),
	invitation_unknown: () => m.errors_invitation_unknown(),
	invitation_used: () => m.errors_invitation_used(),
	invitation_expired: () => m.errors_invitation_expired(),
	last_admin: () => m.errors_last_admin(),
	has_own_account: () => m.errors_has_own_account(),
	enrolment_unknown: () => m.errors_enrolment_unknown(),
	enrolment_used: () => m.errors_enrolment_used(),
	enrolment_expired: () => m.errors_enrolment_expired(),
	setup_done: () => m.errors_setup_done(),
	bad_setup_code: () => m.errors_bad_setup_code(),
	date_is_past: () => m.errors_date_is_past(),
	date_too_far: () => m.errors_date_too_far(),
	date_taken: () => m.errors_date_taken(),
	day_has_begun: () => m.errors_day_has_begun(),
	day_not_begun: () => m.errors_day_not_begun(),
	reason_needed: () => m.errors_reason_needed(),
	place_needed: () => m.errors_place_needed(),
	gathering_needs_street: () => m.errors_gathering_needs_street(),
	gathering_exists: () => m.errors_gathering_exists(),
	gathering_closed: () => m.errors_gathering_closed(),
	import_done: () => m.errors_import_done(),
	too_many_rows: () => m.errors_too_many_rows(),
	bad_headcount: (detail) => m.errors_bad_headcount({ max: detail || '20' }),
	bad_minors: () => m.errors_bad_minors(),
	cancelled: (detail) => (detail ? m.errors_cancelled_because({ reason: detail }) : m.errors_cancelled()),
	signup_closed: () => m.errors_signup_closed(),
	signup_cancelled: () => m.errors_signup_cancelled(),
	already_signed_up: () => m.errors_already_signed_up(),
	already_attended: () => m.errors_already_attended(),
	checked_in: () => m.errors_checked_in(),
	no_room: (detail) => m.errors_no_room({ room: detail || '0' }),
	link_unknown: () => m.errors_link_unknown(),
	bad_row: () => m.errors_bad_row(),
	not_in_jurisdiction: () => m.errors_not_in_jurisdiction(),
	task_has_records: () => m.errors_task_has_records(),
	bad_crew_size: () => m.errors_bad_crew_size(),
	plan_changed: () => m.errors_plan_changed(),
	plan_empty: () => m.errors_plan_empty(),
	minors_at_hazard: () => m.errors_minors_at_hazard(),
	over_max: () => m.errors_over_max(),
	bad_record: () => m.errors_bad_record(),
	empty_result: () => m.errors_empty_result(),
	too_many_photos: () => m.errors_too_many_photos(),
	code_unknown: () => m.errors_code_unknown(),
	bad_credentials: () => m.errors_bad_credentials(),
	email_taken: () => m.errors_email_taken(),
	weak_password: () => m.errors_weak_password(),
	session_ended: () => m.errors_session_ended(),
	same_password: () => m.errors_same_password(),
	email_not_confirmed: () => m.errors_email_not_confirmed(),
	bad_email: () => m.errors_bad_email(),
	bad_code: () => m.errors_bad_code(),
	mail_off: () => m.errors_mail_off(),
	signup_disabled: () => m.errors_signup_disabled(),
	not_an_image: () => m.errors_not_an_image(),
	request_open: () => m.errors_request_open(),
	request_answered: () => m.errors_request_answered(),
	own_hours: () => m.errors_own_hours(),
	too_many_hours: (detail) => m.errors_too_many_hours({ minutes: detail || '0' }),
	day_not_over: () => m.errors_day_not_over(),
	no_hours: () => m.errors_no_hours()
};

export const knownCodes = Object.keys(WORDS);

/** What a person reads when something failed: what happened and what to do. Never raw text of the server. */
export function wordsFor(error: unknown): string {
	if (error instanceof DataError) return WORDS[error.code]?.(error.detail) ?? m.errors_server();
	return m.errors_unknown();
}
