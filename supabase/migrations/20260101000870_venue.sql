-- At the venue: codes that change every half minute, by which volunteers check themselves in, and what phones still hold.

create table private.venue_secrets (
  gathering_id uuid primary key references public.gatherings (id) on delete cascade,
  secret text not null check (secret ~ '^[0-9a-f]{64}$')
);
comment on table private.venue_secrets is
  'What a gathering''s codes at the venue are made from. Travels to the phones of its leaders and organizers with the roster, to nobody else.';
alter table private.venue_secrets enable row level security;

create function private.open_venue() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into private.venue_secrets (gathering_id, secret) values (new.id, private.sha256_hex(gen_random_uuid()::text || gen_random_uuid()));
  return null;
end $$;
comment on function private.open_venue() is 'Trigger: every gathering has its secret. Definer: secrets have no client writes.';
create trigger gatherings_open_venue after insert on public.gatherings for each row execute function private.open_venue();

create function private.hmac_sha256(p_key bytea, p_message bytea) returns bytea
language plpgsql immutable set search_path = ''
as $$
declare
  v_key bytea := case when length(p_key) > 64 then sha256(p_key) else p_key end;
  v_inner bytea := decode(repeat('36', 64), 'hex');
  v_outer bytea := decode(repeat('5c', 64), 'hex');
