-- Reading: the pages that show more than one table at once, each answered by one query, with what its reader may see.

create function private.shown_heads(p_heads int) returns int
language plpgsql immutable set search_path = ''
as $$ begin return case when p_heads >= 5 then p_heads end; end $$;
comment on function private.shown_heads(int) is 'A headcount as the public may see it: only from five upward, else null. So that no page points at three people at a ditch; it is no secret: sums are exact, and whoever subtracts them gets a number of heads, which names nobody and tells nothing else of them.';

create function private.area_label(p_area uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  return (select jsonb_build_object('id', a.id, 'name', a.name, 'name_en', a.name_en, 'level', a.level, 'parent', p.name, 'parent_en', p.name_en)
    from public.areas a left join public.areas p on p.id = a.parent_id and p.level <> 'district' where a.id = p_area);
end $$;
comment on function private.area_label(uuid) is 'Name of an area with its street, for reading. Definer: areas are public; this saves their policies per row.';

create function private.sums_json(p_sums public.day_sums) returns jsonb
language plpgsql immutable set search_path = ''
as $$
begin
  return jsonb_build_object(
    'participations', coalesce(p_sums.participations, 0), 'minors', coalesce(p_sums.minors, 0), 'parties', coalesce(p_sums.parties, 0),
    'hours', trunc((coalesce(p_sums.person_seconds, 0) + coalesce(p_sums.credited_seconds, 0)) / 3600.0, 1),
    'hours_minors', trunc(coalesce(p_sums.minor_seconds, 0) / 3600.0, 1),
    'hours_self', trunc(coalesce(p_sums.self_seconds, 0) / 3600.0, 1), 'hours_credited', trunc(coalesce(p_sums.credited_seconds, 0) / 3600.0, 1),
    'open_ended', coalesce(p_sums.open_ended, 0),
    'kg_weighed', coalesce(p_sums.kg_weighed, 0), 'kg_estimated', coalesce(p_sums.kg_estimated, 0),
    'bags', coalesce(p_sums.bags, 0), 'loads', coalesce(p_sums.loads, 0),
    'metres', coalesce(p_sums.metres, 0), 'metres_recorded', coalesce(p_sums.metres_recorded, 0),
    'corners', coalesce(p_sums.corners, 0), 'adverts', coalesce(p_sums.adverts, 0), 'entries', coalesce(p_sums.entries, 0));
end $$;
comment on function private.sums_json(public.day_sums) is 'Sums as pages carry them. Hours (all of them; of those minors'', on the volunteers'' own word, and credited), kilograms, metres.';

create function private.sums_by_area(p_rows public.day_sums[]) returns setof public.day_sums
language plpgsql stable set search_path = '' rows 30
as $$
begin
  return query
    select r.area_id, null::date, sum(r.parties)::int, sum(r.participations)::int, sum(r.minors)::int, sum(r.person_seconds)::bigint, sum(r.minor_seconds)::bigint,
      sum(r.self_seconds)::bigint, sum(r.credited_seconds)::bigint, sum(r.open_ended)::int, sum(r.year_people)::int, sum(r.ever_people)::int,
      sum(r.entries)::int, sum(r.bags)::int, sum(r.loads)::numeric(12, 1), sum(r.kg_weighed)::numeric(14, 1), sum(r.kg_estimated)::numeric(14, 1), sum(r.metres_recorded)::numeric(14, 1),
      sum(r.metres)::numeric(14, 1), sum(r.corners)::int, sum(r.adverts)::int
    from unnest(p_rows) r group by r.area_id;
end $$;
comment on function private.sums_by_area(public.day_sums[]) is 'Sums of days, added up per area.';

create function private.add_up(p_from date, p_to date, p_areas uuid[]) returns setof public.day_sums
language plpgsql stable security definer set search_path = '' rows 30
as $$ begin return query select * from private.sums_by_area(array(select x from private.totals_of(p_from, p_to, p_areas) x)); end $$;
comment on function private.add_up(date, date, uuid[]) is 'Sums of these areas between two dates, one row each. Definer: called by pages, which show what their reader may see.';

create function private.distinct_people(p_from date, p_to date, p_area uuid) returns bigint
language sql stable security definer set search_path = ''
as $$
  select coalesce(sum(largest), 0) from (
    select max(a.participations) as largest from public.attendance_sums a
    where a.date between p_from and p_to and a.participations > 0
      and (p_area is null or a.area_id in (select area_id from public.area_ancestors where ancestor_id = p_area))
    group by a.person_id) p
$$;
comment on function private.distinct_people(date, date, uuid) is
  'Distinct people (an estimate): each person counted with the largest party they brought in the period. For any period, person by person; pages, which show days, years and all time, take it from the sums of the days. Definer: for commands that check who asks.';

create function private.task_needs(p_day uuid, p_gathering uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(n order by (n ->> 'missing')::int desc, n ->> 'name'), '[]') from (
    select jsonb_build_object('task_id', t.id, 'gathering_id', t.gathering_id, 'site_id', s.id, 'name', s.name, 'kind', s.kind, 'length_m', s.length_m,
      'hazards', to_jsonb(s.hazards), 'missing', case when coalesce(h.heads, 0) < t.crew_min then t.crew_min - coalesce(private.shown_heads(h.heads), 0) else 0 end, 'full', coalesce(h.heads, 0) >= t.crew_max) as n
    from public.tasks t join public.sites s on s.id = t.site_id
    join public.gatherings g on g.id = t.gathering_id and g.status = 'open'
    left join lateral (select sum(su.headcount)::int as heads from public.assignments a join public.signups su on su.id = a.signup_id
                       where a.task_id = t.id and su.status = 'confirmed') h on true
    where g.labour_day_id = p_day and (p_gathering is null or g.id = p_gathering)) x
$$;
comment on function private.task_needs(uuid, uuid) is 'Tasks of a labour day and how many heads each still needs to reach its minimum. Names nobody; of a crew under five heads it only tells whether that is enough. Definer: visitors may not read sign-ups.';

create function private.newest_year() returns int
language plpgsql stable security definer set search_path = ''
as $$
declare v_today date := private.today(); v_district uuid := private.district_id();
begin
  return extract(year from coalesce(greatest(
    (select max(s.date) from public.day_sums s where s.area_id = v_district and s.date <= v_today),
    (select max(d) from unnest(private.days_changed('1900-01-01', v_today)) d where exists (
      select from public.totals n where not n.rolled and n.date = d and (n.participations > 0 or n.entries > 0 or n.credited_seconds <> 0)))), v_today));
end $$;
comment on function private.newest_year() is 'This year; in January, before anything was done, the newest in which something was. Definer: visitors may not read sums.';

create function private.years_of_work() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare v_district uuid := private.district_id();
begin
  return (
    with recursive found (year) as (
      -- From one year to the next that has a day, not over all days.
      select extract(year from min(date))::int from public.day_sums where area_id = v_district
      union all
      select extract(year from (select min(s.date) from public.day_sums s where s.area_id = v_district and s.date >= make_date(f.year + 1, 1, 1)))::int from found f where f.year is not null)
    select coalesce(jsonb_agg(y.year order by y.year desc), '[]') from (
      select f.year from found f where f.year is not null
      union
      select extract(year from d)::int from unnest(private.days_changed('1900-01-01', '2199-12-31')) d) y);
end $$;
comment on function private.years_of_work() is 'Years in which something was done, newest first. Definer: visitors may not read sums.';

create function private.read_day(p_day uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare v_day public.labour_days; v_district public.areas; v_today date := private.today(); v_year int := private.newest_year(); v_sums public.day_sums;
begin
  select * into v_district from public.areas where level = 'district';
  if v_district.id is null then return null; end if;
  if p_day is null then
    select * into v_day from public.labour_days where date >= v_today and status <> 'cancelled' order by date limit 1;
  else
    select * into v_day from public.labour_days where id = p_day;
  end if;
  select * into v_sums from private.add_up(make_date(v_year, 1, 1), least(v_today, make_date(v_year, 12, 31)), array[v_district.id]);
  return jsonb_build_object(
    'district', jsonb_build_object('id', v_district.id, 'name', v_district.name, 'name_en', v_district.name_en, 'time_zone', v_district.time_zone),
    'today', v_today,
    'day', case when v_day.id is not null then jsonb_build_object('id', v_day.id, 'month', v_day.month, 'date', v_day.date, 'status', v_day.status,
      'reason', v_day.reason, 'rule_date', private.last_friday(v_day.month)) end,
    -- A cancelled day before the shown one is news: it is told, not dropped.
    'cancelled_before', (select jsonb_agg(jsonb_build_object('date', date, 'reason', reason) order by date) from public.labour_days
      where p_day is null and status = 'cancelled' and date >= v_today and date < coalesce(v_day.date, 'infinity')),
    'gatherings', coalesce((
      select jsonb_agg(jsonb_build_object('id', g.id, 'area', private.area_label(g.area_id), 'place', g.place, 'lng', g.lng, 'lat', g.lat,
        'starts', to_char(g.starts, 'HH24:MI'), 'ends', to_char(g.ends, 'HH24:MI'), 'capacity', g.capacity, 'status', g.status, 'reason', g.reason,
        -- As sign-ups are refused; only on the day itself need a zone be asked for the hour.
        'over', v_day.date < v_today or v_day.date = v_today and private.clock() > private.instant(v_day.date, g.ends),
        'bring', g.bring, 'safety', g.safety, 'published', g.plan_published_at is not null,
        'heads', private.shown_heads(c.confirmed_heads), 'full', g.capacity is not null and c.confirmed_heads >= g.capacity,
        'waiting', c.waiting_parties > 0) order by a.sort, a.name)
      from public.gatherings g join public.areas a on a.id = g.area_id join public.gathering_counts c on c.gathering_id = g.id
      where g.labour_day_id = v_day.id), '[]'),
    'heads', (select private.shown_heads(sum(c.confirmed_heads)::int) from public.gatherings g join public.gathering_counts c on c.gathering_id = g.id
      where g.labour_day_id = v_day.id and g.status <> 'cancelled'),
    'capacity', (select case when bool_and(capacity is not null) then sum(capacity) end from public.gatherings where labour_day_id = v_day.id and status <> 'cancelled'),
    'needs', private.task_needs(v_day.id, null),
    'year', private.public_sums(v_sums, coalesce(v_sums.year_people, 0) < 5) || jsonb_build_object('of', v_year));
end $$;
comment on function private.read_day(uuid) is
  'The public page of a labour day (null: the next one that takes place) in one answer: day, gatherings, where people are needed, the sums of this year, or of the newest before it while nothing was done yet. No names; headcounts only from five upward. Definer: visitors may not read the tables.';

create function private.read_calendar() returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'month', d.month, 'date', d.date, 'rule_date', private.last_friday(d.month), 'status', d.status,
    'reason', d.reason, 'sequence', d.sequence, 'changed_at', coalesce(d.changed_at, d.created_at),
    'gatherings', (select count(*) from public.gatherings g where g.labour_day_id = d.id and g.status <> 'cancelled')) order by d.date), '[]')
  from public.labour_days d where d.date between private.today() - 366 and private.today() + 400
