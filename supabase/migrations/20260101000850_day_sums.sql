-- Sums per day: what the running totals of a day come to for every area above them, rolled up once the day is past, so
-- that no page ever adds up history.

create table private.work_days (
  date date primary key,
  rolled_at timestamptz
);
comment on table private.work_days is
  'Every date that has totals. rolled_at: day_sums hold them; null: they are still added up when somebody asks.';
create index work_days_open_idx on private.work_days (date) where rolled_at is null;
alter table private.work_days enable row level security;

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
  'Sums of one past day for one area and all below it. A record that comes late opens its day again (work_days) until the next roll-up. year_people, ever_people: distinct people that the day adds to the year, to all years.';
alter table public.day_sums enable row level security;

create function private.totals_of(p_from date, p_to date, p_areas uuid[]) returns setof public.day_sums
language plpgsql stable security definer set search_path = '' rows 300
as $$
begin
  return query
    select s.* from public.day_sums s join private.work_days w on w.date = s.date and w.rolled_at is not null
    where s.area_id = any (p_areas) and s.date between p_from and p_to;
  if not exists (select from private.work_days w where w.rolled_at is null and w.date between p_from and least(p_to, private.today() + 1)) then return; end if;
  return query
    select aa.ancestor_id, t.date, sum(t.parties)::int, sum(t.participations)::int, sum(t.minors)::int, sum(t.person_seconds)::bigint, sum(t.minor_seconds)::bigint,
      sum(t.self_seconds)::bigint, sum(t.credited_seconds)::bigint, sum(t.open_ended)::int,
      sum(case a.level when 'district' then t.y1 when 'street' then t.y2 else t.y3 end)::int, sum(case a.level when 'district' then t.e1 when 'street' then t.e2 else t.e3 end)::int,
      sum(t.entries)::int, sum(t.bags)::int, sum(t.loads)::numeric(12, 1), sum(t.kg_weighed)::numeric(14, 1), sum(t.kg_estimated)::numeric(14, 1), sum(t.metres_recorded)::numeric(14, 1),
      sum(t.metres)::numeric(14, 1), sum(t.corners)::int, sum(t.adverts)::int
    from (
      -- Crews first, then the areas above them: a running day has thousands of crews.
      select n.area_id, n.date, sum(n.parties) as parties, sum(n.participations) as participations, sum(n.minors) as minors, sum(n.person_seconds) as person_seconds,
        sum(n.minor_seconds) as minor_seconds, sum(n.self_seconds) as self_seconds, sum(n.credited_seconds) as credited_seconds, sum(n.open_ended) as open_ended,
        sum(n.year_people[1]) as y1, sum(n.year_people[2]) as y2, sum(n.year_people[3]) as y3, sum(n.ever_people[1]) as e1, sum(n.ever_people[2]) as e2, sum(n.ever_people[3]) as e3,
        sum(n.entries) as entries, sum(n.bags) as bags, sum(n.loads) as loads, sum(n.kg_weighed) as kg_weighed, sum(n.kg_estimated) as kg_estimated,
        sum(n.metres_recorded) as metres_recorded, sum(n.metres) as metres, sum(n.corners) as corners, sum(n.adverts) as adverts
      from private.work_days w join public.totals n on n.date = w.date
      where w.rolled_at is null and w.date between p_from and least(p_to, private.today() + 1)
        and (n.participations > 0 or n.entries > 0 or n.credited_seconds <> 0)
      group by n.area_id, n.date) t
    join public.area_ancestors aa on aa.area_id = t.area_id join public.areas a on a.id = aa.ancestor_id
    where aa.ancestor_id = any (p_areas)
    group by aa.ancestor_id, t.date;
end $$;
comment on function private.totals_of(date, date, uuid[]) is
  'The sums of these areas, a row per area and day on which something was done: rolled up, or added up now where a day is not over. Definer: called by pages, which show what their reader may see.';

create function private.roll_up(p_date date) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  -- Who is adding to one of these rows is waited for, and who comes after opens the day again.
  perform 1 from public.totals where date = p_date order by id for no key update;
  update public.totals set rolled = true where date = p_date and not rolled;
  insert into private.work_days (date) values (p_date) on conflict (date) do update set rolled_at = null;
  delete from public.day_sums where date = p_date;
  insert into public.day_sums select * from private.totals_of(p_date, p_date, array(select id from public.areas));
  update private.work_days set rolled_at = private.clock() where date = p_date;
end $$;
comment on function private.roll_up(date) is 'Rolls one past day up. Definer: runs from housekeeping.';

create function private.roll_up_days() returns int
language plpgsql security definer set search_path = ''
as $$
declare v date; v_count int := 0;
begin
  for v in select date from private.work_days where rolled_at is null and date < private.today() order by date limit 60 loop
    perform private.roll_up(v);
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;
comment on function private.roll_up_days() is 'Rolls up the days that are over (at most 60 a time). Definer: runs from housekeeping.';

create function private.open_day() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' and new.date = old.date then
    new.rolled := old.rolled and new.rolled and to_jsonb(new) = to_jsonb(old);
    if not new.rolled then update private.work_days set rolled_at = null where date = new.date and rolled_at is not null; end if;
    return new;
  end if;
  if tg_op <> 'INSERT' then update private.work_days set rolled_at = null where date = old.date and rolled_at is not null; end if;
  if tg_op = 'DELETE' then return old; end if;
  new.rolled := false;
  insert into private.work_days (date) values (new.date) on conflict (date) do nothing;
  update private.work_days set rolled_at = null where date = new.date and rolled_at is not null;
  return new;
end $$;
comment on function private.open_day() is
  'Trigger: a day to which something is added, or from which something is taken, is no longer rolled up. Of a day that is not, an update costs nothing. Definer: clients see neither table.';
create trigger totals_open_day before insert or delete on public.totals for each row execute function private.open_day();
create trigger totals_open_day_again before update on public.totals
  for each row when (old.rolled or old.date <> new.date) execute function private.open_day();
