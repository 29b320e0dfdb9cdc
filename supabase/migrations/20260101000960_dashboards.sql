-- Dashboards for organizers: a running day, and a year as charts. Sums of totals rows and of one day's attendance sums; no
-- history is scanned, so that a screen on the wall may ask every quarter of a minute.

create function private.read_live(p_area uuid, p_date date) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_today date := private.today();
  v_date date;
  v_scope uuid[];
begin
  perform private.require_role('organizer', p_area);
  v_scope := array(select area_id from public.area_ancestors where ancestor_id = p_area);
  -- Without a date: today's labour day, else the one to come, else the last one.
  v_date := coalesce(p_date,
    (select date from public.labour_days where date >= v_today and status <> 'cancelled' order by date limit 1),
    (select date from public.labour_days where status <> 'cancelled' order by date desc limit 1), v_today);
  return jsonb_build_object(
    'now', private.clock(), 'today', v_today, 'date', v_date, 'time_zone', private.zone(), 'area', private.area_label(p_area),
    'day', (select jsonb_build_object('id', id, 'status', status, 'reason', reason) from public.labour_days where date = v_date),
    'sums', private.office_sums(v_date, v_date, p_area, null),
    'gatherings', coalesce((
      select jsonb_agg(jsonb_build_object('id', g.id, 'area', a.name, 'area_en', a.name_en, 'place', g.place,
          'starts', to_char(g.starts, 'HH24:MI'), 'ends', to_char(g.ends, 'HH24:MI'), 'status', g.status,
          'expected', c.confirmed_heads, 'came', t.came, 'present', coalesce(p.present, 0), 'tasks', t.tasks, 'with_result', t.with_result) order by a.sort, a.name)
      from public.gatherings g
      join public.labour_days d on d.id = g.labour_day_id and d.date = v_date
      join public.areas a on a.id = g.area_id
      join public.gathering_counts c on c.gathering_id = g.id
      cross join lateral (select coalesce(sum(n.participations), 0) as came, count(n.task_id) as tasks, count(n.task_id) filter (where n.entries > 0) as with_result
        from public.totals n where n.gathering_id = g.id) t
      cross join lateral (select sum(x.present_heads) as present from public.attendance_sums x where x.gathering_id = g.id and x.area_id = g.area_id and x.date = v_date) p
      where g.area_id = any (v_scope)), '[]'),
    'short', coalesce((
      select jsonb_agg(to_jsonb(x) order by x.crew_min - x.came desc, x.site) from (
        select k.id as task_id, k.gathering_id, s.name as site, s.kind, a.name as area, a.name_en as area_en, k.crew_min, n.participations as came,
          (select coalesce(sum(u.headcount), 0)::int from public.assignments b join public.signups u on u.id = b.signup_id and u.status = 'confirmed' where b.task_id = k.id) as assigned
        from public.tasks k
        join public.gatherings g on g.id = k.gathering_id and g.status = 'open'
        join public.totals n on n.task_id = k.id
        join public.sites s on s.id = k.site_id join public.areas a on a.id = g.area_id
        where k.date = v_date and k.area_id = any (v_scope) and n.participations < k.crew_min
        order by k.crew_min - n.participations desc, s.name limit 30) x), '[]'),
    'latest', coalesce((
      select jsonb_agg(to_jsonb(x) order by x.received_at desc) from (
        select e.id, e.task_id, s.name as site, a.name as area, a.name_en as area_en, e.received_at, e.at, e.bags, e.kg, e.weighed, e.loads, e.metres, e.corners, e.adverts, '' as note
        from private.effective_entries(array(select id from public.tasks where date = v_date and area_id = any (v_scope))) e
        join public.sites s on s.id = e.site_id join public.tasks k on k.id = e.task_id join public.areas a on a.id = k.area_id
        where num_nonnulls(e.bags, e.kg, e.loads, e.metres, e.corners, e.adverts) > 0
        order by e.received_at desc limit 12) x), '[]'));
end $$;
comment on function private.read_live(uuid, date) is
  'A labour day as it runs (null: today''s or the next): who came of how many, crews short of people, results as they arrive. No names. Definer: organizers of the area only.';

