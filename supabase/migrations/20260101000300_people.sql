-- People: who is known to the district, their phone (apart, strictest), accounts, roles, invitations and enrolments.

create table public.people (
  id uuid primary key default gen_random_uuid(),
  display_name text not null check (char_length(btrim(display_name)) between 1 and 40),
  area_id uuid not null references public.areas (id) on delete restrict,
  created_at timestamptz not null default now(),
  created_by uuid
);
comment on table public.people is
  'Somebody known to the district: an account, a guest known by a phone number, or a name an organizer wrote down.';
comment on column public.people.area_id is 'Home community, or the area that first met the person.';
create index people_area_idx on public.people (area_id);
alter table public.people enable row level security;

create table public.contacts (
  person_id uuid primary key references public.people (id) on delete cascade,
  phone text not null check (phone ~ '^\+[0-9]{7,15}$'),
  phone_hash text not null,
  identifies boolean not null default true,
  crew_may_call boolean not null default false
);
comment on table public.contacts is
  'Phone numbers, apart from people so that one strict policy guards them. phone_hash is keyed: it identifies a guest.';
comment on column public.contacts.identifies is
  'Whether a guest who gives this number is this person. A number that an account holder typed is not proven to be theirs: who signs up with it is somebody else, only who stands before a leader and gives it is them.';
create unique index contacts_identity on public.contacts (phone_hash) where identifies;
create index contacts_phone_hash_idx on public.contacts (phone_hash);
comment on column public.contacts.crew_may_call is 'A crew leader''s choice: whether the crew sees this number.';
alter table public.contacts enable row level security;

create table public.profiles (
  user_id uuid primary key references auth.users (id) on delete cascade,
  person_id uuid not null unique references public.people (id) on delete cascade,
  language text not null default 'zh' check (language in ('zh', 'en')),
  large_text boolean not null default false,
  consented_at timestamptz not null default now(),
  valid_from timestamptz not null default '-infinity'
);
comment on table public.profiles is
  'An account''s person and preferences. valid_from ends every session token issued earlier; infinity: until a new sign-in QR is used.';
alter table public.profiles enable row level security;

create table public.memberships (
  id uuid primary key default gen_random_uuid(),
  area_id uuid not null references public.areas (id) on delete cascade,
  person_id uuid not null references public.people (id) on delete cascade,
  role public.member_role not null,
  created_at timestamptz not null default now(),
  unique (area_id, person_id)
);
comment on table public.memberships is 'A person''s role in an area; it counts for the area and all below it.';
create index memberships_person_idx on public.memberships (person_id);
alter table public.memberships enable row level security;

create table public.invitations (
  id uuid primary key default gen_random_uuid(),
  area_id uuid not null references public.areas (id) on delete cascade,
  role public.member_role not null,
  note text not null default '' check (char_length(note) <= 80),
  token_hash text not null unique,
  expires_at timestamptz not null,
  created_by uuid references public.people (id) on delete set null,
  created_at timestamptz not null default now(),
  used_at timestamptz,
  used_by uuid references public.people (id) on delete set null
);
comment on table public.invitations is 'A role offered by a link that works once and expires; only the token''s hash is kept.';
create index invitations_area_idx on public.invitations (area_id);
create index invitations_created_by_idx on public.invitations (created_by);
create index invitations_used_by_idx on public.invitations (used_by);
alter table public.invitations enable row level security;

create table public.enrolments (
  person_id uuid primary key references public.people (id) on delete cascade,
  user_id uuid references auth.users (id) on delete set null,
  generation int not null default 0,
  token_hash text unique,
  expires_at timestamptz,
  used_at timestamptz,
  issued_by uuid references public.people (id) on delete set null
);
comment on table public.enrolments is
  'One-time sign-in QR for a person without e-mail. Issuing again raises the generation, which ends the former sign-in.';
create index enrolments_user_idx on public.enrolments (user_id);
create index enrolments_issued_by_idx on public.enrolments (issued_by);
alter table public.enrolments enable row level security;

