-- Attendance: check-in events, what they add up to per party, and the running totals per crew.
--
-- An event states a fact: "so many heads, of whom so many minors, are present from this instant". Events are never
-- changed; a void takes one back. So replays, losses and reorderings give the same sums.
-- The rule of hours is written down once, in src/lib/domain/hours/attendance.ts; private.attendance_of counts the same,
-- and tests/db/attendance.spec.ts holds both equal.

create type public.attendance_kind as enum ('present', 'void');
comment on type public.attendance_kind is 'present: heads from this instant (0: gone) · void: takes one event back';
create type public.attendance_source as enum ('leader', 'organizer', 'self');
comment on type public.attendance_source is 'Who recorded it: the crew''s leader, an organizer, the volunteer.';

create table public.attendance_events (
  id uuid primary key,
  signup_id uuid not null references public.signups (id) on delete restrict,
  gathering_id uuid not null references public.gatherings (id) on delete restrict,
  area_id uuid not null references public.areas (id) on delete restrict,
  task_id uuid references public.tasks (id) on delete set null,
  kind public.attendance_kind not null default 'present',
  heads int not null default 0 check (heads between 0 and 500),
  minors int not null default 0 check (minors between 0 and heads),
  at timestamptz not null,
  voids uuid,
  device_id uuid not null,
  seq int not null,
  device_time timestamptz not null,
  clock_offset_ms bigint not null default 0,
  source public.attendance_source not null,
  recorded_by uuid references public.people (id) on delete set null,
  received_at timestamptz not null default now(),
  late boolean not null default false,
  accepted_at timestamptz,
  accepted_by uuid references public.people (id) on delete set null,
  check ((kind = 'void') = (voids is not null))
);
comment on table public.attendance_events is '签到、签退: append-only facts from phones. at: the device''s time corrected by its offset to the server''s clock.';
comment on column public.attendance_events.late is 'Arrived after the gathering was closed: counts once an organizer accepts it.';
create index attendance_events_signup_idx on public.attendance_events (signup_id);
create index attendance_events_gathering_idx on public.attendance_events (gathering_id) where late;
create index attendance_events_gathering_all_idx on public.attendance_events (gathering_id);
create index attendance_events_area_idx on public.attendance_events (area_id);
create index attendance_events_task_idx on public.attendance_events (task_id);
create index attendance_events_recorded_by_idx on public.attendance_events (recorded_by);
create index attendance_events_accepted_by_idx on public.attendance_events (accepted_by);
alter table public.attendance_events enable row level security;

create function private.only_acceptance() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if tg_op = 'DELETE' then perform private.fail('append_only', 403); end if;
  if (to_jsonb(new) - '{accepted_at,accepted_by,task_id,recorded_by}'::text[]) is distinct from (to_jsonb(old) - '{accepted_at,accepted_by,task_id,recorded_by}'::text[]) then
    perform private.fail('append_only', 403);
  end if;
  return new;
end $$;
comment on function private.only_acceptance() is 'Trigger: a record never changes, but a late one may be accepted (and references to what was removed fall away).';
create trigger attendance_events_only_acceptance before update or delete on public.attendance_events
  for each row execute function private.only_acceptance();

create table public.attendance_sums (
  signup_id uuid primary key references public.signups (id) on delete cascade,
  gathering_id uuid not null references public.gatherings (id) on delete cascade,
  task_id uuid references public.tasks (id) on delete set null,
  area_id uuid not null references public.areas (id) on delete cascade,
  person_id uuid not null references public.people (id) on delete cascade,
  date date not null,
  participations int not null default 0,
  minors int not null default 0,
  person_seconds bigint not null default 0,
  minor_seconds bigint not null default 0,
  named_seconds bigint not null default 0,
  open_ended boolean not null default false,
  present_heads int not null default 0,
  present_minors int not null default 0,
  first_at timestamptz,
  last_at timestamptz,
  events int not null default 0
);
comment on table public.attendance_sums is
  'What a party''s events add up to; kept by trigger. named_seconds: only the named person''s own presence. open_ended: no check-out, counted to the planned end.';