begin
  for i in 0 .. length(v_key) - 1 loop
    v_inner := set_byte(v_inner, i, get_byte(v_inner, i) # get_byte(v_key, i));
    v_outer := set_byte(v_outer, i, get_byte(v_outer, i) # get_byte(v_key, i));
  end loop;
  return sha256(v_outer || sha256(v_inner || p_message));
end $$;
comment on function private.hmac_sha256(bytea, bytea) is 'HMAC-SHA-256 (RFC 2104) by core functions alone: an engine may lack pgcrypto.';

create function private.venue_code(p_secret text, p_window bigint) returns table (digits text, token text)
language plpgsql immutable set search_path = ''
as $$
declare v_mac bytea := private.hmac_sha256(decode(p_secret, 'hex'), int8send(p_window)); v_at int := get_byte(v_mac, 31) & 15;
begin
  return query select
    lpad(((((get_byte(v_mac, v_at) & 127) << 24) + (get_byte(v_mac, v_at + 1) << 16) + (get_byte(v_mac, v_at + 2) << 8) + get_byte(v_mac, v_at + 3)) % 1000000)::text, 6, '0'),
    encode(substr(v_mac, 1, 8), 'hex');
end $$;
comment on function private.venue_code(text, bigint) is
  'The code of one half minute (its number since 1970): six digits as RFC 6238 makes them (SHA-256, 30 seconds), and the longer token of the QR. src/lib/domain/venue makes the same on the phone.';

create function private.venue_window(p_gathering uuid, p_code text, p_read timestamptz) returns bigint
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_secret text; v_now bigint := floor(extract(epoch from private.clock())); v_read bigint := floor(extract(epoch from p_read));
  v_code text := lower(regexp_replace(coalesce(p_code, ''), '[\s–-]', '', 'g')); v_window bigint; v_first bigint;
begin
  select secret into v_secret from private.venue_secrets where gathering_id = p_gathering;
  select floor(extract(epoch from private.instant(d.date, '00:00')) / 30) into v_first
  from public.gatherings g join public.labour_days d on d.id = g.labour_day_id where g.id = p_gathering;
  if v_code ~ '^[0-9]{1,12}_[0-9a-f]{16}$' then
    v_window := split_part(v_code, '_', 1)::bigint;
    -- The phone that shows the code may be half a minute ahead.
    if v_window between v_first and (v_now + 30) / 30
      and exists (select from private.venue_code(v_secret, v_window) c where c.token = split_part(v_code, '_', 2)) then
      return v_window;
    end if;
  elsif v_code ~ '^[0-9]{6}$' then
    -- Six digits do not say when they were shown: the half hour before they were read is searched, newest first.
    for v_window in reverse (v_read + 30) / 30 .. greatest(v_first, (v_read - 1800) / 30) loop
      if exists (select from private.venue_code(v_secret, v_window) c where c.digits = v_code) then return v_window; end if;
    end loop;
  end if;
  return null;
end $$;
comment on function private.venue_window(uuid, text, timestamptz) is
  'The half minute in which this gathering showed this code today (of six digits: within the half hour before they were read), or null. Definer: reads the secret.';

create function private.self_check_in(p_signup uuid, p_code text, p_heads int, p_minors int, p_age int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v public.signups; v_g public.gatherings; v_date date; v_cancelled boolean; v_now timestamptz := private.clock();
  v_read timestamptz := v_now - make_interval(secs => least(greatest(coalesce(p_age, 0), 0), 86400));
  v_window bigint; v_fresh boolean; v_id uuid; v_at timestamptz; v_known public.attendance_events; v_heads int; v_minors int;
begin
  select * into v from public.signups where id = p_signup;
  if v.id is null then perform private.fail('gone', 404); end if;
  v_heads := coalesce(p_heads, v.headcount);
  v_minors := coalesce(p_minors, least(v.minors, v_heads));
  perform private.check_party(v_heads, v_minors, v.headcount);
  select * into v_g from public.gatherings where id = v.gathering_id;
  select date, status = 'cancelled' into v_date, v_cancelled from public.labour_days where id = v.labour_day_id;
  -- Refusals are answered, not raised: raising would take the count of tries back.
  if v_cancelled or v_g.status = 'cancelled' then return private.refused('cancelled'); end if;
  if v.status <> 'confirmed' then return private.refused('signup_not_confirmed'); end if;
  if v_date <> private.today() then return private.refused('not_today'); end if;
  if not private.take_attempt('venue:signup:' || p_signup, 10, 600) or not private.take_attempt('venue:gathering:' || v_g.id, 2000, 600) then
    return private.refused('slow_down');
  end if;
  v_window := private.venue_window(v_g.id, p_code, v_read);
  if v_window is null then return private.refused('venue_code_wrong'); end if;
  v_fresh := v_now <= to_timestamp(v_window * 30 + 30) + interval '90 seconds';
  v_at := case when v_fresh then v_now else to_timestamp(v_window * 30) end;
  v_id := overlay(overlay(md5(p_signup || ':' || v_window) placing '8' from 13) placing '8' from 17)::uuid;
  perform private.take_turns(array[p_signup]);
  select * into v_known from public.attendance_events where id = v_id;
  if v_known.id is null and exists (select from public.attendance_sums where signup_id = p_signup and present_heads > 0) then
    return jsonb_build_object('outcome', 'already', 'heads', (select present_heads from public.attendance_sums where signup_id = p_signup));
  end if;
  if v_known.id is null then
    insert into public.attendance_events (id, signup_id, gathering_id, area_id, task_id, heads, minors, at, device_id, seq, device_time, source, recorded_by,
      received_at, late, claimed, knows)
    values (v_id, p_signup, v_g.id, v_g.area_id, (select task_id from public.assignments where signup_id = p_signup), v_heads, v_minors, v_at,
      p_signup, (select count(*) + 1 from public.attendance_events where device_id = p_signup), v_at, 'self', v.person_id,
      v_now, v_g.status = 'closed', not v_fresh,
      coalesce((select array_agg(id) from public.attendance_events where signup_id = p_signup), '{}'))
    returning * into v_known;
  end if;
  return jsonb_build_object('outcome', case when v_known.claimed or v_known.late and v_known.accepted_at is null then 'claimed' else 'checked_in' end,
    'heads', v_known.heads, 'minors', v_known.minors, 'at', v_known.at);
end $$;
comment on function private.self_check_in(uuid, text, int, int, int) is
  'A volunteer checks in with the code shown at the venue, read p_age seconds ago: within 90 seconds of the code''s half minute it counts; later, until the end of the day, it is a claim that a leader answers. Answers checked_in, claimed, already or refused with a code; ten tries in ten minutes. Definer: callers prove the sign-up is theirs.';

create function private.refused(p_code text) returns jsonb
language sql immutable set search_path = ''
as $$ select jsonb_build_object('outcome', 'refused', 'code', p_code) $$;
comment on function private.refused(text) is 'A refusal as an answer, where raising it would undo what must stay (a count of tries).';

create function public.guest_check_in(p_token text, p_code text, p_heads int default null, p_minors int default null, p_age int default 0) returns jsonb
language sql set search_path = ''
as $$ select private.self_check_in(private.require_token(p_token), p_code, p_heads, p_minors, p_age) $$;
comment on function public.guest_check_in(text, text, int, int, int) is 'A guest checks in through the secret link with the code shown at the venue. Server only.';

create function private.check_in_myself(p_signup uuid, p_code text, p_heads int, p_minors int, p_age int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  if not exists (select from public.signups where id = p_signup and person_id = private.require_me()) then perform private.fail('not_yours', 403); end if;
  return private.self_check_in(p_signup, p_code, p_heads, p_minors, p_age);
end $$;
comment on function private.check_in_myself(uuid, text, int, int, int) is 'An account checks its own party in with the code shown at the venue. Definer: the caller''s own sign-up only.';

-- What phones still hold ------------------------------------------------------------------------------------------

create table public.day_phones (
  gathering_id uuid not null references public.gatherings (id) on delete cascade,
  device_id uuid not null,
  person_id uuid not null references public.people (id) on delete cascade,
  area_id uuid not null references public.areas (id) on delete cascade,
  records int not null check (records between 0 and 100000),
  photos int not null check (photos between 0 and 100000),
  at timestamptz not null,
  heard_at timestamptz not null,
  primary key (gathering_id, device_id, person_id)
);
comment on table public.day_phones is
  'Phones that hold a gathering''s roster, by their own word: how many records and photos they still have to send, and when they were last heard.';
create index day_phones_person_idx on public.day_phones (person_id);
create index day_phones_area_idx on public.day_phones (area_id);
alter table public.day_phones enable row level security;

create function private.report_phone(p_gathering uuid, p_device uuid, p_records int, p_photos int, p_at timestamptz) returns void
language plpgsql security definer set search_path = ''
as $$
declare v_area uuid; v_at timestamptz := least(p_at, private.clock());
begin
  perform private.require_me();
  select area_id into v_area from public.gatherings where id = p_gathering;
  if v_area is null then perform private.fail('gone', 404); end if;
  if not private.has_role('organizer', v_area) and not exists (select from public.task_leaders l join public.tasks t on t.id = l.task_id
    where t.gathering_id = p_gathering and l.person_id = private.me()) then
    perform private.fail('not_yours', 403);
  end if;
  insert into public.day_phones as p (gathering_id, device_id, person_id, area_id, records, photos, at, heard_at)
  values (p_gathering, p_device, private.me(), v_area, p_records, p_photos, v_at, private.clock())
  on conflict (gathering_id, device_id, person_id) do update set records = excluded.records, photos = excluded.photos, at = excluded.at, heard_at = excluded.heard_at
  -- An older word that comes later says nothing new.
  where p.at <= excluded.at;
end $$;
comment on function private.report_phone(uuid, uuid, int, int, timestamptz) is
  'A leader''s or organizer''s phone says how many records and photos it holds; the latest word stands. Definer: who leads or led a crew there, and organizers.';
