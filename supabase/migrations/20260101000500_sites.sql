-- Sites: places that need cleaning again and again, and their import from a city's own inventory.

create type public.site_kind as enum ('drain', 'dead_corner', 'adverts', 'roadside', 'market', 'toilet', 'river_bank', 'other');
comment on type public.site_kind is '沟渠 · 卫生死角 · 野广告墙面 · 路段 · 市场周边 · 公厕 · 河岸 · 其他';
create type public.hazard as enum ('deep_water', 'traffic', 'heavy_lifting');
comment on type public.hazard is '深水 · 车行道 · 重物: minors are kept away from any of them';

create table public.sites (
  id uuid primary key default gen_random_uuid(),
  area_id uuid not null references public.areas (id) on delete restrict,
  kind public.site_kind not null,
  name text not null check (char_length(btrim(name)) between 1 and 80),
  lng double precision check (lng between -180 and 180),
  lat double precision check (lat between -90 and 90),
  path jsonb check (path is null or jsonb_typeof(path) = 'array'),
  address text not null default '' check (char_length(address) <= 160),
  length_m numeric(9, 1) check (length_m > 0),
  crew_min int not null default 2 check (crew_min between 1 and 500),
  crew_max int not null default 8 check (crew_max between 1 and 500),
  minutes int not null default 90 check (minutes between 5 and 600),
  interval_days int check (interval_days between 1 and 3650),
  hazards public.hazard[] not null default '{}',
  tools text not null default '' check (char_length(tools) <= 200),
  note text not null default '' check (char_length(note) <= 500),
  responsible_unit text not null default '' check (char_length(responsible_unit) <= 120),
  in_jurisdiction boolean not null default true,
  retired_at timestamptz,
  last_cleaned_on date,
  dataset text check (char_length(dataset) between 1 and 60),
  import_area_id uuid,
  external_id text check (char_length(external_id) between 1 and 80),
  edited_fields text[] not null default '{}',
  search_text text not null generated always as (name || ' ' || address || ' ' || coalesce(external_id, '')) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (crew_max >= crew_min),
  check ((lng is null) = (lat is null)),
  check ((external_id is null) = (import_area_id is null) and (external_id is null) = (dataset is null)),
  unique (import_area_id, dataset, external_id)
);
comment on table public.sites is '点位. Coordinates are WGS-84. A site outside the jurisdiction (railway, station, toll plaza) is recorded and passed on, not planned.';
comment on column public.sites.path is 'A measured line: [[lng, lat], …] in WGS-84.';
comment on column public.sites.length_m is 'Metres of a drain; null: unknown, then dredged metres are not capped but flagged.';
comment on column public.sites.edited_fields is 'Columns changed by hand in the app: a later import leaves them alone.';
comment on column public.sites.import_area_id is
  'The area of the import that it came with. No key of its own, which each of thousands of new rows would be checked against: only an import writes it, and site_imports keeps its area from going.';
create index sites_area_idx on public.sites (area_id, kind);
alter table public.sites enable row level security;

create table public.site_extras (
  site_id uuid primary key references public.sites (id) on delete cascade,
  source jsonb not null
);
comment on table public.site_extras is
  'The imported row as it was, {columns: [...], line, values: {...}}: an export gives back unmapped columns too. Organizers only.';
alter table public.site_extras enable row level security;

create function private.touch_site() returns trigger
language plpgsql set search_path = ''
as $$
declare v_field text;
begin
  if current_user in ('anon', 'authenticated') then
    -- What follows from records or an import is not typed in.
    new.last_cleaned_on := case when tg_op = 'UPDATE' then old.last_cleaned_on end;
    new.dataset := case when tg_op = 'UPDATE' then old.dataset end;
    new.import_area_id := case when tg_op = 'UPDATE' then old.import_area_id end;
    new.external_id := case when tg_op = 'UPDATE' then old.external_id end;
    new.edited_fields := case when tg_op = 'UPDATE' then old.edited_fields else '{}' end;
  end if;
  if tg_op = 'INSERT' then return new; end if;
  if old.external_id is not null then
    for v_field in
      select k from jsonb_each(to_jsonb(new)) n (k, v) join jsonb_each(to_jsonb(old)) o (k, v) using (k)
      where n.v is distinct from o.v and k in ('area_id', 'kind', 'name', 'lng', 'lat', 'address', 'length_m', 'crew_min', 'crew_max',
        'minutes', 'interval_days', 'hazards', 'tools', 'note', 'responsible_unit', 'in_jurisdiction')
    loop
      if not v_field = any (new.edited_fields) then new.edited_fields := new.edited_fields || v_field; end if;
    end loop;
  end if;
  new.updated_at := private.clock();
  return new;
