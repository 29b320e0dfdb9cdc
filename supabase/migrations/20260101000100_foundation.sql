-- Foundation: the private schema, the clock, stable errors, settings and attempt limits that everything else stands on.

-- What a command calls many times is plpgsql although one expression would do: PostgreSQL plans a function in SQL anew at
-- every call, one in plpgsql once per connection. tests/bench/signup.bench.ts watches the sum.

-- Nothing is executable by clients unless a later line grants it.
alter default privileges revoke execute on functions from public;

create schema private;
comment on schema private is
  'Rules and secrets that no API exposes: guards, commands (security definer) and tables without client policies.';
grant usage on schema private to anon, authenticated, service_role;

create type public.member_role as enum ('leader', 'organizer', 'admin');
comment on type public.member_role is 'Roles in rising order; a role counts for its area and all areas below it.';

create function private.clock() returns timestamptz
language plpgsql stable set search_path = ''
as $$ begin return coalesce(nullif(current_setting('lf.clock', true), '')::timestamptz, now()); end $$;
comment on function private.clock() is
  'The present instant. Tests may pin it with set_config(''lf.clock'', …); no API lets a client set it.';

create function private.fail(p_code text, p_status int default 400, p_detail text default '') returns void
language plpgsql set search_path = ''
as $$
begin
  raise exception using message = 'lf:' || p_code, errcode = 'PT' || p_status, detail = coalesce(p_detail, '');
end $$;
comment on function private.fail(text, int, text) is
  'Raises a refusal with a stable code; PostgREST turns PTnnn into HTTP nnn. The words for each code live in the app.';

create function private.sha256_hex(p_text text) returns text
language plpgsql immutable set search_path = ''
as $$ begin return encode(sha256(convert_to(p_text, 'UTF8')), 'hex'); end $$;
comment on function private.sha256_hex(text) is 'Hex SHA-256 of a UTF-8 text; secrets are stored only this way.';

create table private.settings (
  key text primary key,
  value text not null
);
comment on table private.settings is 'Secrets and switches of this installation (phone_pepper, setup_code_hash); written by the server only.';
alter table private.settings enable row level security;

create function public.set_setting(p_key text, p_value text) returns void
language sql set search_path = ''
as $$
  insert into private.settings as s (key, value) values (p_key, p_value)
  on conflict (key) do update set value = excluded.value where s.value is distinct from excluded.value
$$;
comment on function public.set_setting(text, text) is 'Stores an installation secret or switch. Server only.';

create table private.attempts (
  bucket text not null,
  window_start timestamptz not null,
  taken int not null default 0,
  primary key (bucket, window_start)
);
comment on table private.attempts is 'Counters of limited actions per bucket (a hash of account, phone or address) and time window.';
alter table private.attempts enable row level security;

create function private.take_attempt(p_bucket text, p_limit int, p_window_seconds int) returns boolean
language plpgsql set search_path = ''
as $$
declare
  v_start timestamptz := to_timestamp(floor(extract(epoch from private.clock()) / p_window_seconds) * p_window_seconds);
  v_taken int;
begin
  -- Chance decides who sweeps, so that no schedule is needed and few pay for it.
  if random() < 0.01 then
    delete from private.attempts where window_start < private.clock() - interval '2 days';
  end if;
  insert into private.attempts as a (bucket, window_start, taken)
  values (private.sha256_hex(p_bucket), v_start, 1)
  on conflict (bucket, window_start) do update set taken = a.taken + 1
  returning taken into v_taken;
  return v_taken <= p_limit;
end $$;
comment on function private.take_attempt(text, int, int) is
  'Counts one try in a bucket (stored hashed) and says whether it is within p_limit tries per p_window_seconds.';

create function public.take_attempt(p_bucket text, p_limit int, p_window_seconds int) returns boolean
language sql set search_path = ''
as $$ select private.take_attempt(p_bucket, p_limit, p_window_seconds) $$;
comment on function public.take_attempt(text, int, int) is 'Attempt limit for the app server (sign-in, guest forms). Server only.';

create table public.audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor_id uuid,
  area_id uuid,
  table_name text not null,
  row_id text not null,
  action text not null,
  before jsonb,
  after jsonb
);
comment on table public.audit_log is
  'Append-only history of what a person may be asked about: moves, cancellations, roles, corrections, overrides. Written by triggers.';
create index audit_log_row_idx on public.audit_log (table_name, row_id);
create index audit_log_area_idx on public.audit_log (area_id, at desc);
alter table public.audit_log enable row level security;

create function private.append_only() returns trigger
language plpgsql set search_path = ''
as $$ begin perform private.fail('append_only', 403); return null; end $$;
comment on function private.append_only() is 'Trigger: refuses to change or remove what is history.';
create trigger audit_log_append_only before update or delete on public.audit_log
  for each row execute function private.append_only();
