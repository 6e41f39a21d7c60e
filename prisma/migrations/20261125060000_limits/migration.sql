-- Why: what is asked for uses up points, of a key or member and of its organization. How many there are is said by the
-- plan that the operator gave the organization, and by the key itself; who a token belongs to tells both.

-- AlterTable
ALTER TABLE "api_keys" ADD COLUMN     "points_per_minute" INTEGER;

-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "plan" TEXT NOT NULL DEFAULT 'default';

ALTER TABLE api_keys ADD CONSTRAINT api_keys_points_per_minute_range
  CHECK (points_per_minute BETWEEN 1 AND 1000000000);
ALTER TABLE organizations ADD CONSTRAINT organizations_plan_form CHECK (plan ~ '^[a-z][a-z0-9-]{0,39}$');

CREATE OR REPLACE FUNCTION tiketti.authenticate(token_hash bytea, wanted_organization uuid) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  token tokens;
  login users;
  chosen members;
  key api_keys;
  settings record;
  all_memberships jsonb;
BEGIN
  SELECT * INTO token FROM tokens t
  WHERE t.hash = token_hash AND t.kind IN ('ACCESS', 'API_KEY') AND (t.expires_at IS NULL OR t.expires_at > now());
  IF NOT FOUND THEN RETURN NULL; END IF;

  IF token.kind = 'API_KEY' THEN
    SELECT * INTO key FROM api_keys k
    WHERE k.organization_id = token.organization_id AND k.id = token.api_key_id AND k.revoked_at IS NULL;
    IF NOT FOUND THEN RETURN NULL; END IF;
    -- Once a minute is exact enough to tell unused keys, and keeps reads from writing. A busy row is skipped.
    IF (key.last_used_at IS NULL OR key.last_used_at < now() - interval '1 minute')
      AND NOT current_setting('transaction_read_only')::boolean THEN
      UPDATE api_keys SET last_used_at = now() WHERE (organization_id, id) IN (
        SELECT k.organization_id, k.id FROM api_keys k
        WHERE k.organization_id = key.organization_id AND k.id = key.id FOR NO KEY UPDATE SKIP LOCKED);
    END IF;
    SELECT o.time_zone, o.plan INTO settings FROM organizations o WHERE o.id = key.organization_id;
    RETURN jsonb_build_object('kind', 'API_KEY', 'organizationId', key.organization_id, 'id', key.id,
      'name', key.name, 'pointsPerMinute', key.points_per_minute, 'timeZone', settings.time_zone, 'plan', settings.plan,
      'role', tiketti.role_json(key.organization_id, key.role_id));
  END IF;

  SELECT u.* INTO login FROM users u JOIN sessions s ON s.user_id = u.id
  WHERE s.id = token.session_id AND s.revoked_at IS NULL;
  IF NOT FOUND THEN RETURN NULL; END IF;

  SELECT coalesce(jsonb_agg(jsonb_build_object(
    'organizationId', m.organization_id, 'memberId', m.id, 'organizationName', o.name, 'logoUrl', o.logo_url,
    'roleName', r.name, 'isActive', m.is_active) ORDER BY o.name, o.id), '[]') INTO all_memberships
  FROM members m
  JOIN organizations o ON o.id = m.organization_id
  JOIN roles r ON r.organization_id = m.organization_id AND r.id = m.role_id
  WHERE m.user_id = login.id AND m.removed_at IS NULL;

  -- Without a wish, the only active membership is meant.
  SELECT * INTO chosen FROM members m
  WHERE m.user_id = login.id AND m.removed_at IS NULL AND m.is_active
    AND (wanted_organization = m.organization_id OR (wanted_organization IS NULL AND NOT EXISTS (
      SELECT FROM members other WHERE other.user_id = login.id AND other.removed_at IS NULL AND other.is_active
        AND other.organization_id <> m.organization_id)));

  SELECT o.time_zone, o.plan INTO settings FROM organizations o WHERE o.id = chosen.organization_id;
  RETURN jsonb_build_object('kind', 'SESSION', 'sessionId', token.session_id,
    'user', jsonb_build_object('id', login.id, 'email', login.email, 'name', login.name,
      'isEmailVerified', login.email_verified_at IS NOT NULL),
    'memberships', all_memberships,
    'member', CASE WHEN chosen.id IS NULL THEN NULL ELSE jsonb_build_object(
      'organizationId', chosen.organization_id, 'id', chosen.id, 'name', chosen.name,
      'timeZone', settings.time_zone, 'plan', settings.plan,
      'role', tiketti.role_json(chosen.organization_id, chosen.role_id)) END);
END
$$;

-- For the operator: whose limits are which.
GRANT CREATE ON SCHEMA tiketti TO tiketti_gate;
CREATE FUNCTION tiketti.organization_plans() RETURNS TABLE (prefix text, name text, plan text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT o.ticket_prefix, o.name, o.plan FROM organizations o ORDER BY o.ticket_prefix
$$;
ALTER FUNCTION tiketti.organization_plans() OWNER TO tiketti_gate;
REVOKE CREATE ON SCHEMA tiketti FROM tiketti_gate;
REVOKE ALL ON FUNCTION tiketti.organization_plans() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tiketti.organization_plans() TO tiketti_app;
