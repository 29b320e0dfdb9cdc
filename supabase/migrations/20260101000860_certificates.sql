-- Certificates: what a volunteer's hours of a day or a year were when they asked, under a number that a stranger can check.

create table public.certificates (
  id uuid primary key,
  number text not null unique check (number ~ '^[2-9a-hjkmnp-tv-z]{16}$'),
  person_id uuid references public.people (id) on delete set null,
  name text not null check (char_length(name) between 1 and 40),
  district text not null,
  district_en text,
  kind text not null check (kind in ('day', 'year')),
  from_date date not null,
  to_date date not null check (to_date >= from_date),
  days int not null check (days > 0),
  recorded_seconds bigint not null check (recorded_seconds >= 0),
  self_seconds bigint not null check (self_seconds >= 0),
  credited_seconds bigint not null check (credited_seconds >= 0),
  issued_at timestamptz not null,
  issued_by uuid references public.people (id) on delete set null,
  seal text not null,
  revoked_at timestamptz,
  revoked_why text check (revoked_why in ('hours_changed', 'renamed', 'forgotten')),
  check ((revoked_at is null) = (revoked_why is null))
);
comment on table public.certificates is
  'What was certified, word for word, for ever: a correction of the hours or of the name revokes a certificate and never changes it. Seconds of the named person''s own presence: recorded by a leader or organizer, on their own word, credited.';
comment on column public.certificates.seal is 'A keyed hash of the number and all that is certified: a row changed behind the rules'' back no longer verifies.';
create index certificates_person_idx on public.certificates (person_id, from_date);
create index certificates_issued_by_idx on public.certificates (issued_by);
alter table public.certificates enable row level security;

create function private.only_revocation() returns trigger
language plpgsql set search_path = ''
as $$
declare v_may constant text[] := '{revoked_at,revoked_why,person_id,issued_by,name}';
begin
  if tg_op = 'DELETE' or to_jsonb(new) - v_may <> to_jsonb(old) - v_may
    or old.revoked_at is not null and (new.revoked_at, new.revoked_why) is distinct from (old.revoked_at, old.revoked_why)
    or new.name <> old.name and (new.name <> '–' or new.revoked_at is null)
    or new.person_id <> coalesce(old.person_id, new.id) or new.issued_by <> coalesce(old.issued_by, new.id) then
    perform private.fail('append_only', 403);
  end if;
  return new;
end $$;
comment on function private.only_revocation() is 'Trigger: a certificate is revoked, once, and never changed; the name of somebody forgotten falls away from a revoked one.';
create trigger certificates_keep before update or delete on public.certificates for each row execute function private.only_revocation();

create function private.certificate_seal(c public.certificates) returns text
language plpgsql stable security definer set search_path = ''
as $$
declare v_key text;
begin
  select value into v_key from private.settings where key = 'certificate_key';
  return private.sha256_hex(concat_ws('|', v_key, c.number, c.name, c.district, coalesce(c.district_en, ''), c.kind, c.from_date, c.to_date, c.days,
    c.recorded_seconds, c.self_seconds, c.credited_seconds, extract(epoch from c.issued_at), v_key));
end $$;
comment on function private.certificate_seal(public.certificates) is 'The keyed hash over what is certified. Definer: reads the key.';

create function private.new_certificate_number() returns text
language plpgsql set search_path = ''
as $$ begin return private.new_checkin_code() || private.new_checkin_code(); end $$;
comment on function private.new_certificate_number() is
  'Sixteen letters and digits that no two eyes confuse, of 78 random bits: nobody finds one by trying, and a mistyped one is nobody''s.';

create function private.certificate_json(c public.certificates) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  return jsonb_build_object('number', c.number, 'name', c.name, 'district', c.district, 'district_en', c.district_en, 'kind', c.kind, 'from', c.from_date, 'to', c.to_date,
    'days', c.days, 'recorded', c.recorded_seconds, 'self', c.self_seconds, 'credited', c.credited_seconds,
    'issued_on', (c.issued_at at time zone private.zone())::date, 'revoked_on', (c.revoked_at at time zone private.zone())::date);
end $$;
comment on function private.certificate_json(public.certificates) is 'A certificate as it is printed and as it verifies: what was certified and nothing else. Definer: callers check who may see it.';

