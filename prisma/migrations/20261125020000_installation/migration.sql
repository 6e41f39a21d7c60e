-- Why: a database knows which TIKETTI_SECRET and which roles it belongs to, so that a command with another
-- secret is refused before it changes anything. And a dump that row security would cut short fails: the owner of
-- the tables sees no row of a tenant, which pg_dump --enable-row-security would write down as an empty table.
-- In every migration tiketti_app, tiketti_worker and tiketti_gate stand for this database's roles
-- (db/roles.ts): db/migration-engine.ts puts the real names in.

CREATE TABLE tiketti.installation (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  role_prefix text NOT NULL,
  -- Derived from TIKETTI_SECRET; says nothing about it, but whether a secret is the same.
  secret_check text NOT NULL,
  changed_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE FUNCTION tiketti.refuse_partial_dump() RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION 'the role % sees no organization''s rows, so a dump that it makes is not whole', current_user
    USING HINT = 'Dump as a superuser, or as a role with BYPASSRLS and pg_read_all_data: docs/operating.md, "Backup".';
END
$$;
REVOKE ALL ON FUNCTION tiketti.refuse_partial_dump() FROM PUBLIC;

-- Permissive, and so asked for each row that the tenant's policy hides; as a restrictive one it would only be asked
-- for rows that the tenant's policy shows, of which the owner has none.
CREATE POLICY no_partial_dump ON organizations FOR SELECT TO CURRENT_USER
  USING (tiketti.refuse_partial_dump());
