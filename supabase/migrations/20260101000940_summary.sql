-- The office's summaries: what a year, a month or one day came to, from totals, with the texts that people write between.
-- Every number here is a sum of rows that private.read_records lists one by one. Nothing scans events or entries.

create table public.summary_texts (
  area_id uuid not null references public.areas (id) on delete cascade,
  from_date date not null,
  to_date date not null check (to_date >= from_date),
  block text not null check (block in ('opening', 'work', 'methods', 'problems', 'plan')),
  language text not null check (language in ('zh', 'en')),
  body text not null check (char_length(body) between 1 and 4000),
  updated_at timestamptz not null default now(),
  updated_by uuid references public.people (id) on delete set null,
  primary key (area_id, from_date, to_date, block, language)
);
comment on table public.summary_texts is 'What an organizer wrote between the numbers of a summary: per area, period, place in it and language. Organizers only.';
create index summary_texts_updated_by_idx on public.summary_texts (updated_by);
alter table public.summary_texts enable row level security;

create function private.office_sums(p_from date, p_to date, p_area uuid, p_labour boolean, p_below boolean default true) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'participations', coalesce(sum(t.participations), 0), 'minors', coalesce(sum(t.minors), 0), 'parties', coalesce(sum(t.parties), 0),
    'hours', trunc(coalesce(sum(t.person_seconds + t.credited_seconds), 0) / 3600.0, 1),
    'hours_minors', trunc(coalesce(sum(t.minor_seconds), 0) / 3600.0, 1),
    'hours_self', trunc(coalesce(sum(t.self_seconds), 0) / 3600.0, 1), 'hours_credited', trunc(coalesce(sum(t.credited_seconds), 0) / 3600.0, 1), 'open_ended', coalesce(sum(t.open_ended), 0),
    'kg_weighed', coalesce(sum(t.kg_weighed), 0), 'kg_estimated', coalesce(sum(t.kg_estimated), 0),
    'bags', coalesce(sum(t.bags), 0), 'loads', coalesce(sum(t.loads), 0), 'metres', coalesce(sum(t.metres), 0),
    'corners', coalesce(sum(t.corners), 0), 'adverts', coalesce(sum(t.adverts), 0), 'entries', coalesce(sum(t.entries), 0),
    'tasks', count(*) filter (where t.task_id is not null and (t.entries > 0 or t.participations > 0)))
  from public.totals t
  where t.date between p_from and p_to
    and case when p_below then t.area_id in (select area_id from public.area_ancestors where ancestor_id = p_area) else t.area_id = p_area end
    and (p_labour is null or (t.gathering_id is not null) = p_labour)
$$;
comment on function private.office_sums(date, date, uuid, boolean, boolean) is
  'Sums of an area with (p_below) or without those below it: on labour days (true), on other days (false), of both (null). Definer: callers check who asks.';

create function private.sites_seen(p_from date, p_to date, p_area uuid)
returns table (site public.sites, last date, metres numeric, flagged date, counts text[])
language sql stable security definer set search_path = ''
as $$
  select x.site, x.last, x.metres, x.flagged, array_remove(array[
    case when x.flagged is not null then 'flagged' end,
    case when x.flagged is not null or x.ours and (x.site).kind = 'drain' and (x.site).length_m is null then 'to_check' end,
    case when x.ours then 'sites' end,
    case when x.stands and not x.ours then 'passed_on' end,
    case when x.ours and (x.site).responsible_unit <> '' then 'units' end,
    case when x.ours and (x.last is null or x.last < p_from) then 'untouched' end,
    case when x.ours and x.last + (x.site).interval_days < p_to then 'overdue' end,
    case when x.ours and (x.site).kind = 'drain' and (x.site).length_m is null then 'unknown_length' end,
    case when x.ours and (x.site).length_m is not null then 'drains' end], null)
  from (
    select s as site, w.last, w.metres, f.flagged, t.stands, t.stands and s.in_jurisdiction as ours
    from public.sites s
    cross join lateral (
      select max(c.date) as last, coalesce(sum(c.metres) filter (where c.date >= p_from), 0) as metres
      from private.cleanings c where c.site_id = s.id and c.date <= p_to) w
    cross join lateral (
      select max(d.date) as flagged from public.site_days d
      where d.site_id = s.id and d.date between p_from and p_to and private.waits(d)) f
    cross join lateral (
      select (s.created_at < private.instant(p_to + 1, '00:00') or w.last is not null)
        and (s.retired_at is null or s.retired_at >= private.instant(p_to + 1, '00:00')) as stands) t
    where s.area_id in (select area_id from public.area_ancestors where ancestor_id = p_area)) x
  where x.stands or x.flagged is not null
