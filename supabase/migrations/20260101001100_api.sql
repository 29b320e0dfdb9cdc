-- API: the commands and pages that clients may call. Each is a thin invoker over its private namesake, which checks the caller:
-- nothing that runs with the owner's rights is exposed itself.

create function public.start_account(p_display_name text, p_area uuid default null, p_language text default 'zh') returns uuid
language sql set search_path = ''
as $$ select private.start_account(p_display_name, p_area, p_language) $$;
comment on function public.start_account(text, uuid, text) is 'Makes the caller''s person after the first sign-in and records the consent given there; again: returns it.';

create function public.set_my_phone(p_phone text, p_crew_may_call boolean default false) returns void
language sql set search_path = ''
as $$ select private.set_my_phone(p_phone, p_crew_may_call) $$;
comment on function public.set_my_phone(text, boolean) is 'Sets or (blank) removes the caller''s phone. Nothing proves that a number is theirs, so it never ties another''s records to them.';

create function public.change_person(p_person uuid, p_fields jsonb, p_expected jsonb default null) returns void
language sql set search_path = ''
as $$ select private.change_person(p_person, p_fields, p_expected) $$;
comment on function public.change_person(uuid, jsonb, jsonb) is 'An organizer corrects {name, area_id} of a person, and the phone of one without an own account; p_expected: what the changed fields were.';

create function public.change_area(p_area uuid, p_fields jsonb, p_expected jsonb default null) returns void
language sql set search_path = ''
as $$ select private.change_area(p_area, p_fields, p_expected) $$;
comment on function public.change_area(uuid, jsonb, jsonb) is 'Changes an area''s names and who answers for it; p_expected: what the changed fields were when the caller began.';

create function public.set_preferences(p_language text default null, p_large_text boolean default null) returns void
language sql set search_path = ''
as $$ select private.set_preferences(p_language, p_large_text) $$;
comment on function public.set_preferences(text, boolean) is 'The caller''s language and large text.';

create function public.my_gatherings() returns jsonb
language sql stable set search_path = ''
as $$ select private.my_gatherings() $$;
comment on function public.my_gatherings() is 'Gatherings for which the caller may sign up others, the next first.';

create function public.my_self() returns jsonb
language sql stable set search_path = ''
as $$ select private.my_self() $$;
comment on function public.my_self() is 'The caller: person, preferences, roles and crews led; null before the account is started.';

create function public.my_signups() returns jsonb
language sql stable set search_path = ''
as $$ select private.my_signups() $$;
comment on function public.my_signups() is 'The caller''s own pages, newest day first.';

create function public.invite(p_area uuid, p_role public.member_role, p_token text, p_note text default '') returns uuid
language sql set search_path = ''
as $$ select private.invite(p_area, p_role, p_token, p_note) $$;
comment on function public.invite(uuid, public.member_role, text, text) is 'Offers a role by a link (client-made token of 128 bits, kept as a hash), valid seven days.';

create function public.read_invitation(p_token text) returns jsonb
language sql stable set search_path = ''
as $$ select private.read_invitation(p_token) $$;
comment on function public.read_invitation(text) is 'What an invitation link offers, or null.';

create function public.accept_invitation(p_token text) returns uuid
language sql set search_path = ''
as $$ select private.accept_invitation(p_token) $$;
comment on function public.accept_invitation(text) is 'Takes the role of an invitation, once.';

create function public.set_role(p_person uuid, p_area uuid, p_role public.member_role default null) returns void
language sql set search_path = ''
as $$ select private.set_role(p_person, p_area, p_role) $$;
comment on function public.set_role(uuid, uuid, public.member_role) is 'Gives, changes or (null) takes away a role; the last admin stays.';

create function public.issue_enrolment(p_person uuid, p_token text) returns void
language sql set search_path = ''
as $$ select private.issue_enrolment(p_person, p_token) $$;
comment on function public.issue_enrolment(uuid, text) is 'Issues a one-time sign-in QR (client-made token of 128 bits, kept as a hash, valid two days) and ends the person''s former sign-in.';

