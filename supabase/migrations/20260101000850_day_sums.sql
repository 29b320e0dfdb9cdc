-- Sums per day: what the running totals of a day come to for every area above them, so that no page ever adds up crews.
--
-- day_sums hold of every crew what its totals were when they were last rolled up; a crew that changed since knows how much
-- that is (totals.held), and whoever reads adds the difference of those few. So the sums are exact at every instant, a check-in
-- writes its own crew's row only, and rolling up, a few times a minute, waits for nobody.

create table public.day_sums (
  area_id uuid not null references public.areas (id) on delete cascade,
  date date not null,
  parties int not null,
  participations int not null,
  minors int not null,
  person_seconds bigint not null,
  minor_seconds bigint not null,
  self_seconds bigint not null,
  credited_seconds bigint not null,
  open_ended int not null,
  year_people int not null,
  ever_people int not null,
  entries int not null,
  bags int not null,
  loads numeric(12, 1) not null,
  kg_weighed numeric(14, 1) not null,
  kg_estimated numeric(14, 1) not null,
  metres_recorded numeric(14, 1) not null,
  metres numeric(14, 1) not null,
  corners int not null,
  adverts int not null,
  primary key (area_id, date)
);
comment on table public.day_sums is
  'Sums of one day for one area and all below it, as far as they are rolled up; days on which nothing was done have none. Read them through private.totals_of. year_people, ever_people: distinct people that the day adds to the year, to all years.';
alter table public.day_sums enable row level security;

create view private.totals_changed with (security_invoker = true) as
  select n.id, n.area_id, n.date,
    n.parties - coalesce(h.parties, 0) as parties, n.participations - coalesce(h.participations, 0) as participations, n.minors - coalesce(h.minors, 0) as minors,
    n.person_seconds - coalesce(h.person_seconds, 0) as person_seconds, n.minor_seconds - coalesce(h.minor_seconds, 0) as minor_seconds, n.self_seconds - coalesce(h.self_seconds, 0) as self_seconds,
    n.credited_seconds - coalesce(h.credited_seconds, 0) as credited_seconds, n.open_ended - coalesce(h.open_ended, 0) as open_ended, n.year_district - coalesce(h.year_district, 0) as year_district,
    n.year_street - coalesce(h.year_street, 0) as year_street, n.year_community - coalesce(h.year_community, 0) as year_community, n.ever_district - coalesce(h.ever_district, 0) as ever_district,
    n.ever_street - coalesce(h.ever_street, 0) as ever_street, n.ever_community - coalesce(h.ever_community, 0) as ever_community, n.entries - coalesce(h.entries, 0) as entries,
    n.bags - coalesce(h.bags, 0) as bags, n.loads - coalesce(h.loads, 0) as loads, n.kg_weighed - coalesce(h.kg_weighed, 0) as kg_weighed,
    n.kg_estimated - coalesce(h.kg_estimated, 0) as kg_estimated, n.metres_recorded - coalesce(h.metres_recorded, 0) as metres_recorded, n.metres - coalesce(h.metres, 0) as metres,
    n.corners - coalesce(h.corners, 0) as corners, n.adverts - coalesce(h.adverts, 0) as adverts
  -- Taken apart once, not once for every number in it.
  from public.totals n left join lateral unnest(array[n.held]) h on true
  where not n.rolled and current_user not in ('anon', 'authenticated');
comment on view private.totals_changed is 'Of every crew that changed since it was rolled up, by how much day_sums are behind.';

create function private.days_changed(p_from date, p_to date) returns date[]
language plpgsql stable security definer set search_path = ''
as $$
declare v_days date[] := '{}'; v date := p_from - 1;
begin
  -- From day to day along the index: they are one or two, and their crews thousands.
  loop
    select min(n.date) into v from public.totals n where not n.rolled and n.date > v and n.date <= p_to;
    exit when v is null;
    v_days := v_days || v;
  end loop;
  return v_days;
end $$;
comment on function private.days_changed(date, date) is 'Days of which a crew changed since it was rolled up. Definer: runs inside functions.';