$$;
comment on function private.sites_seen(date, date, uuid) is
  'The sites that an area had at the end of a period, retired ones until they were: when last cleaned, metres in the period, the last of its days whose metres wait to be checked, and among which figures of a summary it counts. Definer: callers check who asks.';

create view private.crews_led with (security_invoker = true) as
  select l.person_id, n.task_id, n.area_id, n.date
  from public.task_leaders l join public.totals n on n.task_id = l.task_id
  where n.participations > 0 and current_user not in ('anon', 'authenticated');
comment on view private.crews_led is 'Who led which crew that came.';

create function private.summary_problems(p_from date, p_to date, p_area uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'sites', count(*) filter (where 'sites' = any (counts)),
    'units', count(*) filter (where 'units' = any (counts)),
    'passed_on', count(*) filter (where 'passed_on' = any (counts)),
    'untouched', count(*) filter (where 'untouched' = any (counts)),
    'overdue', count(*) filter (where 'overdue' = any (counts)),
    'unknown_length', count(*) filter (where 'unknown_length' = any (counts)),
    'flagged', count(*) filter (where 'flagged' = any (counts)),
    'to_check', count(*) filter (where 'to_check' = any (counts)),
    'drains', count(*) filter (where 'drains' = any (counts)),
    'drain_metres', coalesce(sum((site).length_m) filter (where 'drains' = any (counts)), 0),
    'drain_metres_done', coalesce(sum(least((site).length_m, metres)) filter (where 'drains' = any (counts)), 0))
  from private.sites_seen(p_from, p_to, p_area)
$$;
comment on function private.summary_problems(date, date, uuid) is
  'What is not done or not certain at the end of a period: sites overdue, never touched in it, drains without length, metres of drains done at most once. Definer: callers check who asks.';