create function public.move_labour_day(p_day uuid, p_date date, p_reason text default '') returns void
language sql set search_path = ''
as $$ select private.move_labour_day(p_day, p_date, p_reason) $$;
comment on function public.move_labour_day(uuid, date, text) is 'Moves a labour day (back to its rule date: planned again) with the public reason; sign-ups and tasks stay with it.';

create function public.cancel_labour_day(p_day uuid, p_reason text) returns void
language sql set search_path = ''
as $$ select private.cancel_labour_day(p_day, p_reason) $$;
comment on function public.cancel_labour_day(uuid, text) is 'Cancels a labour day with the public reason.';

create function public.restore_labour_day(p_day uuid) returns void
language sql set search_path = ''
as $$ select private.restore_labour_day(p_day) $$;
comment on function public.restore_labour_day(uuid) is 'Takes a cancellation back.';

create function public.save_gathering(p_id uuid, p_day uuid, p_area uuid, p_fields jsonb, p_expected jsonb default null) returns uuid
language sql set search_path = ''
as $$ select private.save_gathering(p_id, p_day, p_area, p_fields, p_expected) $$;
comment on function public.save_gathering(uuid, uuid, uuid, jsonb, jsonb) is 'Opens an area''s gathering (client-made id; absent fields are copied from the last time) or changes it; p_expected: what the changed fields were.';

create function public.change_site(p_site uuid, p_fields jsonb, p_expected jsonb default null) returns void
language sql set search_path = ''
as $$ select private.change_site(p_site, p_fields, p_expected) $$;
comment on function public.change_site(uuid, jsonb, jsonb) is 'Changes fields of a site; p_expected: what they were when the caller began.';

create function public.cancel_gathering(p_gathering uuid, p_reason text) returns void
language sql set search_path = ''
as $$ select private.cancel_gathering(p_gathering, p_reason) $$;
comment on function public.cancel_gathering(uuid, text) is 'Cancels one area''s gathering (rain) without touching others.';

create function public.restore_gathering(p_gathering uuid) returns void
language sql set search_path = ''
as $$ select private.restore_gathering(p_gathering) $$;
comment on function public.restore_gathering(uuid) is 'Takes back a cancellation or a closing.';

create function public.lists_with(p_ids jsonb) returns jsonb
language sql stable set search_path = ''
as $$ select private.lists_with(p_ids) $$;
comment on function public.lists_with(jsonb) is 'Which imported lists of the caller''s areas hold how many of these external ids [{area_id, dataset, held}].';

create function public.begin_site_import(p_id uuid, p_area uuid, p_dataset text, p_columns jsonb) returns void
language sql set search_path = ''
as $$ select private.begin_site_import(p_id, p_area, p_dataset, p_columns) $$;
comment on function public.begin_site_import(uuid, uuid, text, jsonb) is 'Starts an import (client-made id).';

create function public.stage_site_rows(p_import uuid, p_rows jsonb) returns int
language sql set search_path = ''
as $$ select private.stage_site_rows(p_import, p_rows) $$;
comment on function public.stage_site_rows(uuid, jsonb) is 'Adds up to 2,000 rows {external_id, line, name, kind, lng, lat, …, source} to an import; sending a chunk again changes nothing.';

create function public.commit_site_import(p_import uuid) returns jsonb
language sql set search_path = ''
as $$ select private.commit_site_import(p_import) $$;
comment on function public.commit_site_import(uuid) is 'Turns all staged rows into sites in one transaction: new ones are added, known ones updated except where a person edited them.';

create function public.cancel_site_import(p_import uuid) returns void
language sql set search_path = ''
as $$ select private.cancel_site_import(p_import) $$;
comment on function public.cancel_site_import(uuid) is 'Drops an import and its staged rows; no site was touched.';

