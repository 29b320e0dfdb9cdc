-- Every table × visitor, residents, leader, organizers, admin × select, insert, update, delete: first with the privileges
-- the app sets, then with every privilege granted, because an engine may grant anew: the policies alone must hold.
begin;
\ir fixture.psql
\ir expectations.psql

create type tests.outcome as (state text, rows bigint, changed boolean);

create function tests.digest(p_relation regclass) returns text language plpgsql set search_path = ''
as $$
declare v text;
begin
  execute format('select md5(coalesce(string_agg(t::text, ''|'' order by t::text), '''')) from %s t', p_relation) into v;
  return v;
end $$;

-- What a statement does when this person runs it (null: the owner); undone afterwards.
create function tests.attempt(p_persona text, p_relation regclass, p_statement text) returns tests.outcome
language plpgsql set search_path = ''
as $$
declare v tests.outcome; v_before text := tests.digest(p_relation); v_detail text;
begin
  begin
    if p_persona is not null then perform tests.become(p_persona); end if;
    execute p_statement;
    get diagnostics v.rows = row_count;
    perform tests.be_owner();
    v.changed := tests.digest(p_relation) <> v_before;
    raise exception using errcode = 'LF000', detail = to_jsonb(v)::text;
  exception when others then
    get stacked diagnostics v_detail = pg_exception_detail;
    if sqlstate = 'LF000' then return jsonb_populate_record(v, v_detail::jsonb); end if;
    return (case when sqlerrm like 'lf:%' then sqlerrm else sqlstate end, 0, false)::tests.outcome;
  end;
end $$;

create function tests.matching(p_keys jsonb) returns text language sql immutable set search_path = ''
as $$ select string_agg(format('%I = %L', key, value), ' and ') from jsonb_each_text(p_keys) $$;

create function tests.statement(e tests.expectations, p_operation text) returns text language plpgsql set search_path = ''
as $$
declare v_row jsonb;
begin
  case p_operation
    when 'select' then return format('select from %s where %s', e.relation, tests.matching(e.keys));
    when 'delete' then return format('delete from %s where %s', e.relation, tests.matching(e.keys));
    when 'update' then return format('update %s set %s where %s', e.relation,
      (select string_agg(format('%I = %L', key, value), ', ') from jsonb_each_text(e.change)), tests.matching(e.keys));
    when 'insert' then
      execute format('select to_jsonb(t) from %s t where %s limit 1', e.relation, tests.matching(e.keys)) into v_row;
      v_row := jsonb_strip_nulls(v_row || e.fresh)
        - array(select attname::text from pg_catalog.pg_attribute where attrelid = e.relation
          -- What the database makes itself, and what a view reckons.
          and (attgenerated <> '' or not pg_catalog.pg_column_is_updatable(attrelid, attnum, true)));
      return format('insert into %s (%s) select %2$s from jsonb_populate_record(null::%1$s, %3$L)', e.relation,
        (select string_agg(quote_ident(k), ', ') from jsonb_object_keys(v_row) k), v_row);
  end case;
end $$;

-- One assertion per line, persona and operation.
create function tests.matrix(p_mode text) returns setof text language plpgsql
as $$
declare e tests.expectations; p text; o text; v_owner tests.outcome; v tests.outcome; v_held boolean; v_allowed boolean; v_statement text; v_name text;
begin
  for e in select * from tests.expectations order by relation::text, subject loop
    foreach o in array array['select', 'insert', 'update', 'delete'] loop
      continue when o = 'insert' and e.fresh is null or o = 'update' and e.change is null or o = 'delete' and e.change is null;
      v_statement := tests.statement(e, o);
      v_owner := tests.attempt(null, e.relation, v_statement);
      -- Held by other rows: whoever may delete gets as far as the owner does, and that is the foreign key.
      v_held := o = 'delete' and v_owner.state in ('23001', '23503');
      return next ok(v_owner.rows > 0 or v_held or o in ('update', 'delete') and coalesce(v_owner.state, '') = 'lf:append_only',
        format('the owner can %s %s (%s), so what refuses others is the policy: %s', o, e.relation, e.subject, v_owner));
      foreach p in array tests.personas() loop
        v_allowed := p = any (case o when 'select' then e.sees when 'insert' then e.inserts when 'update' then e.updates else e.deletes end);
        v := tests.attempt(p, e.relation, v_statement);
        v_name := format('%s: %s %s %s %s (%s)', p_mode, p, case when v_allowed then 'may' else 'may not' end, o, e.relation, e.subject);
        return next case
          when v_allowed then ok(v.rows > 0 or v_held and v.state = v_owner.state, v_name || coalesce(': ' || v.state, ''))
          else ok(v.rows = 0 and (v.state is null or v.state = '42501') and not coalesce(v.changed, false), v_name || format(' and nothing changed: %s', v)) end;
      end loop;
    end loop;
  end loop;
end $$;

select plan((select 2 + 2 * 8 * sum(1 + (fresh is not null)::int + 2 * (change is not null)::int)::int from tests.expectations));

select is_empty($$
  select c.oid::regclass::text from pg_class c
  where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'v', 'm', 'p', 'f')
    and not exists (select from tests.expectations e where e.relation = c.oid)
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
$$, 'every table and view says who may do what');
select is_empty('select * from tests.unwritten', 'and who may add, change and remove a row of it, wherever anybody could');

select * from tests.matrix('as the app grants');

grant all on all tables in schema public, private to anon, authenticated;
grant all on all sequences in schema public, private to anon, authenticated;
select * from tests.matrix('with everything granted');

select * from finish();
rollback;
