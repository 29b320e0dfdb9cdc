-- Calendar: the district's labour days (last Friday unless moved or cancelled) and each area's gathering on them.

create type public.labour_day_status as enum ('planned', 'moved', 'cancelled');
comment on type public.labour_day_status is 'planned: by rule · moved: on another date · cancelled: does not take place';

create table public.labour_days (
  id uuid primary key default gen_random_uuid(),
  area_id uuid not null references public.areas (id) on delete cascade,
  month date not null check (extract(day from month) = 1),
  date date not null,
  status public.labour_day_status not null default 'planned',
  reason text not null default '' check (char_length(reason) <= 200),
  move_reason text not null default '' check (char_length(move_reason) <= 200),
  sequence int not null default 0,
  changed_at timestamptz,
  created_at timestamptz not null default now(),
  unique (area_id, month),
  unique (area_id, date)
);
comment on table public.labour_days is '义务劳动日: the district''s date for a month. sequence rises with every change (calendar feeds need it).';
comment on column public.labour_days.reason is 'Why it is as it is, for everybody: why it was cancelled, else why it moved.';
comment on column public.labour_days.move_reason is 'Why it stands on another date than its rule''s: said again when a cancellation is taken back.';
alter table public.labour_days enable row level security;

create table public.extra_holidays (
  date date primary key,
  name text not null check (char_length(name) between 1 and 40),
  name_en text check (char_length(name_en) between 1 and 60)
);
comment on table public.extra_holidays is 'Holidays an admin adds, e.g. of a year whose statutory list the app does not know yet.';
alter table public.extra_holidays enable row level security;

create function private.last_friday(p_month date) returns date
language sql immutable set search_path = ''
as $$
  select last - ((extract(isodow from last)::int + 2) % 7)
  from (select (date_trunc('month', p_month::timestamp) + interval '1 month - 1 day')::date as last) m
$$;
comment on function private.last_friday(date) is 'The last Friday of the month that holds the date (the campaign''s rule: 每月最后一个星期五).';

create function private.ensure_labour_days() returns int
language plpgsql security definer set search_path = ''
as $$
declare v_count int;
begin
  if private.district_id() is null then return 0; end if;
  insert into public.labour_days (area_id, month, date)
  select private.district_id(), m::date, private.last_friday(m::date)
  from generate_series(date_trunc('month', private.today()::timestamp), date_trunc('month', private.today()::timestamp) + interval '12 months', interval '1 month') m
  where private.last_friday(m::date) >= private.today()
  order by m limit 12
  on conflict do nothing;
  get diagnostics v_count = row_count;
  return v_count;
end $$;
comment on function private.ensure_labour_days() is 'Makes the next twelve labour days exist; again: nothing. Definer: runs from housekeeping and set-up.';

create type public.gathering_status as enum ('open', 'cancelled', 'closed');
comment on type public.gathering_status is 'open: takes sign-ups and records · cancelled · closed: records that come later are late';

create table public.gatherings (
  id uuid primary key default gen_random_uuid(),
  labour_day_id uuid not null references public.labour_days (id) on delete restrict,
  area_id uuid not null references public.areas (id) on delete restrict,
  place text not null check (char_length(btrim(place)) between 1 and 80),
  lng double precision check (lng between -180 and 180),
  lat double precision check (lat between -90 and 90),
  starts time not null default '08:30',
  ends time not null default '11:00',
  capacity int check (capacity between 1 and 100000),
  bring text not null default '' check (char_length(bring) <= 300),
  safety text not null default '' check (char_length(safety) <= 300),
  status public.gathering_status not null default 'open',
  reason text not null default '' check (char_length(reason) <= 200),
  changed_at timestamptz,
  edited_at timestamptz not null default now(),
  sequence int not null default 0,
  plan_version int not null default 0,
  plan_published_at timestamptz,
  closed_at timestamptz,
  created_at timestamptz not null default now(),
  unique (labour_day_id, area_id),
  check (ends > starts)
);
comment on table public.gatherings is '集合点: one area''s part of a labour day. starts and ends are local times on the labour day''s date.';
comment on column public.gatherings.changed_at is
  'When last something changed that people must hear of: place or start, cancelled, takes place after all. edited_at: anything that calendars show; it goes with sequence.';
comment on column public.gatherings.capacity is 'Heads, not parties; null is unlimited.';
create index gatherings_area_idx on public.gatherings (area_id);
alter table public.gatherings enable row level security;

create trigger labour_days_audit after insert or update on public.labour_days for each row execute function private.audit('area_id');
-- Not of plan_version: every move on the board raises it, and assignments have a history of their own.
create trigger gatherings_audit after insert or update of place, lng, lat, starts, ends, capacity, bring, safety, status, plan_published_at
  on public.gatherings for each row execute function private.audit('area_id');

