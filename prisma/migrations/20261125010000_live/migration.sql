-- Why: sockets outlive the requests that tokens are checked by, and the change log is kept for a time only.

-- Which of these tokens open nothing any more; the same conditions as tiketti.authenticate.
CREATE FUNCTION tiketti.ended_tokens(hashes bytea[]) RETURNS SETOF bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT asked.hash FROM unnest(hashes) AS asked (hash)
  WHERE NOT EXISTS (
    SELECT FROM tokens t
    LEFT JOIN sessions s ON s.id = t.session_id
    LEFT JOIN api_keys k ON k.organization_id = t.organization_id AND k.id = t.api_key_id
    WHERE t.hash = asked.hash AND t.kind IN ('ACCESS', 'API_KEY') AND (t.expires_at IS NULL OR t.expires_at > now())
      AND CASE t.kind WHEN 'API_KEY' THEN k.id IS NOT NULL AND k.revoked_at IS NULL
        ELSE s.id IS NOT NULL AND s.revoked_at IS NULL END)
$$;

-- Organizations whose oldest change that can still be replayed is from before that instant.
CREATE FUNCTION tiketti.organizations_with_old_changes(kept_since timestamptz) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT h.organization_id FROM change_heads h
  JOIN changes c ON c.organization_id = h.organization_id AND c.number = h.floor_number + 1
  WHERE c.occurred_at < kept_since
$$;

CREATE POLICY gate ON change_heads FOR SELECT TO tiketti_gate USING (true);
CREATE POLICY gate ON changes FOR SELECT TO tiketti_gate USING (true);
GRANT SELECT ON change_heads TO tiketti_gate;
GRANT SELECT (organization_id, number, occurred_at) ON changes TO tiketti_gate;

GRANT CREATE ON SCHEMA tiketti TO tiketti_gate;
ALTER FUNCTION tiketti.ended_tokens(bytea[]) OWNER TO tiketti_gate;
ALTER FUNCTION tiketti.organizations_with_old_changes(timestamptz) OWNER TO tiketti_gate;
REVOKE CREATE ON SCHEMA tiketti FROM tiketti_gate;
REVOKE ALL ON FUNCTION tiketti.ended_tokens(bytea[]), tiketti.organizations_with_old_changes(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tiketti.ended_tokens(bytea[]), tiketti.organizations_with_old_changes(timestamptz) TO tiketti_app;
GRANT DELETE ON changes TO tiketti_app;