end $$;
comment on function private.touch_site() is 'Trigger: remembers which imported columns a person changed, so that those win over the next import, and keeps derived columns out of clients'' hands.';
-- Neither is for the thousands of rows of an import, which types nothing in.
create trigger sites_touch before update on public.sites for each row
  when (coalesce(current_setting('lf.importing', true), '') = '' or current_user in ('anon', 'authenticated')) execute function private.touch_site();
create trigger sites_touch_new before insert on public.sites for each row
  when (current_user in ('anon', 'authenticated')) execute function private.touch_site();
create trigger sites_audit after delete or update of area_id, kind, name, length_m, in_jurisdiction, retired_at on public.sites for each row execute function private.audit('area_id');

create function private.change_site(p_site uuid, p_fields jsonb, p_expected jsonb) returns void
language plpgsql security definer set search_path = ''
as $$
declare v public.sites;
begin
  select * into v from public.sites where id = p_site for no key update;
  if v.id is null then perform private.fail('gone', 404); end if;
  perform private.require_role('organizer', v.area_id);
  perform private.expect_unchanged(to_jsonb(v), p_expected, p_fields);
  v := jsonb_populate_record(v, p_fields);
  perform private.require_role('organizer', v.area_id);
  -- What is not named here does not follow from what a person types.
  update public.sites set area_id = v.area_id, kind = v.kind, name = v.name, lng = v.lng, lat = v.lat, path = v.path, address = v.address,
    length_m = v.length_m, crew_min = v.crew_min, crew_max = v.crew_max, minutes = v.minutes, interval_days = v.interval_days,
    hazards = v.hazards, tools = v.tools, note = v.note, responsible_unit = v.responsible_unit, in_jurisdiction = v.in_jurisdiction
  where id = p_site;
end $$;
comment on function private.change_site(uuid, jsonb, jsonb) is
  'Changes fields of a site; p_expected: what they were when the caller began. Definer: organizers of its area, and of the one it goes to.';

-- Import: staged in chunks, committed once ------------------------------------------------------------------------

create table public.site_imports (
  id uuid primary key,
  area_id uuid not null references public.areas (id) on delete restrict,
  dataset text not null check (char_length(btrim(dataset)) between 1 and 60),
  columns jsonb not null default '[]',
  created_by uuid references public.people (id) on delete set null,
  created_at timestamptz not null default now(),
  committed_at timestamptz,
  inserted int,
  updated int,
  unchanged int
);
comment on table public.site_imports is 'One import of a file into an area; dataset keeps the external ids of different files apart.';
comment on column public.site_imports.columns is
  'How the file was read, {headers, mapping, options}, so that an export can write it again; or only the list of headers.';
create index site_imports_area_idx on public.site_imports (area_id);
create index site_imports_created_by_idx on public.site_imports (created_by);
alter table public.site_imports enable row level security;

create table private.site_import_rows (
  import_id uuid not null references public.site_imports (id) on delete cascade,
  external_id text not null,
  area_id uuid,
  kind public.site_kind,
  name text,
  name_made_up boolean not null default false,
  lng double precision,
  lat double precision,
  address text,
  length_m numeric(9, 1),
  crew_min int,
  crew_max int,
  minutes int,
  interval_days int,
  hazards public.hazard[],
  tools text,
  note text,
  responsible_unit text,
  source jsonb not null,
  primary key (import_id, external_id)
);
comment on table private.site_import_rows is
  'Staged rows of an import that is not committed yet, as they go into sites and (source) site_extras: what can be done beforehand is done while others get their turn between the chunks. Null: the file says nothing.';