create function private.issue_certificate(p_id uuid, p_kind text, p_date date, p_person uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare v_me uuid := private.require_me(); v_person uuid := coalesce(p_person, private.me()); c public.certificates; v_known public.certificates; v_yesterday date := private.today() - 1;
begin
  if v_person <> v_me and not private.keeps_person(v_person) then perform private.fail('not_yours', 403); end if;
  if p_kind is null or p_kind not in ('day', 'year') or p_date is null then perform private.fail('bad_value', 400); end if;
  select * into v_known from public.certificates where id = p_id and person_id = v_person;
  if v_known.id is not null then return private.certificate_json(v_known); end if;
  if not private.take_attempt('certificate:' || v_me, 60, 86400) then perform private.fail('slow_down', 429); end if;
  -- The mutex: what is being added up must not change before the certificate stands where a correction looks for it.
  perform 1 from public.people where id = v_person for no key update;
  perform private.take_turns(array(select signup_id from public.attendance_sums where person_id = v_person and date between date_trunc('year', p_date::timestamp)::date and v_yesterday));
  c.id := p_id; c.number := private.new_certificate_number(); c.person_id := v_person; c.kind := p_kind; c.issued_at := date_trunc('second', private.clock()); c.issued_by := v_me;
  c.from_date := case p_kind when 'day' then p_date else date_trunc('year', p_date::timestamp)::date end;
  c.to_date := case p_kind when 'day' then p_date else least((date_trunc('year', p_date::timestamp) + interval '1 year - 1 day')::date, v_yesterday) end;
  if c.from_date > v_yesterday then perform private.fail('day_not_over', 409); end if;
  select display_name into c.name from public.people where id = v_person;
  select name, name_en into c.district, c.district_en from public.areas where level = 'district';
  select count(*) filter (where named_seconds + credited_seconds > 0), sum(named_seconds - named_self_seconds), sum(named_self_seconds), sum(credited_seconds)
  into c.days, c.recorded_seconds, c.self_seconds, c.credited_seconds
  from public.attendance_sums where person_id = v_person and date between c.from_date and c.to_date;
  if coalesce(c.days, 0) = 0 then perform private.fail('no_hours', 409); end if;
  -- Nothing new: the one that stands says the same.
  select * into v_known from public.certificates k where k.person_id = v_person and k.revoked_at is null and k.from_date = c.from_date and k.kind = c.kind and k.name = c.name
    and (k.days, k.recorded_seconds, k.self_seconds, k.credited_seconds) = (c.days, c.recorded_seconds, c.self_seconds, c.credited_seconds) limit 1;
  if v_known.id is not null then return private.certificate_json(v_known); end if;
  insert into private.settings (key, value) values ('certificate_key', private.sha256_hex(gen_random_uuid()::text || gen_random_uuid()::text)) on conflict (key) do nothing;
  c.seal := private.certificate_seal(c);
  insert into public.certificates select c.*;
  return private.certificate_json(c);
end $$;
comment on function private.issue_certificate(uuid, text, date, uuid) is
  'Certifies the own presence of a person (null: the caller) on a day or in the year of a date, up to yesterday (client-made id); where nothing changed, the certificate that stands. For others, by organizers of the person''s home. Definer: certificates have no client inserts.';

create function private.my_certificates() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  return coalesce((select jsonb_agg(private.certificate_json(c) order by c.issued_at desc) from public.certificates c where c.person_id = private.require_me()), '[]');
end $$;
comment on function private.my_certificates() is 'The caller''s certificates, newest first. Definer: the caller''s own only.';

create function public.verify_certificate(p_number text, p_address text) returns jsonb
language plpgsql set search_path = ''
as $$
declare c public.certificates;
begin
  if not private.take_attempt('verify:address:' || coalesce(p_address, ''), 60, 600) then perform private.fail('slow_down', 429); end if;
  select * into c from public.certificates where number = regexp_replace(lower(p_number), '[^a-z0-9]', '', 'g');
  -- Of a revoked one the name may have fallen away.
  if c.id is null or c.seal <> private.certificate_seal(c) and not (c.revoked_at is not null and c.name = '–') then return jsonb_build_object('state', 'unknown'); end if;
  if c.revoked_at is not null then
    return jsonb_build_object('state', 'revoked', 'number', c.number, 'revoked_on', (c.revoked_at at time zone private.zone())::date);
  end if;
  return private.certificate_json(c) || jsonb_build_object('state', 'valid');
end $$;
comment on function public.verify_certificate(text, text) is
  'What a certificate''s number stands for: valid with what was certified, revoked, or unknown. Server only: it limits tries by address.';

create or replace function private.hours_changed(p_old public.attendance_sums, p_new public.attendance_sums) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  update public.certificates set revoked_at = private.clock(), revoked_why = 'hours_changed'
  where person_id in (p_old.person_id, p_new.person_id) and revoked_at is null
    and (p_old.date between from_date and to_date or p_new.date between from_date and to_date);
end $$;
comment on function private.hours_changed(public.attendance_sums, public.attendance_sums) is
  'Called when a party''s certified seconds, person or date change: certificates that rest on them are revoked. Definer: runs inside triggers.';

create function private.person_renamed() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  update public.certificates set revoked_at = private.clock(), revoked_why = 'renamed' where person_id = new.id and revoked_at is null;
  return null;
end $$;
comment on function private.person_renamed() is
  'Trigger: a certificate names whom the hours are of, and they are of one name at a time. Definer: certificates have no client updates.';
create trigger people_renamed after update of display_name on public.people
  for each row when (new.display_name <> old.display_name) execute function private.person_renamed();