create function public.sign_up(p_id uuid, p_gathering uuid, p_party jsonb) returns jsonb
language sql set search_path = ''
as $$ select private.sign_up(p_id, p_gathering, p_party) $$;
comment on function public.sign_up(uuid, uuid, jsonb) is 'The account holder signs up a party.';

create function public.sign_up_for(p_gathering uuid, p_parties jsonb) returns jsonb
language sql set search_path = ''
as $$ select private.sign_up_for(p_gathering, p_parties) $$;
comment on function public.sign_up_for(uuid, jsonb) is 'An organizer or leader signs up others [{id, name, phone?, headcount, minors, …}]; answers per row with a state or an error code.';

create function public.change_signup(p_signup uuid, p_party jsonb, p_expected jsonb default null) returns jsonb
language sql set search_path = ''
as $$ select private.change_signup(p_signup, p_party, p_expected) $$;
comment on function public.change_signup(uuid, jsonb, jsonb) is 'Changes a party, by its person or an organizer; p_expected: what the changed fields were when they began.';

create function public.cancel_signup(p_signup uuid) returns jsonb
language sql set search_path = ''
as $$ select private.cancel_signup(p_signup) $$;
comment on function public.cancel_signup(uuid) is 'Cancels a party, by its person or an organizer.';

create function public.promote_signup(p_signup uuid, p_over boolean default false) returns jsonb
language sql set search_path = ''
as $$ select private.promote_signup(p_signup, p_over) $$;
comment on function public.promote_signup(uuid, boolean) is 'An organizer confirms a waiting party, knowingly over capacity if p_over.';

create function public.claim_signup(p_token text) returns uuid
language sql set search_path = ''
as $$ select private.claim_signup(p_token) $$;
comment on function public.claim_signup(text) is 'An account takes over the guest sign-up whose secret link it holds.';

create function public.mark_seen(p_signup uuid, p_as_of timestamptz) returns void
language sql set search_path = ''
as $$ select private.mark_seen(p_signup, p_as_of) $$;
comment on function public.mark_seen(uuid, timestamptz) is
  'The person saw their page as it was read at p_as_of (its as_of): takes them off the call list for what had happened by then.';

create function public.add_tasks(p_gathering uuid, p_sites uuid[]) returns int
language sql set search_path = ''
as $$ select private.add_tasks(p_gathering, p_sites) $$;
comment on function public.add_tasks(uuid, uuid[]) is 'Puts sites on a gathering''s list; again: nothing.';

create function public.add_campaign_task(p_id uuid, p_site uuid, p_date date) returns uuid
language sql set search_path = ''
as $$ select private.add_campaign_task(p_id, p_site, p_date) $$;
comment on function public.add_campaign_task(uuid, uuid, date) is 'Work at a site on any date without a gathering (campaign work).';

create function public.remove_task(p_task uuid) returns void
language sql set search_path = ''
as $$ select private.remove_task(p_task) $$;
comment on function public.remove_task(uuid) is 'Takes a task off the list while nothing is recorded for it; its crew becomes unassigned.';

create function public.set_task_crew(p_task uuid, p_min int default null, p_max int default null, p_note text default null, p_expected jsonb default null) returns void
language sql set search_path = ''
as $$ select private.set_task_crew(p_task, p_min, p_max, p_note, p_expected) $$;
comment on function public.set_task_crew(uuid, int, int, text, jsonb) is 'Sets how many heads a task needs and takes this time, and the note for its crew; null leaves as it is.';

create function public.save_plan(p_gathering uuid, p_changes jsonb) returns jsonb
language sql set search_path = ''
as $$ select private.save_plan(p_gathering, p_changes) $$;
comment on function public.save_plan(uuid, jsonb) is 'Saves moves of the board [{signup_id, task_id|null, was, leads, was_leads, led_by, pinned, confirm}] all or none: {version}. Where `was` is stale, or a crew has a leader that the caller did not see (led_by), nothing is saved: {changed: what stands now}. Minors go to no hazard but where a crew''s leader knowingly took them in; over the maximum needs confirm over_max.';