$$;
comment on function private.read_calendar() is 'Labour days of the past year and the next twelve. Definer: one answer for everybody, gatherings counted without policies per row.';

create type private.open_row as (key uuid, parent uuid, people int, sums public.day_sums);
comment on type private.open_row is 'A row that the public may read: what it is of, below what it stands, how many people are behind it.';

create function private.hide_groups(p_rows private.open_row[]) returns uuid[]
language plpgsql immutable set search_path = ''
as $$
begin
  return array(
    with family as (
      select r.key, r.parent, r.people, r.people < 5 as small from unnest(p_rows) r
      where (r.sums).participations > 0 or (r.sums).person_seconds + (r.sums).credited_seconds > 0
    ), counted as (
      select f.*, bool_or(f.small) over (partition by f.parent) as beside,
        row_number() over (partition by f.parent, f.small order by f.people, f.key) as place
      from family f
    )
    -- Small groups would be what is left of the sum above, and several of them may be the same few people: the smallest of the others goes with them.
    select c.key from counted c where c.small or c.beside and c.place = 1);
end $$;
comment on function private.hide_groups(private.open_row[]) is
  'Whose heads and hours the public does not read, on its pages and in open data: groups of fewer than five people, however often they came; and of the others beside them the smallest, for the sum above would tell what is left.';

create function private.hide_areas(p_rows private.open_row[], p_from date, p_to date) returns uuid[]
language plpgsql stable security definer set search_path = ''
as $$
declare v_hidden uuid[];
begin
  -- Those who came to an area and to none below it have no row, but are what is left of its sum: where they are few, they are a small group too.
  v_hidden := private.hide_groups(p_rows || array(
    select row(md5(r.key::text)::uuid, r.key, p.people, jsonb_populate_record(null::public.day_sums,
      jsonb_build_object('participations', x.heads, 'person_seconds', x.seconds, 'credited_seconds', 0)))::private.open_row
    from unnest(p_rows) r
    cross join lateral (
      select (r.sums).participations - coalesce(sum((b.sums).participations), 0) as heads, count(*) as below,
        (r.sums).person_seconds + (r.sums).credited_seconds - coalesce(sum((b.sums).person_seconds + (b.sums).credited_seconds), 0) as seconds
      from unnest(p_rows) b where b.parent = r.key) x
    -- At least so many they are; whether five is soon known: a person comes once a month.
    cross join lateral (
      select coalesce(sum(o.heads), 0)::int as people from (
        select max(f.participations) as heads from (select n.person_id, n.participations from public.attendance_sums n
          where x.below > 0 and n.area_id = r.key and n.date between p_from and p_to and n.participations > 0 limit least(500, 12 + (p_to - p_from) / 6)) f group by f.person_id) o) p
    where x.below > 0 and p.people < 5));
  -- An area that went with a small one could be added up again from what is below it: there the smallest goes too.
  return v_hidden || array(
    select distinct on (r.parent) r.key from unnest(p_rows) r
    where r.parent = any (v_hidden) and (r.sums).participations > 0 and not r.key = any (v_hidden)
      and not exists (select from unnest(p_rows) o where o.parent = r.parent and o.key = any (v_hidden))
    order by r.parent, r.people, r.key);
end $$;
comment on function private.hide_areas(private.open_row[], date, date) is
  'hide_groups where the rows are areas, those above among them: who came to an area itself and what is below a hidden area give nothing away either. Definer: looks how many came to an area itself.';

create function private.hide_beside(p_rows public.day_sums[]) returns public.day_sums[]
language plpgsql stable security definer set search_path = ''
as $$
declare v_hidden uuid[];
begin
  v_hidden := private.hide_groups(array(
    select row(md5(d.area_id::text || d.date)::uuid, md5(coalesce(a.parent_id::text, '') || d.date)::uuid, d.participations, d)::private.open_row
    from unnest(p_rows) d join public.areas a on a.id = d.area_id));
  return array(select d from unnest(p_rows) d where md5(d.area_id::text || d.date)::uuid = any (v_hidden));
end $$;
comment on function private.hide_beside(public.day_sums[]) is 'hide_groups where the rows are areas on days: of each day among the areas that stand beside each other. Definer: the tree is public.';

create function private.hide_days(p_rows public.day_sums[], p_whole uuid[], p_given public.day_sums[]) returns public.day_sums[]
language plpgsql immutable set search_path = ''
as $$
declare v_rows private.open_row[]; v_hidden uuid[];
begin
  v_rows := array(
    select row(md5(d.area_id::text || d.date)::uuid, d.area_id, case when g.area_id is null then d.participations else 0 end, d)::private.open_row
    from unnest(p_rows) d left join unnest(p_given) g on g.area_id = d.area_id and g.date = d.date);
  v_hidden := private.hide_groups(v_rows);
  -- Of an area that is hidden as a whole, one day at least, or its days would add up to it.
  v_hidden := v_hidden || array(
    select distinct on (r.parent) r.key from unnest(v_rows) r
    where r.parent = any (p_whole) and (r.sums).participations > 0
      and not exists (select from unnest(v_rows) o where o.parent = r.parent and o.key = any (v_hidden))
    order by r.parent, r.people, r.key);
  return array(select r.sums from unnest(v_rows) r where r.key = any (v_hidden));
end $$;
comment on function private.hide_days(public.day_sums[], uuid[], public.day_sums[]) is
  'hide_groups where the rows are areas on days: of each area among its days. p_whole: areas whose sum of these days is hidden; p_given: what hide_beside hides.';

create function private.public_sums(p_sums public.day_sums, p_hidden boolean) returns jsonb
language plpgsql immutable set search_path = ''
as $$
begin
  return (private.sums_json(p_sums) - '{parties,minors,hours_minors,open_ended,metres_recorded}'::text[])
    || case when p_hidden then '{"participations": null, "hours": null, "hours_self": null, "hours_credited": null}'::jsonb else '{}' end;
end $$;
comment on function private.public_sums(public.day_sums, boolean) is 'Sums as anybody may see them: of hidden groups neither heads nor hours.';

create function private.open_sums(p_sums public.day_sums, p_hidden boolean) returns jsonb
language plpgsql immutable set search_path = ''
as $$ begin return private.public_sums(p_sums, p_hidden) - '{hours_self,hours_credited}'::text[]; end $$;
comment on function private.open_sums(public.day_sums, boolean) is
  'Sums as the public sees them of a part of the district, and in open data. Hours on somebody''s own word and credited ones are in the sum, never apart: behind them may be a single person of a large group.';

create function private.people_of(p_sums public.day_sums, p_period text) returns int
language plpgsql immutable set search_path = ''
as $$ begin return case p_period when 'day' then p_sums.participations when 'year' then p_sums.year_people when 'all' then p_sums.ever_people end; end $$;
comment on function private.people_of(public.day_sums, text) is 'Distinct people (an estimate) behind sums of a period that has one day (one party per person), that begins with a year (year) or before all records (all): what each day adds to these is kept as sums. Of other periods null: one would have to look at everybody.';

create function private.subtree(p_area uuid) returns uuid[]
language plpgsql stable security definer set search_path = ''
as $$ begin return array(select area_id from public.area_ancestors where ancestor_id = coalesce(p_area, private.district_id())); end $$;
comment on function private.subtree(uuid) is 'An area (null: the district) and all below it. Definer: the tree is public; this saves its policies per row.';

create function private.newest_pairs(p_from date, p_to date, p_area uuid, p_limit int) returns uuid[]
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Along an index: of the district all together, else area by area.
  if p_area = private.district_id() then
    return array(select n.task_id from public.totals n where n.pairs > 0 and n.date between p_from and p_to order by n.date desc, n.task_id desc limit p_limit);
  end if;
  return array(select x.task_id from unnest(private.subtree(p_area)) a (id)
    cross join lateral (select n.task_id, n.date from public.totals n where n.area_id = a.id and n.pairs > 0 and n.date between p_from and p_to
      order by n.date desc, n.task_id desc limit p_limit) x
    order by x.date desc, x.task_id desc limit p_limit);
end $$;
comment on function private.newest_pairs(date, date, uuid, int) is 'The newest tasks with a released photo before and one after, of an area and all below it. Definer: visitors may not read totals.';