comment on column private.site_import_rows.name_made_up is
  'The file has no name, and this one was made up in the language of whoever imports: it names a new site, and renames none.';
alter table private.site_import_rows enable row level security;

create function private.sweep_imports() returns int
language plpgsql security definer set search_path = ''
as $$
declare v_count int;
begin
  delete from private.site_import_rows r using public.site_imports i where i.id = r.import_id and i.committed_at is not null;
  get diagnostics v_count = row_count;
  delete from public.site_imports where committed_at is null and created_at < private.clock() - interval '1 day';
  return v_count;
end $$;
comment on function private.sweep_imports() is
  'Clears away staged rows that have become sites, and what was begun and never finished. Apart from the commit, which others wait for. Definer: imports have no client writes.';

create function private.lists_with(p_ids jsonb) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_me();
  if jsonb_array_length(p_ids) > 5000 then perform private.fail('too_many_rows', 413); end if;
  return coalesce((select jsonb_agg(jsonb_build_object('area_id', l.import_area_id, 'dataset', l.dataset, 'held', l.held) order by l.held desc, l.dataset)
    from (select s.import_area_id, s.dataset, count(*) as held from public.sites s
          where s.external_id = any (array(select jsonb_array_elements_text(p_ids))) and s.import_area_id in (select private.areas_where('organizer'))
          group by s.import_area_id, s.dataset) l), '[]');
end $$;
comment on function private.lists_with(jsonb) is
  'Which imported lists of the caller''s areas hold how many of up to 5,000 external ids: a file under another name may be one of them. Definer: reads the sites of these areas only.';

create function private.begin_site_import(p_id uuid, p_area uuid, p_dataset text, p_columns jsonb) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.require_role('organizer', p_area);
  perform private.sweep_imports();
  insert into public.site_imports (id, area_id, dataset, columns, created_by)
  values (p_id, p_area, btrim(p_dataset), coalesce(p_columns, '[]'), private.me())
  on conflict (id) do nothing;
end $$;
comment on function private.begin_site_import(uuid, uuid, text, jsonb) is 'Starts an import (client-made id). Definer: organizers of the area only.';

create function private.own_import(p_import uuid) returns public.site_imports
language plpgsql security definer set search_path = ''
as $$
declare v public.site_imports;
begin
  select * into v from public.site_imports where id = p_import for update;
  if v.id is null then perform private.fail('gone', 404); end if;
  if v.created_by is distinct from private.require_me() then perform private.fail('not_yours', 403); end if;
  perform private.require_role('organizer', v.area_id);
  return v;
end $$;
comment on function private.own_import(uuid) is 'The caller''s own import, locked, or a refusal. Definer: imports have no client writes.';

create function private.stage_site_rows(p_import uuid, p_rows jsonb) returns int
language plpgsql security definer set search_path = ''
as $$
declare v public.site_imports := private.own_import(p_import); v_count int;
begin
  if v.committed_at is not null then perform private.fail('import_done', 409); end if;
  if jsonb_array_length(p_rows) > 2000 then perform private.fail('too_many_rows', 413); end if;
  insert into private.site_import_rows (import_id, external_id, area_id, kind, name, name_made_up, lng, lat, address, length_m, crew_min, crew_max,
    minutes, interval_days, hazards, tools, note, responsible_unit, source)
  select p_import, left(x.external_id, 80), x.area_id, x.kind, left(x.name, 80), coalesce(x.name_made_up, false), x.lng, x.lat, left(x.address, 160), x.length_m,
    x.crew_min, x.crew_max, x.minutes, x.interval_days, x.hazards, left(x.tools, 200), left(x.note, 500),
    left(x.responsible_unit, 120),
    jsonb_build_object('columns', coalesce(v.columns -> 'headers', v.columns), 'line', coalesce(x.line, 0), 'values', coalesce(x.source, '{}'))
  from jsonb_to_recordset(p_rows) as x (line int, external_id text, area_id uuid, kind public.site_kind, name text, name_made_up boolean, lng float8, lat float8,
    address text, length_m numeric, crew_min int, crew_max int, minutes int, interval_days int, hazards public.hazard[], tools text,
    note text, responsible_unit text, source jsonb)
  where x.external_id <> ''
  on conflict (import_id, external_id) do update set (area_id, kind, name, name_made_up, lng, lat, address, length_m, crew_min, crew_max, minutes,
      interval_days, hazards, tools, note, responsible_unit, source)
    = (excluded.area_id, excluded.kind, excluded.name, excluded.name_made_up, excluded.lng, excluded.lat, excluded.address, excluded.length_m, excluded.crew_min,
      excluded.crew_max, excluded.minutes, excluded.interval_days, excluded.hazards, excluded.tools, excluded.note,
      excluded.responsible_unit, excluded.source);
  get diagnostics v_count = row_count;
  return v_count;