create index attendance_sums_person_idx on public.attendance_sums (person_id, date);
create index attendance_sums_gathering_idx on public.attendance_sums (gathering_id);
create index attendance_sums_task_idx on public.attendance_sums (task_id);
create index attendance_sums_area_idx on public.attendance_sums (area_id, date);
alter table public.attendance_sums enable row level security;

create table public.totals (
  id uuid primary key default gen_random_uuid(),
  gathering_id uuid references public.gatherings (id) on delete cascade,
  task_id uuid unique references public.tasks (id) on delete cascade,
  area_id uuid not null references public.areas (id) on delete cascade,
  date date not null,
  parties int not null default 0,
  participations int not null default 0,
  minors int not null default 0,
  person_seconds bigint not null default 0,
  minor_seconds bigint not null default 0,
  open_ended int not null default 0,
  entries int not null default 0,
  bags int not null default 0,
  loads numeric(10, 1) not null default 0,
  kg_weighed numeric(12, 1) not null default 0,
  kg_estimated numeric(12, 1) not null default 0,
  metres_recorded numeric(12, 1) not null default 0,
  metres numeric(12, 1) not null default 0,
  corners int not null default 0,
  adverts int not null default 0,
  unique nulls not distinct (gathering_id, task_id)
);
comment on table public.totals is
  'Running totals: one row per task (its crew and results), and one per gathering for parties without a crew, so that check-ins of different crews never queue for one row. Areas, days and years are sums of these rows.';
comment on column public.totals.metres is 'Metres that count: per drain and date at most the drain''s length. metres_recorded: as written down.';
create index totals_area_idx on public.totals (area_id, date);
create index totals_date_idx on public.totals (date);
alter table public.totals enable row level security;

create function private.open_totals() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if tg_table_name = 'tasks' then
    insert into public.totals (gathering_id, task_id, area_id, date) values (new.gathering_id, new.id, new.area_id, new.date);
  else
    insert into public.totals (gathering_id, area_id, date)
    select new.id, new.area_id, d.date from public.labour_days d where d.id = new.labour_day_id;
  end if;
  return null;
end $$;
comment on function private.open_totals() is 'Trigger: every task and gathering has its row of totals. Definer: totals has no client writes.';
create trigger tasks_open_totals after insert on public.tasks for each row execute function private.open_totals();
create trigger gatherings_open_totals after insert on public.gatherings for each row execute function private.open_totals();

create function private.follow_date() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if tg_table_name = 'tasks' then
    update public.totals set date = new.date where task_id = new.id;
  else
    update public.totals t set date = new.date from public.gatherings g
    where g.labour_day_id = new.id and t.gathering_id = g.id and t.task_id is null;
  end if;
  return null;
end $$;
comment on function private.follow_date() is 'Trigger: totals move with a moved day. Definer: totals has no client writes.';
create trigger tasks_follow_date after update of date on public.tasks for each row execute function private.follow_date();
create trigger labour_days_follow_date after update of date on public.labour_days for each row execute function private.follow_date();

create function private.attendance_of(p_signups uuid[])
returns table (signup_id uuid, participations int, minors int, person_seconds bigint, minor_seconds bigint, named_seconds bigint,
  open_ended boolean, present_heads int, present_minors int, first_at timestamptz, last_at timestamptz, events int)