create function private.read_results(p_from date, p_to date, p_area uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_today date := private.today();
  v_from date := coalesce(p_from, make_date(private.newest_year(), 1, 1));
  v_to date := coalesce(p_to, (date_trunc('year', v_from::timestamp) + interval '1 year - 1 day')::date);
  v_area uuid := coalesce(p_area, private.district_id());
  v_all uuid[]; v_days public.day_sums[]; v_sums public.day_sums[]; v_own public.day_sums; v_first date; v_period text; v_people int; v_pairs jsonb;
  v_apart boolean := v_area = private.district_id(); v_hidden uuid[]; v_none boolean; v_hidden_days date[]; v_year public.day_sums[]; v_every public.day_sums[]; v_given public.day_sums[] := '{}';
begin
  if v_area is null or not exists (select from public.areas where id = v_area) then return null; end if;
  -- With the areas below it those beside it and beside what it belongs to: one that is hidden there is hidden here.
  v_all := array(select id from public.areas where parent_id in (select ancestor_id from public.area_ancestors where area_id = v_area)) || private.district_id();
  v_days := array(select x from private.totals_of(v_from, v_to, v_all) x);
  v_sums := array(select x from private.sums_by_area(v_days) x);
  select least((select min(s.date) from public.day_sums s where s.area_id = private.district_id()), (private.days_changed('1900-01-01', v_today))[1]) into v_first;
  v_period := case when v_from = v_to then 'day'
    when v_from = date_trunc('year', v_from::timestamp) and v_to < v_from + interval '1 year' then 'year'
    when v_from <= v_first then 'all'
    when (select count(*) < 2 from unnest(v_days) x where x.area_id = private.district_id() and x.participations > 0) then 'day' end;
  if v_from = v_to then
    -- What the pages of the year hide of this day; of other days what is rolled up tells enough.
    v_year := v_days || array(select s from public.day_sums s where s.area_id = any (v_all) and s.date <> v_from
      and s.date between date_trunc('year', v_from::timestamp)::date and (date_trunc('year', v_from::timestamp) + interval '1 year - 1 day')::date);
    v_given := private.hide_days(v_year, private.hide_areas(array(
      select row(a.id, a.parent_id, x.year_people, x)::private.open_row from private.sums_by_area(v_year) x join public.areas a on a.id = x.area_id),
      date_trunc('year', v_from::timestamp)::date, (date_trunc('year', v_from::timestamp) + interval '1 year - 1 day')::date), private.hide_beside(v_year));
  elsif v_to - v_from <= 366 and not v_apart then
    v_given := private.hide_beside(array(select x from unnest(v_days) x where x.area_id in (
      select b.id from public.areas a join public.areas b on b.parent_id = a.parent_id where a.id = v_area)));
  end if;
  v_every := v_days;
  v_days := array(select x from unnest(v_days) x where x.area_id = v_area order by x.date desc);
  select * into v_own from unnest(v_sums) r where r.area_id = v_area;
  v_people := private.people_of(v_own, v_period);
  v_hidden := private.hide_areas(array(
    select row(a.id, a.parent_id, case when v_from = v_to and exists (select from unnest(v_given) d where d.area_id = a.id and d.date = v_from) then 0
        else coalesce(private.people_of(x, v_period), m.people, 0) end, x)::private.open_row
    from unnest(v_sums) x join public.areas a on a.id = x.area_id
    -- Of a period whose people are not known: at least as many as on one of its days.
    left join (select d.area_id, max(d.participations) as people from unnest(v_every) d where v_period is null group by d.area_id) m on m.area_id = a.id), v_from, v_to);
  v_none := v_area = any (v_hidden);
  v_hidden_days := array(select d.date from unnest(private.hide_days(v_days, v_hidden, v_given)) d);
  -- Of a year every day; of longer periods the newest: campaign work may make a day of each date.
  if v_to - v_from > 366 then v_days := v_days[:61]; end if;
  v_pairs := (
    select jsonb_agg(jsonb_build_object('task_id', t.id, 'site', s.name, 'date', t.date,
      'before', (select sha256 from public.photos where task_id = t.id and kind = 'before' and released_at is not null order by taken_at limit 1),
      'after', (select sha256 from public.photos where task_id = t.id and kind = 'after' and released_at is not null order by taken_at desc limit 1)) order by t.date desc, t.id desc)
    from public.tasks t join public.sites s on s.id = t.site_id where t.id = any (private.newest_pairs(v_from, v_to, v_area, 6)));
  return jsonb_build_object(
    'today', v_today, 'from', v_from, 'to', v_to,
    'area', private.area_label(v_area),
    'parent_id', (select parent_id from public.areas where id = p_area),
    'years', private.years_of_work(),
    'sums', case when v_apart then private.public_sums(v_own, v_none) else private.open_sums(v_own, v_none) end
      || jsonb_build_object('people', case when not v_none and v_people >= 5 then v_people end, 'people_told', v_own.participations is null or v_people is not null),
    'areas', coalesce((
      select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'name_en', a.name_en, 'level', a.level, 'sums', private.open_sums(x, x.area_id = any (v_hidden))) order by a.sort, a.name)
      from unnest(v_sums) x join public.areas a on a.id = x.area_id where a.parent_id = v_area), '[]'),
    'days', coalesce((
      select jsonb_agg(jsonb_build_object('date', r.date, 'labour_day_id', d.id, 'sums', private.open_sums(r, r.date = any (v_hidden_days))) order by r.date desc)
      from unnest(case when v_to - v_from > 366 then v_days[:60] else v_days end) r left join public.labour_days d on d.date = r.date), '[]'),
    'days_cut', v_to - v_from > 366 and cardinality(v_days) > 60,
    'pairs', coalesce(v_pairs, '[]'));
end $$;
comment on function private.read_results(date, date, uuid) is
  'The public results of an area (null: the district) between two dates (null: this year, or the newest before it in which something was done): sums, by the areas below it, by day (all days of up to a year; of more the newest 60, days_cut telling whether there are others), released photo pairs; null for an unknown area. Small groups are hidden as in open data, and so is whatever would give one away. People (an estimate) of periods of one day, from the beginning of a year or of all records; people_told false: of another period they are not known. Definer: visitors may not read totals.';

create function private.tasks_json(p_rows uuid[]) returns jsonb
language plpgsql stable security definer set search_path = '' set plan_cache_mode = 'force_generic_plan'
as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('task_id', n.task_id, 'gathering_id', n.gathering_id, 'place', g.place, 'site_id', s.id, 'site', s.name, 'kind', s.kind,
      'date', n.date, 'area', a.name, 'area_en', a.name_en,
      'heads', private.shown_heads(n.participations), 'kg_weighed', n.kg_weighed, 'kg_estimated', n.kg_estimated, 'bags', n.bags, 'loads', n.loads, 'metres', n.metres,
      'corners', n.corners, 'adverts', n.adverts,
      'photos', (select count(*) from public.photos p where p.task_id = n.task_id and p.released_at is not null)) order by n.date desc, s.name nulls last, n.id), '[]')
    from public.totals n join public.areas a on a.id = n.area_id left join public.gatherings g on g.id = n.gathering_id
    left join public.tasks t on t.id = n.task_id left join public.sites s on s.id = t.site_id
    where n.id = any (p_rows));
end $$;
comment on function private.tasks_json(uuid[]) is 'Rows of totals as the public may see them, the newest first; found by their keys however many there are. Definer: visitors may not read totals.';

create function private.read_area_tasks(p_from date, p_to date, p_area uuid, p_limit int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
-- One more than is listed on a page: that there are others must be told.
declare v_limit int := least(p_limit, 501); v_to date := least(p_to, private.today() + 1);
  v_level public.area_level := (select level from public.areas where id = coalesce(p_area, private.district_id()));
begin
  -- The newest first, each level along an index of its own, before anything is looked up.
  return private.tasks_json(case v_level
    when 'community' then array(select n.id from public.totals n
      where n.area_id = p_area and n.date between p_from and v_to and (n.entries > 0 or n.participations > 0) order by n.date desc limit v_limit)
    when 'street' then array(select n.id from public.totals n
      where n.street_id = p_area and n.date between p_from and v_to and (n.entries > 0 or n.participations > 0) order by n.date desc limit v_limit)
    when 'district' then array(select n.id from public.totals n
      where n.date between p_from and v_to and (n.entries > 0 or n.participations > 0) order by n.date desc limit v_limit) end);
end $$;
comment on function private.read_area_tasks(date, date, uuid, int) is
  'What the public sums are made of, newest first: the tasks, and per gathering (task_id null) the people who came and were in no crew. No names; under five heads without their number. Definer: visitors may not read totals.';

create function private.read_task(p_task uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('task_id', t.id, 'date', t.date, 'time_zone', private.zone(), 'area', private.area_label(t.area_id),
    'site', jsonb_build_object('id', s.id, 'name', s.name, 'kind', s.kind, 'length_m', s.length_m, 'address', s.address),
    'heads', private.shown_heads(n.participations), 'hours', case when n.participations >= 5 then trunc((n.person_seconds + n.credited_seconds) / 3600.0, 1) end,
    'kg_weighed', n.kg_weighed, 'kg_estimated', n.kg_estimated, 'bags', n.bags, 'loads', n.loads,
    'metres', n.metres, 'metres_recorded', n.metres_recorded, 'corners', n.corners, 'adverts', n.adverts,
    'flag', (select flag from public.site_days where site_id = s.id and date = t.date),
    'entries', coalesce((select jsonb_agg(jsonb_build_object('bags', e.bags, 'kg', e.kg, 'weighed', e.weighed, 'loads', e.loads, 'metres', e.metres,
      'corners', e.corners, 'adverts', e.adverts, 'at', e.at) order by e.at) from private.effective_entries(array[t.id]) e), '[]'),
    'photos', coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'kind', p.kind, 'sha256', p.sha256, 'width', p.width, 'height', p.height) order by p.kind, p.taken_at)
      from public.photos p where p.task_id = t.id and p.released_at is not null), '[]'))
  from public.tasks t join public.sites s on s.id = t.site_id join public.totals n on n.task_id = t.id where t.id = p_task
$$;
comment on function private.read_task(uuid) is 'One task as the public may see it: sums, the entries that count, released photos; no names, no notes. Definer: visitors may not read entries.';

create function private.signup_page(p_signup uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'id', s.id, 'name', s.name, 'status', s.status, 'headcount', s.headcount, 'minors', s.minors, 'wishes', to_jsonb(s.wishes), 'can_lead', s.can_lead,
    'tools', s.tools, 'note', s.note, 'ahead', private.signup_state(s.id) -> 'ahead', 'promoted_at', s.promoted_at, 'seen_at', s.seen_at, 'as_of', private.clock(),
    'checkin_code', (select checkin_code from private.signup_secrets where signup_id = s.id),
    'checked_in', private.checked_in(s.id),
    -- The person's own word, by a code that had run out, that nobody has answered.
    'claim', (select jsonb_build_object('at', e.at, 'heads', e.heads) from public.attendance_events e
      where e.signup_id = s.id and e.claimed and not exists (select from public.attendance_events o where o.signup_id = s.id and (o.voids = e.id or e.id = any (o.knows)
        and not exists (select from public.attendance_events v where v.signup_id = s.id and v.voids = o.id)))
      order by e.at desc limit 1),
    'attendance', (select jsonb_build_object('participations', a.participations, 'present', a.present_heads, 'open_ended', a.open_ended) from public.attendance_sums a where a.signup_id = s.id and a.events > 0),
    'hours', case when d.date <= private.today() then private.hours_json(s.id) end,
    'day', jsonb_build_object('id', d.id, 'date', d.date, 'rule_date', private.last_friday(d.month), 'status', d.status, 'reason', d.reason, 'changed_at', d.changed_at),
    'gathering', jsonb_build_object('id', g.id, 'area', private.area_label(g.area_id), 'place', g.place, 'lng', g.lng, 'lat', g.lat,
      'starts', to_char(g.starts, 'HH24:MI'), 'ends', to_char(g.ends, 'HH24:MI'), 'status', g.status, 'reason', g.reason, 'bring', g.bring, 'safety', g.safety,
      'changed_at', g.changed_at, 'published_at', g.plan_published_at,
      'open', g.status = 'open' and d.status <> 'cancelled' and private.clock() <= private.instant(d.date, g.ends)),
    'task', case when g.plan_published_at is not null then (
      select jsonb_build_object('id', t.id, 'site', si.name, 'kind', si.kind, 'length_m', si.length_m, 'address', si.address, 'lng', si.lng, 'lat', si.lat,
        'hazards', to_jsonb(si.hazards), 'tools', si.tools, 'note', private.task_note(t.id), 'leads', a.leads,
        'heads', (select sum(x.headcount) from public.assignments b join public.signups x on x.id = b.signup_id where b.task_id = t.id and x.status = 'confirmed'),
        'leaders', coalesce((select jsonb_agg(jsonb_build_object('name', l.name, 'phone', case when c.crew_may_call then c.phone end))
          from public.assignments b join public.signups l on l.id = b.signup_id left join public.contacts c on c.person_id = l.person_id
          where b.task_id = t.id and b.leads and l.status = 'confirmed'), '[]'))
      from public.assignments a join public.tasks t on t.id = a.task_id join public.sites si on si.id = t.site_id where a.signup_id = s.id) end)
  from public.signups s join public.gatherings g on g.id = s.gathering_id join public.labour_days d on d.id = s.labour_day_id
  where s.id = p_signup
$$;
comment on function private.signup_page(uuid) is
  'A volunteer''s own page: booking, day, gathering, task and crew leader once published, check-in code. Definer: callers prove it is theirs.';