create function private.read_summary(p_from date, p_to date, p_area uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_today date := private.today();
  v_until date := least(p_to, v_today);
  v_scope uuid[];
  v_day public.labour_days;
  v_before_from date; v_before_to date;
begin
  perform private.require_role('organizer', p_area);
  if p_from is null or p_to is null or p_to < p_from or p_to - p_from > 400 then perform private.fail('bad_value', 400); end if;
  v_scope := array(select area_id from public.area_ancestors where ancestor_id = p_area);
  select * into v_day from public.labour_days where date = p_from and p_from = p_to;
  if v_day.id is not null then
    select date, date into v_before_from, v_before_to from public.labour_days
    where month = (v_day.month - interval '1 year')::date and status <> 'cancelled';
  else
    v_before_from := (p_from - interval '1 year')::date;
    -- The last of February has its like in a leap year too.
    v_before_to := greatest((v_until - interval '1 year')::date, (v_until + 1 - interval '1 year')::date - 1);
    -- As many labour days on both sides while a period is under way: last year's was a day later, or days earlier.
    if v_until < p_to then
      select coalesce(max(b.date) filter (where d.date <= v_until and b.date > v_before_to),
          min(b.date) filter (where d.date > v_until and b.date <= v_before_to) - 1, v_before_to) into v_before_to
      from public.labour_days d join public.labour_days b on b.month = (d.month - interval '1 year')::date and b.status <> 'cancelled'
      where d.date between p_from and p_to and d.status <> 'cancelled' and b.date >= v_before_from;
    end if;
  end if;
  return jsonb_build_object(
    'today', v_today, 'from', p_from, 'to', p_to, 'until', v_until,
    'area', private.area_label(p_area),
    'labour', private.office_sums(p_from, p_to, p_area, true),
    'other', private.office_sums(p_from, p_to, p_area, false),
    'people', private.distinct_people(p_from, p_to, p_area),
    'other_kinds', coalesce((
      select jsonb_agg(jsonb_build_object('kind', x.kind, 'tasks', x.tasks, 'kg', x.kg, 'metres', x.metres, 'corners', x.corners, 'adverts', x.adverts) order by x.kind)
      from (select s.kind, count(*) as tasks, sum(n.kg_weighed + n.kg_estimated) as kg, sum(n.metres) as metres, sum(n.corners) as corners, sum(n.adverts) as adverts
        from public.totals n join public.tasks k on k.id = n.task_id join public.sites s on s.id = k.site_id
        where n.date between p_from and p_to and n.gathering_id is null and n.entries > 0 and n.area_id = any (v_scope) group by s.kind) x), '[]'),
    'before', case when v_before_from is not null then jsonb_build_object('from', v_before_from, 'to', v_before_to,
      'labour', private.office_sums(v_before_from, v_before_to, p_area, true),
      'other', private.office_sums(v_before_from, v_before_to, p_area, false)) end,
    'days', coalesce((
      select jsonb_agg(jsonb_build_object('id', d.id, 'date', d.date, 'rule_date', private.last_friday(d.month), 'status', d.status, 'reason', d.reason,
        'gatherings', (select count(*) from public.gatherings g where g.labour_day_id = d.id and g.status <> 'cancelled' and g.area_id = any (v_scope)),
        'gatherings_cancelled', (select count(*) from public.gatherings g where g.labour_day_id = d.id and g.status = 'cancelled' and g.area_id = any (v_scope)),
        'sums', private.office_sums(d.date, d.date, p_area, true)) order by d.date)
      from public.labour_days d where d.date between p_from and v_until), '[]'),
    'areas', coalesce((
      select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'name_en', a.name_en, 'level', a.level,
        'sums', private.office_sums(p_from, p_to, a.id, null)) order by a.sort, a.name)
      from public.areas a where a.parent_id = p_area), '[]'),
    'own', private.office_sums(p_from, p_to, p_area, null, false),
    'methods', jsonb_build_object(
      'leaders', (select count(distinct l.person_id) from private.crews_led l where l.date between p_from and p_to and l.area_id = any (v_scope)),
      'crews', (select count(*) from public.totals n where n.date between p_from and p_to and n.participations > 0 and n.task_id is not null and n.area_id = any (v_scope)),
      'sites_cleaned', (select count(distinct c.site_id) from private.cleanings c where c.date between p_from and p_to and c.area_id = any (v_scope)),
      'photos', (select count(*) from public.photos p join public.tasks k on k.id = p.task_id where k.date between p_from and p_to and p.released_at is not null and k.area_id = any (v_scope))),
    'problems', private.summary_problems(p_from, v_until, p_area),
    'next_days', coalesce((select jsonb_agg(jsonb_build_object('id', x.id, 'date', x.date, 'status', x.status) order by x.date)
      from (select id, date, status from public.labour_days where date > p_to and status <> 'cancelled' order by date limit 12) x), '[]'),
    'pairs', coalesce((
      select jsonb_agg(to_jsonb(q) order by q.date desc) from (
        select distinct on (k.site_id) k.id as task_id, s.name as site, k.date,
          (select sha256 from public.photos where task_id = k.id and kind = 'before' and released_at is not null order by taken_at limit 1) as before,
          (select sha256 from public.photos where task_id = k.id and kind = 'after' and released_at is not null order by taken_at desc limit 1) as after
        from public.tasks k join public.sites s on s.id = k.site_id
        where k.date between p_from and p_to and k.area_id = any (v_scope)
          and exists (select from public.photos where task_id = k.id and kind = 'before' and released_at is not null)
          and exists (select from public.photos where task_id = k.id and kind = 'after' and released_at is not null)
        order by k.site_id, k.date desc limit 6) q), '[]'),
    'texts', coalesce((
      select jsonb_agg(jsonb_build_object('block', x.block, 'language', x.language, 'body', x.body, 'updated_at', x.updated_at, 'by', p.display_name))
      from public.summary_texts x left join public.people p on p.id = x.updated_by
      where x.area_id = p_area and x.from_date = p_from and x.to_date = p_to), '[]'));
