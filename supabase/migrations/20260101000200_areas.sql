-- Areas: the tree district → street or town → community or village, its closure, and today's date in it.

create type public.area_level as enum ('district', 'street', 'community');
comment on type public.area_level is '区 / 街道、镇 / 社区、村';

create table public.areas (
  id uuid primary key default gen_random_uuid(),
  parent_id uuid references public.areas (id) on delete restrict,
  level public.area_level not null,
  code text unique check (code ~ '^[0-9A-Za-z-]{1,20}$'),
  name text not null check (char_length(name) between 1 and 60),
  name_en text check (char_length(name_en) between 1 and 80),
  responsible_unit text check (char_length(responsible_unit) <= 120),
  lng double precision check (lng between -180 and 180),
  lat double precision check (lat between -90 and 90),
  time_zone text,
  sort int not null default 0,
  created_at timestamptz not null default now(),
  check ((level = 'district') = (parent_id is null)),
  check ((level = 'district') = (time_zone is not null))
);
comment on table public.areas is 'Tree of three levels. The one district row carries the time zone of every date in it.';
comment on column public.areas.responsible_unit is 'The unit that answers for this area (包保单位); public by its nature.';
create index areas_parent_idx on public.areas (parent_id);
create unique index areas_one_district on public.areas (level) where level = 'district';
alter table public.areas enable row level security;

create table public.area_ancestors (
  area_id uuid not null references public.areas (id) on delete cascade,
  ancestor_id uuid not null references public.areas (id) on delete cascade,
  depth int not null,
  primary key (area_id, ancestor_id)
);
comment on table public.area_ancestors is 'Closure of the tree, an area being its own ancestor at depth 0; kept by trigger.';
create index area_ancestors_ancestor_idx on public.area_ancestors (ancestor_id, area_id);
alter table public.area_ancestors enable row level security;

create table public.area_duties (
  area_id uuid primary key references public.areas (id) on delete cascade,
  responsible_person text check (char_length(responsible_person) <= 60),
  phone text check (char_length(phone) <= 30)
);
comment on table public.area_duties is 'The person who answers for an area (包保责任人) and how organizers reach them; never public.';
alter table public.area_duties enable row level security;

create function private.link_area() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare v_parent public.area_level;
begin
  if tg_op = 'UPDATE' then
    if new.parent_id is distinct from old.parent_id or new.level <> old.level then
      perform private.fail('area_is_fixed', 409);
    end if;
    return new;
  end if;
  select level into v_parent from public.areas where id = new.parent_id;
  if (new.level = 'street' and v_parent is distinct from 'district')
    or (new.level = 'community' and v_parent is distinct from 'street') then
    perform private.fail('area_wrong_parent', 400);
  end if;
  insert into public.area_ancestors (area_id, ancestor_id, depth)
  values (new.id, new.id, 0);
  insert into public.area_ancestors (area_id, ancestor_id, depth)
  select new.id, ancestor_id, depth + 1 from public.area_ancestors where area_id = new.parent_id;
  return new;
end $$;
comment on function private.link_area() is
  'Trigger: keeps the closure; an area never changes its place (its records would change hands). Definer: the closure has no client writes.';
create trigger areas_link after insert or update on public.areas for each row execute function private.link_area();

create function private.check_time_zone() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if new.time_zone is not null and not exists (select from pg_catalog.pg_timezone_names where name = new.time_zone) then
    perform private.fail('unknown_time_zone', 400, new.time_zone);
  end if;
  return new;
end $$;
comment on function private.check_time_zone() is 'Trigger: the district''s zone must be one Postgres knows.';
create trigger areas_check_time_zone before insert or update of time_zone on public.areas
  for each row when (new.time_zone is not null) execute function private.check_time_zone();

create function private.district_id() returns uuid
language plpgsql stable security definer set search_path = ''
as $$ begin return (select id from public.areas where level = 'district'); end $$;
comment on function private.district_id() is 'The installation''s one district. Definer: called from policies.';

create function private.zone() returns text
language plpgsql stable security definer set search_path = ''
as $$ begin return (select time_zone from public.areas where level = 'district'); end $$;
comment on function private.zone() is 'IANA time zone of the district. Definer: called from policies.';

create function private.today(p_area uuid default null) returns date
language plpgsql stable set search_path = ''
as $$ begin return (private.clock() at time zone coalesce(private.zone(), 'Asia/Shanghai'))::date; end $$;
comment on function private.today(uuid) is
  'The local date in the district. The only source of "today": sessions run in UTC, where Friday 07:30 in Shanghai is still Thursday.';

create function private.instant(p_date date, p_time time) returns timestamptz
language plpgsql stable set search_path = ''
as $$ begin return (p_date + p_time) at time zone coalesce(private.zone(), 'Asia/Shanghai'); end $$;
comment on function private.instant(date, time) is 'The instant of a local date and time in the district.';
