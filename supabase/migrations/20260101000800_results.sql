-- Results: what a crew got done, metres capped per drain and date, photos, late records, closing.

create table public.result_entries (
  id uuid primary key,
  root_id uuid not null,
  task_id uuid not null references public.tasks (id) on delete restrict,
  site_id uuid not null references public.sites (id) on delete restrict,
  area_id uuid not null references public.areas (id) on delete restrict,
  gathering_id uuid references public.gatherings (id) on delete restrict,
  bags int check (bags between 0 and 10000),
  kg numeric(9, 1) check (kg between 0 and 200000),
  weighed boolean not null default false,
  loads numeric(6, 1) check (loads between 0 and 1000),
  metres numeric(9, 1) check (metres between 0 and 100000),
  corners int check (corners between 0 and 1000),
  adverts int check (adverts between 0 and 100000),
  note text not null default '' check (char_length(note) <= 500),
  at timestamptz not null,
  device_id uuid not null,
  seq int not null,
  device_time timestamptz not null,
  clock_offset_ms bigint not null default 0,
  recorded_by uuid references public.people (id) on delete set null,
  handed_in_by uuid references public.people (id) on delete set null,
  received_at timestamptz not null default now(),
  late boolean not null default false,
  accepted_at timestamptz,
  accepted_by uuid references public.people (id) on delete set null,
  keyed boolean not null default false
);
comment on column public.result_entries.keyed is 'Copied from a paper roster by an organizer.';
comment on table public.result_entries is
  '成果, append-only. A correction is a new entry with the same root_id: of one root the latest (at, device_id, seq, id) counts; the others stay as history.';
create index result_entries_task_idx on public.result_entries (task_id);
create index result_entries_site_idx on public.result_entries (site_id);
create index result_entries_area_idx on public.result_entries (area_id);
create index result_entries_gathering_idx on public.result_entries (gathering_id);
create index result_entries_root_idx on public.result_entries (root_id);
create index result_entries_recorded_by_idx on public.result_entries (recorded_by);
create index result_entries_handed_in_by_idx on public.result_entries (handed_in_by);
create index result_entries_accepted_by_idx on public.result_entries (accepted_by);
alter table public.result_entries enable row level security;
create trigger result_entries_only_acceptance before update or delete on public.result_entries
  for each row execute function private.only_acceptance();

create table public.site_days (
  site_id uuid not null references public.sites (id) on delete cascade,
  date date not null,
  area_id uuid not null references public.areas (id) on delete cascade,
  metres_recorded numeric(12, 1) not null default 0,
  metres numeric(12, 1) not null default 0,
  flag text check (flag in ('over_length', 'unknown_length')),
  override_metres numeric(12, 1),
  override_reason text check (char_length(override_reason) <= 200),
  override_by uuid references public.people (id) on delete set null,
  override_at timestamptz,
  primary key (site_id, date)
);
comment on table public.site_days is
  'Metres of one drain on one date, all crews together: they count up to its length, or to what somebody vouched for by name. Its row is the mutex of that sum.';
comment on column public.site_days.override_metres is 'Metres that were recorded, seen and vouched for; what is recorded beyond them counts no more than beyond the length, and waits to be checked like it.';
create index site_days_area_idx on public.site_days (area_id);
create index site_days_override_by_idx on public.site_days (override_by);
alter table public.site_days enable row level security;
create trigger site_days_audit after update of override_at on public.site_days
  for each row execute function private.audit('area_id', 'site_id');

create type public.photo_kind as enum ('before', 'after', 'other');
comment on type public.photo_kind is '前 · 后 · 其他';

create table public.photos (
  id uuid primary key,
  task_id uuid references public.tasks (id) on delete restrict,
  site_id uuid not null references public.sites (id) on delete restrict,
  area_id uuid not null references public.areas (id) on delete restrict,
  kind public.photo_kind not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  width int not null check (width between 1 and 4000),
  height int not null check (height between 1 and 4000),
  bytes int not null check (bytes between 1 and 20000000),
  taken_at timestamptz,
  uploaded_by uuid references public.people (id) on delete set null,
  uploaded_at timestamptz not null default now(),
  released_at timestamptz,
  released_by uuid references public.people (id) on delete set null,
  unique (task_id, sha256)
);
comment on table public.photos is 'Photos of a task; the file, re-encoded without EXIF, is stored under its content hash. Public once an organizer releases it.';
create index photos_site_idx on public.photos (site_id);
create index photos_area_idx on public.photos (area_id);
create index photos_sha_idx on public.photos (sha256);
create index photos_uploaded_by_idx on public.photos (uploaded_by);
create index photos_released_by_idx on public.photos (released_by);
alter table public.photos enable row level security;

