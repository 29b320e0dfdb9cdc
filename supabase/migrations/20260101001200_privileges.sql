-- Privileges: who may execute and touch what. Kept in a function because an engine may grant anew after migrating;
-- the server calls it again before it listens. Secrecy of rows never rests on this: every table has RLS.

create function private.apply_privileges() returns void
language plpgsql set search_path = ''
as $$
declare
  f text;
  v_public text[] := array[
    'read_invitation(text)',
    'read_day(uuid)',
    'read_calendar()',
    'read_results(date, date, uuid)',
    'read_area_tasks(date, date, uuid, int)',
    'read_task(uuid)',
    'open_days(int)',
    'open_areas(int)'];
  v_signed_in text[] := array[
    'start_account(text, uuid, text)',
    'set_my_phone(text, boolean)',
    'change_person(uuid, jsonb, jsonb)',
    'change_area(uuid, jsonb, jsonb)',
    'set_preferences(text, boolean)',
    'my_self()',
    'my_gatherings()',
    'my_signups()',
    'invite(uuid, public.member_role, text, text)',
    'accept_invitation(text)',
    'set_role(uuid, uuid, public.member_role)',
    'issue_enrolment(uuid, text)',
    'move_labour_day(uuid, date, text)',
    'cancel_labour_day(uuid, text)',
    'restore_labour_day(uuid)',
    'save_gathering(uuid, uuid, uuid, jsonb, jsonb)',
    'cancel_gathering(uuid, text)',
    'restore_gathering(uuid)',
    'change_site(uuid, jsonb, jsonb)',
    'lists_with(jsonb)',
    'begin_site_import(uuid, uuid, text, jsonb)',
    'stage_site_rows(uuid, jsonb)',
    'commit_site_import(uuid)',
    'cancel_site_import(uuid)',
    'sign_up(uuid, uuid, jsonb)',
    'sign_up_for(uuid, jsonb)',
    'change_signup(uuid, jsonb, jsonb)',
    'cancel_signup(uuid)',
    'promote_signup(uuid, boolean)',
    'claim_signup(text)',
    'mark_seen(uuid, timestamptz)',
    'add_tasks(uuid, uuid[])',
    'add_campaign_task(uuid, uuid, date)',
    'remove_task(uuid)',
    'set_task_crew(uuid, int, int, text, jsonb)',
    'save_plan(uuid, jsonb)',
    'publish_plan(uuid, uuid[])',
    'record_attendance(jsonb)',
    'record_walk_in(jsonb)',
    'record_results(jsonb)',
    'check_in_myself(uuid, text, integer, integer, integer)',
    'report_phone(uuid, uuid, integer, integer, timestamptz)',
    'override_metres(uuid, date, text, numeric)',
    'may_add_photo(uuid, uuid)',
    'release_photo(uuid, boolean)',
    'close_gathering(uuid)',
    'accept_late(uuid, uuid[])',
    'read_planning(uuid)',
    'add_areas(jsonb)',
    'add_person(uuid, text, uuid, text)',
    'forget_person(uuid)',
    'read_people(text, uuid, boolean, int, int)',
    'read_person(uuid)',
    'read_area_history(uuid, bigint, int)',
    'read_board(uuid)',
    'read_board_mark(uuid)',
    'read_roster(uuid, uuid)',
    'read_day_package(uuid)',
    'read_task_records(uuid)',
    'closing_check(uuid)',
    'read_call_list(uuid)',
    'signup_by_code(uuid, text)',
    'ask_for_hours(uuid, uuid, text, int)',
    'answer_hours(uuid, int, text)',
    'credit_hours(uuid, uuid, int, text)',
    'take_back_credit(uuid, uuid, text)',
    'my_hours()',
    'read_hour_requests(int)',
    'issue_certificate(uuid, text, date, uuid)',
    'my_certificates()',
    'read_summary(date, date, uuid)',
    'save_summary_text(uuid, date, date, text, text, text, timestamptz)',
    'read_records(date, date, uuid, text, boolean, int, int, boolean, text)',
    'read_live(uuid, date)',
    'read_dashboard(date, date, uuid)',
    'read_export(text, date, date, uuid)'];
  v_helpers text[] := array[
    'clock()', 'fail(text, int, text)', 'district_id()', 'zone()', 'today(uuid)', 'me()', 'areas_where(public.member_role)',
    'has_role(public.member_role, uuid)', 'led_tasks()', 'led_signups()', 'led_known()', 'led_people()', 'led_phones()', 'my_published_signups()', 'organizes_person(uuid)',
    'link_area()', 'check_time_zone()', 'touch_site()', 'audit()'];
begin
  for f in select p.oid::regprocedure::text from pg_catalog.pg_proc p where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
    and not exists (select from pg_catalog.pg_depend d where d.objid = p.oid and d.deptype = 'e') loop
    execute format('revoke all on function %s from public, anon, authenticated', f);
    execute format('grant execute on function %s to service_role', f);
  end loop;
  foreach f in array v_public loop
    execute format('grant execute on function public.%s to anon, authenticated', f);
    execute format('grant execute on function private.%s to anon, authenticated', f);
  end loop;
  foreach f in array v_signed_in loop
    execute format('grant execute on function public.%s to authenticated', f);
    execute format('grant execute on function private.%s to authenticated', f);
  end loop;
  foreach f in array v_helpers loop
    execute format('grant execute on function private.%s to anon, authenticated', f);
  end loop;
  revoke all on all tables in schema private from anon, authenticated;
  revoke insert, update, delete, truncate, references, trigger on all tables in schema public from anon, authenticated;
  revoke truncate, references, trigger on all tables in schema public from service_role;
  grant select on all tables in schema public to anon, authenticated;
  grant insert, update, delete on public.areas, public.area_duties, public.extra_holidays, public.sites to authenticated;
  grant insert, update on public.people to authenticated;
  grant delete on public.invitations to authenticated;
  grant usage on schema public, private to anon, authenticated, service_role;
  grant select, insert, update, delete on all tables in schema public to service_role;
  grant select, insert, update, delete on all tables in schema private to service_role;
  grant usage, select on all sequences in schema public to service_role;
end $$;
comment on function private.apply_privileges() is 'Sets every execute and table privilege to what the app means it to be. Idempotent.';

select private.apply_privileges();
