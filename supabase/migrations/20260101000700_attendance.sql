-- Attendance: check-in events, what they add up to per party, and the running totals per crew.
--
-- An event states a fact: "so many heads, of whom so many minors, are present from this instant". Events are never
-- changed; a void takes one back. So replays, losses and reorderings give the same sums.
-- The rule of hours is written down once, in src/lib/domain/hours/attendance.ts; private.attendance_counts counts the same,
-- and tests/db/rules-agree.spec.ts holds both equal.

create type public.attendance_kind as enum ('present', 'void');
comment on type public.attendance_kind is 'present: heads from this instant (0: gone) · void: takes one event back';
create type public.attendance_source as enum ('leader', 'organizer', 'self');
comment on type public.attendance_source is 'Who recorded it: the crew''s leader, an organizer, or whoever came themselves, leaders and organizers too.';

create table public.attendance_events (
  id uuid primary key,
  signup_id uuid not null references public.signups (id) on delete restrict on update cascade,
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
  handed_in_by uuid references public.people (id) on delete set null,
  received_at timestamptz not null default now(),
  late boolean not null default false,
  accepted_at timestamptz,
  accepted_by uuid references public.people (id) on delete set null,
  claimed boolean not null default false,
  keyed boolean not null default false,
  walk_in boolean not null default false,
  minors_confirmed boolean not null default false,
  knows uuid[] not null default '{}' check (cardinality(knows) <= 100),
  check ((kind = 'void') = (voids is not null)),
  check (not claimed or source = 'self'),
  check (not keyed or source <> 'leader')
);
comment on table public.attendance_events is '签到、签退: append-only facts from phones. at: the device''s time corrected by its offset to the server''s clock.';
comment on column public.attendance_events.handed_in_by is 'The organizer who took in what the recorder''s phone could not bring.';
comment on column public.attendance_events.late is 'Arrived after the gathering was closed: counts once an organizer accepts it.';
comment on column public.attendance_events.claimed is 'The volunteer''s own check-in by a code that had run out: counts for nothing; a leader answers it with a record of theirs.';
comment on column public.attendance_events.keyed is 'Copied from a paper roster by an organizer.';
comment on column public.attendance_events.walk_in is 'The check-in of a party that just came: task_id is the crew that wrote it down.';
comment on column public.attendance_events.minors_confirmed is 'Its writer knew that there are children at a dangerous site.';
comment on column public.attendance_events.knows is 'Other records of the party that its writer knew of: two that knew nothing of each other may disagree.';
create index attendance_events_signup_idx on public.attendance_events (signup_id);
create index attendance_events_gathering_idx on public.attendance_events (gathering_id) where late;
create index attendance_events_gathering_all_idx on public.attendance_events (gathering_id);
create index attendance_events_area_idx on public.attendance_events (area_id);
create index attendance_events_task_idx on public.attendance_events (task_id);
create index attendance_events_recorded_by_idx on public.attendance_events (recorded_by);
create index attendance_events_accepted_by_idx on public.attendance_events (accepted_by);
create index attendance_events_voids_idx on public.attendance_events (voids) where voids is not null;
create index attendance_events_walk_in_idx on public.attendance_events (signup_id) where walk_in;
create index attendance_events_handed_in_by_idx on public.attendance_events (handed_in_by);
alter table public.attendance_events enable row level security;

create function private.only_acceptance() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if tg_op = 'DELETE' then perform private.fail('append_only', 403); end if;
  if (to_jsonb(new) - '{accepted_at,accepted_by,signup_id,task_id,recorded_by,handed_in_by}'::text[]) is distinct from (to_jsonb(old) - '{accepted_at,accepted_by,signup_id,task_id,recorded_by,handed_in_by}'::text[]) then
    perform private.fail('append_only', 403);
  end if;
  return new;
end $$;
comment on function private.only_acceptance() is 'Trigger: a record never changes, but a late one may be accepted (and references to what was removed fall away, or follow a party that signed up again).';
create trigger attendance_events_only_acceptance before update or delete on public.attendance_events
  for each row execute function private.only_acceptance();