create view private.entries_that_count with (security_invoker = true) as
  select last.* from (
    select distinct on (e.task_id, e.root_id) e.*
    from public.result_entries e
    where not e.late or e.accepted_at is not null
    -- A correction comes after what it corrects, whatever the clocks of two phones say.
    order by e.task_id, e.root_id, e.id = e.root_id, e.at desc, e.device_id desc, e.seq desc, e.id desc) last
  -- A correction that says nothing takes its entry back.
  where (num_nonnulls(last.bags, last.kg, last.loads, last.metres, last.corners, last.adverts) > 0 or last.note <> '')
    and current_user not in ('anon', 'authenticated');
comment on view private.entries_that_count is 'Of each entry the correction that counts; none if it was withdrawn. Asked for some tasks it reads those only.';

create function private.effective_entries(p_tasks uuid[]) returns setof public.result_entries
language sql stable security definer set search_path = ''
as $$ select * from private.entries_that_count where task_id = any (p_tasks) $$;
comment on function private.effective_entries(uuid[]) is 'Of each entry of these tasks the correction that counts; none if it was withdrawn. Definer: totals are kept for any caller.';

create view private.cleanings with (security_invoker = true) as
  select k.site_id, n.task_id, n.area_id, n.date, n.metres
  from public.tasks k join public.totals n on n.task_id = k.id
  where (n.kg_weighed > 0 or n.kg_estimated > 0 or n.bags > 0 or n.loads > 0 or n.metres_recorded > 0 or n.corners > 0 or n.adverts > 0)
    and current_user not in ('anon', 'authenticated');
comment on view private.cleanings is 'Where and when a site was cleaned: something was cleared there that can be counted. What was only written in words counts for no cleaning.';

create function private.refresh_results(p_site uuid, p_date date) returns void
language plpgsql security definer set search_path = ''
as $$
declare v_site public.sites; v_day public.site_days; t record; v_left numeric; v_counted numeric; v_recorded numeric := 0; v_sum numeric := 0;
begin
  select * into v_site from public.sites where id = p_site;
  insert into public.site_days (site_id, date, area_id) values (p_site, p_date, v_site.area_id) on conflict do nothing;
  select * into v_day from public.site_days where site_id = p_site and date = p_date for update;
  v_left := case when v_site.length_m is not null then greatest(v_site.length_m, v_day.override_metres) end;
  for t in
    select k.id, count(e.id) as entries, coalesce(sum(e.bags), 0) as bags, coalesce(sum(e.loads), 0) as loads,
      coalesce(sum(e.kg) filter (where e.weighed), 0) as kg_weighed, coalesce(sum(e.kg) filter (where not e.weighed), 0) as kg_estimated,
      coalesce(sum(e.metres), 0) as metres, coalesce(sum(e.corners), 0) as corners, coalesce(sum(e.adverts), 0) as adverts
    from public.tasks k
    left join private.effective_entries(array(select id from public.tasks where site_id = p_site and date = p_date)) e on e.task_id = k.id
    where k.site_id = p_site and k.date = p_date
    group by k.id, k.created_at order by k.created_at, k.id
  loop
    v_counted := case when v_left is null then t.metres else least(t.metres, v_left) end;
    v_left := v_left - v_counted;
    v_recorded := v_recorded + t.metres;
    v_sum := v_sum + v_counted;
    update public.totals set entries = t.entries, bags = t.bags, loads = t.loads, kg_weighed = t.kg_weighed, kg_estimated = t.kg_estimated,
      metres_recorded = t.metres, metres = v_counted, corners = t.corners, adverts = t.adverts
    where task_id = t.id;
  end loop;
  update public.site_days set metres_recorded = v_recorded, metres = v_sum,
    flag = case when v_recorded = 0 then null when v_site.length_m is null then 'unknown_length' when v_recorded > v_site.length_m then 'over_length' end
  where site_id = p_site and date = p_date;
  update public.sites s set last_cleaned_on = x.last
  from (select max(date) as last from private.cleanings where site_id = p_site) x
  where s.id = p_site and s.last_cleaned_on is distinct from x.last;
