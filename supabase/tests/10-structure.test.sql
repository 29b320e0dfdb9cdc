-- What must be true of every table, policy and function, whoever adds one.
begin;
select plan(13);

create temporary view relations as
  select c.oid, c.oid::regclass::text as name, c.relkind, c.relrowsecurity, c.reloptions
  from pg_class c
  where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'p', 'v', 'm')
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e');
create temporary view functions as
  select p.oid, p.oid::regprocedure::text as name, n.nspname as schema, p.prosecdef, p.proconfig, p.proacl, p.proowner, obj_description(p.oid, 'pg_proc') as comment
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ('public', 'private') and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e');

select is_empty($$ select name from relations where relkind in ('r', 'p') and not relrowsecurity $$, 'every table has row level security');
select is_empty($$ select name from relations where relkind = 'm' $$, 'there is no materialized view: it could have no policies');
select is_empty($$
  select name from relations where relkind = 'v' and not coalesce('security_invoker=true' = any (reloptions), false)
$$, 'every view asks with the rights of its reader');
select is_empty($$
  select name from relations where obj_description(oid, 'pg_class') is null
$$, 'every table and view says what it is for');
select is_empty($$ select name from functions where comment is null $$, 'every function says what it is for');

select is_empty($$
  select name from functions where not coalesce(proconfig @> array['search_path=""'], false)
$$, 'every function fixes its search path');
select is_empty($$ select name from functions where prosecdef and schema <> 'private' $$, 'nothing exposed runs with the rights of its owner');
select is_empty($$
  select name from functions where prosecdef and comment !~ 'Definer: '
$$, 'every function with the rights of its owner says why');

select is_empty($$
  select c.conrelid::regclass || '.' || c.conname from pg_constraint c
  where c.contype = 'f' and c.connamespace in ('public'::regnamespace, 'private'::regnamespace)
    and not exists (select from pg_index i where i.indrelid = c.conrelid and i.indpred is null
      and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] <@ c.conkey)
$$, 'every foreign key has an index');

select is_empty($$
  select polrelid::regclass || ': ' || polname from pg_policy where polroles = '{0}' or polcmd = '*'
$$, 'every policy names its roles and is for one operation');
select is_empty($$
  select polrelid::regclass || ': ' || polname from pg_policy where polcmd = 'w' and (polwithcheck is null or polqual is null)
$$, 'every policy for updates guards the row before and after');

-- The lists of apply_privileges, written down a second time on purpose: opening a function is a decision.
create temporary table opened (name text, who text[]);
insert into opened
select f, array['anon', 'authenticated'] from unnest(array['read_invitation', 'read_day', 'read_calendar', 'read_results', 'read_area_tasks', 'read_task', 'open_days', 'open_areas']) f
union all
select f, array['authenticated'] from unnest(array['start_account', 'set_my_phone', 'change_person', 'change_area', 'set_preferences', 'my_self', 'my_gatherings', 'my_signups',
  'add_areas', 'add_person', 'forget_person', 'read_people', 'read_person', 'read_area_history', 'invite', 'accept_invitation', 'set_role', 'issue_enrolment', 'move_labour_day', 'cancel_labour_day', 'restore_labour_day', 'save_gathering',
  'cancel_gathering', 'restore_gathering', 'change_site', 'lists_with', 'begin_site_import', 'stage_site_rows', 'commit_site_import', 'cancel_site_import', 'sign_up', 'sign_up_for',
  'change_signup', 'cancel_signup', 'promote_signup', 'claim_signup', 'mark_seen', 'add_tasks', 'add_campaign_task', 'remove_task', 'set_task_crew',
  'save_plan', 'publish_plan', 'record_attendance', 'record_walk_in', 'record_results', 'check_in_myself', 'report_phone', 'override_metres', 'may_add_photo',
  'release_photo', 'close_gathering', 'accept_late', 'read_planning', 'read_board', 'read_board_mark', 'read_roster', 'read_day_package', 'read_task_records', 'closing_check', 'read_call_list',
  'signup_by_code', 'ask_for_hours', 'answer_hours', 'credit_hours', 'take_back_credit', 'my_hours', 'read_hour_requests', 'issue_certificate', 'my_certificates',
  'read_summary', 'save_summary_text', 'read_records', 'read_live', 'read_dashboard', 'read_export']) f;
select set_eq($$
  select p.proname::text, r.role from functions f join pg_proc p on p.oid = f.oid, unnest(array['anon', 'authenticated']) r (role)
  where f.schema = 'public' and has_function_privilege(r.role, f.oid, 'execute')
$$, $$ select name, unnest(who) from opened $$, 'visitors and accounts may execute what is listed here and nothing else');
select is_empty($$
  select f.name || ' for ' || r.role from functions f join pg_proc p on p.oid = f.oid, unnest(array['anon', 'authenticated']) r (role)
  where f.schema = 'private' and has_function_privilege(r.role, f.oid, 'execute')
    and not exists (select from opened o where o.name = p.proname and r.role = any (o.who))
    -- What policies, views and invoking triggers call.
    and p.proname <> all (array['clock', 'fail', 'district_id', 'zone', 'today', 'me', 'areas_where', 'has_role', 'led_tasks', 'led_signups', 'led_known', 'led_people', 'led_phones',
      'my_published_signups', 'organizes_person', 'link_area', 'check_time_zone', 'touch_site', 'audit'])
$$, 'behind them they may execute no more than those need');

select * from finish();
rollback;