create function private.totals_of(p_from date, p_to date, p_areas uuid[]) returns setof public.day_sums
language plpgsql stable security definer set search_path = '' set plan_cache_mode = 'force_generic_plan' rows 300
as $$
declare v_days date[] := private.days_changed(p_from, p_to);
begin
  return query select s.* from public.day_sums s where s.area_id = any (p_areas) and s.date between p_from and p_to and s.date <> all (v_days);
  if v_days = '{}' then return; end if;
  return query
    with changed as (
      -- What came up from one area's crews first: it is in the sums of every area above.
      select p.area_id, p.date, sum(p.parties) as parties, sum(p.participations) as participations, sum(p.minors) as minors, sum(p.person_seconds) as person_seconds, sum(p.minor_seconds) as minor_seconds,
        sum(p.self_seconds) as self_seconds, sum(p.credited_seconds) as credited_seconds, sum(p.open_ended) as open_ended, sum(p.year_district) as year_district, sum(p.year_street) as year_street,
        sum(p.year_community) as year_community, sum(p.ever_district) as ever_district, sum(p.ever_street) as ever_street, sum(p.ever_community) as ever_community, sum(p.entries) as entries,
        sum(p.bags) as bags, sum(p.loads) as loads, sum(p.kg_weighed) as kg_weighed, sum(p.kg_estimated) as kg_estimated, sum(p.metres_recorded) as metres_recorded,
        sum(p.metres) as metres, sum(p.corners) as corners, sum(p.adverts) as adverts
      from private.totals_changed p where p.date = any (v_days) group by p.area_id, p.date)
    select x.area_id, x.date, sum(x.parties)::int, sum(x.participations)::int, sum(x.minors)::int, sum(x.person_seconds)::bigint, sum(x.minor_seconds)::bigint,
      sum(x.self_seconds)::bigint, sum(x.credited_seconds)::bigint, sum(x.open_ended)::int, sum(x.year_people)::int, sum(x.ever_people)::int,
      sum(x.entries)::int, sum(x.bags)::int, sum(x.loads)::numeric(12, 1), sum(x.kg_weighed)::numeric(14, 1), sum(x.kg_estimated)::numeric(14, 1),
      sum(x.metres_recorded)::numeric(14, 1), sum(x.metres)::numeric(14, 1), sum(x.corners)::int, sum(x.adverts)::int
    from (
      select s.* from public.day_sums s where s.area_id = any (p_areas) and s.date = any (v_days)
      union all
      select aa.ancestor_id, c.date, c.parties, c.participations, c.minors, c.person_seconds, c.minor_seconds, c.self_seconds, c.credited_seconds, c.open_ended,
        case a.level when 'district' then c.year_district when 'street' then c.year_street else c.year_community end,
        case a.level when 'district' then c.ever_district when 'street' then c.ever_street else c.ever_community end,
        c.entries, c.bags, c.loads, c.kg_weighed, c.kg_estimated, c.metres_recorded, c.metres, c.corners, c.adverts
      from changed c join public.area_ancestors aa on aa.area_id = c.area_id join public.areas a on a.id = aa.ancestor_id
      -- The two or three areas above each, not each of those asked for.
      where array_position(p_areas, aa.ancestor_id) is not null) x
    group by x.area_id, x.date
    -- What was taken back is no day of work.
    having sum(x.participations) > 0 or sum(x.entries) > 0 or sum(x.credited_seconds) <> 0;
end $$;
comment on function private.totals_of(date, date, uuid[]) is
  'The sums of these areas, a row per area and day on which something was done: as rolled up, and what changed since. Its plans do not depend on whom it is asked for, and making them anew took longer than running them. Definer: called by pages, which show what their reader may see.';

create function private.keep_day_sums(p_rows public.day_sums[]) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.day_sums as d select r.* from unnest(p_rows) r order by r.area_id, r.date
  on conflict (area_id, date) do update set parties = d.parties + excluded.parties, participations = d.participations + excluded.participations, minors = d.minors + excluded.minors,
    person_seconds = d.person_seconds + excluded.person_seconds, minor_seconds = d.minor_seconds + excluded.minor_seconds, self_seconds = d.self_seconds + excluded.self_seconds,
    credited_seconds = d.credited_seconds + excluded.credited_seconds, open_ended = d.open_ended + excluded.open_ended, year_people = d.year_people + excluded.year_people,
    ever_people = d.ever_people + excluded.ever_people, entries = d.entries + excluded.entries, bags = d.bags + excluded.bags,
    loads = d.loads + excluded.loads, kg_weighed = d.kg_weighed + excluded.kg_weighed, kg_estimated = d.kg_estimated + excluded.kg_estimated,
    metres_recorded = d.metres_recorded + excluded.metres_recorded, metres = d.metres + excluded.metres, corners = d.corners + excluded.corners,
    adverts = d.adverts + excluded.adverts;
  delete from public.day_sums d using unnest(p_rows) r
  where d.area_id = r.area_id and d.date = r.date and d.participations = 0 and d.entries = 0 and d.credited_seconds = 0;