language sql stable security definer set search_path = ''
as $$
  with counted as (
    select e.* from public.attendance_events e
    where e.signup_id = any (p_signups) and (not e.late or e.accepted_at is not null)
  ), facts as (
    -- What stands: neither voided nor replaced at the same instant by a later record.
    select distinct on (c.signup_id, c.at) c.*
    from counted c
    where c.kind = 'present' and not exists (select from counted v where v.kind = 'void' and v.voids = c.id and v.signup_id = c.signup_id)
    order by c.signup_id, c.at, c.device_id desc, c.seq desc, c.id desc
  ), ordered as (
    select f.*, lead(f.at) over (partition by f.signup_id order by f.at) as next_at from facts f
  ), plans as materialized (
    select g.gathering_id, span.starts_at, span.ends_at
    from (select distinct gathering_id from counted) g cross join lateral private.gathering_span(g.gathering_id) span
  ), spans as (
    select o.*,
      greatest(0, extract(epoch from least(coalesce(o.next_at, p.ends_at), p.ends_at + interval '2 hours')
        - greatest(o.at, p.starts_at - interval '30 minutes')))::bigint as seconds
    from ordered o join plans p on p.gathering_id = o.gathering_id
  )
  select s.signup_id, max(s.heads), max(s.minors),
    sum(s.heads * s.seconds)::bigint, sum(s.minors * s.seconds)::bigint, sum(case when s.heads > s.minors then s.seconds else 0 end)::bigint,
    bool_or(s.next_at is null and s.heads > 0),
    max(s.heads) filter (where s.next_at is null), max(s.minors) filter (where s.next_at is null),
    min(s.at) filter (where s.heads > 0), max(s.at), count(*)::int
  from spans s group by s.signup_id
$$;
comment on function private.attendance_of(uuid[]) is
  'What the counted events of these sign-ups add up to (seconds, heads). Order and repetition of events do not matter. Definer: also run for leaders.';

create function private.add_to_totals(p_sum public.attendance_sums, p_sign int) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  if p_sum.signup_id is null or p_sum.participations = 0 and p_sum.person_seconds = 0 then return; end if;
  update public.totals set
    parties = parties + p_sign * (p_sum.participations > 0)::int,
    participations = participations + p_sign * p_sum.participations,
    minors = minors + p_sign * p_sum.minors,
    person_seconds = person_seconds + p_sign * p_sum.person_seconds,
    minor_seconds = minor_seconds + p_sign * p_sum.minor_seconds,
    open_ended = open_ended + p_sign * p_sum.open_ended::int
  where case when p_sum.task_id is null then gathering_id = p_sum.gathering_id and task_id is null else task_id = p_sum.task_id end;
end $$;
comment on function private.add_to_totals(public.attendance_sums, int) is 'Adds (+1) or takes away (-1) a party''s sums to its crew''s row of totals. Definer: totals has no client writes.';