end $$;
comment on function private.read_summary(date, date, uuid) is
  'Everything a summary of an area between two dates says: sums on labour days and on others, the same span a year before, days, areas below, what is open, what comes next, released photo pairs, written texts. Definer: organizers of the area only.';

create function private.save_summary_text(p_area uuid, p_from date, p_to date, p_block text, p_language text, p_body text, p_seen timestamptz) returns timestamptz
language plpgsql security definer set search_path = ''
as $$
declare v public.summary_texts; v_body text := btrim(coalesce(p_body, ''), E' \n\r\t'); v_at timestamptz;
begin
  perform private.require_role('organizer', p_area);
  -- One writer at a time: of a text that does not exist yet there is no row to lock.
  perform 1 from public.areas where id = p_area for no key update;
  select * into v from public.summary_texts
  where area_id = p_area and from_date = p_from and to_date = p_to and block = p_block and language = p_language;
  if coalesce(v.body, '') = v_body then return v.updated_at; end if;  -- the same again
  if v.updated_at is distinct from p_seen then perform private.fail('text_changed', 409); end if;
  if v_body = '' then
    delete from public.summary_texts
    where area_id = p_area and from_date = p_from and to_date = p_to and block = p_block and language = p_language;
    return null;
  end if;
  insert into public.summary_texts as t (area_id, from_date, to_date, block, language, body, updated_at, updated_by)
  values (p_area, p_from, p_to, p_block, p_language, v_body, private.clock(), private.me())
  on conflict (area_id, from_date, to_date, block, language)
  do update set body = excluded.body, updated_at = greatest(excluded.updated_at, t.updated_at + interval '1 microsecond'), updated_by = excluded.updated_by
  returning t.updated_at into v_at;
  return v_at;
end $$;
comment on function private.save_summary_text(uuid, date, date, text, text, text, timestamptz) is
  'Keeps a text of a summary (blank: removes it). p_seen: when the text the writer saw was written (null: there was none); another one meanwhile refuses (text_changed). Definer: organizers only.';