create function public.guest_page(p_token text, p_seen boolean default true) returns jsonb
language plpgsql set search_path = ''
as $$
declare v_signup uuid := private.require_token(p_token); v_page jsonb;
begin
  v_page := private.signup_page(v_signup);
  if p_seen then update public.signups set seen_at = private.clock() where id = v_signup; end if;
  return v_page;
end $$;
comment on function public.guest_page(text, boolean) is 'The page behind a guest''s secret link; notes that it was seen. Server only.';

create function private.my_signups() returns jsonb
language sql stable security definer set search_path = ''
as $$
  select coalesce(jsonb_agg(private.signup_page(s.id) order by d.date desc), '[]')
  from public.signups s join public.labour_days d on d.id = s.labour_day_id where s.person_id = private.require_me()
$$;
comment on function private.my_signups() is 'The caller''s own pages, newest day first. Definer: the caller''s own pages only.';

create function private.my_gatherings() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_me();
  return coalesce((select jsonb_agg(x.g order by x.date, x.sort, x.name) from (
    select d.date, a.sort, a.name, jsonb_build_object('id', g.id, 'date', d.date, 'place', g.place, 'area', private.area_label(g.area_id),
      'starts', to_char(g.starts, 'HH24:MI'), 'ends', to_char(g.ends, 'HH24:MI'), 'full', g.capacity is not null and c.confirmed_heads >= g.capacity) as g
    from public.gatherings g join public.labour_days d on d.id = g.labour_day_id join public.areas a on a.id = g.area_id
    join public.gathering_counts c on c.gathering_id = g.id
    where g.id in (select private.fillable_gatherings()) and g.status = 'open' and d.status <> 'cancelled'
      and private.clock() <= private.instant(d.date, g.ends)
    order by d.date, a.sort, a.name limit 300) x), '[]');
end $$;
comment on function private.my_gatherings() is
  'Gatherings that take sign-ups and for which the caller may sign up others, the next first. Definer: of a gathering''s counts it tells only whether it is full, as the public page does.';

create function private.my_self() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- A newer sign-in code was issued (the profile waits for it), or used (the account is gone).
  if private.me() is null and (exists (select from public.profiles where user_id = (select auth.uid()))
    or not exists (select from auth.users where id = (select auth.uid()))) then
    perform private.fail('session_ended', 401);
  end if;
  return (
  select jsonb_build_object('person_id', p.id, 'name', p.display_name, 'area_id', p.area_id, 'area', private.area_label(p.area_id),
    'zone', private.zone(), 'language', f.language, 'large_text', f.large_text,
    'phone', c.phone, 'crew_may_call', coalesce(c.crew_may_call, false),
    'roles', coalesce((select jsonb_agg(jsonb_build_object('area_id', m.area_id, 'area', a.name, 'area_en', a.name_en, 'level', a.level, 'role', m.role) order by m.role desc, a.sort)
      from public.memberships m join public.areas a on a.id = m.area_id where m.person_id = p.id), '[]'),
    'crews', coalesce((select jsonb_agg(jsonb_build_object('task_id', t.id, 'gathering_id', t.gathering_id, 'date', t.date, 'site', s.name) order by t.date)
      from public.tasks t join public.sites s on s.id = t.site_id where t.id in (select private.led_tasks())), '[]'))
  from public.people p join public.profiles f on f.person_id = p.id left join public.contacts c on c.person_id = p.id
  where p.id = private.me());
end $$;
comment on function private.my_self() is
  'The caller: person, preferences, roles and crews led; null before the account is started; refuses a session that a newer enrolment ended (session_ended). Definer: reads across the caller''s rows.';

create function private.person_row(p_person uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('id', p.id, 'name', p.display_name, 'area_id', p.area_id, 'area', private.area_label(p.area_id), 'phone', c.phone,
    'account', case when f.user_id is null then 'none' when f.user_id = e.user_id then 'code' else 'own' end,
    'code', case when e.person_id is null then null when e.used_at is not null then 'used' when e.expires_at < private.clock() then 'expired' else 'open' end,
    'roles', coalesce((select jsonb_agg(jsonb_build_object('area_id', m.area_id, 'area', private.area_label(m.area_id), 'role', m.role) order by m.role desc, a.sort)
      from public.memberships m join public.areas a on a.id = m.area_id
      where m.person_id = p.id and m.area_id in (select private.areas_where('organizer'))), '[]'),
    'days', x.days, 'last_day', x.last_day)
  from public.people p
  left join public.contacts c on c.person_id = p.id
  left join public.profiles f on f.person_id = p.id
  left join public.enrolments e on e.person_id = p.id
  cross join lateral (select count(distinct s.date) as days, max(s.date) as last_day from public.attendance_sums s
    where s.person_id = p.id and s.participations > 0 and s.area_id in (select private.areas_where('organizer'))) x
  where p.id = p_person
$$;
comment on function private.person_row(uuid) is
  'A person as organizers list them, with the roles and days in the caller''s own areas only. Definer: callers check who asks.';

create function private.add_person(p_id uuid, p_name text, p_area uuid, p_phone text) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  v_phone text := private.normal_phone(p_phone);
  v_known uuid;
begin
  perform private.require_role('organizer', p_area);
  if exists (select from public.people where id = p_id and area_id = p_area) then return p_id; end if;  -- the same request again
  if p_name is null or char_length(btrim(p_name)) not between 1 and 40 then perform private.fail('bad_name', 400); end if;
  if v_phone is not null then
    v_known := coalesce(private.enrolled_with(v_phone), (select person_id from public.contacts where phone_hash = private.phone_hash(v_phone) and identifies));
    if v_known is not null then
      if private.organizes_person(v_known) then return v_known; end if;
      perform private.fail('phone_not_taken', 409);
    end if;
  end if;
  insert into public.people (id, display_name, area_id, created_by) values (p_id, btrim(p_name), p_area, private.me());
  if v_phone is not null then
    insert into public.contacts (person_id, phone, phone_hash) values (p_id, v_phone, private.phone_hash(v_phone));
  end if;
  return p_id;
exception when unique_violation then perform private.fail('phone_not_taken', 409);
end $$;
comment on function private.add_person(uuid, text, uuid, text) is
  'An organizer writes a person down (client-made id). A phone already known in the caller''s areas leads to whom it belongs; one known elsewhere is refused. Definer: checks first.';

create function private.read_people(p_query text, p_area uuid, p_staff boolean, p_limit int, p_offset int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_like text := '%' || replace(replace(replace(btrim(coalesce(p_query, '')), '\', '\\'), '%', '\%'), '_', '\_') || '%';
  v_digits text := regexp_replace(coalesce(p_query, ''), '[^0-9]', '', 'g');
  v_scope uuid[] := array(select aa.area_id from public.area_ancestors aa
    where aa.ancestor_id = coalesce(p_area, private.district_id()) and aa.area_id in (select private.areas_where('organizer')));
begin
  perform private.require_me();
  if v_scope = '{}' then perform private.fail('not_yours', 403); end if;
  return (
    with found as (
      select p.id, p.display_name,
        (select max(m.role) from public.memberships m where m.person_id = p.id and m.area_id = any (v_scope)) as role
      from public.people p
      where (p.area_id = any (v_scope)
          or exists (select from public.memberships m where m.person_id = p.id and m.area_id = any (v_scope))
          or exists (select from public.signups s where s.person_id = p.id and s.source in ('account', 'guest') and s.area_id = any (v_scope)))
        and (p.display_name ilike v_like
          or length(v_digits) >= 4 and exists (select from public.contacts c where c.person_id = p.id and c.phone like '%' || v_digits || '%'))
    ), chosen as (select * from found where not coalesce(p_staff, false) or role is not null)
    select jsonb_build_object('total', (select count(*) from chosen),
      'people', coalesce((select jsonb_agg(private.person_row(c.id) order by c.role desc nulls last, c.display_name, c.id) from (
        select * from chosen order by role desc nulls last, display_name, id limit least(greatest(p_limit, 1), 100) offset greatest(p_offset, 0)) c), '[]')));
end $$;
comment on function private.read_people(text, uuid, boolean, int, int) is
  'People of an area (null: all the caller organizes) who live, serve or signed up there, by name or by digits of the phone; p_staff: only those with a role. Definer: organizers only.';

create function private.read_person(p_person uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_me();
  if not private.organizes_person(p_person)
    and not exists (select from public.memberships where person_id = p_person and area_id in (select private.areas_where('organizer'))) then
    perform private.fail('not_yours', 403);
  end if;
  return private.person_row(p_person) || jsonb_build_object('mine', p_person = private.me(), 'kept', private.keeps_person(p_person),
    'history', coalesce((select jsonb_agg(h order by h ->> 'date' desc) from (
      select jsonb_build_object('signup_id', s.id, 'date', d.date, 'area', private.area_label(s.area_id), 'status', s.status, 'headcount', s.headcount)
        || private.hours_json(s.id) as h
      from public.signups s join public.labour_days d on d.id = s.labour_day_id
      where s.person_id = p_person and s.area_id in (select private.areas_where('organizer')) order by d.date desc limit 24) q), '[]'));
end $$;
comment on function private.read_person(uuid) is
  'One person with the days they signed up for in the caller''s areas and their hours there; kept: whether the caller may act for them. Definer: organizers of the person only.';

create function private.read_area_history(p_area uuid, p_before bigint, p_limit int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_role('organizer', p_area);
  return coalesce((select jsonb_agg(h order by (h ->> 'id')::bigint desc) from (
    select jsonb_build_object('id', l.id, 'at', l.at, 'actor', actor.display_name, 'table', l.table_name, 'action', l.action,
      'before', l.before, 'after', l.after, 'person', who.display_name, 'date', d.date) as h
    from public.audit_log l
    left join public.people actor on actor.id = l.actor_id
    left join public.labour_days d on l.table_name = 'gatherings' and d.id = (coalesce(l.after, l.before) ->> 'labour_day_id')::uuid
    left join public.people who on l.table_name = 'memberships' and who.id = (coalesce(l.after, l.before) ->> 'person_id')::uuid
    where l.area_id = p_area and (p_before is null or l.id < p_before) order by l.id desc limit least(greatest(p_limit, 1), 100)) q), '[]');
end $$;
comment on function private.read_area_history(uuid, bigint, int) is
  'What was changed in an area and by whom, newest first: roles, the area itself, gatherings (with the date of their labour day), moved days, sites. Definer: organizers only; names of actors from above are told too.';

create function private.set_preferences(p_language text, p_large_text boolean) returns void
language sql security definer set search_path = ''
as $$
  update public.profiles set language = coalesce(p_language, language), large_text = coalesce(p_large_text, large_text)
  where person_id = private.require_me()
$$;
comment on function private.set_preferences(text, boolean) is 'The caller''s language and large text. Definer: profiles has no client updates.';

create function private.change_person(p_person uuid, p_fields jsonb, p_expected jsonb) returns void
language plpgsql security definer set search_path = ''
as $$
declare v public.people; v_phone text := private.normal_phone(p_fields ->> 'phone'); v_account boolean;
begin
  perform private.require_me();
  if not private.keeps_person(p_person) then perform private.fail('not_yours', 403); end if;
  select * into v from public.people where id = p_person for no key update;
  -- As the database writes numbers, whatever way the form shows and takes them.
  perform private.expect_unchanged(
    jsonb_build_object('name', v.display_name, 'area_id', v.area_id, 'phone', (select phone from public.contacts where person_id = p_person)),
    p_expected || case when p_expected ? 'phone' then jsonb_build_object('phone', private.normal_phone(p_expected ->> 'phone')) else '{}' end,
    p_fields || case when p_fields ? 'phone' then jsonb_build_object('phone', v_phone) else '{}' end);

  if p_fields ?| '{name,area_id}' then
    v.display_name := btrim(coalesce(p_fields ->> 'name', v.display_name));
    v.area_id := coalesce((p_fields ->> 'area_id')::uuid, v.area_id);
    if char_length(v.display_name) not between 1 and 40 then perform private.fail('bad_name', 400); end if;
    if p_person <> private.me() then perform private.require_role('organizer', v.area_id); end if;
    update public.people set display_name = v.display_name, area_id = v.area_id where id = p_person;
  end if;
  if not p_fields ? 'phone' then return; end if;
  if exists (select from public.profiles where person_id = p_person and person_id <> private.me()) and not exists (select from public.enrolments where person_id = p_person) then
    perform private.fail('has_own_account', 409);
  end if;
  if v_phone is null then delete from public.contacts where person_id = p_person; return; end if;
  if not exists (select from public.contacts where person_id = p_person and phone = v_phone) then perform private.expect_one_party(p_person, v_phone); end if;
  -- A number that somebody can sign in behind takes nothing over, whoever wrote it: see set_my_phone.
  v_account := exists (select from public.profiles where person_id = p_person);
  insert into public.contacts as c (person_id, phone, phone_hash, identifies) values (p_person, v_phone, private.phone_hash(v_phone), not v_account)
  on conflict (person_id) do update set phone = excluded.phone, phone_hash = excluded.phone_hash,
    identifies = not v_account or c.identifies and c.phone_hash = excluded.phone_hash;
exception when unique_violation then perform private.fail('phone_not_taken', 409);
end $$;
comment on function private.change_person(uuid, jsonb, jsonb) is
  'An organizer corrects {name, area_id} of a person, and the phone of one without an own account; p_expected: what the changed fields were when the caller began. Definer: hashing reads the pepper.';

create function private.read_planning(p_day uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare v_today date := private.today();
begin
  perform private.require_me();
  return jsonb_build_object(
    'today', v_today,
    'time_zone', private.zone(),
    'district', private.area_label(private.district_id()),
    'admin', private.has_role('admin', private.district_id()),
    'days', coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'month', d.month, 'date', d.date, 'rule_date', private.last_friday(d.month),
        'status', d.status, 'reason', d.reason, 'changed_at', d.changed_at) order by d.date)
      from public.labour_days d where d.id = p_day or p_day is null and d.date between v_today - 40 and v_today + 400), '[]'),
    'gatherings', coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'labour_day_id', g.labour_day_id, 'area_id', g.area_id, 'area', private.area_label(g.area_id),
        'place', g.place, 'lng', g.lng, 'lat', g.lat, 'starts', to_char(g.starts, 'HH24:MI'), 'ends', to_char(g.ends, 'HH24:MI'), 'capacity', g.capacity,
        'bring', g.bring, 'safety', g.safety, 'status', g.status, 'reason', g.reason, 'changed_at', g.changed_at, 'published_at', g.plan_published_at,
        'heads', c.confirmed_heads, 'parties', c.confirmed_parties, 'waiting_heads', c.waiting_heads, 'waiting_parties', c.waiting_parties,
        'tasks', t.tasks, 'assigned_heads', t.heads, 'assigned_parties', t.parties, 'without_leader', t.without_leader) order by d.date, a.sort, a.name)
      from public.gatherings g join public.labour_days d on d.id = g.labour_day_id join public.areas a on a.id = g.area_id
      join public.gathering_counts c on c.gathering_id = g.id
      cross join lateral (
        select count(*) as tasks, coalesce(sum(k.heads), 0) as heads, coalesce(sum(k.parties), 0) as parties,
          count(*) filter (where k.parties > 0 and not k.led) as without_leader
        from (select t.id, sum(s.headcount) as heads, count(s.id) as parties, coalesce(bool_or(x.leads), false) as led
          from public.tasks t left join public.assignments x on x.task_id = t.id
          left join public.signups s on s.id = x.signup_id and s.status = 'confirmed'
          where t.gathering_id = g.id group by t.id) k) t
      where g.area_id in (select private.areas_where('organizer'))
        and (g.labour_day_id = p_day or p_day is null and d.date between v_today - 40 and v_today + 400)), '[]'));