create function private.gathering_span(p_gathering uuid, out starts_at timestamptz, out ends_at timestamptz)
language plpgsql stable security definer set search_path = ''
as $$
begin
  select private.instant(d.date, g.starts), private.instant(d.date, g.ends) into starts_at, ends_at
  from public.gatherings g join public.labour_days d on d.id = g.labour_day_id where g.id = p_gathering;
end $$;
comment on function private.gathering_span(uuid) is 'Planned start and end as instants. Definer: used by rules for any caller.';

-- A gathering's row is locked `for no key update` everywhere: sign-ups refer to it, and must not wait for an organizer.

-- Commands --------------------------------------------------------------------------------------------------------

create function private.move_labour_day(p_day uuid, p_date date, p_reason text) returns void
language plpgsql security definer set search_path = ''
as $$
declare v public.labour_days;
begin
  select * into v from public.labour_days where id = p_day for no key update;
  if v.id is null then perform private.fail('gone', 404); end if;
  perform private.require_role('admin', v.area_id);
  if p_date is null or p_date < private.today() then perform private.fail('date_is_past', 400); end if;
  if p_date > private.today() + 800 then perform private.fail('date_too_far', 400); end if;
  if p_date <> private.last_friday(v.month) and char_length(btrim(coalesce(p_reason, ''))) = 0 then perform private.fail('reason_needed', 400); end if;
  if exists (select from public.labour_days where area_id = v.area_id and date = p_date and id <> v.id) then
    perform private.fail('date_taken', 409);
  end if;
  if exists (select from public.signups s where s.labour_day_id = v.id and private.checked_in(s.id))
    or exists (select from public.result_entries e join public.gatherings g on g.id = e.gathering_id where g.labour_day_id = v.id) then
    perform private.fail('day_has_begun', 409);
  end if;
  update public.labour_days
  set date = p_date, reason = btrim(coalesce(p_reason, '')),
      move_reason = case when p_date = private.last_friday(month) then '' else btrim(p_reason) end,
      status = case when p_date = private.last_friday(month) then 'planned' else 'moved' end::public.labour_day_status,
      sequence = sequence + 1, changed_at = private.clock()
  where id = p_day;
  update public.tasks t set date = p_date from public.gatherings g where g.id = t.gathering_id and g.labour_day_id = p_day;
  perform private.promote_day(p_day);
end $$;
comment on function private.move_labour_day(uuid, date, text) is
  'Moves a labour day (back to its rule date: planned again) with the public reason; sign-ups and tasks stay with it. Definer: admins only.';

create function private.cancel_labour_day(p_day uuid, p_reason text) returns void
language plpgsql security definer set search_path = ''
as $$
declare v public.labour_days;
begin
  select * into v from public.labour_days where id = p_day for no key update;
  if v.id is null then perform private.fail('gone', 404); end if;
  perform private.require_role('admin', v.area_id);
  if char_length(btrim(coalesce(p_reason, ''))) = 0 then perform private.fail('reason_needed', 400); end if;
  update public.labour_days set status = 'cancelled', reason = btrim(p_reason), sequence = sequence + 1, changed_at = private.clock()
  where id = p_day and status <> 'cancelled';
end $$;
comment on function private.cancel_labour_day(uuid, text) is 'Cancels a labour day with the public reason. Definer: admins only.';