create function private.read_people_behind(p_from date, p_to date, p_area uuid, p_figure text, p_labour boolean, p_limit int, p_offset int, p_below boolean, p_kind text) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare v_scope uuid[] := case when p_below then private.subtree(p_area) else array[p_area] end; v_one numeric := case p_figure when 'hours_credited' then 3600 else 1 end;
begin
  -- Whoever was at a gathering was there on a labour day, with a crew of any kind of site or none.
  if p_labour is false or p_kind is not null then return jsonb_build_object('sum', 0, 'count', 0, 'rows', '[]'::jsonb); end if;
  return (
    with found as (
      select a.person_id, a.signup_id, a.date, a.area_id, a.gathering_id, a.task_id, a.participations::bigint as value from (
        select x.*, row_number() over (partition by x.person_id order by x.participations desc, x.date desc, x.signup_id) as place
        from public.attendance_sums x where p_figure = 'people' and x.date between p_from and p_to and x.participations > 0 and x.area_id = any (v_scope)) a
      where a.place = 1
      union all
      select l.person_id, s.id, l.date, l.area_id, t.gathering_id, l.task_id, 1 from (
        select distinct on (x.person_id) x.person_id, x.task_id, x.date, x.area_id
        from private.crews_led x where p_figure = 'leaders' and x.date between p_from and p_to and x.area_id = any (v_scope)
        order by x.person_id, x.date desc, x.task_id) l
      join public.tasks t on t.id = l.task_id left join public.signups s on s.gathering_id = t.gathering_id and s.person_id = l.person_id
      union all
      select a.person_id, a.signup_id, a.date, a.area_id, a.gathering_id, a.task_id, a.credited_seconds
      from public.attendance_sums a where p_figure = 'hours_credited' and a.date between p_from and p_to and a.credited_seconds > 0 and a.area_id = any (v_scope))
    select jsonb_build_object('sum', (select trunc(coalesce(sum(value), 0) / v_one, 1) from found), 'count', (select count(*) from found),
      'seconds', case when v_one > 1 then (select coalesce(sum(value), 0) from found) end,
      -- Who came in a party that somebody else wrote down is called what that party is called, and has no page here.
      'rows', coalesce((select jsonb_agg(jsonb_build_object('person_id', b.person_id, 'person', case when b.known then p.display_name else coalesce(s.name, '–') end, 'known', b.known,
          'site_id', null, 'task_id', b.task_id, 'gathering_id', b.gathering_id, 'date', b.date,
          'area', a.name, 'area_en', a.name_en, 'site', null, 'kind', null, 'place', null, 'value', trunc(b.value / v_one, 1), 'seconds', case when v_one > 1 then b.value end, 'estimated', false)
          order by b.date desc, b.value desc, b.person_id)
        from (select f.*, private.organizes_person(f.person_id) as known from (
          select * from found order by date desc, value desc, person_id limit least(greatest(p_limit, 1), 500) offset greatest(p_offset, 0)) f) b
        join public.people p on p.id = b.person_id join public.areas a on a.id = b.area_id left join public.signups s on s.id = b.signup_id), '[]')));
end $$;
comment on function private.read_people_behind(date, date, uuid, text, boolean, int, int, boolean, text) is
  'read_records where persons are what adds up: distinct people (an estimate: each with the largest party they brought), crew leaders (each once, with the last crew), credited hours (as far as they count, person by person and day by day). Definer: read_records checks who asks; it names people, to organizers of the area only, by their own name where these may know it.';