create function public.publish_plan(p_gathering uuid, p_minors uuid[] default '{}') returns int
language sql set search_path = ''
as $$ select private.publish_plan(p_gathering, p_minors) $$;
comment on function public.publish_plan(uuid, uuid[]) is
  'Shows every volunteer their task, leader and meeting point. p_minors: the parties with children that knowingly stay at a dangerous site.';

create function public.record_attendance(p_events jsonb) returns jsonb
language sql set search_path = ''
as $$ select private.record_attendance(p_events) $$;
comment on function public.record_attendance(jsonb) is 'Records events [{id, signup_id, kind, heads, minors, at, voids, device_id, seq, device_time, clock_offset_ms}]; answers per event recorded, late, duplicate or refused with a code.';

create function public.record_walk_in(p jsonb) returns jsonb
language sql set search_path = ''
as $$ select private.record_walk_in(p) $$;
comment on function public.record_walk_in(jsonb) is 'Adds a party that just came {id, gathering_id, task_id, name, phone?, headcount, minors, at, event_id, device_id, seq, …} and checks it in; a known phone finds its sign-up.';

create function public.record_results(p_entries jsonb) returns jsonb
language sql set search_path = ''
as $$ select private.record_results(p_entries) $$;
comment on function public.record_results(jsonb) is 'Records entries [{id, task_id, corrects?, bags, kg, weighed, loads, metres, corners, adverts, note, at, device_id, seq, …}]; answers per entry.';

create function public.check_in_myself(p_signup uuid, p_code text, p_heads int default null, p_minors int default null, p_age int default 0) returns jsonb
language sql set search_path = ''
as $$ select private.check_in_myself(p_signup, p_code, p_heads, p_minors, p_age) $$;
comment on function public.check_in_myself(uuid, text, int, int, int) is 'An account checks its own party in with the code shown at the venue, read p_age seconds ago. Answers checked_in, claimed, already or refused with a code.';

create function public.report_phone(p_gathering uuid, p_device uuid, p_records int, p_photos int, p_at timestamptz) returns void
language sql set search_path = ''
as $$ select private.report_phone(p_gathering, p_device, p_records, p_photos, p_at) $$;
comment on function public.report_phone(uuid, uuid, int, int, timestamptz) is 'A leader''s or organizer''s phone says how many records and photos it still has to send; the latest word stands.';

create function public.override_metres(p_site uuid, p_date date, p_reason text default null, p_metres numeric default null) returns void
language sql set search_path = ''
as $$ select private.override_metres(p_site, p_date, p_reason, p_metres) $$;
comment on function public.override_metres(uuid, date, text, numeric) is 'An organizer vouches, by name and with a reason, for the metres that they saw recorded beyond the drain''s length; no reason takes it back.';

create function public.may_add_photo(p_task uuid, p_photo uuid) returns uuid
language sql set search_path = ''
as $$ select private.may_add_photo(p_task, p_photo) $$;
comment on function public.may_add_photo(uuid, uuid) is 'The caller''s person, or the refusal that adding this photo to this task would meet.';

create function public.release_photo(p_photo uuid, p_release boolean) returns void
language sql set search_path = ''
as $$ select private.release_photo(p_photo, p_release) $$;
comment on function public.release_photo(uuid, boolean) is 'An organizer makes a photo public, or takes that back.';

create function public.close_gathering(p_gathering uuid) returns void
language sql set search_path = ''
as $$ select private.close_gathering(p_gathering) $$;
comment on function public.close_gathering(uuid) is 'Closes a gathering: records that arrive later are late and wait for a tap.';

create function public.accept_late(p_gathering uuid, p_records uuid[]) returns int
language sql set search_path = ''
as $$ select private.accept_late(p_gathering, p_records) $$;
comment on function public.accept_late(uuid, uuid[]) is 'Lets late events and entries count, named by the organizer who tapped.';

