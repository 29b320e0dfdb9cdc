-- Open data: aggregates that anybody may take away, without names and without small groups, and the exports of organizers.

create function private.open_days(p_year int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare v_district uuid := private.district_id(); v_rows private.open_row[]; v_hidden uuid[];
begin
  if v_district is null or p_year not between 1900 and 2199 then return '[]'; end if;
  v_rows := array(select row(md5(t.date::text)::uuid, v_district, t.participations, t)::private.open_row
    from private.totals_of(make_date(p_year, 1, 1), make_date(p_year, 12, 31), array[v_district]) t);
  v_hidden := private.hide_groups(v_rows);
  return coalesce((select jsonb_agg(jsonb_build_object('date', (r.sums).date, 'labour_day', d.id is not null)
      || private.open_sums(r.sums, r.key = any (v_hidden)) order by (r.sums).date)
    from unnest(v_rows) r left join public.labour_days d on d.date = (r.sums).date and d.status <> 'cancelled'), '[]');
end $$;
comment on function private.open_days(int) is 'Open data: the district''s sums of every day of a year on which something was done. Definer: visitors may not read totals.';

create function private.open_areas(p_year int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare v_from date; v_to date; v_rows private.open_row[]; v_hidden uuid[];
begin
  if private.district_id() is null or p_year not between 1900 and 2199 then return '[]'; end if;
  v_from := make_date(p_year, 1, 1); v_to := make_date(p_year, 12, 31);
  v_rows := array(select row(a.id, a.parent_id, t.year_people, t)::private.open_row
    from private.add_up(v_from, v_to, array(select id from public.areas)) t join public.areas a on a.id = t.area_id);
  v_hidden := private.hide_areas(v_rows, v_from, v_to);
  return coalesce((select jsonb_agg(jsonb_build_object('code', a.code, 'name', a.name, 'name_en', a.name_en, 'level', a.level, 'parent', p.name)
      || private.open_sums(r.sums, r.key = any (v_hidden))
      || jsonb_build_object('people', case when not r.key = any (v_hidden) then nullif(r.people, 0) end)
      order by p.sort nulls first, case when a.level = 'street' then a.sort else coalesce(p.sort, -1) end, a.level, a.sort, a.name)
    from unnest(v_rows) r join public.areas a on a.id = r.key left join public.areas p on p.id = a.parent_id), '[]');
end $$;
comment on function private.open_areas(int) is 'Open data: the sums of every area in a year; people are an estimate. Definer: visitors may not read totals.';

create function private.read_export(p_what text, p_from date, p_to date, p_area uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare v_areas uuid[] := array(select aa.area_id from public.area_ancestors aa where aa.ancestor_id = p_area and aa.area_id in (select private.areas_where('organizer')));
begin
  perform private.require_role('organizer', p_area);
  return coalesce(case p_what
    when 'days' then (select jsonb_agg(jsonb_build_object('date', t.date) || private.sums_json(t) order by t.date) from private.totals_of(p_from, p_to, array[p_area]) t)
    when 'tasks' then (select jsonb_agg(x) from (
      select k.date, a.name as area, s.name as site, s.kind, n.parties, n.participations, n.minors, round((n.person_seconds + n.credited_seconds) / 3600.0, 2) as hours, round(n.minor_seconds / 3600.0, 2) as hours_minors, round(n.self_seconds / 3600.0, 2) as hours_self,
        round(n.credited_seconds / 3600.0, 2) as hours_credited, n.bags, n.loads, n.kg_weighed, n.kg_estimated, n.metres_recorded, n.metres, n.corners, n.adverts
      from public.tasks k join public.totals n on n.task_id = k.id join public.sites s on s.id = k.site_id join public.areas a on a.id = k.area_id
      where k.area_id = any (v_areas) and k.date between p_from and p_to order by k.date, a.name, s.name limit 20000) x)
    when 'results' then (select jsonb_agg(x) from (
      select k.date, a.name as area, s.name as site, e.bags, e.loads, e.kg, e.weighed, e.metres, e.corners, e.adverts, e.note, e.at, p.display_name as recorded_by,
        e.id = e.root_id as first, exists (select from private.entries_that_count c where c.id = e.id and c.task_id = e.task_id) as counts, e.late
      from public.result_entries e join public.tasks k on k.id = e.task_id join public.sites s on s.id = k.site_id join public.areas a on a.id = k.area_id
      left join public.people p on p.id = e.recorded_by
      where k.area_id = any (v_areas) and k.date between p_from and p_to order by k.date, e.at limit 20000) x)
    when 'signups' then (select jsonb_agg(x) from (
      select d.date, a.name as area, g.place, s.name, s.headcount, s.minors, s.status, s.source, si.name as site, coalesce(c.leads, false) as leads,
        coalesce(n.participations, 0) as participations, round(coalesce(n.named_seconds - n.named_self_seconds, 0) / 3600.0, 2) as hours_recorded,
        round(coalesce(n.named_self_seconds, 0) / 3600.0, 2) as hours_self, round(coalesce(n.credited_seconds, 0) / 3600.0, 2) as hours_credited
      from public.signups s join public.labour_days d on d.id = s.labour_day_id join public.gatherings g on g.id = s.gathering_id join public.areas a on a.id = s.area_id
      left join public.assignments c on c.signup_id = s.id left join public.tasks k on k.id = c.task_id left join public.sites si on si.id = k.site_id
      left join public.attendance_sums n on n.signup_id = s.id
      where s.area_id = any (v_areas) and d.date between p_from and p_to order by d.date, a.name, s.name limit 20000) x)
  end, '[]');
end $$;
comment on function private.read_export(text, date, date, uuid) is
  'Rows for a spreadsheet: days, tasks, results (every entry, with whether it counts) or signups (names, no phones) of an area, at most 20,000. Definer: organizers only.';