create function private.read_records(p_from date, p_to date, p_area uuid, p_figure text, p_labour boolean, p_limit int, p_offset int, p_below boolean, p_kind text) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare v_one numeric := case when p_figure in ('hours', 'hours_minors', 'hours_self') then 3600 else 1 end;
begin
  perform private.require_role('organizer', p_area);
  if p_figure in ('people', 'leaders', 'hours_credited') then return private.read_people_behind(p_from, p_to, p_area, p_figure, p_labour, p_limit, p_offset, p_below, p_kind); end if;
  if p_figure in ('sites', 'units', 'passed_on', 'untouched', 'overdue', 'unknown_length', 'flagged', 'to_check', 'sites_cleaned') then
    return (
      with behind as (
        select (x.site).id, (x.site).name, (x.site).kind, (x.site).area_id, x.last, case when p_figure in ('flagged', 'to_check') then x.flagged end as flagged
        from private.sites_seen(p_from, least(p_to, private.today()), p_area) x where p_figure = any (x.counts)
        union all
        select s.id, s.name, s.kind, s.area_id, c.last, null
        from (select site_id, max(date) as last from private.cleanings
              where p_figure = 'sites_cleaned' and date between p_from and p_to and area_id in (select area_id from public.area_ancestors where ancestor_id = p_area)
              group by site_id) c join public.sites s on s.id = c.site_id)
      select jsonb_build_object('sum', (select count(*) from behind), 'count', (select count(*) from behind),
        'rows', coalesce((select jsonb_agg(jsonb_build_object('site_id', b.id, 'task_id', t.id, 'gathering_id', null, 'date', coalesce(b.flagged, b.last), 'area', a.name, 'area_en', a.name_en,
            'site', b.name, 'kind', b.kind, 'place', null, 'value', 1, 'estimated', false) order by b.last nulls first, b.name, b.id)
          from (select * from behind order by last nulls first, name, id limit least(greatest(p_limit, 1), 500) offset greatest(p_offset, 0)) b
          join public.areas a on a.id = b.area_id
          -- What waits to be checked is a day's metres: with the first of its crews.
          left join lateral (select k.id from public.tasks k where k.site_id = b.id and k.date = b.flagged order by k.id limit 1) t on true), '[]')));
  end if;
  return (
    with found as (
      select n.task_id, n.gathering_id, n.date, n.area_id, n.kg_weighed, n.kg_estimated,
        case p_figure
          when 'participations' then n.participations when 'minors' then n.minors when 'parties' then n.parties when 'open_ended' then n.open_ended
          when 'hours' then n.person_seconds + n.credited_seconds when 'hours_self' then n.self_seconds when 'kg' then n.kg_weighed + n.kg_estimated when 'bags' then n.bags when 'loads' then n.loads
          when 'hours_minors' then n.minor_seconds
          when 'metres' then n.metres when 'corners' then n.corners when 'adverts' then n.adverts when 'entries' then n.entries
          when 'tasks' then (n.task_id is not null and (n.entries > 0 or n.participations > 0))::int
          when 'kg_estimated' then n.kg_estimated
          when 'photos' then (select count(*) from public.photos p where p.task_id = n.task_id and p.released_at is not null)
          when 'crews' then (n.task_id is not null and n.participations > 0)::int end as value
      from public.totals n
      where n.date between p_from and p_to
        and case when p_below then n.area_id in (select area_id from public.area_ancestors where ancestor_id = p_area) else n.area_id = p_area end
        and (p_kind is null or exists (select from public.tasks k join public.sites s on s.id = k.site_id where k.id = n.task_id and s.kind::text = p_kind))
        and (p_labour is null or (n.gathering_id is not null) = p_labour)
    ), behind as (select * from found where value > 0)
    select jsonb_build_object('sum', (select trunc(coalesce(sum(value), 0) / v_one, 1) from behind), 'count', (select count(*) from behind),
      'seconds', case when v_one > 1 then (select coalesce(sum(value), 0) from behind) end,
      'rows', coalesce((select jsonb_agg(jsonb_build_object('site_id', null, 'task_id', b.task_id, 'gathering_id', b.gathering_id, 'date', b.date, 'area', a.name, 'area_en', a.name_en,
          'site', s.name, 'kind', s.kind, 'place', g.place, 'value', trunc(b.value / v_one, 1), 'seconds', case when v_one > 1 then b.value end, 'estimated', p_figure in ('kg', 'kg_estimated') and b.kg_estimated > 0) order by b.date desc, b.value desc, b.task_id, b.gathering_id)
        from (select * from behind order by date desc, value desc, task_id, gathering_id limit least(greatest(p_limit, 1), 500) offset greatest(p_offset, 0)) b
        join public.areas a on a.id = b.area_id
        left join public.tasks k on k.id = b.task_id left join public.sites s on s.id = k.site_id
        left join public.gatherings g on g.id = b.gathering_id), '[]')));
end $$;
comment on function private.read_records(date, date, uuid, text, boolean, int, int, boolean, text) is
  'The rows of which one figure of an area (with or, p_below false, without those below it) and period is the sum, newest first, with the sum: tasks, and gatherings for parties without a crew; of a count of sites, the sites, those that wait longest first; of people, leaders and credited hours, the persons (read_people_behind). Of hours also the very seconds, which add up without a remainder. p_labour: see office_sums. Definer: organizers of the area only.';
