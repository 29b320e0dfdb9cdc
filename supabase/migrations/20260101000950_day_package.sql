-- The day's package: all that a phone takes along to run a gathering without a signal, in one answer.

create function private.read_day_package(p_gathering uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare v_roster jsonb := private.read_roster(p_gathering, null);
begin
  return v_roster || jsonb_build_object(
    'meeting', (select jsonb_build_object('lng', g.lng, 'lat', g.lat, 'bring', g.bring, 'safety', g.safety) from public.gatherings g where g.id = p_gathering),
    'records', coalesce((select jsonb_agg(private.read_task_records((t ->> 'id')::uuid)) from jsonb_array_elements(v_roster -> 'tasks') t), '[]'));
end $$;
comment on function private.read_day_package(uuid) is
  'The roster as the caller may see it, with the meeting point and the records of each of its tasks: what a phone keeps for the day. Definer: read_roster checks who asks.';