end $$;
comment on function private.read_planning(uuid) is
  'The organizer''s month: labour days (one, or null: the last and the next twelve) and how far the caller''s gatherings on them are. Definer: only areas the caller organizes.';

create function private.forget_person(p_person uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.require_me();
  v_user uuid;
begin
  if p_person is distinct from v_me then
    if not exists (select from public.people p where p.id = p_person and p.area_id in (select private.areas_where('organizer'))) then
      perform private.fail('not_yours', 403);
    end if;
    if exists (select from public.memberships m where m.person_id = p_person and not private.has_role(m.role, m.area_id)) then
      perform private.fail('not_yours', 403);
    end if;
    if exists (select from public.profiles p where p.person_id = p_person
               and not exists (select from public.enrolments e where e.user_id = p.user_id))
      and not private.has_role('admin', private.district_id()) then
      perform private.fail('has_own_account', 409);
    end if;
  end if;
  if exists (select from public.memberships where person_id = p_person and role = 'admin') then
    perform 1 from public.areas where level = 'district' for no key update;  -- see set_role
    if (select count(*) from public.memberships where role = 'admin') = 1 then perform private.fail('last_admin', 409); end if;
  end if;
  perform private.cancel_booking(s.id, true) from public.signups s join public.labour_days d on d.id = s.labour_day_id
  where s.person_id = p_person and s.status <> 'cancelled' and d.date >= private.today()
    and not private.checked_in(s.id);
  select user_id into v_user from public.profiles where person_id = p_person;
  delete from public.memberships where person_id = p_person;
  -- Nor may they let themselves in again by what they offered.
  delete from public.invitations where created_by = p_person and used_at is null;
  delete from public.contacts where person_id = p_person;
  delete from public.enrolments where person_id = p_person;
  -- The sign-in service keeps a log of its own, with addresses in it.
  delete from auth.audit_log_entries l using auth.users u
  where u.id = v_user and (position(v_user::text in l.payload::text) > 0 or u.email <> '' and position(lower(u.email) in lower(l.payload::text)) > 0);
  delete from auth.users where id = v_user;
  -- What was done stays counted, under no name.
  update private.signup_secrets set token_hash = null where signup_id in (select id from public.signups where person_id = p_person);
  update public.signups set name = '–', told_name = null, note = '', tools = '' where person_id = p_person;
  update public.people set display_name = '–' where id = p_person;
  update public.hour_requests set says = '–' where signup_id in (select id from public.signups where person_id = p_person);
  update public.certificates set name = '–', revoked_at = coalesce(revoked_at, private.clock()), revoked_why = coalesce(revoked_why, 'forgotten') where person_id = p_person;
  if not exists (select from public.signups where person_id = p_person) then
    begin
      delete from public.people where id = p_person;
    exception when foreign_key_violation then null;
    end;
  end if;
end $$;
comment on function private.forget_person(uuid) is
  'Removes a person''s name, phone, account and roles, and cancels what is to come; what they did stays in the sums without a name. By the person, or who may manage them. Definer: touches what clients may not.';

create function private.board_mark(p_gathering uuid) returns text
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- A row's xmin is the transaction that wrote it last, so that nothing can change a row and leave the mark, however it did it.
  -- Raising a counter instead would make every sign-up wait for the gathering's row.
  return md5(concat_ws('|', private.today(),
    (select concat_ws(' ', g.xmin, d.xmin) from public.gatherings g join public.labour_days d on d.id = g.labour_day_id where g.id = p_gathering),
    (select string_agg(concat_ws(' ', s.id, s.xmin, coalesce(a.xmin::text, '-'), coalesce(c.xmin::text, '-')), ',' order by s.id)
     from public.signups s left join public.assignments a on a.signup_id = s.id left join public.contacts c on c.person_id = s.person_id
     where s.gathering_id = p_gathering and s.status <> 'cancelled'),
    '',
    (select string_agg(concat_ws(' ', t.id, t.xmin, si.xmin, coalesce(n.xmin::text, '-')), ',' order by t.id)
     from public.tasks t join public.sites si on si.id = t.site_id left join public.task_notes n on n.task_id = t.id
     where t.gathering_id = p_gathering)));
end $$;
comment on function private.board_mark(uuid) is
  'One value that differs after any change of what plans of this gathering rest on: day, gathering, sign-ups, phones, crews, tasks, sites, notes. Check-ins and results are not in it. Definer: runs inside answers to organizers.';

create function private.read_board_mark(p_gathering uuid) returns text
language plpgsql stable security definer set search_path = ''
as $$
declare v_area uuid := (select area_id from public.gatherings where id = p_gathering);
begin
  if v_area is null then perform private.fail('gone', 404); end if;
  perform private.require_role('organizer', v_area);
  return private.board_mark(p_gathering);
end $$;
comment on function private.read_board_mark(uuid) is 'The cheap question whether a board that was read is still current. Definer: organizers only.';

create function private.read_board(p_gathering uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare v_g public.gatherings;
begin
  select * into v_g from public.gatherings where id = p_gathering;
  if v_g.id is null then perform private.fail('gone', 404); end if;
  perform private.require_role('organizer', v_g.area_id);
  return jsonb_build_object(
    'gathering', to_jsonb(v_g) || jsonb_build_object('area', private.area_label(v_g.area_id), 'starts', to_char(v_g.starts, 'HH24:MI'), 'ends', to_char(v_g.ends, 'HH24:MI')),
    'day', (select to_jsonb(d) from public.labour_days d where d.id = v_g.labour_day_id),
    'counts', (select to_jsonb(c) from public.gathering_counts c where c.gathering_id = p_gathering),
    'today', private.today(),
    'time_zone', private.zone(),
    'auto_until', private.promotion_deadline(p_gathering),
    'mark', private.board_mark(p_gathering),
    'parties', coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'person_id', s.person_id, 'name', s.name, 'headcount', s.headcount, 'minors', s.minors,
        'home_area_id', s.home_area_id, 'home', h.name, 'home_en', h.name_en, 'wishes', to_jsonb(s.wishes), 'can_lead', s.can_lead, 'tools', s.tools, 'note', s.note,
        'status', s.status, 'source', s.source, 'queue_no', s.queue_no, 'seen_at', s.seen_at, 'promoted_at', s.promoted_at, 'phone', c.phone,
        'task_id', a.task_id, 'leads', coalesce(a.leads, false), 'assigned_at', a.assigned_at, 'pinned', coalesce(a.pinned, false), 'overrides', coalesce(to_jsonb(a.overrides), '[]'),
        'attended', case when x.events > 0 then x.participations end, 'present', x.present_heads) order by s.queue_no)
      from public.signups s left join public.assignments a on a.signup_id = s.id left join public.areas h on h.id = s.home_area_id
      left join public.contacts c on c.person_id = s.person_id left join public.attendance_sums x on x.signup_id = s.id
      where s.gathering_id = p_gathering and s.status <> 'cancelled'), '[]'),
    'tasks', coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'no', t.no, 'site_id', t.site_id, 'name', si.name, 'kind', si.kind, 'length_m', si.length_m, 'lng', si.lng, 'lat', si.lat,
        'address', si.address, 'crew_min', t.crew_min, 'crew_max', t.crew_max, 'minutes', si.minutes, 'hazards', to_jsonb(si.hazards), 'tools', si.tools, 'note', private.task_note(t.id),
        'last_cleaned_on', si.last_cleaned_on, 'overdue_days', st.overdue_days, 'site_area_id', ar.id, 'site_area', ar.name, 'entries', n.entries) order by t.created_at, si.name, t.id)
      from public.tasks t join public.sites si on si.id = t.site_id join public.site_status st on st.id = si.id join public.areas ar on ar.id = si.area_id
      join public.totals n on n.task_id = t.id
      where t.gathering_id = p_gathering), '[]'));