end $$;
comment on function private.refresh_results(uuid, date) is
  'Brings the totals of all crews at one site on one date up to their entries; metres count in order of the tasks up to the drain''s length or what was vouched for. Definer: totals have no client writes.';

create function private.results_changed() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if tg_table_name = 'result_entries' then
    perform private.refresh_results(new.site_id, (select date from public.tasks where id = new.task_id));
  elsif tg_table_name = 'sites' then
    perform private.refresh_results(d.site_id, d.date) from (
      select site_id, date from public.site_days where site_id = new.id order by date for update) d;
  elsif tg_table_name = 'site_days' then
    perform private.refresh_results(new.site_id, new.date);
  end if;
  return null;
end $$;
comment on function private.results_changed() is 'Trigger: refreshes the totals that a new entry, a changed length or an override touch. Definer: totals has no client writes.';
create trigger result_entries_changed after insert or update of accepted_at on public.result_entries
  for each row execute function private.results_changed();
create trigger sites_length_changed after update of length_m on public.sites
  for each row when (old.length_m is distinct from new.length_m) execute function private.results_changed();
create trigger site_days_overridden after update of override_at on public.site_days
  for each row when ((old.override_at, old.override_metres) is distinct from (new.override_at, new.override_metres)) execute function private.results_changed();

create function private.pair_changed() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  update public.totals t set pairs = n.pairs
  from (select count(distinct kind) / 2 as pairs from public.photos
        where task_id = coalesce(new.task_id, old.task_id) and kind in ('before', 'after') and released_at is not null) n
  where t.task_id = coalesce(new.task_id, old.task_id) and t.pairs <> n.pairs;
  return null;
end $$;
comment on function private.pair_changed() is 'Trigger: notes in a task''s totals that a photo before and one after are public, so that pages find pairs without looking through all tasks. Definer: totals has no client writes.';
create trigger photos_pair after insert or delete or update of released_at, kind on public.photos
  for each row execute function private.pair_changed();

-- Commands --------------------------------------------------------------------------------------------------------

create function private.record_one_result(e jsonb) returns text
language plpgsql security definer set search_path = ''
as $$
declare
  v_task public.tasks; v_status public.gathering_status; v_root public.result_entries;
  v_at timestamptz; v_corrects uuid := (e ->> 'corrects')::uuid; v_by uuid;
  v_keyed boolean := coalesce((e ->> 'keyed')::boolean, false);
begin
  if exists (select from public.result_entries where id = (e ->> 'id')::uuid and task_id = (e ->> 'task_id')::uuid) then return 'duplicate'; end if;
  select * into v_task from public.tasks where id = (e ->> 'task_id')::uuid;
  if v_task.id is null then perform private.fail('gone', 404); end if;
  v_at := private.recorded_at(e, v_task.date);
  if private.authority(v_task.area_id, v_task.id, v_at) is null or v_keyed and not private.has_role('organizer', v_task.area_id) then
    perform private.fail('not_yours', 403);
  end if;
  if v_task.date > private.today() then perform private.fail('day_not_begun', 409); end if;
  if v_corrects is not null then
    select * into v_root from public.result_entries where id = v_corrects;
    if v_root.id is not null and v_root.task_id <> v_task.id then perform private.fail('not_yours', 403); end if;
  elsif num_nonnulls(e ->> 'bags', e ->> 'kg', e ->> 'loads', e ->> 'metres', e ->> 'corners', e ->> 'adverts', nullif(btrim(e ->> 'note'), '')) = 0 then
    perform private.fail('empty_result', 400);
  end if;
  select status into v_status from public.gatherings where id = v_task.gathering_id;
  v_by := private.recorder_of(e, v_task.area_id);
  insert into public.result_entries (id, root_id, task_id, site_id, area_id, gathering_id, bags, kg, weighed, loads, metres, corners, adverts, note,
    at, device_id, seq, device_time, clock_offset_ms, recorded_by, handed_in_by, received_at, late, accepted_at, accepted_by, keyed)
  values ((e ->> 'id')::uuid, coalesce(v_root.root_id, v_corrects, (e ->> 'id')::uuid), v_task.id, v_task.site_id, v_task.area_id, v_task.gathering_id,
    (e ->> 'bags')::int, (e ->> 'kg')::numeric, coalesce((e ->> 'weighed')::boolean, false), (e ->> 'loads')::numeric, (e ->> 'metres')::numeric,
    (e ->> 'corners')::int, (e ->> 'adverts')::int, coalesce(btrim(e ->> 'note'), ''), v_at, (e ->> 'device_id')::uuid, (e ->> 'seq')::int,
    coalesce((e ->> 'device_time')::timestamptz, v_at), coalesce((e ->> 'clock_offset_ms')::bigint, 0), v_by, nullif(private.me(), v_by), private.clock(),
    coalesce(v_status = 'closed', false), case when v_keyed and v_status = 'closed' then private.clock() end,
    case when v_keyed and v_status = 'closed' then private.me() end, v_keyed);
  return case when v_status = 'closed' and not v_keyed then 'late' else 'recorded' end;
