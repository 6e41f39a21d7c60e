/**
 * The rules that every table must meet, read from PostgreSQL's own catalogue. The build tests them and
 * each start checks them, so that a server never serves from a database whose walls are down.
 */
import type pg from "pg";

/** Tables that exist before a tenant is known; none of the server's roles has a grant on them. */
export const tablesBeforeTenant = ["users", "sessions", "tokens", "ticket_prefixes", "_prisma_migrations"];

/** The faults of the database that `pool` is connected to as the server's role; empty when all walls stand. */
export async function findBreaches(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ complaint: string }>(complaints, [tablesBeforeTenant]);
  return rows.map((row) => row.complaint);
}

const complaints = `
with tables as (
  select c.oid, c.relname, c.relowner, c.relrowsecurity, c.relforcerowsecurity,
         case when c.relname = 'organizations' then 'id' else 'organization_id' end as tenant_column
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
),
tenant_tables as (select * from tables where relname <> all ($1::text[])),
columns as (select attrelid, attnum, attname from pg_attribute where attnum > 0 and not attisdropped)
select format('table %s has no enforced row security', relname) as complaint
from tenant_tables where not (relrowsecurity and relforcerowsecurity)
union all
select format('table %s has no policy for its tenant', relname)
from tenant_tables t where not exists (
  select from pg_policy p
  where p.polrelid = t.oid and p.polroles = '{0}' and p.polcmd = '*'
    and pg_get_expr(p.polqual, p.polrelid) like '%' || tenant_column || ' = %tiketti.organization_id%'
    and pg_get_expr(p.polwithcheck, p.polrelid) like '%' || tenant_column || ' = %tiketti.organization_id%')
union all
select format('table %s has a policy that lets %s past its tenant', relname, current_user::text)
from tenant_tables t join pg_policy p on p.polrelid = t.oid
where p.polname <> 'tenant' and p.polpermissive
  and exists (select from unnest(p.polroles) r where r = 0 or pg_has_role(current_user, r, 'USAGE'))
union all
select format('index %s of %s does not lead with its tenant', i.indexrelid::regclass, relname)
from tenant_tables t join pg_index i on i.indrelid = t.oid
join columns a on a.attrelid = t.oid and a.attnum = i.indkey[0]
where a.attname <> tenant_column
union all
select format('foreign key %s of %s does not carry its tenant', k.conname, relname)
from tenant_tables t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
where t.relname <> 'organizations'
  and k.confrelid in (select oid from tenant_tables)
  and not exists (
    select from columns a, columns b, generate_subscripts(k.conkey, 1) place
    where a.attrelid = k.conrelid and a.attnum = k.conkey[place] and a.attname = 'organization_id'
      and b.attrelid = k.confrelid and b.attnum = k.confkey[place] and b.attname in ('organization_id', 'id')
      and (b.attname = 'organization_id' or k.confrelid = 'organizations'::regclass))
union all
select format('the role %s has a grant on %s, which exists before a tenant is known', current_user::text, relname)
from tables where relname = any ($1::text[])
  and has_table_privilege(current_user, oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
union all
select format('the role %s owns %s', current_user::text, relname) from tables where relowner = current_user::regrole
union all
select format('the role %s can get around row security', rolname)
from pg_roles where rolname = current_user and (rolsuper or rolbypassrls)
union all
select format('the function %s runs as its owner without a fixed search_path', p.oid::regprocedure)
from pg_proc p where p.prosecdef and p.pronamespace in ('public'::regnamespace, 'tiketti'::regnamespace)
  and not coalesce(array_to_string(p.proconfig, ',') like '%search_path=%', false)
union all
select format('the function %s may be called by everybody', p.oid::regprocedure)
from pg_proc p where p.pronamespace = 'tiketti'::regnamespace
  and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) where grantee = 0)
`;