end $$;
comment on function private.read_board(uuid) is 'Everything the assigning board shows, at one moment, which its mark names. Definer: organizers only.';

create function private.read_roster(p_gathering uuid, p_task uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare v_g public.gatherings; v_all boolean;
begin
  select * into v_g from public.gatherings where id = p_gathering;
  if v_g.id is null then perform private.fail('gone', 404); end if;
  perform private.require_me();
  v_all := private.has_role('organizer', v_g.area_id);
  if not v_all and not exists (select from public.tasks where gathering_id = p_gathering and id in (select private.led_tasks())) then
    perform private.fail('not_yours', 403);
  end if;
  return jsonb_build_object(
    'server_time', private.clock(),
    'gathering', jsonb_build_object('id', v_g.id, 'area', private.area_label(v_g.area_id), 'place', v_g.place, 'starts', to_char(v_g.starts, 'HH24:MI'), 'ends', to_char(v_g.ends, 'HH24:MI'),
      'status', v_g.status, 'time_zone', private.zone(), 'starts_at', (private.gathering_span(v_g.id)).starts_at, 'ends_at', (private.gathering_span(v_g.id)).ends_at,
      'date', (select date from public.labour_days where id = v_g.labour_day_id)),
    'organizer', v_all,
    'venue_secret', (select secret from private.venue_secrets where gathering_id = v_g.id),
    'tasks', coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'no', t.no, 'site_id', s.id, 'name', s.name, 'kind', s.kind, 'length_m', s.length_m, 'address', s.address, 'lng', s.lng, 'lat', s.lat,
        'hazards', to_jsonb(s.hazards), 'tools', s.tools, 'minutes', s.minutes, 'note', private.task_note(t.id), 'crew_min', t.crew_min, 'crew_max', t.crew_max) order by s.name)
      from public.tasks t join public.sites s on s.id = t.site_id
      where t.gathering_id = p_gathering and (v_all or t.id in (select private.led_tasks())) and (p_task is null or t.id = p_task)), '[]'),
    'parties', coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'no', s.queue_no, 'name', case when v_all or s.told_name is null then s.name else s.told_name end, 'headcount', s.headcount, 'minors', s.minors, 'can_lead', s.can_lead, 'status', s.status,
        'source', case when v_all or s.told_name is null then s.source else 'walk_in' end, 'task_id', a.task_id, 'leads', coalesce(a.leads, false),
        'note', case when v_all or s.told_name is null then s.note else '' end,
        'phone', case when v_all or private.today() >= (select date - 1 from public.labour_days where id = v_g.labour_day_id) then c.phone end,
        'code_hash', private.sha256_hex(k.checkin_code),
        'minors_confirmed', coalesce('minors_at_hazard' = any (a.overrides), false),
        'other_crews', case when v_all then coalesce((select jsonb_agg(jsonb_build_object('task_id', c.task_id, 'at', c.at, 'by', b.display_name) order by c.at, c.id)
          from private.crew_claims c left join public.people b on b.id = c.recorded_by
          where c.signup_id = s.id and c.stands and c.task_id <> a.task_id and (a.by_walk_in or c.received_at > a.assigned_at)), '[]') else '[]' end,
        'present', x.present_heads, 'present_minors', x.present_minors, 'participations', x.participations, 'first_at', x.first_at, 'last_at', x.last_at,
        'events', coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'kind', e.kind, 'heads', e.heads, 'minors', e.minors, 'at', e.at, 'voids', e.voids,
            'device_id', e.device_id, 'seq', e.seq, 'source', e.source, 'late', e.late, 'accepted', e.accepted_at is not null,
            'claimed', e.claimed, 'knows', to_jsonb(e.knows), 'by', case when v_all then b.display_name end) order by e.at)
          from public.attendance_events e left join public.people b on b.id = e.recorded_by where e.signup_id = s.id), '[]')) order by s.name)
      from public.signups s left join public.assignments a on a.signup_id = s.id left join public.contacts c on c.person_id = s.person_id
      left join private.signup_secrets k on k.signup_id = s.id left join public.attendance_sums x on x.signup_id = s.id
      where s.gathering_id = p_gathering and (s.status = 'confirmed' or v_all and s.status = 'waitlisted')
        and (v_all or a.task_id in (select private.led_tasks())) and (p_task is null or a.task_id = p_task)), '[]'),
    'entries', coalesce((select jsonb_agg(to_jsonb(e) - '{recorded_by,handed_in_by,accepted_by,device_time,clock_offset_ms}'::text[] order by e.at) from public.result_entries e
      join public.tasks t on t.id = e.task_id
      where t.gathering_id = p_gathering and (v_all or t.id in (select private.led_tasks())) and (p_task is null or t.id = p_task)), '[]'),
    'site_days', coalesce((select jsonb_agg(jsonb_build_object('site_id', d.site_id, 'metres_recorded', d.metres_recorded, 'metres', d.metres, 'flag', d.flag, 'waits', private.waits(d), 'override_reason', d.override_reason))
      from public.site_days d join public.tasks t on t.site_id = d.site_id and t.date = d.date
      where t.gathering_id = p_gathering and (v_all or t.id in (select private.led_tasks())) and (p_task is null or t.id = p_task)), '[]'),
    'photos', coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'task_id', p.task_id, 'kind', p.kind, 'sha256', p.sha256, 'released', p.released_at is not null) order by p.uploaded_at)
      from public.photos p join public.tasks t on t.id = p.task_id
      where t.gathering_id = p_gathering and (v_all or t.id in (select private.led_tasks())) and (p_task is null or t.id = p_task)), '[]'));
end $$;
comment on function private.read_roster(uuid, uuid) is
  'What running the day needs, for one crew or (organizers) all: parties with their events, tasks, entries, photos; codes only as hashes; phones to leaders from the evening before. Definer: checks who asks.';

create function private.read_task_records(p_task uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare v_task public.tasks; v_organizer boolean;
begin
  perform private.require_me();
  select * into v_task from public.tasks where id = p_task;
  if v_task.id is null then perform private.fail('gone', 404); end if;
  v_organizer := private.has_role('organizer', v_task.area_id);
  if not v_organizer and p_task not in (select private.led_tasks()) then perform private.fail('not_yours', 403); end if;
  return jsonb_build_object(
    'server_time', private.clock(),
    'organizer', v_organizer,
    'task', jsonb_build_object('id', v_task.id, 'date', v_task.date, 'gathering_id', v_task.gathering_id, 'area', private.area_label(v_task.area_id), 'note', private.task_note(v_task.id),
      'closed', coalesce((select status = 'closed' from public.gatherings where id = v_task.gathering_id), false),
      'today', private.today(), 'time_zone', private.zone()),
    'site', (select jsonb_build_object('id', s.id, 'name', s.name, 'kind', s.kind, 'length_m', s.length_m, 'address', s.address) from public.sites s where s.id = v_task.site_id),
    'entries', coalesce((select jsonb_agg(to_jsonb(e) - '{site_id,area_id,gathering_id,recorded_by,handed_in_by,accepted_by,device_time,clock_offset_ms}'::text[]
        || jsonb_build_object('by', p.display_name) order by e.at) from public.result_entries e
      left join public.people p on p.id = e.recorded_by where e.task_id = p_task), '[]'),
    'metres', (select jsonb_build_object('recorded', coalesce(max(d.metres_recorded), 0), 'counted', coalesce(max(d.metres), 0), 'flag', max(d.flag),
        'waits', coalesce(bool_or(private.waits(d)), false), 'override_metres', max(d.override_metres), 'override_reason', max(d.override_reason), 'override_by', max(p.display_name),
        'others', coalesce((select sum(e.metres) from private.effective_entries(array(
          select id from public.tasks where site_id = v_task.site_id and date = v_task.date and id <> p_task)) e), 0))
      from public.site_days d left join public.people p on p.id = d.override_by where d.site_id = v_task.site_id and d.date = v_task.date),
    'photos', coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'kind', p.kind, 'sha256', p.sha256, 'width', p.width, 'height', p.height,
        'taken_at', p.taken_at, 'released', p.released_at is not null) order by p.kind, p.taken_at) from public.photos p where p.task_id = p_task), '[]'));
end $$;
comment on function private.read_task_records(uuid) is
  'One task as its leader and organizers see it: every entry with its history and who wrote it, metres of all crews at the drain that day, photos. Definer: checks who asks.';

