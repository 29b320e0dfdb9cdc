-- Hours that a volunteer questions: the request, the organizer's answer, and the credit as a record of its own.
-- Nothing here is ever changed: what was asked, answered and credited stays, and a credit is taken back by a further record.

create table public.hour_requests (
  id uuid primary key,
  signup_id uuid not null references public.signups (id) on delete restrict on update cascade,
  area_id uuid not null references public.areas (id) on delete restrict,
  says text not null check (char_length(btrim(says)) between 1 and 300),
  minutes int check (minutes between 0 and 1440),
  asked_at timestamptz not null
);
comment on table public.hour_requests is 'A volunteer asks for a correction of their hours of one day: in their words, and how many minutes they were there (null: not said).';
create index hour_requests_signup_idx on public.hour_requests (signup_id);
create index hour_requests_area_idx on public.hour_requests (area_id);
alter table public.hour_requests enable row level security;

create table public.hour_answers (
  request_id uuid primary key references public.hour_requests (id) on delete restrict,
  area_id uuid not null references public.areas (id) on delete restrict,
  granted boolean not null,
  reason text not null check (char_length(btrim(reason)) between 1 and 300),
  answered_by uuid references public.people (id) on delete set null,
  answered_at timestamptz not null
);
comment on table public.hour_answers is 'The organizer''s one answer to a request, with the reason.';
create index hour_answers_area_idx on public.hour_answers (area_id);
create index hour_answers_answered_by_idx on public.hour_answers (answered_by);
alter table public.hour_answers enable row level security;

create table public.hour_credits (
  id uuid primary key,
  signup_id uuid not null references public.signups (id) on delete restrict on update cascade,
  area_id uuid not null references public.areas (id) on delete restrict,
  seconds int not null check (seconds <> 0 and abs(seconds) <= 86400),
  recorded_seconds int check (recorded_seconds >= 0),
  reason text not null check (char_length(btrim(reason)) between 1 and 300),
  request_id uuid unique references public.hour_requests (id) on delete restrict,
  takes_back uuid unique references public.hour_credits (id) on delete restrict,
  credited_by uuid references public.people (id) on delete set null,
  credited_at timestamptz not null,
  check ((seconds < 0) = (takes_back is not null)),
  check ((recorded_seconds is null) = (takes_back is not null))
);
comment on table public.hour_credits is
  'Hours an organizer credits to the named person of a sign-up, on top of what was recorded there. What of it counts is derived (private.credit_counts). takes_back: the credit that this one cancels.';
comment on column public.hour_credits.recorded_seconds is 'The named person''s own presence as it stood recorded when this was credited on top: what is recorded later takes the credit''s place.';
create index hour_credits_signup_idx on public.hour_credits (signup_id);
create index hour_credits_area_idx on public.hour_credits (area_id);
create index hour_credits_credited_by_idx on public.hour_credits (credited_by);
alter table public.hour_credits enable row level security;

create function private.only_forgetting() returns trigger
language plpgsql set search_path = ''
as $$
declare v_may constant text[] := '{answered_by,credited_by,says,signup_id}';
begin
  if tg_op = 'DELETE' or to_jsonb(new) - v_may <> to_jsonb(old) - v_may
    or to_jsonb(new) ->> 'says' not in (to_jsonb(old) ->> 'says', '–')
    or coalesce(to_jsonb(new) ->> 'answered_by', to_jsonb(new) ->> 'credited_by') <> coalesce(to_jsonb(old) ->> 'answered_by', to_jsonb(old) ->> 'credited_by', '') then
    perform private.fail('append_only', 403);
  end if;
  return new;
end $$;
comment on function private.only_forgetting() is 'Trigger: a record never changes; only a person''s words and name may fall away when they are forgotten, and it follows a party that signed up again.';
create trigger hour_requests_keep before update or delete on public.hour_requests for each row execute function private.only_forgetting();
create trigger hour_answers_keep before update or delete on public.hour_answers for each row execute function private.only_forgetting();
create trigger hour_credits_keep before update or delete on public.hour_credits for each row execute function private.only_forgetting();