create function private.read_dashboard(p_from date, p_to date, p_area uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_today date := private.today();
  v_until date := least(p_to, v_today);
  v_scope uuid[];
begin
  perform private.require_role('organizer', p_area);
  if p_from is null or p_to is null or p_to < p_from or p_to - p_from > 400 then perform private.fail('bad_value', 400); end if;
  v_scope := array(select area_id from public.area_ancestors where ancestor_id = p_area);
  return (with seen as (
    select x.*, a.name as area, a.name_en as area_en from private.sites_seen(p_from, v_until, p_area) x join public.areas a on a.id = (x.site).area_id)
  select jsonb_build_object(
    'today', v_today, 'from', p_from, 'to', p_to, 'until', v_until, 'area', private.area_label(p_area),
    'months', (select jsonb_agg(jsonb_build_object('month', mo::date,
        'sums', private.office_sums(mo::date, (mo + interval '1 month - 1 day')::date, p_area, null)) order by mo)
      from generate_series(date_trunc('month', p_from::timestamp), p_to::timestamp, interval '1 month') mo),
    'areas', coalesce((
      select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'name_en', a.name_en, 'level', a.level,
        'sums', private.office_sums(p_from, p_to, a.id, true),
        'days', (select count(distinct n.date) from public.totals n where n.date between p_from and p_to and n.participations > 0
          and n.area_id in (select area_id from public.area_ancestors where ancestor_id = a.id))) order by a.sort, a.name)
      from public.areas a where a.parent_id = p_area), '[]'),
    'overdue', (
      with late as (
        select (site).id, (site).name, (site).kind, area, area_en, (site).interval_days, last, v_until - last - (site).interval_days as days
        from seen where 'overdue' = any (counts))
      select jsonb_build_object('count', count(*), 'sites', (select count(*) from seen where 'sites' = any (counts) and (site).interval_days is not null),
        'never', (select count(*) from seen where 'sites' = any (counts) and last is null),
        'rows', coalesce((select jsonb_agg(to_jsonb(l) order by l.days desc, l.name) from (select * from late order by days desc, name limit 40) l), '[]'))
      from late),
    'drains', (
      with drains as (
        select (x.site).id, (x.site).name, x.area, x.area_en, (x.site).length_m, least((x.site).length_m, x.metres) as done, t.times, t.last
        from seen x
        cross join lateral (select count(distinct n.date) as times, max(n.date) as last
          from public.tasks k join public.totals n on n.task_id = k.id where k.site_id = (x.site).id and n.date between p_from and v_until and n.metres > 0) t
        where 'drains' = any (x.counts))
      select jsonb_build_object('count', count(*), 'length_m', coalesce(sum(length_m), 0), 'done', coalesce(sum(done), 0),
        'rows', coalesce((select jsonb_agg(to_jsonb(l) order by l.length_m - l.done desc, l.name) from (select * from drains order by length_m - done desc, name limit 60) l), '[]'))
      from drains),
    'relapse', (
      with visits as (
        select distinct s.id, s.name, s.kind, a.name as area, a.name_en as area_en, c.date
        from public.sites s join public.areas a on a.id = s.area_id join private.cleanings c on c.site_id = s.id
        where s.area_id = any (v_scope) and s.in_jurisdiction and c.date between p_from and v_until
      ), gaps as (
        -- Before a site's first visit in the period comes the last one of all the time before.
        select v.*, v.date - coalesce(lag(v.date) over (partition by v.id order by v.date),
          (select max(c.date) from private.cleanings c where c.site_id = v.id and c.date < p_from)) as days
        from visits v),
      per_site as (
        select id, name, kind, area, area_en, count(days) as times, percentile_disc(0.5) within group (order by days) as middle, min(days) as shortest
        from gaps where days is not null group by id, name, kind, area, area_en)
      select jsonb_build_object(
        'kinds', coalesce((select jsonb_agg(jsonb_build_object('kind', g.kind, 'sites', g.sites, 'times', g.times, 'middle', g.middle) order by g.kind)
          from (select kind, count(distinct id) as sites, count(*) as times, percentile_disc(0.5) within group (order by days) as middle
            from gaps where days is not null group by kind) g), '[]'),
        'sites', coalesce((select jsonb_agg(to_jsonb(p) order by p.middle, p.times desc, p.name)
          from (select * from per_site where times >= 3 order by middle, times desc, name limit 12) p), '[]'))),
    'pairs', coalesce((
      select jsonb_agg(to_jsonb(q) order by q.date desc) from (
        select k.id as task_id, s.name as site, k.date,
          (select sha256 from public.photos where task_id = k.id and kind = 'before' and released_at is not null order by taken_at limit 1) as before,
          (select sha256 from public.photos where task_id = k.id and kind = 'after' and released_at is not null order by taken_at desc limit 1) as after
        from public.tasks k join public.sites s on s.id = k.site_id
        where k.date between p_from and p_to and k.area_id = any (v_scope)
          and exists (select from public.photos where task_id = k.id and kind = 'before' and released_at is not null)
          and exists (select from public.photos where task_id = k.id and kind = 'after' and released_at is not null)
        order by k.date desc limit 12) q), '[]')));
end $$;
comment on function private.read_dashboard(date, date, uuid) is
  'A period as charts: by month, by the areas below (labour days only), sites overdue at its end (while it runs: today), metres done and left per drain, days from one cleaning to the next of sites cleaned again in it (both with something to clear; at least three of them per site), photo pairs. Definer: organizers of the area only.';