create function private.closing_check(p_gathering uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare v_g public.gatherings;
begin
  select * into v_g from public.gatherings where id = p_gathering;
  if v_g.id is null then perform private.fail('gone', 404); end if;
  perform private.require_role('organizer', v_g.area_id);
  return jsonb_build_object(
    'absent', coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'headcount', s.headcount) order by s.name) from public.signups s
      left join public.attendance_sums x on x.signup_id = s.id
      where s.gathering_id = p_gathering and s.status = 'confirmed' and coalesce(x.participations, 0) = 0), '[]'),
    'still_in', coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'heads', x.present_heads) order by s.name) from public.signups s
      join public.attendance_sums x on x.signup_id = s.id where s.gathering_id = p_gathering and x.open_ended), '[]'),
    'without_result', coalesce((select jsonb_agg(jsonb_build_object('task_id', t.id, 'name', si.name) order by si.name) from public.tasks t
      join public.sites si on si.id = t.site_id join public.totals n on n.task_id = t.id where t.gathering_id = p_gathering and n.entries = 0), '[]'),
    'without_photo', coalesce((select jsonb_agg(jsonb_build_object('task_id', t.id, 'name', si.name) order by si.name) from public.tasks t
      join public.sites si on si.id = t.site_id join public.totals n on n.task_id = t.id
      where t.gathering_id = p_gathering and n.entries > 0 and not exists (select from public.photos p where p.task_id = t.id and p.kind = 'after')), '[]'),
    'flagged', coalesce((select jsonb_agg(jsonb_build_object('site_id', d.site_id, 'date', d.date, 'name', si.name, 'flag', d.flag, 'metres_recorded', d.metres_recorded, 'metres', d.metres,
      'length_m', si.length_m, 'waits', private.waits(d), 'override_metres', d.override_metres, 'override_reason', d.override_reason) order by si.name) from public.site_days d join public.sites si on si.id = d.site_id
      where d.flag is not null and exists (select from public.tasks t where t.gathering_id = p_gathering and t.site_id = d.site_id and t.date = d.date)), '[]'),
    'phones', coalesce((select jsonb_agg(jsonb_build_object('device_id', d.device_id, 'name', p.display_name, 'records', d.records, 'photos', d.photos, 'heard_at', d.heard_at)
      order by d.records + d.photos desc, d.heard_at) from public.day_phones d join public.people p on p.id = d.person_id where d.gathering_id = p_gathering), '[]'),
    'late', coalesce((select jsonb_agg(l) from (
      select jsonb_build_object('id', e.id, 'what', 'attendance', 'name', s.name, 'heads', e.heads, 'kind', e.kind, 'by', p.display_name, 'at', e.at, 'received_at', e.received_at) as l
      from public.attendance_events e join public.signups s on s.id = e.signup_id left join public.people p on p.id = e.recorded_by where e.gathering_id = p_gathering and e.late and not e.claimed and e.accepted_at is null
      union all
      select jsonb_build_object('id', e.id, 'what', 'result', 'name', si.name, 'bags', e.bags, 'kg', e.kg, 'weighed', e.weighed, 'loads', e.loads,
        'metres', e.metres, 'corners', e.corners, 'adverts', e.adverts, 'by', p.display_name, 'at', e.at, 'received_at', e.received_at)
      from public.result_entries e join public.sites si on si.id = e.site_id left join public.people p on p.id = e.recorded_by where e.gathering_id = p_gathering and e.late and e.accepted_at is null) q), '[]'));
end $$;
comment on function private.closing_check(uuid) is 'What is still missing or waiting for a decision before and after closing. Definer: organizers only.';

create function private.read_call_list(p_gathering uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare v_g public.gatherings; v_changed timestamptz; v_off boolean;
begin
  select * into v_g from public.gatherings where id = p_gathering;
  if v_g.id is null then perform private.fail('gone', 404); end if;
  perform private.require_role('organizer', v_g.area_id);
  select greatest(v_g.changed_at, v_g.plan_published_at, d.changed_at), 'cancelled' in (v_g.status::text, d.status::text)
  into v_changed, v_off from public.labour_days d where d.id = v_g.labour_day_id;
  return coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'headcount', s.headcount, 'status', s.status, 'phone', c.phone, 'seen_at', s.seen_at,
      'news_at', greatest(v_changed, s.promoted_at),
      -- What is off needs no other word.
      'why', case when v_off then 'cancelled'
                  when s.promoted_at is not null and (s.seen_at is null or s.seen_at < s.promoted_at) then 'promoted'
                  when v_g.changed_at = v_changed or v_g.plan_published_at is distinct from v_changed then 'changed' else 'plan' end)
      order by s.name)
    from public.signups s left join public.contacts c on c.person_id = s.person_id
    where s.gathering_id = p_gathering and s.status <> 'cancelled'
      and (s.seen_at is null and (v_changed is not null or s.promoted_at is not null) or s.seen_at < greatest(v_changed, s.promoted_at))), '[]');
end $$;
comment on function private.read_call_list(uuid) is 'Who has not opened their page since the last move, cancellation, promotion or published plan, why, since when, and the number to call. Definer: organizers only.';

create function private.signup_by_code(p_gathering uuid, p_code text) returns uuid
language plpgsql stable security definer set search_path = ''
as $$
declare v uuid;
begin
  select s.id into v from private.signup_secrets k join public.signups s on s.id = k.signup_id
  where k.checkin_code = regexp_replace(lower(p_code), '[^a-z0-9]', '', 'g') and s.gathering_id = p_gathering
    and (private.has_role('organizer', s.area_id) or s.id in (select private.led_signups()));
  if v is null then perform private.fail('code_unknown', 404); end if;
  return v;
end $$;
comment on function private.signup_by_code(uuid, text) is 'The sign-up behind a scanned check-in code, if it is the caller''s to check in. Definer: reads secrets.';

-- Recomputation: everything from the records, set-based, without the triggers' running sums ------------------------

create view private.results_recomputed with (security_invoker = true) as
  with entries as (
    select e.task_id, count(*) as entries, sum(e.bags) as bags, sum(e.loads) as loads, sum(e.kg) filter (where e.weighed) as kg_weighed,
      sum(e.kg) filter (where not e.weighed) as kg_estimated, sum(e.metres) as metres, sum(e.corners) as corners, sum(e.adverts) as adverts
    from private.entries_that_count e group by e.task_id
  ), allotted as (
    select k.id as task_id, e.metres as recorded,
      case when si.length_m is null then coalesce(e.metres, 0)
        else greatest(0, least(coalesce(e.metres, 0), greatest(si.length_m, d.override_metres) - coalesce(sum(coalesce(e.metres, 0)) over (partition by k.site_id, k.date order by k.created_at, k.id
          rows between unbounded preceding and 1 preceding), 0))) end as metres
    from public.tasks k join public.sites si on si.id = k.site_id left join entries e on e.task_id = k.id
    left join public.site_days d on d.site_id = k.site_id and d.date = k.date
  ), pairs as (
    select p.task_id, count(distinct p.kind) / 2 as pairs from public.photos p where p.kind in ('before', 'after') and p.released_at is not null group by p.task_id
  )
  select k.id as task_id, coalesce(e.entries, 0)::int as entries, coalesce(e.bags, 0)::int as bags, coalesce(e.loads, 0) as loads, coalesce(e.kg_weighed, 0) as kg_weighed,
    coalesce(e.kg_estimated, 0) as kg_estimated, coalesce(m.recorded, 0) as metres_recorded, coalesce(m.metres, 0) as metres,
    coalesce(e.corners, 0)::int as corners, coalesce(e.adverts, 0)::int as adverts, coalesce(r.pairs, 0)::int as pairs
  from public.tasks k left join entries e on e.task_id = k.id left join allotted m on m.task_id = k.id left join pairs r on r.task_id = k.id
  where current_user not in ('anon', 'authenticated');
comment on view private.results_recomputed is 'What every task''s entries and photos add up to now.';

create view private.sums_recomputed with (security_invoker = true) as
  select s.id as signup_id, s.gathering_id, t.id as task_id, s.area_id, n.street_id, n.community_id, s.person_id, d.date,
    coalesce(c.participations, 0) as participations, coalesce(c.minors, 0) as minors, coalesce(c.person_seconds, 0) as person_seconds, coalesce(c.minor_seconds, 0) as minor_seconds,
    coalesce(c.self_seconds, 0) as self_seconds, coalesce(c.named_seconds, 0) as named_seconds, coalesce(c.named_self_seconds, 0) as named_self_seconds,
    case when h.signup_id is null then 0 else private.credit_counts(s.id, coalesce(c.named_seconds, 0)) end as credited_seconds,
    coalesce(c.open_ended, false) as open_ended, coalesce(c.present_heads, 0) as present_heads, coalesce(c.present_minors, 0) as present_minors,
    c.first_at, c.last_at, coalesce(c.events, 0) as events
  from (select distinct signup_id from public.hour_credits) h full join private.attendance_counts c on c.signup_id = h.signup_id
  join public.signups s on s.id = coalesce(c.signup_id, h.signup_id) join public.labour_days d on d.id = s.labour_day_id
  join public.totals n on n.gathering_id = s.gathering_id and n.task_id is null
  left join public.assignments a on a.signup_id = s.id left join public.tasks t on t.id = a.task_id and t.gathering_id = s.gathering_id
  where current_user not in ('anon', 'authenticated');
comment on view private.sums_recomputed is
  'What the sums of every party with events or credits would be if they were computed from these now (what it adds to the distinct people: people_counts).';

create view private.totals_recomputed with (security_invoker = true) as
  select t.id, t.gathering_id, t.task_id, coalesce(a.parties, 0)::int as parties, coalesce(a.participations, 0)::int as participations, coalesce(a.minors, 0)::int as minors,
    coalesce(a.person_seconds, 0)::bigint as person_seconds, coalesce(a.minor_seconds, 0)::bigint as minor_seconds, coalesce(a.self_seconds, 0)::bigint as self_seconds,
    coalesce(a.credited_seconds, 0)::bigint as credited_seconds, coalesce(a.open_ended, 0)::int as open_ended,
    coalesce(a.year_district, 0)::int as year_district, coalesce(a.year_street, 0)::int as year_street, coalesce(a.year_community, 0)::int as year_community,
    coalesce(a.ever_district, 0)::int as ever_district, coalesce(a.ever_street, 0)::int as ever_street, coalesce(a.ever_community, 0)::int as ever_community,
    coalesce(e.entries, 0)::int as entries, coalesce(e.bags, 0)::int as bags, coalesce(e.loads, 0) as loads, coalesce(e.kg_weighed, 0) as kg_weighed,
    coalesce(e.kg_estimated, 0) as kg_estimated, coalesce(e.metres_recorded, 0) as metres_recorded, coalesce(e.metres, 0) as metres,
    coalesce(e.corners, 0)::int as corners, coalesce(e.adverts, 0)::int as adverts, coalesce(e.pairs, 0)::int as pairs
  from public.totals t
  left join (
    select x.gathering_id, x.task_id, count(*) filter (where x.participations > 0) as parties, count(*) filter (where x.open_ended) as open_ended,
      sum(x.participations) as participations, sum(x.minors) as minors, sum(x.person_seconds) as person_seconds, sum(x.minor_seconds) as minor_seconds,
      sum(x.self_seconds) as self_seconds, sum(x.credited_seconds) as credited_seconds, sum(x.year_district) as year_district, sum(x.year_street) as year_street,
      sum(x.year_community) as year_community, sum(x.ever_district) as ever_district, sum(x.ever_street) as ever_street, sum(x.ever_community) as ever_community
    from public.attendance_sums x group by x.gathering_id, x.task_id) a on a.gathering_id = t.gathering_id and a.task_id is not distinct from t.task_id
  left join private.results_recomputed e on e.task_id = t.task_id
  where current_user not in ('anon', 'authenticated');
comment on view private.totals_recomputed is 'What every row of totals would be if it were computed from the parties'' sums and from the entries now.';