create function private.credit_counts(p_signup uuid, p_named bigint) returns bigint
language plpgsql stable security definer set search_path = ''
as $$
declare c record; v_sum bigint := 0; v_whole bigint := 0;
begin
  for c in select k.seconds, k.recorded_seconds from public.hour_credits k
    where k.signup_id = p_signup and k.takes_back is null and not exists (select from public.hour_credits t where t.takes_back = k.id)
    order by k.credited_at, k.id
  loop
    -- As long the person was there, as whoever credited it saw it.
    v_whole := c.recorded_seconds + least(v_sum, greatest(0, v_whole - c.recorded_seconds)) + c.seconds;
    v_sum := v_sum + c.seconds;
  end loop;
  if v_sum = 0 then return 0; end if;
  select least(v_whole, extract(epoch from g.until_at - g.from_at)::bigint) into v_whole
  from public.signups s join private.gathering_plans g on g.gathering_id = s.gathering_id where s.id = p_signup;
  return least(v_sum, greatest(0, v_whole - p_named));
end $$;
comment on function private.credit_counts(uuid, bigint) is
  'How many credited seconds of a sign-up count beside so many recorded ones of the named person. The rule is written down in src/lib/domain/hours/credits.ts: a record that arrives after a credit takes its place, so that no time counts twice. Definer: clients see no others'' credits.';

create function private.credit_changed() returns trigger
language plpgsql security definer set search_path = ''
as $$ begin perform private.refresh_attendance(new.signup_id); return null; end $$;
comment on function private.credit_changed() is 'Trigger: carries a credit into the party''s sums and its crew''s totals. Definer: sums have no client writes.';
create trigger hour_credits_changed after insert on public.hour_credits for each row execute function private.credit_changed();

-- Commands --------------------------------------------------------------------------------------------------------

create function private.check_reason(p_reason text) returns text
language plpgsql immutable set search_path = ''
as $$
begin
  if char_length(btrim(coalesce(p_reason, ''))) = 0 then perform private.fail('reason_needed', 400); end if;
  if char_length(btrim(p_reason)) > 300 then perform private.fail('bad_value', 400); end if;
  return btrim(p_reason);
end $$;
comment on function private.check_reason(text) is 'A reason or a volunteer''s words, trimmed; refused when empty or over 300 characters.';

create function private.add_hour_request(p_id uuid, p_signup uuid, p_says text, p_minutes int, p_asker uuid) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare v public.signups; v_says text := private.check_reason(p_says);
begin
  select * into v from public.signups where id = p_signup for no key update;
  if exists (select from public.hour_requests where id = p_id and signup_id = p_signup) then return p_id; end if;
  if private.clock() < (select ends_at from private.gathering_plans where gathering_id = v.gathering_id) then perform private.fail('day_not_begun', 409); end if;
  if p_minutes not between 0 and 1440 then perform private.fail('bad_value', 400); end if;
  if not private.take_attempt('hours:' || p_asker, 20, 86400) then perform private.fail('slow_down', 429); end if;
  if exists (select from public.hour_requests r where r.signup_id = p_signup and not exists (select from public.hour_answers a where a.request_id = r.id)) then
    perform private.fail('request_open', 409);
  end if;
  insert into public.hour_requests (id, signup_id, area_id, says, minutes, asked_at) values (p_id, p_signup, v.area_id, v_says, p_minutes, private.clock());
  return p_id;
end $$;
comment on function private.add_hour_request(uuid, uuid, text, int, uuid) is
  'Notes a request for a correction of one day (client-made id), once it is over; one open request per day. Definer: requests have no client inserts; callers prove whose day it is.';

create function private.ask_for_hours(p_id uuid, p_signup uuid, p_says text, p_minutes int) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare v_me uuid := private.require_me(); v_person uuid := (select person_id from public.signups where id = p_signup);
begin
  if v_person is null then perform private.fail('gone', 404); end if;
  if v_person <> v_me then perform private.fail('not_yours', 403); end if;
  return private.add_hour_request(p_id, p_signup, p_says, p_minutes, v_me);
end $$;
comment on function private.ask_for_hours(uuid, uuid, text, int) is
  'A volunteer asks for a correction of their hours of one day; see add_hour_request. Definer: their own day only.';

create function public.guest_ask_for_hours(p_token text, p_id uuid, p_says text) returns uuid
language plpgsql set search_path = ''
as $$
declare v_signup uuid := private.require_token(p_token);
begin
  return private.add_hour_request(p_id, v_signup, p_says, null, v_signup);
end $$;
comment on function public.guest_ask_for_hours(text, uuid, text) is 'A guest asks for a correction of their hours through the secret link. Server only.';