-- Who is asking ---------------------------------------------------------------------------------------------------

create function private.me() returns uuid
language plpgsql stable security definer set search_path = ''
as $$
declare v_user uuid := auth.uid();
begin
  if v_user is null then return null; end if;
  return (select p.person_id from public.profiles p
    where p.user_id = v_user
      and coalesce(to_timestamp((nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'iat')::double precision),
                   '-infinity') >= p.valid_from);
end $$;
comment on function private.me() is
  'The caller''s person, or null for a visitor and for a session that a newer enrolment ended. Definer: called from policies.';

create function private.areas_where(p_role public.member_role) returns setof uuid
language sql stable security definer set search_path = '' rows 50
as $$
  select distinct aa.area_id
  from public.memberships m join public.area_ancestors aa on aa.ancestor_id = m.area_id
  where m.person_id = (select private.me()) and m.role >= p_role
$$;
comment on function private.areas_where(public.member_role) is
  'Areas in which the caller has at least this role. Definer: policies call it once per query.';

create function private.has_role(p_role public.member_role, p_area uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
  select exists (
    select from public.memberships m join public.area_ancestors aa on aa.ancestor_id = m.area_id
    where m.person_id = private.me() and m.role >= p_role and aa.area_id = p_area)
$$;
comment on function private.has_role(public.member_role, uuid) is 'Whether the caller has at least this role in the area. Definer: called from policies.';

create function private.require_role(p_role public.member_role, p_area uuid) returns void
language plpgsql stable set search_path = ''
as $$
begin
  if private.me() is null then perform private.fail('sign_in_first', 401); end if;
  if p_area is null or not private.has_role(p_role, p_area) then perform private.fail('not_yours', 403); end if;
end $$;
comment on function private.require_role(public.member_role, uuid) is 'Refuses a caller without the role: 401 sign_in_first or 403 not_yours.';

create function private.require_me() returns uuid
language plpgsql stable set search_path = ''
as $$
declare v_me uuid := private.me();
begin
  if v_me is null then perform private.fail('sign_in_first', 401); end if;
  return v_me;
end $$;
comment on function private.require_me() is 'The caller''s person, or the refusal 401 sign_in_first.';

create function private.audit() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  v_after jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  v_row jsonb := coalesce(v_after, v_before);
begin
  if v_before is not distinct from v_after then return null; end if;
  insert into public.audit_log (actor_id, area_id, table_name, row_id, action, before, after)
  values (private.me(), (v_row ->> tg_argv[0])::uuid, tg_table_name, coalesce(v_row ->> tg_argv[1], v_row ->> 'id'),
          lower(tg_op), v_before, v_after);
  return null;
end $$;
comment on function private.audit() is
  'Trigger: writes the change to audit_log; its arguments name the columns that hold the area and (if not id) the key. Definer: the log has no client writes.';

create trigger memberships_audit after insert or update or delete on public.memberships
  for each row execute function private.audit('area_id');
create trigger areas_audit after update or delete on public.areas for each row execute function private.audit('id');

-- Two people at the same thing -------------------------------------------------------------------------------------

create function private.as_typed(p_value jsonb) returns jsonb
language plpgsql immutable set search_path = ''
as $$
begin
  return case when p_value is null or p_value = 'null' then '""' when jsonb_typeof(p_value) = 'string' then to_jsonb(btrim(p_value #>> '{}')) else p_value end;
end $$;
comment on function private.as_typed(jsonb) is 'A value as a person sees it in a field: without the spaces around it, nothing and an empty text being the same.';

create function private.expect_unchanged(p_now jsonb, p_expected jsonb, p_fields jsonb) returns void
language plpgsql set search_path = ''
as $$
declare v_changed jsonb;
begin
  select jsonb_agg(e.key order by e.key) into v_changed from jsonb_each(coalesce(p_expected, '{}')) e
  where p_now ? e.key and private.as_typed(p_now -> e.key) <> private.as_typed(e.value)
    and private.as_typed(p_now -> e.key) <> private.as_typed(p_fields -> e.key);
  -- Only the names: what stands there may be for few eyes, and the database's log prints refusals.
  if v_changed is not null then perform private.fail('changed_meanwhile', 409, v_changed::text); end if;
end $$;
comment on function private.expect_unchanged(jsonb, jsonb, jsonb) is
  'Refuses (changed_meanwhile, with the fields) when a field is no longer what the caller saw (p_expected) nor already what they want (p_fields). The caller of this function holds the row (p_now) locked.';

create function private.change_area(p_area uuid, p_fields jsonb, p_expected jsonb) returns void
language plpgsql security definer set search_path = ''
as $$
declare v public.areas; v_duty public.area_duties;
begin
  perform private.require_role('organizer', p_area);
  -- The area's row is the mutex of who answers for it, too.
  select * into v from public.areas where id = p_area for no key update;
  if v.id is null then perform private.fail('gone', 404); end if;
  select * into v_duty from public.area_duties where area_id = p_area;
  perform private.expect_unchanged(jsonb_build_object('name', v.name, 'name_en', v.name_en, 'responsible_unit', v.responsible_unit,
    'responsible_person', v_duty.responsible_person, 'phone', v_duty.phone), p_expected, p_fields);
  v := jsonb_populate_record(v, p_fields);
  v_duty := jsonb_populate_record(v_duty, p_fields);
  if char_length(btrim(coalesce(v.name, ''))) not between 1 and 60 then perform private.fail('bad_name', 400); end if;
  if p_fields ?| '{name,name_en,responsible_unit}' then
    update public.areas set name = btrim(v.name), name_en = nullif(left(btrim(v.name_en), 80), ''),
      responsible_unit = nullif(left(btrim(v.responsible_unit), 120), '')
    where id = p_area;
  end if;
  -- Cut here: what a constraint refuses stands in the database's log.
  if p_fields ?| '{responsible_person,phone}' then
    insert into public.area_duties as d (area_id, responsible_person, phone)
    values (p_area, nullif(left(btrim(v_duty.responsible_person), 60), ''), nullif(left(btrim(v_duty.phone), 30), ''))
    on conflict (area_id) do update set responsible_person = excluded.responsible_person, phone = excluded.phone;
  end if;
end $$;
comment on function private.change_area(uuid, jsonb, jsonb) is
  'Changes an area''s names and who answers for it {name, name_en, responsible_unit, responsible_person, phone}; p_expected: what the changed fields were when the caller began. Definer: organizers of the area only.';

-- A phone number is the identity of a guest -----------------------------------------------------------------------

create function private.phone_hash(p_phone text) returns text
language plpgsql stable security definer set search_path = ''
as $$
declare v_pepper text;
begin
  select value into v_pepper from private.settings where key = 'phone_pepper';
  if v_pepper is null then
    -- A platform without an app-made pepper gets its own once; it is never shown.
    insert into private.settings (key, value)
    values ('phone_pepper', encode(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), 'hex'))
    on conflict (key) do nothing;
    select value into v_pepper from private.settings where key = 'phone_pepper';
  end if;
  return private.sha256_hex(v_pepper || '|' || p_phone || '|' || v_pepper);
end $$;
comment on function private.phone_hash(text) is 'Keyed hash of a normalised (E.164) phone number. Definer: reads the pepper.';
alter function private.phone_hash(text) volatile;

create function private.normal_phone(p_phone text) returns text
language plpgsql immutable set search_path = ''
as $$
declare v text;
begin
  if p_phone ~ '^\+861[3-9][0-9]{9}$' then return p_phone; end if;  -- as nearly all arrive
  v := regexp_replace(translate(coalesce(p_phone, ''), '０１２３４５６７８９＋－（）　', '0123456789+-() '), '[\s\-().]', '', 'g');
  if v = '' then return null; end if;
  v := regexp_replace(v, '^00', '+');
  if v ~ '^1[3-9][0-9]{9}$' then v := '+86' || v;
  elsif v ~ '^861[3-9][0-9]{9}$' then v := '+' || v;
  end if;
  if v !~ '^\+[1-9][0-9]{6,14}$' or (v ~ '^\+86' and v !~ '^\+86(1[3-9][0-9]{9}|[2-9][0-9]{8,10})$') then
    perform private.fail('bad_phone', 400);
  end if;
  return v;
end $$;
comment on function private.normal_phone(text) is
  'E.164 of a phone number as people type it; a bare Chinese mobile number gets +86. Null for blank; refuses with bad_phone.';

create function private.hold_phones(p_phones text[]) returns void
language plpgsql security definer set search_path = ''
as $$
declare v_phone text; v_keys bigint[] := '{}'; v_key bigint;
begin
  foreach v_phone in array p_phones loop
    begin
      v_phone := private.normal_phone(v_phone);
      if v_phone is not null then v_keys := v_keys || hashtextextended(private.phone_hash(v_phone), 0); end if;
    exception when others then null;  -- no number: its row is refused later, in words
    end;
  end loop;
  for v_key in select distinct k from unnest(v_keys) k order by k loop perform pg_advisory_xact_lock(v_key); end loop;
end $$;
comment on function private.hold_phones(text[]) is
  'Takes the turn of these phone numbers until commit, always in one order and before a gathering''s capacity: whoever asks what a number has signed up for sees what the one before did. Definer: hashing reads the pepper.';

create function private.known_by_phone(p_hash text, p_name text, p_day uuid) returns uuid
language plpgsql stable security definer set search_path = ''
as $$
declare c record; v_known uuid; v_account uuid; v_accounts int := 0;
begin
  for c in select person_id, identifies from public.contacts where phone_hash = p_hash order by identifies desc, person_id loop
    if exists (select from public.signups where labour_day_id = p_day and person_id = c.person_id and status <> 'cancelled') then return c.person_id; end if;
    if c.identifies then v_known := c.person_id; else v_account := c.person_id; v_accounts := v_accounts + 1; end if;
  end loop;
  -- Whoever has an account typed its number themselves, and may certify its hours: the name must say the same, and a number that
  -- several accounts claim is nobody's.
  return coalesce(v_known, (select id from public.people where v_accounts = 1 and id = v_account
    and regexp_replace(lower(display_name), '\s', '', 'g') = regexp_replace(lower(p_name), '\s', '', 'g')));
end $$;
comment on function private.known_by_phone(text, text, uuid) is
  'Whom a number belongs to that somebody standing before a leader gave with a name: whoever signed up with it for that labour day, else the guest it identifies, else the only account that has it, if it has that name, too. Definer: phones are no client''s to search.';

create function private.enrolled_with(p_phone text) returns uuid
language plpgsql stable security definer set search_path = ''
as $$
begin
  return (select c.person_id from public.contacts c join public.enrolments e on e.person_id = c.person_id join public.people p on p.id = c.person_id
    where c.phone_hash = private.phone_hash(private.normal_phone(p_phone)) and e.user_id is not null and p.area_id in (select private.areas_where('leader'))
    order by c.person_id limit 1);
end $$;
comment on function private.enrolled_with(text) is
  'Who of the caller''s areas signs in by a QR and has this number: they are in the lists that are written for them. Definer: reads contacts; for commands that check who asks.';

create function private.find_or_make_person(p_name text, p_phone text, p_area uuid, p_came_on uuid default null) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  v_phone text := private.normal_phone(p_phone);
  v_hash text;
  v_person uuid;
begin
  if p_name is null or char_length(btrim(p_name)) not between 1 and 40 then perform private.fail('bad_name', 400); end if;
  if v_phone is not null then
    v_hash := private.phone_hash(v_phone);
    -- See hold_phones; who names several holds them all by now.
    perform pg_advisory_xact_lock(hashtextextended(v_hash, 0));
    if p_came_on is not null then v_person := private.known_by_phone(v_hash, p_name, p_came_on);
    else select person_id into v_person from public.contacts where phone_hash = v_hash and identifies;
    end if;
    if v_person is not null then return v_person; end if;
  end if;
  insert into public.people (display_name, area_id, created_by) values (btrim(p_name), p_area, private.me())
  returning id into v_person;
  if v_phone is not null then
    insert into public.contacts (person_id, phone, phone_hash) values (v_person, v_phone, v_hash)
    on conflict (phone_hash) where identifies do nothing;
    if not found then  -- somebody else wrote the same number a moment ago: theirs stands
      delete from public.people where id = v_person;
      select person_id into v_person from public.contacts where phone_hash = v_hash and identifies;
    end if;
  end if;
  return v_person;
end $$;
comment on function private.find_or_make_person(text, text, uuid, uuid) is
  'The person behind a phone number, else a new person. p_came_on: who just came on that labour day is known by an account''s number and name, too. An existing name is never changed by a stranger. Definer: people has no client inserts.';

-- Commands --------------------------------------------------------------------------------------------------------

create function private.start_account(p_display_name text, p_area uuid, p_language text) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := (select auth.uid());
  v_person uuid;
begin
  if v_user is null then perform private.fail('sign_in_first', 401); end if;
  select person_id into v_person from public.profiles where user_id = v_user;
  if v_person is not null then return v_person; end if;
  if p_display_name is null or char_length(btrim(p_display_name)) not between 1 and 40 then perform private.fail('bad_name', 400); end if;
  insert into public.people (display_name, area_id)
  values (btrim(p_display_name), coalesce(p_area, private.district_id())) returning id into v_person;
  insert into public.profiles (user_id, person_id, language) values (v_user, v_person, coalesce(p_language, 'zh'));
  return v_person;
end $$;
comment on function private.start_account(text, uuid, text) is
  'Makes the caller''s person after the first sign-in and records the consent given there; again: returns it. Definer: people has no client inserts.';

create function private.set_my_phone(p_phone text, p_crew_may_call boolean) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.require_me();
  v_phone text := private.normal_phone(p_phone);
begin
  if v_phone is null then
    delete from public.contacts where person_id = v_me;
    return;
  end if;
  if not exists (select from public.contacts where person_id = v_me and phone = v_phone) then
    -- A number that somebody else signed up with is refused: whoever could change theirs without end could ask after all.
    if not private.take_attempt('phone:account:' || v_me, 10, 86400) then perform private.fail('slow_down', 429); end if;
    perform private.expect_one_party(v_me, v_phone);
  end if;
  insert into public.contacts as c (person_id, phone, phone_hash, identifies, crew_may_call)
  values (v_me, v_phone, private.phone_hash(v_phone), false, coalesce(p_crew_may_call, false))
  on conflict (person_id) do update
    set phone = excluded.phone, phone_hash = excluded.phone_hash, crew_may_call = excluded.crew_may_call,
        identifies = c.identifies and c.phone_hash = excluded.phone_hash;
end $$;
comment on function private.set_my_phone(text, boolean) is
  'Sets or (blank) removes the caller''s phone; not one with which somebody else signed up for a day that they come to themselves (already_signed_up). Nothing proves that a number is theirs, so nobody else''s sign-ups become theirs by it. Definer: hashing reads the pepper.';

create function private.invite(p_area uuid, p_role public.member_role, p_token text, p_note text) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare v_id uuid;
begin
  -- An organizer may bring in leaders and organizers of the own area; only an admin makes admins.
  perform private.require_role(case when p_role = 'admin' then 'admin' else 'organizer' end::public.member_role, p_area);
  if p_role = 'admin' and p_area <> private.district_id() then perform private.fail('admin_is_district', 400); end if;
  if p_token !~ '^[0-9a-f]{32}$' then perform private.fail('bad_token', 400); end if;
  insert into public.invitations (area_id, role, note, token_hash, expires_at, created_by)
  values (p_area, p_role, left(coalesce(p_note, ''), 80), private.sha256_hex(p_token), private.clock() + interval '7 days', private.me())
  returning id into v_id;
  return v_id;
end $$;
comment on function private.invite(uuid, public.member_role, text, text) is
  'Offers a role by a link (client-made token of 128 bits, kept as a hash), valid seven days. Definer: checks the caller''s role first.';

create function private.read_invitation(p_token text) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('area', a.name, 'area_en', a.name_en, 'role', i.role,
    'state', case when i.used_at is not null then 'used' when i.expires_at < private.clock() then 'expired' else 'open' end)
  from public.invitations i join public.areas a on a.id = i.area_id
  where i.token_hash = private.sha256_hex(p_token)
$$;
comment on function private.read_invitation(text) is 'What an invitation link offers, or null. Definer: the token is the right to read it.';

create function private.accept_invitation(p_token text) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.require_me();
  v public.invitations;
begin
  select * into v from public.invitations where token_hash = private.sha256_hex(p_token) for update;
  if v.id is null then perform private.fail('invitation_unknown', 404); end if;
  if v.used_by = v_me then return v.area_id; end if;
  if v.used_at is not null then perform private.fail('invitation_used', 410); end if;
  if v.expires_at < private.clock() then perform private.fail('invitation_expired', 410); end if;
  insert into public.memberships as m (area_id, person_id, role) values (v.area_id, v_me, v.role)
  on conflict (area_id, person_id) do update set role = greatest(m.role, excluded.role);
  update public.invitations set used_at = private.clock(), used_by = v_me where id = v.id;
  return v.area_id;
end $$;
comment on function private.accept_invitation(text) is 'Takes the role of an invitation, once. Definer: memberships has no client inserts.';

create function private.set_role(p_person uuid, p_area uuid, p_role public.member_role) returns void
language plpgsql security definer set search_path = ''
as $$
declare v_old public.member_role;
begin
  select role into v_old from public.memberships where person_id = p_person and area_id = p_area;
  perform private.require_role(
    case when 'admin' in (p_role, v_old) then 'admin' else 'organizer' end::public.member_role, p_area);
  if p_role = 'admin' and p_area <> private.district_id() then perform private.fail('admin_is_district', 400); end if;
  if v_old = 'admin' and p_role is distinct from 'admin' then
    -- The mutex: two admins must not remove each other at once.
    perform 1 from public.areas where level = 'district' for no key update;
    perform private.require_role('admin', p_area);
    if (select count(*) from public.memberships where role = 'admin') = 1 then perform private.fail('last_admin', 409); end if;
  end if;
  if p_role < v_old or p_role is null then
    -- What they offered while they could is offered no more, or they would let themselves in again.
    delete from public.invitations i using public.area_ancestors aa
    where i.created_by = p_person and i.used_at is null and aa.area_id = i.area_id and aa.ancestor_id = p_area;
  end if;
  if p_role is null then
    delete from public.memberships where person_id = p_person and area_id = p_area;
  else
    if not exists (select from public.people where id = p_person) then perform private.fail('gone', 404); end if;
    if not private.sees_person(p_person) then perform private.fail('not_yours', 403); end if;
    -- A sign-in QR that somebody else still holds must not open what is given here.
    update public.enrolments set expires_at = private.clock() where person_id = p_person and used_at is null and issued_by is distinct from private.me();
    insert into public.memberships (area_id, person_id, role) values (p_area, p_person, p_role)
    on conflict (area_id, person_id) do update set role = excluded.role;
  end if;
end $$;
comment on function private.set_role(uuid, uuid, public.member_role) is
  'Gives, changes or (null) takes away a role, and with it the invitations made by it; the last admin stays. Definer: checks the caller''s role first.';

create function private.issue_enrolment(p_person uuid, p_token text) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.require_me();
  if not private.keeps_person(p_person) then perform private.fail('not_yours', 403); end if;
  -- A QR signs in as that person: nobody may make one for somebody who has more rights than themselves.
  if exists (select from public.memberships m where m.person_id = p_person
             and not private.has_role(m.role, m.area_id)) then
    perform private.fail('not_yours', 403);
  end if;
  -- Nor for somebody who leads a crew elsewhere: its volunteers' names and phones are not this organizer's to see.
  if exists (select from public.task_leaders l join public.tasks t on t.id = l.task_id
             where l.person_id = p_person and l.until is null and t.date >= private.today() - 7 and not private.has_role('organizer', t.area_id)) then
    perform private.fail('not_yours', 403);
  end if;
  -- Nor for somebody who signed up elsewhere: what they do there is not this organizer's to see or to change.
  if exists (select from public.signups s where s.person_id = p_person and s.source in ('account', 'guest') and not private.has_role('organizer', s.area_id)) then
    perform private.fail('signed_up_elsewhere', 403);
  end if;
  -- Whoever has an own account uses it; an admin may replace one whose password is lost.
  if exists (select from public.profiles p where p.person_id = p_person
             and not exists (select from public.enrolments e where e.user_id = p.user_id))
    and not private.has_role('admin', private.district_id()) then
    perform private.fail('has_own_account', 409);
  end if;
  if p_token !~ '^[0-9a-f]{32}$' then perform private.fail('bad_token', 400); end if;
  insert into public.enrolments as e (person_id, generation, token_hash, expires_at, issued_by)
  values (p_person, 1, private.sha256_hex(p_token), private.clock() + interval '2 days', private.me())
  on conflict (person_id) do update
    set generation = e.generation + 1, token_hash = excluded.token_hash, expires_at = excluded.expires_at,
        used_at = null, issued_by = excluded.issued_by;
  update public.profiles set valid_from = 'infinity' where person_id = p_person;
end $$;
comment on function private.issue_enrolment(uuid, text) is
  'Issues a one-time sign-in QR (client-made token of 128 bits, kept as a hash, valid two days) and ends the person''s former sign-in. Definer: checks first.';

create function private.open_enrolment(p_token text) returns public.enrolments
language plpgsql set search_path = ''
as $$
declare v public.enrolments;
begin
  select * into v from public.enrolments where token_hash = private.sha256_hex(p_token) for update;
  if v.person_id is null then perform private.fail('enrolment_unknown', 404); end if;
  if v.used_at is not null then perform private.fail('enrolment_used', 410); end if;
  if v.expires_at < private.clock() then perform private.fail('enrolment_expired', 410); end if;
  return v;
end $$;
comment on function private.open_enrolment(text) is 'The enrolment of a token that still works, held until commit, or its refusal.';

create function public.redeem_enrolment(p_token text) returns text
language sql set search_path = ''
as $$ select p.display_name from private.open_enrolment(p_token) e join public.people p on p.id = e.person_id $$;
comment on function public.redeem_enrolment(text) is
  'The name of whom a working enrolment token signs in; it is used up only when an account is bound to it. Server only.';

create function public.bind_enrolment(p_token text, p_user uuid, p_language text default 'zh') returns uuid
language plpgsql set search_path = ''
as $$
declare
  v public.enrolments := private.open_enrolment(p_token);
  v_former uuid;
begin
  update public.enrolments set user_id = p_user, used_at = private.clock() where person_id = v.person_id;
  -- From now on their sign-ups are made signed in; that the number is theirs is only what was written down.
  update public.contacts set identifies = false where person_id = v.person_id;
  select user_id into v_former from public.profiles where person_id = v.person_id;
  insert into public.profiles (user_id, person_id, language) values (p_user, v.person_id, p_language)
  on conflict (person_id) do update set user_id = excluded.user_id, valid_from = '-infinity';
  return nullif(v_former, p_user);
end $$;
comment on function public.bind_enrolment(text, uuid, text) is
  'Uses up an enrolment token: the account the server just made becomes the person''s, in place of the former, whose id is returned for removal. The first takes the language of the phone; a later one leaves what the person chose. Server only.';

-- First run -------------------------------------------------------------------------------------------------------

create function public.setup_needed() returns boolean
language sql stable set search_path = ''
as $$ select not exists (select from public.memberships where role = 'admin') $$;
comment on function public.setup_needed() is 'True until the installation has an admin. Server only.';

create function private.check_setup_code(p_code text) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  if exists (select from public.memberships where role = 'admin') then perform private.fail('setup_done', 410); end if;
  if not private.take_attempt('setup', 20, 600) then perform private.fail('slow_down', 429); end if;
  if not exists (select from private.settings where key = 'setup_code_hash' and value = private.sha256_hex(btrim(p_code))) then
    perform private.fail('bad_setup_code', 403);
  end if;
end $$;
comment on function private.check_setup_code(text) is 'Refuses unless no admin exists and the console''s one-time code is right. Definer: reads settings.';

create function public.create_district(p_code text, p_name text, p_name_en text, p_time_zone text, p_areas jsonb) returns uuid
language plpgsql set search_path = ''
as $$
declare v_district uuid;
begin
  perform private.check_setup_code(p_code);
  select id into v_district from public.areas where level = 'district';
  if v_district is null then
    insert into public.areas (level, name, name_en, time_zone, code)
    values ('district', btrim(p_name), nullif(btrim(p_name_en), ''), p_time_zone,
            (select x ->> 'code' from jsonb_array_elements(p_areas) x where x ->> 'level' = 'district'))
    returning id into v_district;
    perform private.import_areas(v_district, p_areas);
  end if;
  perform private.ensure_labour_days();
  return v_district;
end $$;
comment on function public.create_district(text, text, text, text, jsonb) is
  'First run: creates the district, its areas ([{code, parent_code, level, name}]) and its labour days. Needs the setup code. Server only.';

create function private.import_areas(p_district uuid, p_areas jsonb) returns int
language plpgsql set search_path = ''
as $$
declare v_count int := 0; v_n int;
begin
  insert into public.areas (parent_id, level, code, name, name_en, sort)
  select p_district, 'street', x ->> 'code', btrim(x ->> 'name'), nullif(btrim(x ->> 'name_en'), ''), n
  from jsonb_array_elements(p_areas) with ordinality as t (x, n) where x ->> 'level' in ('street', 'town')
  on conflict (code) do nothing;
  get diagnostics v_count = row_count;
  insert into public.areas (parent_id, level, code, name, name_en, sort)
  select s.id, 'community', x ->> 'code', btrim(x ->> 'name'), nullif(btrim(x ->> 'name_en'), ''), n
  from jsonb_array_elements(p_areas) with ordinality as t (x, n)
  join public.areas s on s.code = x ->> 'parent_code' and s.level = 'street'
  where x ->> 'level' in ('community', 'village')
  on conflict (code) do nothing;
  get diagnostics v_n = row_count;
  return v_count + v_n;
end $$;
comment on function private.import_areas(uuid, jsonb) is 'Adds streets (or towns) and communities (or villages) from a list of codes and names; existing codes stay as they are.';

create function private.add_areas(p_areas jsonb) returns int
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.require_role('admin', private.district_id());
  if jsonb_array_length(p_areas) > 5000 then perform private.fail('too_many_rows', 413); end if;
  return private.import_areas(private.district_id(), p_areas);
end $$;
comment on function private.add_areas(jsonb) is
  'Adds streets and communities [{code, parent_code, level, name}] that are not there yet, and says how many. Definer: admins only.';

create function public.make_first_admin(p_code text, p_user uuid, p_display_name text) returns uuid
language plpgsql set search_path = ''
as $$
declare v_person uuid;
begin
  -- The mutex: two browsers finishing set-up at once must not both become admin.
  perform 1 from public.areas where level = 'district' for no key update;
  perform private.check_setup_code(p_code);
  select person_id into v_person from public.profiles where user_id = p_user;
  if v_person is null then
    insert into public.people (display_name, area_id) values (btrim(p_display_name), private.district_id()) returning id into v_person;
    insert into public.profiles (user_id, person_id) values (p_user, v_person);
  end if;
  insert into public.memberships (area_id, person_id, role) values (private.district_id(), v_person, 'admin');
  delete from private.settings where key = 'setup_code_hash';
  return v_person;
end $$;
comment on function public.make_first_admin(text, uuid, text) is 'First run: makes an account the first admin and ends the setup code. Server only.';