create function private.compare_totals()
returns table (gathering_id uuid, task_id uuid, field text, running text, recomputed text)
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- The sums of parties against their events and credits; the totals of crews against the sums of parties and the entries; the
  -- sums of days against the totals of crews: where no storey differs from the one below, all of them are what the records are.
  return query
    select a.gathering_id, a.task_id, 'party ' || coalesce(a.signup_id, r.signup_id), to_jsonb(a)::text, (to_jsonb(r) || to_jsonb(p))::text
    from public.attendance_sums a full join private.sums_recomputed r on r.signup_id = a.signup_id left join private.people_counts p on p.signup_id = a.signup_id
    where case
      when r.signup_id is null then a.events > 0 or a.participations > 0 or a.person_seconds > 0 or a.named_seconds > 0 or a.credited_seconds > 0
      else row(a.gathering_id, a.task_id, a.area_id, a.street_id, a.community_id, a.person_id, a.date, a.participations, a.minors, a.person_seconds, a.minor_seconds, a.self_seconds,
          a.named_seconds, a.named_self_seconds, a.credited_seconds, a.open_ended, a.present_heads, a.present_minors, a.first_at, a.last_at, a.events,
          a.year_district, a.year_street, a.year_community, a.ever_district, a.ever_street, a.ever_community)
        is distinct from row(r.gathering_id, r.task_id, r.area_id, r.street_id, r.community_id, r.person_id, r.date, r.participations, r.minors, r.person_seconds, r.minor_seconds, r.self_seconds,
          r.named_seconds, r.named_self_seconds, r.credited_seconds, r.open_ended, r.present_heads, r.present_minors, r.first_at, r.last_at, r.events,
          p.year_district, p.year_street, p.year_community, p.ever_district, p.ever_street, p.ever_community) end;
  return query
    select t.gathering_id, t.task_id, k.key, k.value #>> '{}', r.value #>> '{}'
    from (select n.id, to_jsonb(n) - '{area_id,street_id,community_id,date,rolled,held}'::text[] as row, n.gathering_id, n.task_id from public.totals n) t
    join (select n.id, to_jsonb(n) as row from private.totals_recomputed n) c on c.id = t.id
    cross join lateral jsonb_each(t.row) k join lateral jsonb_each(c.row) r on r.key = k.key and r.value <> k.value
    where t.row <> c.row;
  return query
    with crews as (select n.area_id, n.date, case when n.rolled then private.numbers_of(n) else n.held end as h from public.totals n),
    areas as (
      select c.area_id, c.date, sum((c.h).parties) as parties, sum((c.h).participations) as participations, sum((c.h).minors) as minors, sum((c.h).person_seconds) as person_seconds, sum((c.h).minor_seconds) as minor_seconds,
        sum((c.h).self_seconds) as self_seconds, sum((c.h).credited_seconds) as credited_seconds, sum((c.h).open_ended) as open_ended, sum((c.h).year_district) as year_district, sum((c.h).year_street) as year_street,
        sum((c.h).year_community) as year_community, sum((c.h).ever_district) as ever_district, sum((c.h).ever_street) as ever_street, sum((c.h).ever_community) as ever_community, sum((c.h).entries) as entries,
        sum((c.h).bags) as bags, sum((c.h).loads) as loads, sum((c.h).kg_weighed) as kg_weighed, sum((c.h).kg_estimated) as kg_estimated, sum((c.h).metres_recorded) as metres_recorded,
        sum((c.h).metres) as metres, sum((c.h).corners) as corners, sum((c.h).adverts) as adverts
      from crews c where (c.h).participations > 0 or (c.h).entries > 0 or (c.h).credited_seconds <> 0 group by c.area_id, c.date
    ), added as (
      select aa.ancestor_id as area_id, c.date, sum(c.parties)::int as parties, sum(c.participations)::int as participations, sum(c.minors)::int as minors, sum(c.person_seconds)::bigint as person_seconds, sum(c.minor_seconds)::bigint as minor_seconds,
        sum(c.self_seconds)::bigint as self_seconds, sum(c.credited_seconds)::bigint as credited_seconds, sum(c.open_ended)::int as open_ended,
        sum(case a.level when 'district' then c.year_district when 'street' then c.year_street else c.year_community end)::int as year_people,
        sum(case a.level when 'district' then c.ever_district when 'street' then c.ever_street else c.ever_community end)::int as ever_people,
        sum(c.entries)::int as entries, sum(c.bags)::int as bags, sum(c.loads)::numeric(12, 1) as loads, sum(c.kg_weighed)::numeric(14, 1) as kg_weighed, sum(c.kg_estimated)::numeric(14, 1) as kg_estimated,
        sum(c.metres_recorded)::numeric(14, 1) as metres_recorded, sum(c.metres)::numeric(14, 1) as metres, sum(c.corners)::int as corners, sum(c.adverts)::int as adverts
      from areas c join public.area_ancestors aa on aa.area_id = c.area_id join public.areas a on a.id = aa.ancestor_id group by aa.ancestor_id, c.date)
    select null::uuid, null::uuid, 'day ' || coalesce(d.date, a.date), to_jsonb(d)::text, to_jsonb(a)::text
    from public.day_sums d full join added a on a.area_id = d.area_id and a.date = d.date
    where to_jsonb(d) is distinct from to_jsonb(a);
end $$;
comment on function private.compare_totals() is 'Every running total and rolled-up sum that differs from what the records add up to; empty when all agree. Definer: recomputes from all records; only the server and tests ask.';

create function private.rebuild_totals() returns void
language plpgsql security definer set search_path = ''
as $$
begin
  -- Nothing is recorded meanwhile.
  lock table public.signups, public.assignments, public.attendance_events, public.result_entries, public.hour_credits, public.photos in share row exclusive mode;
  delete from public.attendance_sums;
  insert into public.attendance_sums (signup_id, gathering_id, task_id, area_id, street_id, community_id, person_id, date, participations, minors, person_seconds, minor_seconds, self_seconds,
    named_seconds, named_self_seconds, credited_seconds, open_ended, present_heads, present_minors, first_at, last_at, events)
  select * from private.sums_recomputed;
  update public.attendance_sums a set (year_district, year_street, year_community, ever_district, ever_street, ever_community)
    = (p.year_district, p.year_street, p.year_community, p.ever_district, p.ever_street, p.ever_community)
  from private.people_counts p where p.signup_id = a.signup_id
    and (a.year_district, a.year_street, a.year_community, a.ever_district, a.ever_street, a.ever_community)
      is distinct from (p.year_district, p.year_street, p.year_community, p.ever_district, p.ever_street, p.ever_community);
  update public.totals t set (parties, participations, minors, person_seconds, minor_seconds, self_seconds, credited_seconds, open_ended,
      year_district, year_street, year_community, ever_district, ever_street, ever_community)
    = (coalesce(c.parties, 0), coalesce(c.participations, 0), coalesce(c.minors, 0), coalesce(c.person_seconds, 0), coalesce(c.minor_seconds, 0), coalesce(c.self_seconds, 0), coalesce(c.credited_seconds, 0), coalesce(c.open_ended, 0),
      coalesce(c.year_district, 0), coalesce(c.year_street, 0), coalesce(c.year_community, 0), coalesce(c.ever_district, 0), coalesce(c.ever_street, 0), coalesce(c.ever_community, 0))
  from public.totals n left join (
    select a.gathering_id, a.task_id, count(*) filter (where a.participations > 0) as parties, count(*) filter (where a.open_ended) as open_ended,
      sum(a.participations) as participations, sum(a.minors) as minors, sum(a.person_seconds) as person_seconds, sum(a.minor_seconds) as minor_seconds,
      sum(a.self_seconds) as self_seconds, sum(a.credited_seconds) as credited_seconds, sum(a.year_district) as year_district, sum(a.year_street) as year_street,
      sum(a.year_community) as year_community, sum(a.ever_district) as ever_district, sum(a.ever_street) as ever_street, sum(a.ever_community) as ever_community
    from public.attendance_sums a group by a.gathering_id, a.task_id) c on c.gathering_id = n.gathering_id and c.task_id is not distinct from n.task_id
  where n.id = t.id and (c.gathering_id is not null or t.participations > 0 or t.credited_seconds <> 0);
  update public.totals t set (entries, bags, loads, kg_weighed, kg_estimated, metres_recorded, metres, corners, adverts, pairs)
    = (coalesce(c.entries, 0), coalesce(c.bags, 0), coalesce(c.loads, 0), coalesce(c.kg_weighed, 0), coalesce(c.kg_estimated, 0), coalesce(c.metres_recorded, 0), coalesce(c.metres, 0), coalesce(c.corners, 0), coalesce(c.adverts, 0), coalesce(c.pairs, 0))
  from public.totals n left join private.results_recomputed c on c.task_id = n.task_id
  where n.id = t.id and (t.entries, t.bags, t.loads, t.kg_weighed, t.kg_estimated, t.metres_recorded, t.metres, t.corners, t.adverts, t.pairs)
    is distinct from (coalesce(c.entries, 0), coalesce(c.bags, 0), coalesce(c.loads, 0), coalesce(c.kg_weighed, 0), coalesce(c.kg_estimated, 0), coalesce(c.metres_recorded, 0), coalesce(c.metres, 0), coalesce(c.corners, 0), coalesce(c.adverts, 0), coalesce(c.pairs, 0));
  insert into public.site_days as d (site_id, date, area_id, metres_recorded, metres, flag)
  select k.site_id, k.date, s.area_id, sum(t.metres_recorded), sum(t.metres),
    case when sum(t.metres_recorded) = 0 then null when s.length_m is null then 'unknown_length' when sum(t.metres_recorded) > s.length_m then 'over_length' end
  from public.tasks k join public.totals t on t.task_id = k.id join public.sites s on s.id = k.site_id
  where exists (select from public.result_entries e where e.task_id = k.id)
  group by k.site_id, k.date, s.area_id, s.length_m
  on conflict (site_id, date) do update set metres_recorded = excluded.metres_recorded, metres = excluded.metres, flag = excluded.flag
  where (d.metres_recorded, d.metres, d.flag) is distinct from (excluded.metres_recorded, excluded.metres, excluded.flag);
  update public.sites s set last_cleaned_on = x.last
  from (select site_id, max(date) as last from private.cleanings group by site_id) x
  where s.id = x.site_id and s.last_cleaned_on is distinct from x.last;
  delete from public.day_sums;
  update public.totals set rolled = false, held = null where participations > 0 or entries > 0 or credited_seconds <> 0;
  update public.totals set rolled = true, held = null where not rolled and participations = 0 and entries = 0 and credited_seconds = 0;
  loop exit when private.roll_up() = 0; end loop;
end $$;
comment on function private.rebuild_totals() is 'Sets every sum to what the records add up to, in few statements whatever their number. Definer: sums have no client writes.';

create function public.recompute_totals() returns int
language plpgsql set search_path = ''
as $$
declare v_wrong int;
begin
  select count(*) into v_wrong from private.compare_totals();
  perform private.rebuild_totals();
  return v_wrong;
end $$;
comment on function public.recompute_totals() is 'Rebuilds all totals from the records and says how many were wrong. Server only.';

create function public.keep_house() returns jsonb
language sql set search_path = ''
as $$ select jsonb_build_object('labour_days', private.ensure_labour_days(), 'rolled_up', private.roll_up(),
  'swept', private.sweep_imports()) $$;
comment on function public.keep_house() is 'Periodic housekeeping by the app server: the next twelve labour days exist, what changed is rolled up, what imports left is swept. Server only.';