create function private.add_credit(p_id uuid, p_signup public.signups, p_minutes int, p_reason text, p_request uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare v_plan record; v_has public.attendance_sums; v_most int;
begin
  if p_signup.person_id = private.me() then perform private.fail('own_hours', 403); end if;
  if p_minutes is null or p_minutes < 1 then perform private.fail('bad_value', 400); end if;
  perform private.take_turns(array[p_signup.id]);
  select * into v_plan from private.gathering_plans where gathering_id = p_signup.gathering_id;
  if private.clock() < v_plan.ends_at then perform private.fail('day_not_begun', 409); end if;
  select * into v_has from public.attendance_sums where signup_id = p_signup.id;
  -- Together with what was recorded no more than the day could hold: no minute is counted twice.
  v_most := floor((extract(epoch from v_plan.until_at - v_plan.from_at) - coalesce(v_has.named_seconds + v_has.credited_seconds, 0)) / 60);
  if p_minutes > v_most then perform private.fail('too_many_hours', 409, greatest(0, v_most)::text); end if;
  insert into public.hour_credits (id, signup_id, area_id, seconds, recorded_seconds, reason, request_id, credited_by, credited_at)
  values (p_id, p_signup.id, p_signup.area_id, p_minutes * 60, coalesce(v_has.named_seconds, 0), p_reason, p_request, private.me(), private.clock());
end $$;
comment on function private.add_credit(uuid, public.signups, int, text, uuid) is
  'Credits minutes to the named person of a sign-up, up to what the day could hold (too_many_hours tells how many minutes are left); nobody credits themself. Definer: commands check the role first.';

create function private.answer_hours(p_request uuid, p_minutes int, p_reason text) returns void
language plpgsql security definer set search_path = ''
as $$
declare v_request public.hour_requests; v_signup public.signups; v_old public.hour_answers; v_reason text;
begin
  select * into v_request from public.hour_requests where id = p_request for no key update;
  if v_request.id is null then perform private.fail('gone', 404); end if;
  perform private.require_role('organizer', v_request.area_id);
  v_reason := private.check_reason(p_reason);
  select * into v_old from public.hour_answers where request_id = p_request;
  if v_old.request_id is not null then
    if v_old.granted = (p_minutes is not null) and v_old.reason = v_reason and v_old.answered_by = private.me() then return; end if;  -- the same again
    perform private.fail('request_answered', 409);
  end if;
  select * into v_signup from public.signups where id = v_request.signup_id;
  if v_signup.person_id = private.me() then perform private.fail('own_hours', 403); end if;
  if p_minutes is not null then perform private.add_credit(gen_random_uuid(), v_signup, p_minutes, v_reason, p_request); end if;
  insert into public.hour_answers (request_id, area_id, granted, reason, answered_by, answered_at)
  values (p_request, v_request.area_id, p_minutes is not null, v_reason, private.me(), private.clock());
end $$;
comment on function private.answer_hours(uuid, int, text) is 'An organizer answers a request, once: credits so many minutes, or (null) refuses; with the reason. Definer: organizers only.';

create function private.credit_hours(p_id uuid, p_signup uuid, p_minutes int, p_reason text) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare v public.signups;
begin
  select * into v from public.signups where id = p_signup;
  if v.id is null then perform private.fail('gone', 404); end if;
  perform private.require_role('organizer', v.area_id);
  if exists (select from public.hour_credits where id = p_id and signup_id = p_signup) then return p_id; end if;
  perform private.add_credit(p_id, v, p_minutes, private.check_reason(p_reason), null);
  return p_id;
end $$;
comment on function private.credit_hours(uuid, uuid, int, text) is 'An organizer credits minutes without a request (client-made id), with the reason. Definer: organizers only.';

create function private.take_back_credit(p_id uuid, p_credit uuid, p_reason text) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare v public.hour_credits; v_reason text;
begin
  select * into v from public.hour_credits where id = p_credit;
  if v.id is null or v.takes_back is not null then perform private.fail('gone', 404); end if;
  perform private.require_role('organizer', v.area_id);
  v_reason := private.check_reason(p_reason);
  perform private.take_turns(array[v.signup_id]);
  insert into public.hour_credits (id, signup_id, area_id, seconds, reason, takes_back, credited_by, credited_at)
  values (p_id, v.signup_id, v.area_id, -v.seconds, v_reason, v.id, private.me(), private.clock()) on conflict do nothing;
  return (select id from public.hour_credits where takes_back = p_credit);
end $$;
comment on function private.take_back_credit(uuid, uuid, text) is 'Takes a credit back by a further record (client-made id), with the reason; again: nothing. Definer: organizers only.';

-- Reading ---------------------------------------------------------------------------------------------------------

create function private.credit_json(p_credit public.hour_credits) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('id', p_credit.id, 'seconds', p_credit.seconds,
    'taken_back', exists (select from public.hour_credits t where t.takes_back = p_credit.id))
$$;
comment on function private.credit_json(public.hour_credits) is 'A credit with whether it was taken back. Definer: callers check whose it is.';

create function private.request_json(p_request public.hour_requests) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('id', p_request.id, 'says', p_request.says, 'minutes', p_request.minutes, 'asked_at', p_request.asked_at,
    'answer', (select jsonb_build_object('reason', a.reason, 'at', a.answered_at, 'by', p.display_name)
      from public.hour_answers a left join public.people p on p.id = a.answered_by where a.request_id = p_request.id),
    'credit', (select private.credit_json(c) from public.hour_credits c where c.request_id = p_request.id))
$$;
comment on function private.request_json(public.hour_requests) is 'A request with its answer, and what was credited for it (null: nothing). Definer: callers check whose it is.';

create function private.hours_json(p_signup uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object(
    'recorded', coalesce(a.named_seconds - a.named_self_seconds, 0), 'self', coalesce(a.named_self_seconds, 0), 'credited', coalesce(a.credited_seconds, 0),
    'replaced', coalesce((select sum(c.seconds) from public.hour_credits c where c.signup_id = s.id), 0) - coalesce(a.credited_seconds, 0),
    'open_ended', coalesce(a.open_ended, false), 'participations', coalesce(a.participations, 0), 'over', private.clock() >= g.ends_at,
    'requests', coalesce((select jsonb_agg(private.request_json(r) order by r.asked_at) from public.hour_requests r where r.signup_id = s.id), '[]'),
    'credits', coalesce((select jsonb_agg(private.credit_json(c) || jsonb_build_object('reason', c.reason, 'at', c.credited_at, 'by', p.display_name) order by c.credited_at)
      from public.hour_credits c left join public.people p on p.id = c.credited_by where c.signup_id = s.id and c.request_id is null), '[]'))
  from public.signups s join private.gathering_plans g on g.gathering_id = s.gathering_id left join public.attendance_sums a on a.signup_id = s.id
  where s.id = p_signup
$$;
comment on function private.hours_json(uuid) is
  'The named person''s hours of one sign-up: seconds as recorded by others, on their own word, and credited as far as it counts (replaced: what records that arrived later took the place of); requests with answers and their credits, and credits that nobody had asked for or that take others back. Definer: callers check whose it is.';

create function private.my_hours() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare v_me uuid := private.require_me();
begin
  return jsonb_build_object('today', private.today(), 'days', coalesce((
    select jsonb_agg(jsonb_build_object('signup_id', s.id, 'date', d.date, 'area', private.area_label(s.area_id)) || private.hours_json(s.id) order by d.date desc)
    from public.signups s join public.labour_days d on d.id = s.labour_day_id left join public.attendance_sums a on a.signup_id = s.id
    where s.person_id = v_me and d.date <= private.today() and (s.status = 'confirmed' or a.events > 0 or a.credited_seconds <> 0)), '[]'));
end $$;
comment on function private.my_hours() is
  'The caller''s days, newest first, with their hours. Definer: the caller''s own only.';

create function private.read_hour_requests(p_limit int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_me();
  if not exists (select private.areas_where('organizer')) then perform private.fail('not_yours', 403); end if;
  return coalesce((
    select jsonb_agg(private.request_json(r) || jsonb_build_object('signup_id', s.id, 'name', s.name, 'own', s.person_id = private.me(), 'date', d.date, 'area', private.area_label(s.area_id),
      'starts', to_char(g.starts, 'HH24:MI'), 'ends', to_char(g.ends, 'HH24:MI'),
      'recorded', coalesce(a.named_seconds - a.named_self_seconds, 0), 'self', coalesce(a.named_self_seconds, 0), 'credited', coalesce(a.credited_seconds, 0),
      'first_at', a.first_at, 'last_at', a.last_at, 'open_ended', coalesce(a.open_ended, false)) order by l.answered, l.asked_at desc)
    from (select q.id, q.asked_at, exists (select from public.hour_answers x where x.request_id = q.id) as answered from public.hour_requests q
          where q.area_id in (select private.areas_where('organizer')) order by answered, q.asked_at desc limit least(p_limit, 500)) l
    join public.hour_requests r on r.id = l.id join public.signups s on s.id = r.signup_id
    join public.gatherings g on g.id = s.gathering_id join public.labour_days d on d.id = s.labour_day_id
    left join public.attendance_sums a on a.signup_id = s.id), '[]');
end $$;
comment on function private.read_hour_requests(int) is 'Requests for a correction of hours in the caller''s areas, open ones first, with what is recorded. Definer: organizers only.';