create function public.read_planning(p_day uuid) returns jsonb
language sql stable set search_path = ''
as $$ select private.read_planning(p_day) $$;
comment on function public.read_planning(uuid) is 'The organizer''s month: labour days (one, or null: the last and the next twelve) and how far the caller''s gatherings on them are.';

create function public.add_areas(p_areas jsonb) returns int
language sql set search_path = ''
as $$ select private.add_areas(p_areas) $$;
comment on function public.add_areas(jsonb) is 'Adds streets and communities [{code, parent_code, level, name}] that are not there yet, and says how many.';

create function public.forget_person(p_person uuid) returns void
language sql set search_path = ''
as $$ select private.forget_person(p_person) $$;
comment on function public.forget_person(uuid) is 'Removes a person''s name, phone, account and roles; what they did stays in the sums without a name.';

create function public.add_person(p_id uuid, p_name text, p_area uuid, p_phone text default null) returns uuid
language sql set search_path = ''
as $$ select private.add_person(p_id, p_name, p_area, p_phone) $$;
comment on function public.add_person(uuid, text, uuid, text) is 'An organizer writes a person down (client-made id). A phone already known in the caller''s areas leads to whom it belongs; one known elsewhere is refused.';

create function public.read_people(p_query text, p_area uuid default null, p_staff boolean default false, p_limit int default 30, p_offset int default 0) returns jsonb
language sql stable set search_path = ''
as $$ select private.read_people(p_query, p_area, p_staff, p_limit, p_offset) $$;
comment on function public.read_people(text, uuid, boolean, int, int) is 'People of an area (null: all the caller organizes) who live, serve or signed up there, by name or by digits of the phone; p_staff: only those with a role.';

create function public.read_person(p_person uuid) returns jsonb
language sql stable set search_path = ''
as $$ select private.read_person(p_person) $$;
comment on function public.read_person(uuid) is 'One person with the days they signed up for in the caller''s areas.';

create function public.read_area_history(p_area uuid, p_before bigint default null, p_limit int default 30) returns jsonb
language sql stable set search_path = ''
as $$ select private.read_area_history(p_area, p_before, p_limit) $$;
comment on function public.read_area_history(uuid, bigint, int) is 'What was changed in an area and by whom, newest first.';

create function public.read_board(p_gathering uuid) returns jsonb
language sql stable set search_path = ''
as $$ select private.read_board(p_gathering) $$;
comment on function public.read_board(uuid) is 'Everything the assigning board shows, at one moment, which its mark names.';

create function public.read_board_mark(p_gathering uuid) returns text
language sql stable set search_path = ''
as $$ select private.read_board_mark(p_gathering) $$;
comment on function public.read_board_mark(uuid) is 'The cheap question whether a board that was read is still current: compare with its mark.';

create function public.read_roster(p_gathering uuid, p_task uuid default null) returns jsonb
language sql stable set search_path = ''
as $$ select private.read_roster(p_gathering, p_task) $$;
comment on function public.read_roster(uuid, uuid) is 'What running the day needs, for one crew or (organizers) all: parties with their events, tasks, entries, photos; codes only as hashes; phones to leaders from the evening before.';

create function public.read_day_package(p_gathering uuid) returns jsonb
language sql stable set search_path = ''
as $$ select private.read_day_package(p_gathering) $$;
comment on function public.read_day_package(uuid) is 'The roster as the caller may see it, with the meeting point and the records of each of its tasks: what a phone keeps for the day.';

create function public.read_task_records(p_task uuid) returns jsonb
language sql stable set search_path = ''
as $$ select private.read_task_records(p_task) $$;
comment on function public.read_task_records(uuid) is
  'One task as its leader and organizers see it: every entry with its history and who wrote it, metres of all crews at the drain that day, photos.';

create function public.closing_check(p_gathering uuid) returns jsonb
language sql stable set search_path = ''
as $$ select private.closing_check(p_gathering) $$;
comment on function public.closing_check(uuid) is 'What is still missing or waiting for a decision before and after closing.';