end $$;
comment on function private.keep_day_sums(public.day_sums[]) is 'Adds to the sums of days, always in the same order; a day on which nothing is left has none. Definer: sums have no client writes.';

create function private.roll_up() returns int
language plpgsql security definer set search_path = ''
as $$
declare v_ids uuid[];
begin
  -- One at a time; and who is adding to a crew right now is left for the next time.
  if not pg_try_advisory_xact_lock(hashtext('private.roll_up')) then return 0; end if;
  v_ids := array(select x.id from (select id from public.totals where not rolled order by id limit 20000 for no key update skip locked) x);
  if v_ids = '{}' then return 0; end if;
  perform private.keep_day_sums(array(
    select row(aa.ancestor_id, p.date, sum(p.parties), sum(p.participations), sum(p.minors), sum(p.person_seconds), sum(p.minor_seconds),
        sum(p.self_seconds), sum(p.credited_seconds), sum(p.open_ended),
        sum(case a.level when 'district' then p.year_district when 'street' then p.year_street else p.year_community end),
        sum(case a.level when 'district' then p.ever_district when 'street' then p.ever_street else p.ever_community end),
        sum(p.entries), sum(p.bags), sum(p.loads), sum(p.kg_weighed), sum(p.kg_estimated),
        sum(p.metres_recorded), sum(p.metres), sum(p.corners), sum(p.adverts))::public.day_sums
    from private.totals_changed p join public.area_ancestors aa on aa.area_id = p.area_id join public.areas a on a.id = aa.ancestor_id
    where p.id = any (v_ids) group by aa.ancestor_id, p.date));
  update public.totals set rolled = true, held = null where id = any (v_ids);
  return cardinality(v_ids);
end $$;
comment on function private.roll_up() is 'Carries what changed since the last time into the sums of the days, and says of how many crews. Definer: runs from housekeeping.';

create function public.roll_up_sums() returns int
language sql set search_path = ''
as $$ select private.roll_up() $$;
comment on function public.roll_up_sums() is 'Rolls up what changed; the app server asks a few times a minute. Server only.';

create function private.numbers_of(t public.totals) returns private.crew_sums
language sql immutable set search_path = ''
as $$ select row(t.parties, t.participations, t.minors, t.person_seconds, t.minor_seconds, t.self_seconds, t.credited_seconds, t.open_ended,
  t.year_district, t.year_street, t.year_community, t.ever_district, t.ever_street, t.ever_community, t.entries, t.bags,
  t.loads, t.kg_weighed, t.kg_estimated, t.metres_recorded, t.metres, t.corners, t.adverts)::private.crew_sums $$;
comment on function private.numbers_of(public.totals) is 'The numbers of a row of totals.';

create function private.totals_change() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare h private.crew_sums;
begin
  if tg_op = 'UPDATE' and new.date = old.date then
    -- Who says so makes the sums of the days anew.
    if new.rolled then
      new.rolled := false;
      new.held := private.numbers_of(old);
    end if;
    return new;
  end if;
  -- It leaves its day: what the day holds of it is taken out.
  h := case when old.rolled then private.numbers_of(old) else old.held end;
  if h.participations > 0 or h.entries > 0 or h.credited_seconds <> 0 then
    perform private.keep_day_sums(array(
      select row(aa.ancestor_id, old.date, -h.parties, -h.participations, -h.minors, -h.person_seconds, -h.minor_seconds,
          -h.self_seconds, -h.credited_seconds, -h.open_ended,
          -case a.level when 'district' then h.year_district when 'street' then h.year_street else h.year_community end,
          -case a.level when 'district' then h.ever_district when 'street' then h.ever_street else h.ever_community end,
          -h.entries, -h.bags, -h.loads, -h.kg_weighed, -h.kg_estimated,
          -h.metres_recorded, -h.metres, -h.corners, -h.adverts)::public.day_sums
      from public.area_ancestors aa join public.areas a on a.id = aa.ancestor_id where aa.area_id = old.area_id));
  end if;
  if tg_op = 'DELETE' then return old; end if;
  new.rolled := false;
  new.held := null;
  return new;
end $$;
comment on function private.totals_change() is
  'Trigger: who changes a crew that was rolled up leaves in it what day_sums hold of it; of one that changed before, an update costs nothing. Definer: clients see neither.';
create trigger totals_change before update on public.totals for each row when (old.rolled or old.date <> new.date) execute function private.totals_change();
create trigger totals_leave before delete on public.totals for each row execute function private.totals_change();