create function private.refresh_attendance(p_signup uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare v_old public.attendance_sums; v_new public.attendance_sums; v_sum record; v_task uuid;
begin
  select a.task_id into v_task from public.assignments a join public.signups s on s.id = a.signup_id
  join public.tasks t on t.id = a.task_id and t.gathering_id = s.gathering_id where a.signup_id = p_signup;
  insert into public.attendance_sums (signup_id, gathering_id, area_id, person_id, date, task_id)
  select s.id, s.gathering_id, s.area_id, s.person_id, d.date, v_task
  from public.signups s join public.labour_days d on d.id = s.labour_day_id where s.id = p_signup
  on conflict (signup_id) do nothing;
  -- The mutex of this party's sum: two phones recording it at once take turns here, then see each other's events.
  select * into v_old from public.attendance_sums where signup_id = p_signup for update;
  if v_old.signup_id is null then return; end if;
  select * into v_sum from private.attendance_of(array[p_signup]);
  update public.attendance_sums a set
    gathering_id = s.gathering_id, area_id = s.area_id, person_id = s.person_id, date = d.date, task_id = v_task,
    participations = coalesce(v_sum.participations, 0), minors = coalesce(v_sum.minors, 0),
    person_seconds = coalesce(v_sum.person_seconds, 0), minor_seconds = coalesce(v_sum.minor_seconds, 0),
    named_seconds = coalesce(v_sum.named_seconds, 0), open_ended = coalesce(v_sum.open_ended, false),
    present_heads = coalesce(v_sum.present_heads, 0), present_minors = coalesce(v_sum.present_minors, 0),
    first_at = v_sum.first_at, last_at = v_sum.last_at, events = coalesce(v_sum.events, 0)
  from public.signups s join public.labour_days d on d.id = s.labour_day_id
  where a.signup_id = p_signup and s.id = p_signup
  returning a.* into v_new;
  if (v_new.task_id, v_new.gathering_id, v_new.participations, v_new.minors, v_new.person_seconds, v_new.minor_seconds, v_new.open_ended)
    is distinct from (v_old.task_id, v_old.gathering_id, v_old.participations, v_old.minors, v_old.person_seconds, v_old.minor_seconds, v_old.open_ended) then
    perform private.add_to_totals(v_old, -1);
    perform private.add_to_totals(v_new, 1);
  end if;
end $$;
comment on function private.refresh_attendance(uuid) is 'Brings a party''s sum and its crew''s totals up to its events and its crew. Definer: sums have no client writes.';

create function private.attendance_changed() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if tg_table_name = 'attendance_events' then
    perform private.refresh_attendance(new.signup_id);
  elsif tg_table_name = 'assignments' then
    if exists (select from public.attendance_sums where signup_id = coalesce(new.signup_id, old.signup_id)) then
      perform private.refresh_attendance(coalesce(new.signup_id, old.signup_id));
    end if;
  elsif tg_table_name = 'signups' then
    if exists (select from public.attendance_sums where signup_id = new.id) then perform private.refresh_attendance(new.id); end if;
  elsif tg_table_name = 'gatherings' then
    perform private.refresh_attendance(a.signup_id) from public.attendance_sums a where a.gathering_id = new.id;
  end if;
  return null;
end $$;
comment on function private.attendance_changed() is 'Trigger: refreshes the sums that a new event, a changed crew, a claimed sign-up or changed planned times touch. Definer: sums have no client writes.';
create trigger attendance_events_changed after insert or update of accepted_at on public.attendance_events
  for each row execute function private.attendance_changed();
create trigger assignments_attendance after insert or delete or update of task_id on public.assignments
  for each row execute function private.attendance_changed();
create trigger signups_attendance after update of person_id, gathering_id on public.signups
  for each row execute function private.attendance_changed();
create trigger gatherings_attendance after update of starts, ends on public.gatherings
  for each row when ((old.starts, old.ends) is distinct from (new.starts, new.ends)) execute function private.attendance_changed();

-- Commands --------------------------------------------------------------------------------------------------------

create function private.take_turns(p_signups uuid[], p_tasks uuid[] default '{}') returns void
language plpgsql security definer set search_path = ''
as $$
declare v_tasks uuid[];
begin
  perform 1 from public.signups where id = any (p_signups) order by id for no key update;
  -- Now no party changes its crew; where its records go is settled.
  v_tasks := p_tasks || array(select task_id from public.assignments where signup_id = any (p_signups));
  perform 1 from public.site_days d
  where (d.site_id, d.date) in (select k.site_id, k.date from public.tasks k where k.id = any (p_tasks)) order by d.site_id, d.date for update;
  perform 1 from public.totals t
  where t.task_id = any (v_tasks)
    or t.task_id in (select k.id from public.tasks k join public.tasks of on of.site_id = k.site_id and of.date = k.date where of.id = any (p_tasks))
    or (t.task_id is null and t.gathering_id in (select gathering_id from public.signups where id = any (p_signups)
      and id not in (select signup_id from public.assignments where signup_id = any (p_signups))))
  order by t.id for no key update;
end $$;
comment on function private.take_turns(uuid[], uuid[]) is
  'The one order in which commands of the day lock what they add to: parties, then the metres of sites, then crews'' totals (after a gathering''s capacity, where that is needed). So no two wait for each other crosswise, and no party changes crew between its record and its crew''s total. Definer: runs inside commands.';

create function private.led_task_at(p_task uuid, p_at timestamptz) returns boolean
language sql stable security definer set search_path = ''
as $$
  select exists (select from public.task_leaders l where l.task_id = p_task and l.person_id = private.me()
    and l.since <= greatest(p_at, l.since) and (l.until is null or l.until >= p_at)
    and p_at >= l.since - interval '1 day')
$$;
comment on function private.led_task_at(uuid, timestamptz) is
  'Whether the caller led this crew at that instant: what was recorded while leading counts when it arrives later. A leader named on the morning may record from that day''s start. Definer: reads who led, which clients see only of their own.';

create function private.authority(p_area uuid, p_task uuid, p_at timestamptz) returns public.attendance_source
language sql stable security definer set search_path = ''
as $$
  select case when private.led_task_at(p_task, p_at) then 'leader' when private.has_role('organizer', p_area) then 'organizer' end::public.attendance_source
$$;
comment on function private.authority(uuid, uuid, timestamptz) is 'In what capacity the caller may record for this crew at that instant; null: in none. Definer: see led_task_at.';

create function private.crew_of(p_signup uuid) returns setof uuid
language sql stable security definer set search_path = ''
as $$
  select task_id from public.assignments where signup_id = p_signup
  union
  select (before ->> 'task_id')::uuid from public.audit_log where table_name = 'assignments' and row_id = p_signup::text and before is not null
$$;
comment on function private.crew_of(uuid) is 'Tasks the party is or was assigned to: a leader''s record stands when the party was moved meanwhile. Definer: reads assignments and their history for the rule of authority.';

create function private.recorded_at(e jsonb) returns timestamptz
language plpgsql stable set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_at timestamptz := (e ->> 'at')::timestamptz;
  -- By the same clock that dated the record: how long before it was sent that was.
  v_measured timestamptz := (e ->> 'device_time')::timestamptz + (v_now - (e ->> 'sent_at')::timestamptz);
begin
  if v_measured is not null and (v_at > v_now
    or coalesce((e ->> 'clock_offset_ms')::bigint, 0) = 0 and abs(extract(epoch from v_measured - v_at)) > 30) then
    v_at := v_measured;
  end if;
  return least(v_at, v_now);
end $$;
comment on function private.recorded_at(jsonb) is
  'The instant of a record: as the phone says, corrected by the server''s clock as the phone knew it. Where it never learned that (offset 0), or what it says lies ahead, by its own clock''s time between recording and sending (sent_at): so check-in and check-out of a phone that is a day ahead keep their hours and do not depend on when they arrive.';

create function private.record_one_attendance(e jsonb) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  v_signup public.signups; v_g public.gatherings;
  v_at timestamptz := private.recorded_at(e);
  v_task uuid; v_source public.attendance_source; v_crew uuid;
begin
  if exists (select from public.attendance_events where id = (e ->> 'id')::uuid and signup_id = (e ->> 'signup_id')::uuid) then return 'duplicate'; end if;
  select * into v_signup from public.signups where id = (e ->> 'signup_id')::uuid;
  if v_signup.id is null then perform private.fail('gone', 404); end if;
  select * into v_g from public.gatherings where id = v_signup.gathering_id;
  select task_id into v_task from public.assignments where signup_id = v_signup.id;
  for v_crew in select * from private.crew_of(v_signup.id) loop
    if private.led_task_at(v_crew, v_at) then v_source := 'leader'; end if;
  end loop;
  v_source := coalesce(v_source, private.authority(v_signup.area_id, v_task, v_at));
  if v_source is null then perform private.fail('not_yours', 403); end if;
  if v_at < (private.gathering_span(v_g.id)).starts_at - interval '12 hours' then perform private.fail('day_not_begun', 409); end if;
  if v_signup.status <> 'confirmed' and (e ->> 'heads')::int > 0 then
    -- Who stands here is here: a cancelled or waiting party that came counts as confirmed.
    perform private.room(v_g.id);
    update public.signups set status = 'confirmed', updated_at = private.clock() where id = v_signup.id;
  end if;
  insert into public.attendance_events (id, signup_id, gathering_id, area_id, task_id, kind, heads, minors, at, voids, device_id, seq,
    device_time, clock_offset_ms, source, recorded_by, received_at, late)
  values ((e ->> 'id')::uuid, v_signup.id, v_g.id, v_signup.area_id, v_task, coalesce(e ->> 'kind', 'present')::public.attendance_kind,
    coalesce((e ->> 'heads')::int, 0), coalesce((e ->> 'minors')::int, 0), v_at, (e ->> 'voids')::uuid, (e ->> 'device_id')::uuid, (e ->> 'seq')::int,
    coalesce((e ->> 'device_time')::timestamptz, v_at), coalesce((e ->> 'clock_offset_ms')::bigint, 0), v_source, private.me(),
    private.clock(), v_g.status = 'closed');
  return case when v_g.status = 'closed' then 'late' else 'recorded' end;
end $$;
comment on function private.record_one_attendance(jsonb) is 'Records one event; the same id again is a duplicate. Definer: checks the caller''s authority at the event''s time.';

create function private.record_attendance(p_events jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare e jsonb; v_out jsonb := '[]'; v_code text; v_detail text;
begin
  perform private.require_me();
  if jsonb_array_length(p_events) > 500 then perform private.fail('too_many_rows', 413); end if;
  -- Who waits or has cancelled takes a place now: the gathering's capacity is locked before any crew's totals.
  perform private.room(g.id) from (
    select distinct s.gathering_id as id from public.signups s
    where s.status <> 'confirmed' and s.id = any (array(
      select (x ->> 'signup_id')::uuid from jsonb_array_elements(p_events) x where x ->> 'signup_id' ~ '^[0-9a-f-]{36}$')) order by 1) g;
  perform private.take_turns(array(select (x ->> 'signup_id')::uuid from jsonb_array_elements(p_events) x
    where x ->> 'signup_id' ~ '^[0-9a-f-]{36}$'));
  for e in select x from jsonb_array_elements(p_events) x loop
    begin
      v_out := v_out || jsonb_build_object('id', e ->> 'id', 'outcome', private.record_one_attendance(e));
    exception when others then
      get stacked diagnostics v_code = message_text, v_detail = pg_exception_detail;
      if sqlstate in ('40001', '40P01') then raise; end if;
      v_out := v_out || jsonb_build_object('id', e ->> 'id', 'outcome', 'refused',
        'code', case when v_code like 'lf:%' then substr(v_code, 4) else 'bad_record' end);
    end;
  end loop;
  return v_out;
end $$;
comment on function private.record_attendance(jsonb) is
  'Records events [{id, signup_id, kind, heads, minors, at, voids, device_id, seq, device_time, clock_offset_ms}]; answers per event recorded, late, duplicate or refused with a code. Definer: checks each.';

create function private.record_walk_in(p jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_g public.gatherings; v_task public.tasks; v_person uuid; v_signup public.signups; v_former uuid;
  v_at timestamptz := private.recorded_at(p); v_id uuid := (p ->> 'id')::uuid;
begin
  perform private.require_me();
  select * into v_g from public.gatherings where id = (p ->> 'gathering_id')::uuid;
  if v_g.id is null then perform private.fail('gone', 404); end if;
  select * into v_task from public.tasks where id = (p ->> 'task_id')::uuid and gathering_id = v_g.id;
  if private.authority(v_g.area_id, v_task.id, v_at) is null then perform private.fail('not_yours', 403); end if;
  if v_at < (private.gathering_span(v_g.id)).starts_at - interval '12 hours' then perform private.fail('day_not_begun', 409); end if;
  perform private.check_typed(p);
  perform private.check_party((p ->> 'headcount')::int, coalesce((p ->> 'minors')::int, 0), 200);
  select * into v_signup from public.signups where id = v_id;
  if v_signup.gathering_id <> v_g.id then perform private.fail('not_yours', 403); end if;
  if v_signup.id is null then
    v_person := private.find_or_make_person(p ->> 'name', p ->> 'phone', v_g.area_id);
    -- The capacity of this gathering and of the one the party signed up for, always in the same order.
    perform private.room(x.id) from (
      select v_g.id union select gathering_id from public.signups where labour_day_id = v_g.labour_day_id and person_id = v_person order by 1) x;
    select * into v_signup from public.signups where labour_day_id = v_g.labour_day_id and person_id = v_person for update;
    if v_signup.id is null then
      insert into public.signups (id, gathering_id, labour_day_id, area_id, person_id, name, headcount, minors, status, source, created_by)
      values (v_id, v_g.id, v_g.labour_day_id, v_g.area_id, v_person, btrim(p ->> 'name'), (p ->> 'headcount')::int,
        coalesce((p ->> 'minors')::int, 0), 'confirmed', 'walk_in', private.me())
      on conflict do nothing returning * into v_signup;
      -- Checked in at another gathering a moment ago.
      if v_signup.id is null then perform private.fail('already_attended', 409); end if;
      insert into private.signup_secrets (signup_id, checkin_code) values (v_id, private.new_checkin_code());
    elsif v_signup.gathering_id <> v_g.id and not exists (select from public.attendance_events where signup_id = v_signup.id) then
      -- Signed up elsewhere, came here: the party is where it stands.
      delete from public.assignments where signup_id = v_signup.id;
      v_former := v_signup.gathering_id;
      update public.signups set gathering_id = v_g.id, area_id = v_g.area_id, status = 'confirmed', updated_at = private.clock()
      where id = v_signup.id returning * into v_signup;
      perform private.promote_waiting(v_former);
    elsif v_signup.gathering_id <> v_g.id then
      perform private.fail('already_attended', 409);
    elsif v_signup.status <> 'confirmed' then
      update public.signups set status = 'confirmed', updated_at = private.clock() where id = v_signup.id returning * into v_signup;
    end if;
  end if;
  perform private.take_turns(array[v_signup.id], array_remove(array[v_task.id], null));
  if v_task.id is not null and v_signup.gathering_id = v_g.id then
    insert into public.assignments (signup_id, task_id, pinned, overrides, assigned_by)
    values (v_signup.id, v_task.id, true,
      case when v_signup.minors > 0 and exists (select from public.sites where id = v_task.site_id and hazards <> '{}') then '{minors_at_hazard}'::text[] else '{}' end,
      private.me())
    on conflict (signup_id) do nothing;
  end if;
  if not exists (select from public.attendance_events where id = (p ->> 'event_id')::uuid) then
    insert into public.attendance_events (id, signup_id, gathering_id, area_id, task_id, heads, minors, at, device_id, seq, device_time,
      clock_offset_ms, source, recorded_by, received_at, late)
    values ((p ->> 'event_id')::uuid, v_signup.id, v_g.id, v_g.area_id, v_task.id, (p ->> 'headcount')::int, coalesce((p ->> 'minors')::int, 0), v_at,
      (p ->> 'device_id')::uuid, (p ->> 'seq')::int, coalesce((p ->> 'device_time')::timestamptz, v_at), coalesce((p ->> 'clock_offset_ms')::bigint, 0),
      private.authority(v_g.area_id, v_task.id, v_at), private.me(), private.clock(), v_g.status = 'closed');
  end if;
  return jsonb_build_object('signup_id', v_signup.id, 'outcome', case when v_g.status = 'closed' then 'late' else 'recorded' end);
end $$;
comment on function private.record_walk_in(jsonb) is
  'Adds a party that just came {id, gathering_id, task_id, name, phone?, headcount, minors, at, event_id, device_id, seq, …} and checks it in; a known phone finds its sign-up. Definer: leaders of the crew and organizers.';