create function public.read_call_list(p_gathering uuid) returns jsonb
language sql stable set search_path = ''
as $$ select private.read_call_list(p_gathering) $$;
comment on function public.read_call_list(uuid) is 'Who has not opened their page since the last move, cancellation, promotion or published plan, with the number to call.';

create function public.signup_by_code(p_gathering uuid, p_code text) returns uuid
language sql stable set search_path = ''
as $$ select private.signup_by_code(p_gathering, p_code) $$;
comment on function public.signup_by_code(uuid, text) is 'The sign-up behind a scanned check-in code, if it is the caller''s to check in.';

create function public.read_day(p_day uuid default null) returns jsonb
language sql stable set search_path = ''
as $$ select private.read_day(p_day) $$;
comment on function public.read_day(uuid) is 'The public page of a labour day (null: the next one that takes place) in one answer: day, gatherings, where people are needed, this year''s sums. No names; headcounts only from five upward.';

create function public.read_calendar() returns jsonb
language sql stable set search_path = ''
as $$ select private.read_calendar() $$;
comment on function public.read_calendar() is 'Labour days of the past year and the next twelve.';

create function public.read_results(p_from date default null, p_to date default null, p_area uuid default null) returns jsonb
language sql stable set search_path = ''
as $$ select private.read_results(p_from, p_to, p_area) $$;
comment on function public.read_results(date, date, uuid) is 'The public results of an area (null: the district) between two dates (null: this year, or the newest before it with work): sums, by the areas below it, by day, released photo pairs.';

create function public.read_area_tasks(p_from date, p_to date, p_area uuid default null, p_limit int default 100) returns jsonb
language sql stable set search_path = ''
as $$ select private.read_area_tasks(p_from, p_to, p_area, p_limit) $$;
comment on function public.read_area_tasks(date, date, uuid, int) is 'What the public sums are made of, newest first: the tasks, and per gathering the people who were in no crew. No names; under five heads without their number.';

create function public.read_task(p_task uuid) returns jsonb
language sql stable set search_path = ''
as $$ select private.read_task(p_task) $$;
comment on function public.read_task(uuid) is 'One task as the public may see it: sums, the entries that count, released photos; no names, no notes.';


create function public.ask_for_hours(p_id uuid, p_signup uuid, p_says text, p_minutes int default null) returns uuid
language sql set search_path = ''
as $$ select private.ask_for_hours(p_id, p_signup, p_says, p_minutes) $$;
comment on function public.ask_for_hours(uuid, uuid, text, int) is 'A volunteer asks for a correction of their hours of one day (client-made id), once it is over.';

create function public.answer_hours(p_request uuid, p_minutes int, p_reason text) returns void
language sql set search_path = ''
as $$ select private.answer_hours(p_request, p_minutes, p_reason) $$;
comment on function public.answer_hours(uuid, int, text) is 'An organizer answers a request, once: credits so many minutes, or (null) refuses; with the reason.';

create function public.credit_hours(p_id uuid, p_signup uuid, p_minutes int, p_reason text) returns uuid
language sql set search_path = ''
as $$ select private.credit_hours(p_id, p_signup, p_minutes, p_reason) $$;
comment on function public.credit_hours(uuid, uuid, int, text) is 'An organizer credits minutes without a request (client-made id), with the reason.';

create function public.take_back_credit(p_id uuid, p_credit uuid, p_reason text) returns uuid
language sql set search_path = ''
as $$ select private.take_back_credit(p_id, p_credit, p_reason) $$;
comment on function public.take_back_credit(uuid, uuid, text) is 'Takes a credit back by a further record (client-made id), with the reason.';

create function public.my_hours() returns jsonb
language sql stable set search_path = ''
as $$ select private.my_hours() $$;
comment on function public.my_hours() is 'The caller''s days, newest first: seconds as recorded by others, on their own word, and credited; requests with answers.';