end $$;
comment on function private.stage_site_rows(uuid, jsonb) is
  'Adds up to 2,000 rows {external_id, line, name, name_made_up, kind, lng, lat, …, source} to an import; sending a chunk again changes nothing. Definer: own import only.';

create function private.commit_site_import(p_import uuid) returns jsonb
language plpgsql security definer set search_path = '' set enable_nestloop = off
as $$
-- Nothing has counted the rows that were just staged: the planner would take them for a few and compare each with every site.
declare
  v public.site_imports := private.own_import(p_import);
  v_inserted int; v_updated int; v_total int;
begin
  if v.committed_at is not null then
    return jsonb_build_object('inserted', v.inserted, 'updated', v.updated, 'unchanged', v.unchanged);
  end if;
  perform set_config('lf.importing', 'yes', true);
  select count(*) into v_total from private.site_import_rows where import_id = p_import;

  update public.sites s set
    name = case when r.name_made_up or 'name' = any (s.edited_fields) then s.name else r.name end,
    kind = case when 'kind' = any (s.edited_fields) then s.kind else coalesce(r.kind, s.kind) end,
    lng = case when 'lng' = any (s.edited_fields) or 'lat' = any (s.edited_fields) then s.lng else r.lng end,
    lat = case when 'lng' = any (s.edited_fields) or 'lat' = any (s.edited_fields) then s.lat else r.lat end,
    address = case when 'address' = any (s.edited_fields) then s.address else coalesce(r.address, s.address) end,
    length_m = case when 'length_m' = any (s.edited_fields) then s.length_m else coalesce(r.length_m, s.length_m) end,
    crew_min = case when s.edited_fields && '{crew_min,crew_max}' then s.crew_min else coalesce(r.crew_min, s.crew_min) end,
    crew_max = case when s.edited_fields && '{crew_min,crew_max}' then s.crew_max else coalesce(r.crew_max, s.crew_max) end,
    minutes = case when 'minutes' = any (s.edited_fields) then s.minutes else coalesce(r.minutes, s.minutes) end,
    interval_days = case when 'interval_days' = any (s.edited_fields) then s.interval_days else coalesce(r.interval_days, s.interval_days) end,
    hazards = case when 'hazards' = any (s.edited_fields) then s.hazards else coalesce(r.hazards, s.hazards) end,
    tools = case when 'tools' = any (s.edited_fields) then s.tools else coalesce(r.tools, s.tools) end,
    note = case when 'note' = any (s.edited_fields) then s.note else coalesce(r.note, s.note) end,
    responsible_unit = case when 'responsible_unit' = any (s.edited_fields) then s.responsible_unit else coalesce(r.responsible_unit, s.responsible_unit) end,
    updated_at = private.clock()
  from private.site_import_rows r
  where r.import_id = p_import and s.import_area_id = v.area_id and s.dataset = v.dataset and s.external_id = r.external_id
    and ((not r.name_made_up and 'name' <> all (s.edited_fields) and s.name is distinct from r.name)
      or ('kind' <> all (s.edited_fields) and s.kind is distinct from coalesce(r.kind, s.kind))
      or (not s.edited_fields && '{lng,lat}' and (s.lng, s.lat) is distinct from (r.lng, r.lat))
      or ('address' <> all (s.edited_fields) and s.address is distinct from coalesce(r.address, s.address))
      or ('length_m' <> all (s.edited_fields) and s.length_m is distinct from coalesce(r.length_m, s.length_m))
      or (not s.edited_fields && '{crew_min,crew_max}'
          and (s.crew_min, s.crew_max) is distinct from (coalesce(r.crew_min, s.crew_min), coalesce(r.crew_max, s.crew_max)))
      or ('minutes' <> all (s.edited_fields) and s.minutes is distinct from coalesce(r.minutes, s.minutes))
      or ('interval_days' <> all (s.edited_fields) and s.interval_days is distinct from coalesce(r.interval_days, s.interval_days))
      or ('hazards' <> all (s.edited_fields) and s.hazards is distinct from coalesce(r.hazards, s.hazards))
      or ('tools' <> all (s.edited_fields) and s.tools is distinct from coalesce(r.tools, s.tools))
      or ('note' <> all (s.edited_fields) and s.note is distinct from coalesce(r.note, s.note))
      or ('responsible_unit' <> all (s.edited_fields) and s.responsible_unit is distinct from coalesce(r.responsible_unit, s.responsible_unit)));
  get diagnostics v_updated = row_count;

  insert into public.sites (area_id, kind, name, lng, lat, address, length_m, crew_min, crew_max, minutes, interval_days, hazards,
    tools, note, responsible_unit, import_area_id, dataset, external_id)
  select case when r.area_id in (select private.areas_where('organizer')) then r.area_id else v.area_id end,
    r.kind, r.name, r.lng, r.lat, coalesce(r.address, ''), r.length_m, coalesce(r.crew_min, 2),
    greatest(coalesce(r.crew_max, 8), coalesce(r.crew_min, 2)), coalesce(r.minutes, 90), r.interval_days, coalesce(r.hazards, '{}'),
    coalesce(r.tools, ''), coalesce(r.note, ''), coalesce(r.responsible_unit, ''), v.area_id, v.dataset, r.external_id
  from private.site_import_rows r
  where r.import_id = p_import and not exists (
    select from public.sites s where s.import_area_id = v.area_id and s.dataset = v.dataset and s.external_id = r.external_id)
  on conflict (import_area_id, dataset, external_id) do nothing;
  get diagnostics v_inserted = row_count;

  insert into public.site_extras (site_id, source)
  select s.id, r.source
  from private.site_import_rows r
  join public.sites s on s.import_area_id = v.area_id and s.dataset = v.dataset and s.external_id = r.external_id
  left join public.site_extras known on known.site_id = s.id
  where r.import_id = p_import and known.source is distinct from r.source
  on conflict (site_id) do update set source = excluded.source;

  update public.site_imports
  set committed_at = private.clock(), inserted = v_inserted, updated = v_updated, unchanged = v_total - v_inserted - v_updated
  where id = p_import;
  perform set_config('lf.importing', '', true);
  return jsonb_build_object('inserted', v_inserted, 'updated', v_updated, 'unchanged', v_total - v_inserted - v_updated);
end $$;
comment on function private.commit_site_import(uuid) is
  'Turns all staged rows into sites in one transaction: new ones are added, known ones updated except where a person edited them. Definer: own import only.';

create function private.cancel_site_import(p_import uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare v public.site_imports := private.own_import(p_import);
begin
  if v.committed_at is not null then perform private.fail('import_done', 409); end if;
  delete from public.site_imports where id = p_import;
end $$;
comment on function private.cancel_site_import(uuid) is 'Drops an import and its staged rows; no site was touched. Definer: own import only.';

create view public.site_status with (security_invoker = true) as
select s.*,
  d.today - s.last_cleaned_on as days_since,
  case when s.interval_days is not null and s.retired_at is null then
    coalesce(d.today - s.last_cleaned_on, d.today - (s.created_at at time zone coalesce(private.zone(), 'Asia/Shanghai'))::date + s.interval_days) - s.interval_days end as overdue_days
-- Joined, Postgres would not write through the view.
from public.sites s cross join (select (select private.today()) as today) d;
comment on view public.site_status is 'Sites with days since last cleaned and days overdue against the wanted interval (negative: not yet; null: no interval). Never cleaned counts as overdue from the start.';