end $$;
comment on function private.record_one_result(jsonb) is 'Records one entry or correction; the same id again is a duplicate. Definer: checks the caller''s authority at the entry''s time.';

create function private.record_results(p_entries jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare e jsonb; v_out jsonb := '[]'; v_code text;
  v_tasks uuid[] := array(select (x ->> 'task_id')::uuid from jsonb_array_elements(p_entries) x where x ->> 'task_id' ~ '^[0-9a-f-]{36}$');
begin
  perform private.require_me();
  if jsonb_array_length(p_entries) > 200 then perform private.fail('too_many_rows', 413); end if;
  -- The metres of a site's day can be locked before its crews' totals only once they have a row.
  insert into public.site_days (site_id, date, area_id)
  select distinct k.site_id, k.date, s.area_id from public.tasks k join public.sites s on s.id = k.site_id
  where k.id = any (v_tasks) and private.authority(k.area_id, k.id, private.clock()) is not null
  order by 1, 2 on conflict do nothing;
  perform private.take_turns('{}', v_tasks);
  for e in select x from jsonb_array_elements(p_entries) x loop
    begin
      v_out := v_out || jsonb_build_object('id', e ->> 'id', 'outcome', private.record_one_result(e));
    exception when others then
      get stacked diagnostics v_code = message_text;
      if sqlstate in ('40001', '40P01') then raise; end if;
      v_out := v_out || jsonb_build_object('id', e ->> 'id', 'outcome', 'refused',
        'code', case when v_code like 'lf:%' then substr(v_code, 4) else 'bad_record' end);
    end;
  end loop;
  return v_out;
end $$;
comment on function private.record_results(jsonb) is
  'Records entries [{id, task_id, corrects?, bags, kg, weighed, loads, metres, corners, adverts, note, at, device_id, seq, …}]; answers per entry. Definer: checks each.';

create function private.waits(d public.site_days) returns boolean
language sql immutable set search_path = ''
as $$ select d.flag is not null and d.metres_recorded > coalesce(d.override_metres, 0) $$;
comment on function private.waits(public.site_days) is 'Whether metres of this drain and day wait for somebody to check them: more than the drain is long, or of an unknown length, and more than was vouched for.';

create function private.override_metres(p_site uuid, p_date date, p_reason text, p_metres numeric) returns void
language plpgsql security definer set search_path = ''
as $$
declare v public.site_days;
begin
  select * into v from public.site_days where site_id = p_site and date = p_date for update;
  if v.site_id is null then perform private.fail('gone', 404); end if;
  perform private.require_role('organizer', v.area_id);
  if p_reason is not null and char_length(btrim(p_reason)) = 0 then perform private.fail('reason_needed', 400); end if;
  update public.site_days set override_reason = btrim(p_reason), override_by = case when p_reason is not null then private.me() end,
    override_at = case when p_reason is not null then private.clock() end,
    -- What they saw, even if more came in meanwhile; and never more than there is.
    override_metres = case when p_reason is not null then least(p_metres, v.metres_recorded) end
  where site_id = p_site and date = p_date;
end $$;
comment on function private.override_metres(uuid, date, text, numeric) is
  'An organizer vouches, by name and with a reason, for metres beyond the drain''s length: for as many as they saw recorded (p_metres; else all there are), not for what comes later. Without a reason it is taken back. Definer: organizers only.';

create function private.photo_task(p_task uuid, p_photo uuid) returns public.tasks
language plpgsql security definer set search_path = ''
as $$
declare v public.tasks;
begin
  perform private.require_me();
  select * into v from public.tasks where id = p_task;
  if v.id is null then perform private.fail('gone', 404); end if;
  if private.authority(v.area_id, v.id, private.clock()) is null
    and not exists (select from public.task_leaders where task_id = p_task and person_id = private.me()) then
    perform private.fail('not_yours', 403);
  end if;
  -- One that is there already takes no room: its phone did not hear the answer and asks again.
  if not exists (select from public.photos where id = p_photo and task_id = p_task)
    and (select count(*) from public.photos where task_id = p_task) >= 60 then perform private.fail('too_many_photos', 409); end if;
  return v;
end $$;
comment on function private.photo_task(uuid, uuid) is 'The task, if the caller leads or led its crew or organizes it and it has room for this photo, or has it. Definer: run before the file is read.';

create function private.may_add_photo(p_task uuid, p_photo uuid) returns uuid
language plpgsql security definer set search_path = ''
as $$ begin perform private.photo_task(p_task, p_photo); return private.me(); end $$;
comment on function private.may_add_photo(uuid, uuid) is 'The caller''s person, or the refusal that adding this photo to this task would meet. Definer: see photo_task.';

create function public.add_photo(p_by uuid, p_id uuid, p_task uuid, p_kind public.photo_kind, p_sha256 text, p_width int, p_height int, p_bytes int,
  p_taken_at timestamptz default null)
returns uuid
language plpgsql set search_path = ''
as $$
declare v public.tasks; v_id uuid;
begin
  select * into v from public.tasks where id = p_task;
  if v.id is null then perform private.fail('gone', 404); end if;
  insert into public.photos (id, task_id, site_id, area_id, kind, sha256, width, height, bytes, taken_at, uploaded_by)
  values (p_id, p_task, v.site_id, v.area_id, p_kind, p_sha256, p_width, p_height, p_bytes, p_taken_at, p_by)
  on conflict do nothing returning id into v_id;
  return coalesce(v_id, (select id from public.photos where id = p_id or (task_id = p_task and sha256 = p_sha256) limit 1));
end $$;
comment on function public.add_photo(uuid, uuid, uuid, public.photo_kind, text, int, int, int, timestamptz) is
  'Notes a photo, whose file is stored, on a task for p_by, who may add it (may_add_photo); a retried upload is the same photo. Server only: a photo without a file would count as one, and the hash of another''s file would open it.';

create function private.release_photo(p_photo uuid, p_release boolean) returns void
language plpgsql security definer set search_path = ''
as $$
declare v public.photos;
begin
  select * into v from public.photos where id = p_photo;
  if v.id is null then perform private.fail('gone', 404); end if;
  perform private.require_role('organizer', v.area_id);
  update public.photos set released_at = case when p_release then private.clock() end, released_by = case when p_release then private.me() end
  where id = p_photo;
end $$;
comment on function private.release_photo(uuid, boolean) is 'An organizer makes a photo public, or takes that back. Definer: organizers only.';

create function private.close_gathering(p_gathering uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare v public.gatherings;
begin
  select * into v from public.gatherings where id = p_gathering for no key update;
  if v.id is null then perform private.fail('gone', 404); end if;
  perform private.require_role('organizer', v.area_id);
  if private.clock() < (private.gathering_span(p_gathering)).starts_at then perform private.fail('day_not_begun', 409); end if;
  update public.gatherings set status = 'closed', closed_at = private.clock() where id = p_gathering and status = 'open';
end $$;
comment on function private.close_gathering(uuid) is 'Closes a gathering: records that arrive later are late and wait for a tap. Definer: organizers only.';

create function private.accept_late(p_gathering uuid, p_records uuid[]) returns int
language plpgsql security definer set search_path = ''
as $$
declare v_area uuid; v_count int; v_n int;
begin
  select area_id into v_area from public.gatherings where id = p_gathering;
  perform private.require_role('organizer', v_area);
  perform private.take_turns(
    array(select signup_id from public.attendance_events where gathering_id = p_gathering and late and not claimed and id = any (p_records)),
    array(select task_id from public.result_entries where gathering_id = p_gathering and late and id = any (p_records)));
  update public.attendance_events set accepted_at = private.clock(), accepted_by = private.me()
  where gathering_id = p_gathering and late and not claimed and accepted_at is null and id = any (p_records);
  get diagnostics v_count = row_count;
  update public.result_entries set accepted_at = private.clock(), accepted_by = private.me()
  where gathering_id = p_gathering and late and accepted_at is null and id = any (p_records);
  get diagnostics v_n = row_count;
  return v_count + v_n;
end $$;
comment on function private.accept_late(uuid, uuid[]) is 'Lets late events and entries count, named by the organizer who tapped. Definer: organizers only.';