create function public.read_hour_requests(p_limit int default 100) returns jsonb
language sql stable set search_path = ''
as $$ select private.read_hour_requests(p_limit) $$;
comment on function public.read_hour_requests(int) is 'Requests for a correction of hours in the caller''s areas, open ones first, with what is recorded.';

create function public.issue_certificate(p_id uuid, p_kind text, p_date date, p_person uuid default null) returns jsonb
language sql set search_path = ''
as $$ select private.issue_certificate(p_id, p_kind, p_date, p_person) $$;
comment on function public.issue_certificate(uuid, text, date, uuid) is 'Certifies a person''s own presence on a day or in the year of a date, up to yesterday (client-made id); where nothing changed, the certificate that stands.';

create function public.my_certificates() returns jsonb
language sql stable set search_path = ''
as $$ select private.my_certificates() $$;
comment on function public.my_certificates() is 'The caller''s certificates, newest first.';

create function public.read_summary(p_from date, p_to date, p_area uuid) returns jsonb
language sql stable set search_path = ''
as $$ select private.read_summary(p_from, p_to, p_area) $$;
comment on function public.read_summary(date, date, uuid) is
  'Everything a summary of an area between two dates says: sums on labour days and on others, the same span a year before, days, areas below, what is open, what comes next, released photo pairs, written texts.';

create function public.save_summary_text(p_area uuid, p_from date, p_to date, p_block text, p_language text, p_body text, p_seen timestamptz default null) returns timestamptz
language sql set search_path = ''
as $$ select private.save_summary_text(p_area, p_from, p_to, p_block, p_language, p_body, p_seen) $$;
comment on function public.save_summary_text(uuid, date, date, text, text, text, timestamptz) is
  'Keeps a text of a summary (blank: removes it). p_seen: when the text the writer saw was written; another one meanwhile refuses (text_changed).';

create function public.read_records(p_from date, p_to date, p_area uuid, p_figure text, p_labour boolean default null, p_limit int default 100, p_offset int default 0, p_below boolean default true, p_kind text default null) returns jsonb
language sql stable set search_path = ''
as $$ select private.read_records(p_from, p_to, p_area, p_figure, p_labour, p_limit, p_offset, p_below, p_kind) $$;
comment on function public.read_records(date, date, uuid, text, boolean, int, int, boolean, text) is
  'The rows of which one figure of an area and period is the sum, newest first, with the sum. p_labour: only on labour days (true), only on other days (false).';

create function public.read_live(p_area uuid, p_date date default null) returns jsonb
language sql stable set search_path = ''
as $$ select private.read_live(p_area, p_date) $$;
comment on function public.read_live(uuid, date) is
  'A labour day as it runs (null: today''s or the next): who came of how many, crews short of people, results as they arrive. No names.';

create function public.read_dashboard(p_from date, p_to date, p_area uuid) returns jsonb
language sql stable set search_path = ''
as $$ select private.read_dashboard(p_from, p_to, p_area) $$;
comment on function public.read_dashboard(date, date, uuid) is
  'A period as charts: by month, by the areas below, sites overdue today, metres done and left per drain, days until a cleaned site needed cleaning again, photo pairs.';

create function public.open_days(p_year int) returns jsonb
language sql stable set search_path = ''
as $$ select private.open_days(p_year) $$;
comment on function public.open_days(int) is 'Open data: the district''s sums of every day of a year on which something was done.';

create function public.open_areas(p_year int) returns jsonb
language sql stable set search_path = ''
as $$ select private.open_areas(p_year) $$;
comment on function public.open_areas(int) is 'Open data: the sums of every area in a year; people are an estimate.';

create function public.read_export(p_what text, p_from date, p_to date, p_area uuid) returns jsonb
language sql stable set search_path = ''
as $$ select private.read_export(p_what, p_from, p_to, p_area) $$;
comment on function public.read_export(text, date, date, uuid) is 'Rows for a spreadsheet: days, tasks, results or signups of an area, at most 20,000.';