create function private.checked_in(p_signup uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
  select exists (select from public.attendance_events e
    where e.signup_id = p_signup and e.kind = 'present' and not e.claimed
      and not exists (select from public.attendance_events v where v.voids = e.id and v.signup_id = e.signup_id and (not v.late or v.accepted_at is not null)))
$$;
comment on function private.checked_in(uuid) is
  'Whether a record of the party''s presence stands: not one that was taken back, nor the party''s own claim that counts for nothing. Until then it may be changed and cancelled. Definer: runs inside commands.';

create table public.attendance_sums (
  signup_id uuid primary key,
  gathering_id uuid not null,
  task_id uuid,
  area_id uuid not null,
  street_id uuid,
  community_id uuid,
  person_id uuid not null,
  date date not null,
  participations int not null default 0,
  minors int not null default 0,
  person_seconds bigint not null default 0,
  minor_seconds bigint not null default 0,
  self_seconds bigint not null default 0,
  named_seconds bigint not null default 0,
  named_self_seconds bigint not null default 0,
  credited_seconds bigint not null default 0,
  open_ended boolean not null default false,
  present_heads int not null default 0,
  present_minors int not null default 0,
  first_at timestamptz,
  last_at timestamptz,
  events int not null default 0,
  year_district int not null default 0,
  year_street int not null default 0,
  year_community int not null default 0,
  ever_district int not null default 0,
  ever_street int not null default 0,
  ever_community int not null default 0
);
comment on table public.attendance_sums is
  'What a party''s events and credits add up to; kept by trigger. All of it is derived from records that hold the foreign keys; here they would only be looked up again at every check-in.';
comment on column public.attendance_sums.self_seconds is 'Of person_seconds, what rests on the volunteer''s own word: a presence that they began or ended themselves.';
comment on column public.attendance_sums.named_seconds is 'The named person''s own presence; of it named_self_seconds on their own word. Only this is certified.';
comment on column public.attendance_sums.credited_seconds is 'What an organizer credited to the named person, as far as it counts; in none of the other sums.';
comment on column public.attendance_sums.open_ended is 'No check-out, counted to the planned end.';
comment on column public.attendance_sums.year_district is
  'By how many heads this party exceeds the largest that its person brought earlier in the same year to the district (year_street: to the same street, year_community: to the same community). Summed over an area''s parties of a year: distinct people, each with their largest party. ever_…: the same over all years.';
create index attendance_sums_person_idx on public.attendance_sums (person_id, date);
create index attendance_sums_area_idx on public.attendance_sums (area_id, date);
alter table public.attendance_sums enable row level security;

create type private.crew_sums as (
  parties int, participations int, minors int, person_seconds bigint, minor_seconds bigint, self_seconds bigint, credited_seconds bigint, open_ended int,
  year_district int, year_street int, year_community int, ever_district int, ever_street int, ever_community int,
  entries int, bags int, loads numeric, kg_weighed numeric, kg_estimated numeric, metres_recorded numeric, metres numeric, corners int, adverts int);
comment on type private.crew_sums is 'The numbers of a row of totals, as they were.';

create table public.totals (
  id uuid primary key default gen_random_uuid(),
  gathering_id uuid references public.gatherings (id) on delete cascade,
  task_id uuid unique references public.tasks (id) on delete cascade,
  area_id uuid not null references public.areas (id) on delete cascade,
  street_id uuid,
  community_id uuid,
  date date not null,
  rolled boolean not null default true,
  held private.crew_sums,
  parties int not null default 0,
  participations int not null default 0,
  minors int not null default 0,
  person_seconds bigint not null default 0,
  minor_seconds bigint not null default 0,
  self_seconds bigint not null default 0,
  credited_seconds bigint not null default 0,
  open_ended int not null default 0,
  year_district int not null default 0,
  year_street int not null default 0,
  year_community int not null default 0,
  ever_district int not null default 0,
  ever_street int not null default 0,
  ever_community int not null default 0,
  entries int not null default 0,
  bags int not null default 0,
  loads numeric(10, 1) not null default 0,
  kg_weighed numeric(12, 1) not null default 0,
  kg_estimated numeric(12, 1) not null default 0,
  metres_recorded numeric(12, 1) not null default 0,
  metres numeric(12, 1) not null default 0,
  corners int not null default 0,
  adverts int not null default 0,
  pairs int not null default 0,
  unique nulls not distinct (gathering_id, task_id)
) with (fillfactor = 60, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
comment on table public.totals is
  'Running totals: one row per task (its crew and results), and one per gathering for parties without a crew, so that check-ins of different crews never queue for one row. Areas, days and years are sums of these rows. The free space keeps an update within its page; on a running day few rows change often, so what they leave behind is cleared by their number, not by their share of all years.';
comment on column public.totals.metres is 'Metres that count: per drain and date at most the drain''s length. metres_recorded: as written down.';
comment on column public.totals.self_seconds is 'Of person_seconds, on the volunteers'' own word. credited_seconds: credited by organizers, on top of person_seconds.';
comment on column public.totals.year_district is 'See attendance_sums: heads not counted earlier in the year in the district (the street, the community). ever_…: in all years.';
comment on column public.totals.street_id is 'The street of the area, and the community, if it is one; an area never changes its place.';
comment on column public.totals.rolled is 'day_sums hold these numbers. While they do not, held is what day_sums hold of this row (null: nothing), and whoever reads adds the difference.';
comment on column public.totals.pairs is '1 when a photo before and one after are released.';
create index totals_area_idx on public.totals (area_id, date);
create index totals_date_idx on public.totals (date);
create index totals_changed_idx on public.totals (date) where not rolled;
create index totals_street_idx on public.totals (street_id, date);
create index totals_pairs_idx on public.totals (area_id, date, task_id) where pairs > 0;
create index totals_newest_pairs_idx on public.totals (date, task_id) where pairs > 0;
alter table public.totals enable row level security;

create table private.gathering_plans (
  gathering_id uuid primary key references public.gatherings (id) on delete cascade,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  from_at timestamptz not null,
  until_at timestamptz not null
);
comment on table private.gathering_plans is
  'A gathering''s planned start and end as instants, and between which presence counts: from 30 minutes before to two hours after, within the labour day. So no two sign-ups of one person, who has one per labour day, ever count the same minute. Kept by trigger.';
alter table private.gathering_plans enable row level security;

create function private.plan_gatherings() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into private.gathering_plans as p (gathering_id, starts_at, ends_at, from_at, until_at)
  select x.id, x.starts_at, x.ends_at, greatest(x.starts_at - interval '30 minutes', private.instant(x.date, '00:00')), least(x.ends_at + interval '2 hours', private.instant(x.date + 1, '00:00'))
  from (select g.id, d.date, private.instant(d.date, g.starts) as starts_at, private.instant(d.date, g.ends) as ends_at
        from public.gatherings g join public.labour_days d on d.id = g.labour_day_id
        where case tg_table_name when 'gatherings' then g.id = new.id when 'labour_days' then d.id = new.id else true end) x
  on conflict (gathering_id) do update set starts_at = excluded.starts_at, ends_at = excluded.ends_at, from_at = excluded.from_at, until_at = excluded.until_at;
  return null;
end $$;
comment on function private.plan_gatherings() is 'Trigger: keeps gathering_plans with a gathering''s times, a moved day, the district''s time zone. Definer: clients do not see the plans.';
create trigger gatherings_a_plan after insert or update of starts, ends, labour_day_id on public.gatherings for each row execute function private.plan_gatherings();
create trigger labour_days_a_plan after update of date on public.labour_days for each row execute function private.plan_gatherings();
create trigger areas_a_plan after update of time_zone on public.areas
  for each row when (old.time_zone is distinct from new.time_zone) execute function private.plan_gatherings();

create function private.open_totals() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare v_street uuid; v_community uuid;
begin
  select case a.level when 'street' then a.id when 'community' then a.parent_id end, case a.level when 'community' then a.id end
  into v_street, v_community from public.areas a where a.id = new.area_id;
  if tg_table_name = 'tasks' then
    insert into public.totals (gathering_id, task_id, area_id, street_id, community_id, date)
    values (new.gathering_id, new.id, new.area_id, v_street, v_community, new.date);
  else
    insert into public.totals (gathering_id, area_id, street_id, community_id, date)
    select new.id, new.area_id, v_street, v_community, d.date from public.labour_days d where d.id = new.labour_day_id;
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

-- The views below serve functions; a client who could name them would find them empty.

create view private.attendance_counts with (security_invoker = true) as
  select s.signup_id, max(s.heads) as participations, max(s.minors) as minors,
    sum(s.heads * s.seconds)::bigint as person_seconds, sum(s.minors * s.seconds)::bigint as minor_seconds,
    sum(case when s.own_word then s.heads * s.seconds else 0 end)::bigint as self_seconds,
    sum(case when s.heads > s.minors then s.seconds else 0 end)::bigint as named_seconds,
    sum(case when s.heads > s.minors and s.own_word then s.seconds else 0 end)::bigint as named_self_seconds,
    bool_or(s.next_at is null and s.heads > 0) as open_ended,
    max(s.heads) filter (where s.next_at is null) as present_heads, max(s.minors) filter (where s.next_at is null) as present_minors,
    min(s.at) filter (where s.heads > 0) as first_at, max(s.at) as last_at, count(*)::int as events
  from (
    select o.signup_id, o.at, o.heads, o.minors, o.next_at, o.source = 'self' or o.next_source is not distinct from 'self' as own_word,
      greatest(0, extract(epoch from least(coalesce(o.next_at, p.ends_at), p.until_at) - greatest(o.at, p.from_at)))::bigint as seconds
    from (
      select f.*, lead(f.at) over w as next_at, lead(f.source) over w as next_source
      from (
        -- What stands: it counts, is not voided, and was not replaced at the same instant by a later record.
        select distinct on (e.signup_id, e.at) e.signup_id, e.gathering_id, e.at, e.heads, e.minors, e.source
        from public.attendance_events e
        where e.kind = 'present' and (not e.late or e.accepted_at is not null) and not e.claimed
          and not exists (select from public.attendance_events v where v.voids = e.id and v.signup_id = e.signup_id and (not v.late or v.accepted_at is not null))
        order by e.signup_id, e.at, e.device_id desc, e.seq desc, e.id desc) f
      window w as (partition by f.signup_id order by f.at)) o
    join private.gathering_plans p on p.gathering_id = o.gathering_id) s
  where current_user not in ('anon', 'authenticated')
  group by s.signup_id;
comment on view private.attendance_counts is
  'What the counted events of each sign-up add up to (heads, seconds). Order and repetition of events do not matter. Asked for one sign-up it reads that one only; asked for all it is the recomputation.';

create view private.crew_claims with (security_invoker = true) as
  select e.id, e.signup_id, e.task_id, e.at, e.device_id, e.seq, e.recorded_by, e.received_at, e.minors_confirmed,
    (not e.late or e.accepted_at is not null)
      and not exists (select from public.attendance_events v where v.voids = e.id and v.signup_id = e.signup_id and (not v.late or v.accepted_at is not null)) as stands
  from public.attendance_events e join public.signups s on s.id = e.signup_id
  join public.tasks t on t.id = e.task_id and t.gathering_id = s.gathering_id
  where e.walk_in and current_user not in ('anon', 'authenticated');
comment on view private.crew_claims is
  'Which crews wrote a party down as having just come to them, and whether that counts: two without a signal may both, by one phone number.';

create view private.people_counts with (security_invoker = true) as
  select x.person_id, x.signup_id,
    greatest(0, x.heads - coalesce(max(x.heads) over (year rows between unbounded preceding and 1 preceding), 0)) as year_district,
    case when x.street is null then 0 else greatest(0, x.heads - coalesce(max(x.heads) over (street_year rows between unbounded preceding and 1 preceding), 0)) end as year_street,
    case when x.community is null then 0 else greatest(0, x.heads - coalesce(max(x.heads) over (community_year rows between unbounded preceding and 1 preceding), 0)) end as year_community,
    greatest(0, x.heads - coalesce(max(x.heads) over (ever rows between unbounded preceding and 1 preceding), 0)) as ever_district,
    case when x.street is null then 0 else greatest(0, x.heads - coalesce(max(x.heads) over (street_ever rows between unbounded preceding and 1 preceding), 0)) end as ever_street,
    case when x.community is null then 0 else greatest(0, x.heads - coalesce(max(x.heads) over (community_ever rows between unbounded preceding and 1 preceding), 0)) end as ever_community
  from (select a.person_id, a.signup_id, a.date, extract(year from a.date) as year, a.participations as heads, a.street_id as street, a.community_id as community
        from public.attendance_sums a) x
  where current_user not in ('anon', 'authenticated')
  window year as (partition by x.person_id, x.year order by x.date, x.signup_id),
    street_year as (partition by x.person_id, x.year, x.street order by x.date, x.signup_id),
    community_year as (partition by x.person_id, x.year, x.community order by x.date, x.signup_id),
    ever as (partition by x.person_id order by x.date, x.signup_id),
    street_ever as (partition by x.person_id, x.street order by x.date, x.signup_id),
    community_ever as (partition by x.person_id, x.community order by x.date, x.signup_id);
comment on view private.people_counts is
  'Distinct people (an estimate: each person counted with the largest party they brought), told as what each party adds to those before it in the district, the street, the community: within its year, and ever.';

create function private.add_to_totals(p_task uuid, p_gathering uuid, p_old public.attendance_sums, p_new public.attendance_sums) returns void
language plpgsql security definer set search_path = ''
as $$
declare v_id uuid;
begin
  if p_task is null then select id into v_id from public.totals where gathering_id = p_gathering and task_id is null;
  else select id into v_id from public.totals where task_id = p_task;
  end if;
  update public.totals t set
    parties = t.parties + (coalesce(p_new.participations, 0) > 0)::int - (coalesce(p_old.participations, 0) > 0)::int,
    participations = t.participations + coalesce(p_new.participations, 0) - coalesce(p_old.participations, 0),
    minors = t.minors + coalesce(p_new.minors, 0) - coalesce(p_old.minors, 0),
    person_seconds = t.person_seconds + coalesce(p_new.person_seconds, 0) - coalesce(p_old.person_seconds, 0),
    minor_seconds = t.minor_seconds + coalesce(p_new.minor_seconds, 0) - coalesce(p_old.minor_seconds, 0),
    self_seconds = t.self_seconds + coalesce(p_new.self_seconds, 0) - coalesce(p_old.self_seconds, 0),
    credited_seconds = t.credited_seconds + coalesce(p_new.credited_seconds, 0) - coalesce(p_old.credited_seconds, 0),
    open_ended = t.open_ended + coalesce(p_new.open_ended, false)::int - coalesce(p_old.open_ended, false)::int,
    year_district = t.year_district + coalesce(p_new.year_district, 0) - coalesce(p_old.year_district, 0),
    year_street = t.year_street + coalesce(p_new.year_street, 0) - coalesce(p_old.year_street, 0),
    year_community = t.year_community + coalesce(p_new.year_community, 0) - coalesce(p_old.year_community, 0),
    ever_district = t.ever_district + coalesce(p_new.ever_district, 0) - coalesce(p_old.ever_district, 0),
    ever_street = t.ever_street + coalesce(p_new.ever_street, 0) - coalesce(p_old.ever_street, 0),
    ever_community = t.ever_community + coalesce(p_new.ever_community, 0) - coalesce(p_old.ever_community, 0)
  where t.id = v_id;
end $$;
comment on function private.add_to_totals(uuid, uuid, public.attendance_sums, public.attendance_sums) is
  'Adds to one crew''s totals by how much a party''s new sums (null: it left) exceed its old ones (null: it came). Definer: totals has no client writes.';

create function private.move_totals(p_old public.attendance_sums, p_new public.attendance_sums) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  if p_old.signup_id is null or (p_old.task_id, p_old.gathering_id) is not distinct from (p_new.task_id, p_new.gathering_id) then
    if (p_new.participations, p_new.minors, p_new.person_seconds, p_new.minor_seconds, p_new.self_seconds, p_new.credited_seconds, p_new.open_ended, p_new.year_district, p_new.year_street, p_new.year_community, p_new.ever_district, p_new.ever_street, p_new.ever_community)
      is distinct from (p_old.participations, p_old.minors, p_old.person_seconds, p_old.minor_seconds, p_old.self_seconds, p_old.credited_seconds, p_old.open_ended, p_old.year_district, p_old.year_street, p_old.year_community, p_old.ever_district, p_old.ever_street, p_old.ever_community) then
      perform private.add_to_totals(p_new.task_id, p_new.gathering_id, p_old, p_new);
    end if;
  else
    perform private.add_to_totals(p_old.task_id, p_old.gathering_id, p_old, null);
    perform private.add_to_totals(p_new.task_id, p_new.gathering_id, null, p_new);
  end if;
end $$;
comment on function private.move_totals(public.attendance_sums, public.attendance_sums) is 'Carries a party''s changed sums, or a party that changed crew, over into the totals. Definer: totals has no client writes.';

create function private.refresh_people(p_person uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare v_old public.attendance_sums; v_new public.attendance_sums; c record;
begin
  for c in select n.* from private.people_counts n join public.attendance_sums a on a.signup_id = n.signup_id
    where n.person_id = p_person
      and (a.year_district, a.year_street, a.year_community, a.ever_district, a.ever_street, a.ever_community)
        is distinct from (n.year_district, n.year_street, n.year_community, n.ever_district, n.ever_street, n.ever_community) order by a.date, a.signup_id
  loop
    select * into v_old from public.attendance_sums where signup_id = c.signup_id for update;
    update public.attendance_sums set (year_district, year_street, year_community, ever_district, ever_street, ever_community)
      = (c.year_district, c.year_street, c.year_community, c.ever_district, c.ever_street, c.ever_community) where signup_id = c.signup_id returning * into v_new;
    perform private.move_totals(v_old, v_new);
  end loop;
end $$;
comment on function private.refresh_people(uuid) is 'Brings what each party of a person adds to the distinct people up to date, in order of the days. Definer: sums have no client writes.';

create function private.hours_changed(p_old public.attendance_sums, p_new public.attendance_sums) returns void
language plpgsql security definer set search_path = ''
as $$ begin return; end $$;
comment on function private.hours_changed(public.attendance_sums, public.attendance_sums) is
  'Called when a party''s certified seconds, person or date change; what rests on them is replaced in a later file. Definer: runs inside triggers.';

create function private.refresh_attendance(p_signup uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare v_old public.attendance_sums; v_new public.attendance_sums; v_place record; v_counts record; v_known boolean;
begin
  for attempt in 1..2 loop
    -- The mutex of this party's sum: two phones recording it at once take turns here, then see each other's events.
    select * into v_old from public.attendance_sums where signup_id = p_signup for update;
    v_known := found;
    select s.id, s.gathering_id, s.area_id, s.person_id, d.date, t.id as task_id, n.street_id, n.community_id into v_place
    from public.signups s join public.labour_days d on d.id = s.labour_day_id join public.totals n on n.gathering_id = s.gathering_id and n.task_id is null
    left join public.assignments a on a.signup_id = s.id left join public.tasks t on t.id = a.task_id and t.gathering_id = s.gathering_id
    where s.id = p_signup;
    if not found then return; end if;
    select * into v_counts from private.attendance_counts where signup_id = p_signup;
    v_new := v_old;
    v_new.signup_id := p_signup;
    v_new.gathering_id := v_place.gathering_id; v_new.area_id := v_place.area_id; v_new.person_id := v_place.person_id;
    v_new.date := v_place.date; v_new.task_id := v_place.task_id; v_new.street_id := v_place.street_id; v_new.community_id := v_place.community_id;
    v_new.participations := coalesce(v_counts.participations, 0); v_new.minors := coalesce(v_counts.minors, 0);
    v_new.person_seconds := coalesce(v_counts.person_seconds, 0); v_new.minor_seconds := coalesce(v_counts.minor_seconds, 0);
    v_new.self_seconds := coalesce(v_counts.self_seconds, 0);
    v_new.named_seconds := coalesce(v_counts.named_seconds, 0); v_new.named_self_seconds := coalesce(v_counts.named_self_seconds, 0);
    v_new.credited_seconds := private.credit_counts(p_signup, v_new.named_seconds);
    v_new.open_ended := coalesce(v_counts.open_ended, false);
    v_new.present_heads := coalesce(v_counts.present_heads, 0); v_new.present_minors := coalesce(v_counts.present_minors, 0);
    v_new.first_at := v_counts.first_at; v_new.last_at := v_counts.last_at; v_new.events := coalesce(v_counts.events, 0);
    v_new.year_district := coalesce(v_old.year_district, 0); v_new.year_street := coalesce(v_old.year_street, 0); v_new.year_community := coalesce(v_old.year_community, 0);
    v_new.ever_district := coalesce(v_old.ever_district, 0); v_new.ever_street := coalesce(v_old.ever_street, 0); v_new.ever_community := coalesce(v_old.ever_community, 0);
    if v_known then
      update public.attendance_sums set (gathering_id, area_id, street_id, community_id, person_id, date, task_id, participations, minors, person_seconds, minor_seconds, self_seconds,
          named_seconds, named_self_seconds, credited_seconds, open_ended, present_heads, present_minors, first_at, last_at, events)
        = (v_new.gathering_id, v_new.area_id, v_new.street_id, v_new.community_id, v_new.person_id, v_new.date, v_new.task_id, v_new.participations, v_new.minors, v_new.person_seconds, v_new.minor_seconds, v_new.self_seconds,
          v_new.named_seconds, v_new.named_self_seconds, v_new.credited_seconds, v_new.open_ended, v_new.present_heads, v_new.present_minors, v_new.first_at, v_new.last_at, v_new.events)
      where signup_id = p_signup;
      exit;
    end if;
    insert into public.attendance_sums values (v_new.*) on conflict (signup_id) do nothing;
    exit when found;
    -- Another phone recorded the party for the first time in the same instant: now take the turn after it.
  end loop;
  perform private.move_totals(v_old, v_new);
  if not v_known or (v_new.participations, v_new.person_id, v_new.date, v_new.area_id) is distinct from (v_old.participations, v_old.person_id, v_old.date, v_old.area_id) then
    perform private.refresh_people(v_new.person_id);
    if v_old.person_id <> v_new.person_id then perform private.refresh_people(v_old.person_id); end if;
  end if;
  if v_known and (v_new.person_id, v_new.date, v_new.named_seconds, v_new.named_self_seconds, v_new.credited_seconds)
    is distinct from (v_old.person_id, v_old.date, v_old.named_seconds, v_old.named_self_seconds, v_old.credited_seconds) then
    perform private.hours_changed(v_old, v_new);
  elsif not v_known and v_new.named_seconds + v_new.credited_seconds > 0 then
    perform private.hours_changed(v_new, v_new);
  end if;
end $$;
comment on function private.refresh_attendance(uuid) is 'Brings a party''s sum and its crew''s totals up to its events, its credits and its crew. Definer: sums have no client writes.';

create function private.settle_crew(p_signup uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare v_now public.assignments; v_claim record; v_same boolean; v_overrides text[];
begin
  select * into v_now from public.assignments where signup_id = p_signup;
  if not found or not v_now.by_walk_in then return; end if;
  select * into v_claim from private.crew_claims where signup_id = p_signup order by stands desc, at, device_id, seq, id limit 1;
  if not found then return; end if;
  v_same := v_claim.task_id = v_now.task_id;
  v_overrides := case when v_same then v_now.overrides else '{}' end;
  if v_claim.minors_confirmed and not 'minors_at_hazard' = any (v_overrides) then v_overrides := array_append(v_overrides, 'minors_at_hazard'); end if;
  if v_same and v_overrides = v_now.overrides then return; end if;
  update public.assignments set task_id = v_claim.task_id, overrides = v_overrides, assigned_by = v_claim.recorded_by, assigned_at = private.clock()
  where signup_id = p_signup;
end $$;
comment on function private.settle_crew(uuid) is
  'Gives a party that just came to the crew whose standing record says it came there first, by the phones'' corrected time, in whatever order these arrive; what was decided on the board stays. Definer: runs inside commands and triggers.';

create function private.event_recorded() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare n int := new.heads; k int := new.minors; v record; v_own int := case new.source when 'self' then 1 else 0 end; v_some int := case when new.heads > 0 then 1 else 0 end;
begin
  -- With a check-in its crew's claim on the party is taken back, too.
  if new.kind = 'void' then perform private.settle_crew(new.signup_id); end if;
  if new.kind <> 'present' or new.late or new.claimed or new.task_id is null then perform private.refresh_attendance(new.signup_id); return null; end if;
  -- Where the party belongs, and with it the largest that its person brought before: in all, to the street, to the community; ever, and this year.
  select s.person_id, t.id as totals_id, t.gathering_id, t.area_id, t.street_id, t.community_id, t.date, p.until_at,
    greatest(0, extract(epoch from p.ends_at - greatest(new.at, p.from_at)))::bigint as seconds, b.* into v
  from public.signups s join public.assignments a on a.signup_id = s.id
  join public.totals t on t.task_id = a.task_id and t.gathering_id = s.gathering_id
  join private.gathering_plans p on p.gathering_id = t.gathering_id
  cross join lateral (
    select max(x.date) as last, greatest(0, n - coalesce(max(x.participations), 0)) as e1,
      greatest(0, n - coalesce(max(case when x.street_id = t.street_id then x.participations end), 0)) as e2,
      greatest(0, n - coalesce(max(case when x.community_id = t.community_id then x.participations end), 0)) as e3,
      greatest(0, n - coalesce(max(case when x.date >= y.start then x.participations end), 0)) as y1,
      greatest(0, n - coalesce(max(case when x.date >= y.start and x.street_id = t.street_id then x.participations end), 0)) as y2,
      greatest(0, n - coalesce(max(case when x.date >= y.start and x.community_id = t.community_id then x.participations end), 0)) as y3
    from (select make_date(extract(year from t.date)::int, 1, 1) as start) y left join public.attendance_sums x on x.person_id = s.person_id) b
  where s.id = new.signup_id and a.task_id = new.task_id and t.gathering_id = new.gathering_id;
  -- The long way: another crew by now; the day is over, so that certificates may rest on it; the party is counted already; or a later day of the person's changes with it.
  if not found or new.received_at > v.until_at or v.last >= v.date then perform private.refresh_attendance(new.signup_id); return null; end if;
  if v.street_id is null then v.e2 := 0; v.y2 := 0; end if;
  if v.community_id is null then v.e3 := 0; v.y3 := 0; end if;
  insert into public.attendance_sums (signup_id, gathering_id, task_id, area_id, street_id, community_id, person_id, date, participations, minors, person_seconds, minor_seconds,
    self_seconds, named_seconds, named_self_seconds, open_ended, present_heads, present_minors, first_at, last_at, events,
    year_district, year_street, year_community, ever_district, ever_street, ever_community)
  values (new.signup_id, v.gathering_id, new.task_id, v.area_id, v.street_id, v.community_id, v.person_id, v.date, n, k, n * v.seconds, k * v.seconds,
    v_own * n * v.seconds, case when n > k then v.seconds else 0 end, case when n > k then v_own * v.seconds else 0 end, n > 0, n, k, case when n > 0 then new.at end, new.at, 1,
    v.y1, v.y2, v.y3, v.e1, v.e2, v.e3)
  on conflict (signup_id) do nothing;
  -- Another phone recorded the party in the same instant: its event and this one are added up together.
  if not found then perform private.refresh_attendance(new.signup_id); return null; end if;
  update public.totals t set parties = t.parties + v_some, participations = t.participations + n, minors = t.minors + k,
    person_seconds = t.person_seconds + n * v.seconds, minor_seconds = t.minor_seconds + k * v.seconds, self_seconds = t.self_seconds + v_own * n * v.seconds,
    open_ended = t.open_ended + v_some, year_district = t.year_district + v.y1, year_street = t.year_street + v.y2, year_community = t.year_community + v.y3,
    ever_district = t.ever_district + v.e1, ever_street = t.ever_street + v.e2, ever_community = t.ever_community + v.e3
  where t.id = v.totals_id;
  return null;
end $$;
comment on function private.event_recorded() is
  'Trigger: counts a new event. The first event of a party that has a crew, on the latest of its person''s days, which most check-ins are, follows from itself alone; anything else refresh_attendance counts the long way, and the tests hold both equal. Definer: sums have no client writes.';
create trigger attendance_events_recorded after insert on public.attendance_events for each row execute function private.event_recorded();

create function private.attendance_changed() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if tg_table_name = 'attendance_events' then
    perform private.settle_crew(new.signup_id);
    perform private.refresh_attendance(new.signup_id);
  elsif tg_table_name = 'assignments' then
    if exists (select from public.attendance_sums where signup_id = coalesce(new.signup_id, old.signup_id)) then
      perform private.refresh_attendance(coalesce(new.signup_id, old.signup_id));
    end if;
  elsif tg_table_name = 'signups' then
    if exists (select from public.attendance_sums where signup_id = new.id) then perform private.refresh_attendance(new.id); end if;
  elsif tg_table_name = 'gatherings' then
    perform private.refresh_attendance(a.signup_id) from public.signups s join public.attendance_sums a on a.signup_id = s.id where s.gathering_id = new.id;
  end if;
  return null;
end $$;
comment on function private.attendance_changed() is 'Trigger: refreshes the sums that an accepted event, a changed crew, a claimed sign-up or changed planned times touch. Definer: sums have no client writes.';
create trigger attendance_events_accepted after update of accepted_at on public.attendance_events
  for each row execute function private.attendance_changed();
create trigger assignments_attendance after insert or delete or update of task_id on public.assignments
  for each row execute function private.attendance_changed();
create trigger signups_attendance after update of person_id, gathering_id on public.signups
  for each row execute function private.attendance_changed();
create trigger gatherings_attendance after update of starts, ends on public.gatherings
  for each row when ((old.starts, old.ends) is distinct from (new.starts, new.ends)) execute function private.attendance_changed();

-- Commands --------------------------------------------------------------------------------------------------------

-- Planned once for a connection: every check-in passes here, and its plans cost twenty times what they find.
create function private.take_turns(p_signups uuid[], p_tasks uuid[] default '{}') returns void
language plpgsql security definer set search_path = '' set plan_cache_mode = 'force_generic_plan'
as $$
declare v_tasks uuid[]; v_totals uuid[];
begin
  perform 1 from public.signups where id = any (p_signups) order by id for no key update;
  -- Now no party changes its crew; where its records go is settled.
  v_tasks := p_tasks || array(select task_id from public.assignments where signup_id = any (p_signups)
    -- Of a party that several crews wrote down, each may get it or lose it.
    union select task_id from public.attendance_events where walk_in and task_id is not null and signup_id = any (p_signups));
  perform 1 from public.site_days d
  where (d.site_id, d.date) in (select k.site_id, k.date from public.tasks k where k.id = any (p_tasks)) order by d.site_id, d.date for update;
  -- One way to each of them, all by an index: asked for at once (by "or") they would be looked for among all that ever were.
  v_totals := array(
    select id from public.totals where task_id = any (v_tasks)
    -- Crews of one site share its metres.
    union select n.id from public.tasks own join public.tasks k on k.site_id = own.site_id and k.date = own.date
      join public.totals n on n.task_id = k.id where own.id = any (p_tasks)
    -- Who is in no crew counts with the gathering.
    union select n.id from public.signups s join public.totals n on n.gathering_id = s.gathering_id and n.task_id is null
      where s.id = any (p_signups) and not exists (select from public.assignments where signup_id = s.id)
    -- What counts now for an earlier day changes what the person's later parties add to the distinct people.
    union select n.id from public.signups s join public.attendance_sums l on l.person_id = s.person_id and l.signup_id <> s.id
      join public.labour_days d on d.id = s.labour_day_id and l.date > d.date
      join public.totals n on n.gathering_id = l.gathering_id and n.task_id is not distinct from l.task_id where s.id = any (p_signups));
  perform 1 from public.totals where id = any (v_totals) order by id for no key update;
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
  union
  select task_id from public.attendance_events where signup_id = p_signup and walk_in and task_id is not null
$$;
comment on function private.crew_of(uuid) is 'Tasks the party is or was assigned to, or that wrote it down as having just come: a leader''s record stands when the party was moved meanwhile. Definer: reads assignments and their history for the rule of authority.';

create function private.recorded_at(e jsonb, p_date date) returns timestamptz
language plpgsql stable set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_zone text := coalesce(private.zone(), 'Asia/Shanghai');
  v_at timestamptz := (e ->> 'at')::timestamptz;
  v_offset bigint := coalesce((e ->> 'clock_offset_ms')::bigint, 0);
  -- By the same clock that dated the record: how long before it was sent that was.
  v_measured timestamptz := (e ->> 'device_time')::timestamptz + (v_now - (e ->> 'sent_at')::timestamptz);
begin
  -- Written down as it happened, not told of another time as rows of a paper roster are.
  if v_measured is not null and abs(extract(epoch from v_at - (e ->> 'device_time')::timestamptz) * 1000 - v_offset) < 1000
    and (v_at > v_now or v_offset = 0 and abs(extract(epoch from v_measured - v_at)) > 30
      or (v_at at time zone v_zone)::date <> p_date and (v_measured at time zone v_zone)::date = p_date) then
    v_at := v_measured;
  end if;
  return least(v_at, v_now);
end $$;
comment on function private.recorded_at(jsonb, date) is
  'The instant of a record about this day: as the phone says, corrected by the server''s clock as the phone knew it. Where it never learned that (offset 0), where what it says lies ahead, or on another day than the record is about (its clock was put right after it had learned how wrong it was), by its own clock''s time between recording and sending (sent_at): so check-in and check-out of a phone that is a day ahead keep their hours and do not depend on when they arrive.';

create function private.recorder_of(p jsonb, p_area uuid) returns uuid
language plpgsql stable security definer set search_path = ''
as $$
declare v uuid := (p ->> 'recorded_by')::uuid;
begin
  if v is not null and v <> private.me() and private.has_role('organizer', p_area)
    and (exists (select from public.task_leaders l where l.person_id = v) or exists (select from public.memberships m where m.person_id = v)) then
    return v;
  end if;
  return private.me();
end $$;
comment on function private.recorder_of(jsonb, uuid) is
  'Who recorded it: the caller; or, on the word of an organizer of the area, the leader who handed it over because their own phone could not bring it. Definer: reads who led.';

create function private.record_one_attendance(e jsonb) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  v_signup public.signups; v_g public.gatherings;
  v_at timestamptz;
  v_task uuid; v_source public.attendance_source; v_crew uuid; v_by uuid; v_keyed boolean := coalesce((e ->> 'keyed')::boolean, false);
  v_minors int := coalesce((e ->> 'minors')::int, 0); v_knowing boolean := coalesce((e ->> 'minors_confirmed')::boolean, false); v_hazard boolean := false;
begin
  if exists (select from public.attendance_events where id = (e ->> 'id')::uuid and signup_id = (e ->> 'signup_id')::uuid) then return 'duplicate'; end if;
  select * into v_signup from public.signups where id = (e ->> 'signup_id')::uuid;
  if v_signup.id is null then perform private.fail('gone', 404); end if;
  select * into v_g from public.gatherings where id = v_signup.gathering_id;
  v_at := private.recorded_at(e, (select date from public.labour_days where id = v_g.labour_day_id));
  select task_id into v_task from public.assignments where signup_id = v_signup.id;
  for v_crew in select * from private.crew_of(v_signup.id) loop
    if private.led_task_at(v_crew, v_at) then v_source := 'leader'; end if;
  end loop;
  v_source := coalesce(v_source, private.authority(v_signup.area_id, v_task, v_at));
  -- Paper is copied by organizers; who may let late records count lets these count by writing them.
  if v_keyed then v_source := case when private.has_role('organizer', v_signup.area_id) then 'organizer' end; end if;
  if v_source is null then perform private.fail('not_yours', 403); end if;
  v_by := private.recorder_of(e, v_signup.area_id);
  -- What somebody writes or hands in of themselves is their own word, whatever else they may.
  if v_signup.person_id in (v_by, private.me()) then v_source := 'self'; end if;
  if v_at < (private.gathering_span(v_g.id)).starts_at - interval '12 hours' then perform private.fail('day_not_begun', 409); end if;
  if v_minors > 0 then
    v_hazard := exists (select from public.tasks t join public.sites s on s.id = t.site_id where t.id = v_task and s.hazards <> '{}');
    -- More children at a dangerous site than anybody has said are there: as with who just came, only knowingly. Paper tells what is over.
    if v_hazard and not v_knowing and not v_keyed
      and not exists (select from public.assignments where signup_id = v_signup.id and 'minors_at_hazard' = any (overrides))
      and v_minors > coalesce((select max(minors) from public.attendance_events where signup_id = v_signup.id and not claimed), 0) then
      perform private.fail('minors_to_confirm', 409);
    end if;
    if v_hazard and v_knowing then
      update public.assignments set overrides = array_append(overrides, 'minors_at_hazard')
      where signup_id = v_signup.id and not 'minors_at_hazard' = any (overrides);
    end if;
  end if;
  if v_signup.status <> 'confirmed' and (e ->> 'heads')::int > 0 then
    -- Who stands here is here: a cancelled or waiting party that came counts as confirmed.
    perform private.room(v_g.id);
    update public.signups set status = 'confirmed', updated_at = private.clock() where id = v_signup.id;
  end if;
  insert into public.attendance_events (id, signup_id, gathering_id, area_id, task_id, kind, heads, minors, at, voids, device_id, seq,
    device_time, clock_offset_ms, source, recorded_by, handed_in_by, received_at, late, accepted_at, accepted_by, keyed, minors_confirmed, knows)
  values ((e ->> 'id')::uuid, v_signup.id, v_g.id, v_signup.area_id, v_task, coalesce(e ->> 'kind', 'present')::public.attendance_kind,
    coalesce((e ->> 'heads')::int, 0), v_minors, v_at, (e ->> 'voids')::uuid, (e ->> 'device_id')::uuid, (e ->> 'seq')::int,
    coalesce((e ->> 'device_time')::timestamptz, v_at), coalesce((e ->> 'clock_offset_ms')::bigint, 0), v_source, v_by, nullif(private.me(), v_by),
    private.clock(), v_g.status = 'closed', case when v_keyed and v_g.status = 'closed' then private.clock() end,
    case when v_keyed and v_g.status = 'closed' then private.me() end, v_keyed, v_hazard and v_knowing,
    array(select x::uuid from jsonb_array_elements_text(coalesce(e -> 'knows', '[]')) x));
  return case when v_g.status = 'closed' and not v_keyed then 'late' else 'recorded' end;
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
  'Records events [{id, signup_id, kind, heads, minors, minors_confirmed, at, voids, knows, keyed, device_id, seq, device_time, clock_offset_ms, sent_at}]; answers per event recorded, late, duplicate or refused with a code (minors_to_confirm: more children at a dangerous site, and nobody said that they know). Definer: checks each.';

create function private.record_walk_in(p jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_g public.gatherings; v_task public.tasks; v_person uuid; v_signup public.signups; v_former uuid; v_told text; v_by uuid;
  v_at timestamptz; v_id uuid := (p ->> 'id')::uuid; v_keyed boolean := coalesce((p ->> 'keyed')::boolean, false);
  v_knowing boolean := coalesce((p ->> 'minors_confirmed')::boolean, false); v_hazard boolean;
begin
  perform private.require_me();
  select * into v_g from public.gatherings where id = (p ->> 'gathering_id')::uuid;
  if v_g.id is null then perform private.fail('gone', 404); end if;
  v_at := private.recorded_at(p, (select date from public.labour_days where id = v_g.labour_day_id));
  select * into v_task from public.tasks where id = (p ->> 'task_id')::uuid and gathering_id = v_g.id;
  if private.authority(v_g.area_id, v_task.id, v_at) is null or v_keyed and not private.has_role('organizer', v_g.area_id) then
    perform private.fail('not_yours', 403);
  end if;
  if v_at < (private.gathering_span(v_g.id)).starts_at - interval '12 hours' then perform private.fail('day_not_begun', 409); end if;
  perform private.check_typed(p);
  perform private.check_party((p ->> 'headcount')::int, coalesce((p ->> 'minors')::int, 0), 200);
  v_hazard := exists (select from public.sites where id = v_task.site_id and hazards <> '{}');
  -- Refused, it stays on the phone that wrote it, with all that follows, until somebody says that they know.
  if v_hazard and coalesce((p ->> 'minors')::int, 0) > 0 and not v_knowing
    and not exists (select from public.attendance_events where id = (p ->> 'event_id')::uuid) then
    perform private.fail('minors_to_confirm', 409);
  end if;
  v_by := private.recorder_of(p, v_g.area_id);
  select * into v_signup from public.signups where id = v_id;
  if v_signup.gathering_id <> v_g.id then perform private.fail('not_yours', 403); end if;
  if v_signup.id is null then
    v_person := private.find_or_make_person(p ->> 'name', p ->> 'phone', v_g.area_id, v_g.labour_day_id);
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
    elsif v_signup.gathering_id <> v_g.id and not private.checked_in(v_signup.id) then
      -- Signed up elsewhere, came here: the party is where it stands.
      delete from public.assignments where signup_id = v_signup.id;
      v_former := v_signup.gathering_id;
      update public.signups s set gathering_id = v_g.id, area_id = v_g.area_id, status = 'confirmed', updated_at = private.clock(),
        -- Who typed a number learns nothing from it that they did not know.
        name = case when x.known then s.name else btrim(p ->> 'name') end, tools = case when x.known then s.tools else '' end,
        note = case when x.known then s.note else '' end, source = case when x.known then s.source else 'walk_in' end
      from (select private.has_role('organizer', v_signup.area_id) as known) x
      where s.id = v_signup.id returning s.* into v_signup;
      perform private.promote_waiting(v_former);
    elsif v_signup.gathering_id <> v_g.id then
      perform private.fail('already_attended', 409);
    else
      v_told := case when not private.has_role('organizer', v_g.area_id) then btrim(p ->> 'name') end;
      if v_signup.status <> 'confirmed' then
        update public.signups set status = 'confirmed', updated_at = private.clock() where id = v_signup.id returning * into v_signup;
      end if;
    end if;
  end if;
  perform private.take_turns(array[v_signup.id], array_remove(array[v_task.id], null));
  if v_task.id is not null and v_signup.gathering_id = v_g.id then
    -- Before the check-in, so that this counts in the crew at once; whose the party is follows below.
    insert into public.assignments (signup_id, task_id, pinned, by_walk_in, overrides, assigned_by, assigned_at)
    values (v_signup.id, v_task.id, true, true,
      case when v_hazard and v_knowing then '{minors_at_hazard}'::text[] else '{}' end,
      v_by, private.clock())
    on conflict (signup_id) do nothing;
    if found and v_told is not null then update public.signups set told_name = v_told where id = v_signup.id; end if;
  end if;
  if not exists (select from public.attendance_events where id = (p ->> 'event_id')::uuid) then
    insert into public.attendance_events (id, signup_id, gathering_id, area_id, task_id, heads, minors, at, device_id, seq, device_time,
      clock_offset_ms, source, recorded_by, handed_in_by, received_at, late, accepted_at, accepted_by, keyed, walk_in, minors_confirmed)
    values ((p ->> 'event_id')::uuid, v_signup.id, v_g.id, v_g.area_id, v_task.id, (p ->> 'headcount')::int, coalesce((p ->> 'minors')::int, 0), v_at,
      (p ->> 'device_id')::uuid, (p ->> 'seq')::int, coalesce((p ->> 'device_time')::timestamptz, v_at), coalesce((p ->> 'clock_offset_ms')::bigint, 0),
      case when v_signup.person_id in (v_by, private.me()) then 'self' when v_keyed then 'organizer' else private.authority(v_g.area_id, v_task.id, v_at) end, v_by, nullif(private.me(), v_by), private.clock(), v_g.status = 'closed',
      case when v_keyed and v_g.status = 'closed' then private.clock() end, case when v_keyed and v_g.status = 'closed' then private.me() end, v_keyed,
      true, v_hazard and v_knowing);
    perform private.settle_crew(v_signup.id);
  end if;
  return jsonb_build_object('signup_id', v_signup.id, 'outcome', case when v_g.status = 'closed' and not v_keyed then 'late' else 'recorded' end);
end $$;
comment on function private.record_walk_in(jsonb) is
  'Adds a party that just came {id, gathering_id, task_id, name, phone?, headcount, minors, minors_confirmed?, at, event_id, device_id, seq, …} and checks it in; a known phone, a guest''s or an account''s, finds its sign-up and tells nobody whose it is, and of crews that both add it the one it came to first has it. Children at a dangerous site only if somebody knowingly said so (minors_to_confirm). Definer: leaders of the crew and organizers.';
