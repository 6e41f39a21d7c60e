-- Why: a user looks at its own sessions, ends them and changes its password, before and without any
-- organization. Four functions more of the gate; no table changes.

GRANT CREATE ON SCHEMA tiketti TO tiketti_gate;

-- A session can be refreshed as long as its last refresh token works; after that it is over.
CREATE FUNCTION tiketti.list_sessions(owner uuid)
RETURNS TABLE (id uuid, user_agent text, created_at timestamptz, last_used_at timestamptz, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT s.id, s.user_agent, s.created_at, s.last_used_at, max(t.expires_at)
  FROM sessions s JOIN tokens t ON t.session_id = s.id AND t.kind = 'REFRESH' AND t.used_at IS NULL
  WHERE s.user_id = owner AND s.revoked_at IS NULL AND t.expires_at > now()
  GROUP BY s.id ORDER BY s.last_used_at DESC, s.id LIMIT 200
$$;

-- Ends one session of the user; false when there is no such one.
CREATE FUNCTION tiketti.revoke_session(owner uuid, session uuid) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH ended AS (
    UPDATE sessions SET revoked_at = coalesce(revoked_at, now()) WHERE id = session AND user_id = owner RETURNING 1)
  SELECT EXISTS (SELECT FROM ended)
$$;

-- Ends all sessions of the user but one; how many it were.
CREATE FUNCTION tiketti.revoke_other_sessions(owner uuid, kept uuid) RETURNS int
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH ended AS (
    UPDATE sessions SET revoked_at = now() WHERE user_id = owner AND id <> kept AND revoked_at IS NULL RETURNING 1)
  SELECT count(*)::int FROM ended
$$;

-- In one statement, so that no session of the old password outlives it.
CREATE FUNCTION tiketti.change_password(owner uuid, kept uuid, new_password_hash text) RETURNS int
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE users SET password_hash = new_password_hash, updated_at = now() WHERE id = owner;
  SELECT tiketti.revoke_other_sessions(owner, kept)
$$;

ALTER FUNCTION tiketti.list_sessions(uuid) OWNER TO tiketti_gate;
ALTER FUNCTION tiketti.revoke_session(uuid, uuid) OWNER TO tiketti_gate;
ALTER FUNCTION tiketti.revoke_other_sessions(uuid, uuid) OWNER TO tiketti_gate;
ALTER FUNCTION tiketti.change_password(uuid, uuid, text) OWNER TO tiketti_gate;
REVOKE CREATE ON SCHEMA tiketti FROM tiketti_gate;
REVOKE ALL ON FUNCTION
  tiketti.list_sessions(uuid), tiketti.revoke_session(uuid, uuid),
  tiketti.revoke_other_sessions(uuid, uuid), tiketti.change_password(uuid, uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
  tiketti.list_sessions(uuid), tiketti.revoke_session(uuid, uuid),
  tiketti.revoke_other_sessions(uuid, uuid), tiketti.change_password(uuid, uuid, text) TO tiketti_app;