create function private.restore_labour_day(p_day uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare v public.labour_days;
begin
  select * into v from public.labour_days where id = p_day for no key update;
  if v.id is null then perform private.fail('gone', 404); end if;
  perform private.require_role('admin', v.area_id);
  if v.status <> 'cancelled' then return; end if;
  update public.labour_days
  set status = case when date = private.last_friday(month) then 'planned' else 'moved' end::public.labour_day_status,
      reason = move_reason, sequence = sequence + 1, changed_at = private.clock()
  where id = p_day;
  perform private.promote_day(p_day);
end $$;
comment on function private.restore_labour_day(uuid) is 'Takes a cancellation back: the day stands where it stood, for the reason for which it stood there. Definer: admins only.';

create function private.save_gathering(p_id uuid, p_day uuid, p_area uuid, p_fields jsonb, p_expected jsonb) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  v public.gatherings;
  v_last public.gatherings;
  v_day public.labour_days;
begin
  select * into v from public.gatherings where id = p_id for no key update;
  perform private.require_role('organizer', coalesce(v.area_id, p_area));
  if v.id is null then
    select * into v_day from public.labour_days where id = p_day;
    if v_day.id is null then perform private.fail('gone', 404); end if;
    if v_day.date < private.today() then perform private.fail('date_is_past', 400); end if;
    if (select level from public.areas where id = p_area) = 'district' then perform private.fail('gathering_needs_street', 400); end if;
    -- Copied from the last time: an area's place and hours rarely change.
    select g.* into v_last from public.gatherings g join public.labour_days d on d.id = g.labour_day_id
    where g.area_id = p_area order by d.date desc limit 1;
    if coalesce(btrim(p_fields ->> 'place'), v_last.place, '') = '' then perform private.fail('place_needed', 400); end if;
    begin
      insert into public.gatherings (id, labour_day_id, area_id, place, lng, lat, starts, ends, capacity, bring, safety)
      values (p_id, p_day, p_area, coalesce(btrim(p_fields ->> 'place'), v_last.place),
        case when p_fields ? 'lng' then (p_fields ->> 'lng')::float8 else v_last.lng end,
        case when p_fields ? 'lat' then (p_fields ->> 'lat')::float8 else v_last.lat end,
        coalesce((p_fields ->> 'starts')::time, v_last.starts, '08:30'),
        coalesce((p_fields ->> 'ends')::time, v_last.ends, '11:00'),
        case when p_fields ? 'capacity' then (p_fields ->> 'capacity')::int else v_last.capacity end,
        coalesce(p_fields ->> 'bring', v_last.bring, ''), coalesce(p_fields ->> 'safety', v_last.safety, ''));
    exception when unique_violation then perform private.fail('gathering_exists', 409);
    end;
  else
    if v.status = 'closed' then perform private.fail('gathering_closed', 409); end if;
    perform private.expect_unchanged(to_jsonb(v) || jsonb_build_object('starts', to_char(v.starts, 'HH24:MI'), 'ends', to_char(v.ends, 'HH24:MI')), p_expected, p_fields);
    perform private.room(v.id);
    -- All of them: who is recorded while this waits for its turn is counted anew too.
    perform private.take_turns(array(select id from public.signups where gathering_id = v.id));
    update public.gatherings g set
      place = coalesce(btrim(p_fields ->> 'place'), g.place),
      lng = case when p_fields ? 'lng' then (p_fields ->> 'lng')::float8 else g.lng end,
      lat = case when p_fields ? 'lat' then (p_fields ->> 'lat')::float8 else g.lat end,
      starts = coalesce((p_fields ->> 'starts')::time, g.starts),
      ends = coalesce((p_fields ->> 'ends')::time, g.ends),
      capacity = case when p_fields ? 'capacity' then (p_fields ->> 'capacity')::int else g.capacity end,
      bring = coalesce(p_fields ->> 'bring', g.bring),
      safety = coalesce(p_fields ->> 'safety', g.safety),
      sequence = g.sequence + 1, edited_at = private.clock(),
      changed_at = case when coalesce(btrim(p_fields ->> 'place'), g.place) <> g.place
          or coalesce((p_fields ->> 'starts')::time, g.starts) <> g.starts then private.clock() else g.changed_at end
    where g.id = v.id;
    perform private.promote_waiting(v.id);
  end if;
  return p_id;
end $$;
comment on function private.save_gathering(uuid, uuid, uuid, jsonb, jsonb) is
  'Opens an area''s gathering (client-made id; absent fields are copied from the last time) or changes it; p_expected: what the changed fields were when the caller began. Definer: organizers only.';

create function private.cancel_gathering(p_gathering uuid, p_reason text) returns void
language plpgsql security definer set search_path = ''
as $$
declare v public.gatherings;
begin
  select * into v from public.gatherings where id = p_gathering for no key update;
  if v.id is null then perform private.fail('gone', 404); end if;
  perform private.require_role('organizer', v.area_id);
  if v.status = 'closed' then perform private.fail('gathering_closed', 409); end if;
  if char_length(btrim(coalesce(p_reason, ''))) = 0 then perform private.fail('reason_needed', 400); end if;
  update public.gatherings set status = 'cancelled', reason = btrim(p_reason), sequence = sequence + 1, edited_at = private.clock(), changed_at = private.clock()
  where id = p_gathering and status = 'open';
end $$;
comment on function private.cancel_gathering(uuid, text) is 'Cancels one area''s gathering (rain) without touching others. Definer: organizers only.';

create function private.restore_gathering(p_gathering uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare v public.gatherings;
begin
  select * into v from public.gatherings where id = p_gathering for no key update;
  if v.id is null then perform private.fail('gone', 404); end if;
  perform private.require_role('organizer', v.area_id);
  -- Who read that it was cancelled must hear that it takes place; reopening a closed one for its papers is news to nobody.
  update public.gatherings set status = 'open', reason = '', closed_at = null, sequence = sequence + 1, edited_at = private.clock(),
    changed_at = case when status = 'cancelled' then private.clock() else changed_at end
  where id = p_gathering and status <> 'open';
  perform private.promote_waiting(p_gathering);
end $$;
comment on function private.restore_gathering(uuid) is 'Takes back a cancellation or a closing. Definer: organizers only.';
