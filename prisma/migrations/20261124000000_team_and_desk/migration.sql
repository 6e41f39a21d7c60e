-- Why: the types that a frontend starts on. Invitations, participants, members who leave and whom their
-- tickets go to, contacts made anonymous, labels that are deleted at once and taken off tickets in batches
-- ("tasks": the rest of large writes), and what the jobs ask before an organization is known.
-- The first part is what Prisma derives from schema.prisma; the second stands below it.

-- DropIndex
DROP INDEX "labels_organization_id_name_key_key";

-- DropIndex
DROP INDEX "members_organization_id_name_id_idx";

-- AlterTable
ALTER TABLE "members" ADD COLUMN     "name_key" TEXT,
ADD COLUMN     "successor_id" UUID;
-- Names of before; from here on the server makes keys. Row security shows the owner no row while it is forced.
ALTER TABLE "members" NO FORCE ROW LEVEL SECURITY;
UPDATE "members" SET "name_key" = lower("name");
ALTER TABLE "members" FORCE ROW LEVEL SECURITY;
ALTER TABLE "members" ALTER COLUMN "name_key" SET NOT NULL;

-- AlterTable
ALTER TABLE "contacts" ADD COLUMN     "anonymized_at" TIMESTAMPTZ(3),
ADD COLUMN     "domain_path" TEXT COLLATE "C" GENERATED ALWAYS AS (reverse(split_part(email_key, '@', 2)) || '.') STORED;

-- AlterTable
ALTER TABLE "labels" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "ticket_labels" ADD COLUMN     "from_label_id" UUID;

-- CreateTable
CREATE TABLE "ticket_participants" (
    "organization_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ticket_participants_pkey" PRIMARY KEY ("organization_id","ticket_id","contact_id")
);

-- CreateTable
CREATE TABLE "invitations" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "role_id" UUID NOT NULL,
    "invited_by_member_id" UUID,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "member_id" UUID,
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "tasks" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tasks_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateIndex
CREATE INDEX "members_organization_id_name_key_id_idx" ON "members"("organization_id", "name_key", "id");

-- CreateIndex
CREATE INDEX "ticket_participants_organization_id_contact_id_ticket_id_idx" ON "ticket_participants"("organization_id", "contact_id", "ticket_id");

-- CreateIndex
CREATE INDEX "invitations_organization_id_created_at_id_idx" ON "invitations"("organization_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "invitations_organization_id_role_id_idx" ON "invitations"("organization_id", "role_id");

-- CreateIndex
CREATE INDEX "companies_organization_id_created_at_id_idx" ON "companies"("organization_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "companies_organization_id_updated_at_id_idx" ON "companies"("organization_id", "updated_at", "id");

-- CreateIndex
CREATE INDEX "contacts_organization_id_domain_path_idx" ON "contacts"("organization_id", "domain_path");

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_organization_id_successor_id_fkey" FOREIGN KEY ("organization_id", "successor_id") REFERENCES "members"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ticket_participants" ADD CONSTRAINT "ticket_participants_organization_id_ticket_id_fkey" FOREIGN KEY ("organization_id", "ticket_id") REFERENCES "tickets"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ticket_participants" ADD CONSTRAINT "ticket_participants_organization_id_contact_id_fkey" FOREIGN KEY ("organization_id", "contact_id") REFERENCES "contacts"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_organization_id_role_id_fkey" FOREIGN KEY ("organization_id", "role_id") REFERENCES "roles"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_organization_id_invited_by_member_id_fkey" FOREIGN KEY ("organization_id", "invited_by_member_id") REFERENCES "members"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "members"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- ---------------------------------------------------------------------------------------------------
-- What Prisma can't say
-- ---------------------------------------------------------------------------------------------------

-- A deleted label's name is free again.
CREATE UNIQUE INDEX labels_organization_id_name_key_key ON labels (organization_id, name_key) WHERE deleted_at IS NULL;
-- One invitation of an address waits at a time.
CREATE UNIQUE INDEX invitations_one_open ON invitations (organization_id, email_key)
  WHERE accepted_at IS NULL AND revoked_at IS NULL;
-- What the jobs and the trash list look for.
CREATE INDEX tickets_trash ON tickets (organization_id, deleted_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX tickets_pending_until ON tickets (organization_id, pending_until)
  WHERE pending_until IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX tickets_resolved ON tickets (organization_id, resolved_at) WHERE status = 'RESOLVED' AND deleted_at IS NULL;
-- Reports and lists of what was closed lately.
CREATE INDEX tickets_closed_at ON tickets (organization_id, closed_at, id) WHERE closed_at IS NOT NULL;
CREATE INDEX tickets_merged_into ON tickets (organization_id, merged_into_id) WHERE merged_into_id IS NOT NULL;
CREATE INDEX tickets_follow_up_of ON tickets (organization_id, follow_up_of_id) WHERE follow_up_of_id IS NOT NULL;
CREATE INDEX messages_author_contact ON messages (organization_id, author_contact_id) WHERE author_contact_id IS NOT NULL;
CREATE INDEX ticket_labels_from_label ON ticket_labels (organization_id, from_label_id, ticket_id)
  WHERE from_label_id IS NOT NULL;
CREATE INDEX members_inactive ON members (organization_id, id) WHERE NOT is_active;

ALTER TABLE contacts
  DROP CONSTRAINT contacts_email_or_phone,
  ADD CONSTRAINT contacts_email_or_phone CHECK (email IS NOT NULL OR phone IS NOT NULL OR anonymized_at IS NOT NULL);
ALTER TABLE members ADD CONSTRAINT members_successor_is_another CHECK (successor_id <> id);
ALTER TABLE invitations
  ADD CONSTRAINT invitations_email_length CHECK (char_length(email) <= 254),
  ADD CONSTRAINT invitations_accepted_has_member CHECK ((accepted_at IS NULL) = (member_id IS NULL)),
  ADD CONSTRAINT invitations_one_end CHECK (accepted_at IS NULL OR revoked_at IS NULL);
ALTER TABLE tasks ADD CONSTRAINT tasks_kind CHECK (kind IN ('LABEL_ROWS_REMOVE', 'CONTACTS_LINK'));

-- A ticket that is purged leaves the tickets that point to it.
ALTER TABLE tickets
  DROP CONSTRAINT tickets_organization_id_follow_up_of_id_fkey,
  ADD CONSTRAINT tickets_organization_id_follow_up_of_id_fkey FOREIGN KEY (organization_id, follow_up_of_id)
    REFERENCES tickets (organization_id, id) ON DELETE SET NULL (follow_up_of_id),
  DROP CONSTRAINT tickets_organization_id_merged_into_id_fkey,
  ADD CONSTRAINT tickets_organization_id_merged_into_id_fkey FOREIGN KEY (organization_id, merged_into_id)
    REFERENCES tickets (organization_id, id) ON DELETE SET NULL (merged_into_id);

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['ticket_participants', 'invitations', 'tasks'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format($policy$
      CREATE POLICY tenant ON %I
        USING (organization_id = (SELECT nullif(current_setting('tiketti.organization_id', true), '')::uuid))
        WITH CHECK (organization_id = (SELECT nullif(current_setting('tiketti.organization_id', true), '')::uuid))
    $policy$, tenant_table);
  END LOOP;
END
$$;
GRANT SELECT, INSERT, UPDATE ON invitations TO tiketti_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ticket_participants, tasks TO tiketti_app;

-- A company's own prefix is the organization's for ever too: codes stand in customers' mail.
CREATE FUNCTION tiketti.claim_company_prefix() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM FROM ticket_prefixes p WHERE p.prefix = NEW.ticket_prefix AND p.organization_id = NEW.organization_id;
  IF NOT FOUND THEN
    INSERT INTO ticket_prefixes (prefix, organization_id) VALUES (NEW.ticket_prefix, NEW.organization_id);
  END IF;
  RETURN NEW;
END
$$;
ALTER TABLE companies NO FORCE ROW LEVEL SECURITY;
INSERT INTO ticket_prefixes (prefix, organization_id)
  SELECT DISTINCT ON (ticket_prefix) ticket_prefix, organization_id FROM companies
  WHERE ticket_prefix IS NOT NULL ORDER BY ticket_prefix, created_at
  ON CONFLICT DO NOTHING;
ALTER TABLE companies FORCE ROW LEVEL SECURITY;
CREATE TRIGGER companies_claim_prefix BEFORE INSERT OR UPDATE OF ticket_prefix ON companies
  FOR EACH ROW WHEN (NEW.ticket_prefix IS NOT NULL) EXECUTE FUNCTION tiketti.claim_company_prefix();

-- Invitations: what works before the invited is a member ------------------------------------------------

ALTER TABLE tokens
  ADD COLUMN invitation_id uuid,
  DROP CONSTRAINT tokens_kind_check,
  ADD CONSTRAINT tokens_kind_check CHECK (kind IN ('ACCESS', 'REFRESH', 'API_KEY', 'INVITATION')),
  DROP CONSTRAINT tokens_owner,
  ADD CONSTRAINT tokens_owner CHECK (
    CASE kind
      WHEN 'API_KEY' THEN session_id IS NULL AND organization_id IS NOT NULL AND api_key_id IS NOT NULL
        AND invitation_id IS NULL
      WHEN 'INVITATION' THEN session_id IS NULL AND organization_id IS NOT NULL AND api_key_id IS NULL
        AND invitation_id IS NOT NULL
      ELSE session_id IS NOT NULL AND organization_id IS NULL AND api_key_id IS NULL AND invitation_id IS NULL
        AND expires_at IS NOT NULL
    END),
  ADD FOREIGN KEY (organization_id, invitation_id) REFERENCES invitations (organization_id, id) ON DELETE CASCADE;
CREATE UNIQUE INDEX tokens_invitation ON tokens (organization_id, invitation_id) WHERE invitation_id IS NOT NULL;

GRANT CREATE ON SCHEMA tiketti TO tiketti_gate;
GRANT DELETE ON tokens, sessions TO tiketti_gate;
GRANT SELECT ON invitations, tickets, idempotency_keys, tasks TO tiketti_gate;
CREATE POLICY gate ON invitations FOR SELECT TO tiketti_gate USING (true);
CREATE POLICY gate ON tickets FOR SELECT TO tiketti_gate USING (true);
CREATE POLICY gate ON idempotency_keys FOR SELECT TO tiketti_gate USING (true);
CREATE POLICY gate ON tasks FOR SELECT TO tiketti_gate USING (true);

-- Stores the hash of an invitation's token in the organization that the connection is set to; the one
-- before, of the same invitation, opens nothing from here on.
CREATE FUNCTION tiketti.put_invitation_token(token_hash bytea, invitation uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  DELETE FROM tokens WHERE kind = 'INVITATION' AND invitation_id = invitation
    AND organization_id = nullif(current_setting('tiketti.organization_id', true), '')::uuid;
  INSERT INTO tokens (hash, kind, organization_id, invitation_id)
  VALUES (token_hash, 'INVITATION', nullif(current_setting('tiketti.organization_id', true), '')::uuid, invitation)
$$;

-- What somebody who holds an invitation's token may know of it; null when there is no such token.
CREATE FUNCTION tiketti.find_invitation(token_hash bytea) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT jsonb_build_object('organizationId', i.organization_id, 'invitationId', i.id, 'email', i.email,
    'organizationName', o.name, 'logoUrl', o.logo_url, 'timeZone', o.time_zone, 'roleName', r.name,
    'invitedByName', m.name, 'expiresAt', i.expires_at, 'acceptedAt', i.accepted_at, 'revokedAt', i.revoked_at,
    'hasLogin', EXISTS (SELECT FROM users u WHERE u.email_key = i.email_key))
  FROM tokens t
  JOIN invitations i ON i.organization_id = t.organization_id AND i.id = t.invitation_id
  JOIN organizations o ON o.id = i.organization_id
  JOIN roles r ON r.organization_id = i.organization_id AND r.id = i.role_id
  LEFT JOIN members m ON m.organization_id = i.organization_id AND m.id = i.invited_by_member_id
  WHERE t.hash = token_hash AND t.kind = 'INVITATION'
$$;

-- What the jobs ask before they know an organization ----------------------------------------------------

-- Organizations with something due at that instant of the rules' clock: see server/src/jobs/due-work.ts.
CREATE FUNCTION tiketti.organizations_with_due_work(rules_now timestamptz, trash_days int) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT o.id FROM organizations o
  WHERE EXISTS (SELECT FROM tasks t WHERE t.organization_id = o.id)
    OR EXISTS (SELECT FROM tickets t WHERE t.organization_id = o.id AND t.pending_until <= rules_now
      AND t.deleted_at IS NULL)
    OR EXISTS (SELECT FROM tickets t WHERE t.organization_id = o.id AND t.status = 'RESOLVED' AND t.deleted_at IS NULL
      AND t.resolved_at <= rules_now - make_interval(days => o.auto_close_resolved_after_days::int))
    OR EXISTS (SELECT FROM tickets t WHERE t.organization_id = o.id
      AND t.deleted_at <= rules_now - make_interval(days => trash_days))
    OR EXISTS (SELECT FROM members m JOIN tickets t ON t.organization_id = m.organization_id AND t.assignee_id = m.id
      WHERE m.organization_id = o.id AND NOT m.is_active AND t.status IN ('OPEN', 'PENDING') AND t.deleted_at IS NULL)
    OR EXISTS (SELECT FROM idempotency_keys k WHERE k.organization_id = o.id
      AND k.created_at < now() - interval '24 hours')
$$;

-- Removes a batch of what can't open anything any more; how many rows it were. A used refresh token stays
-- until it would have expired: seen again it must still end its session.
CREATE FUNCTION tiketti.remove_expired(batch int) RETURNS int
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH gone_tokens AS (
    DELETE FROM tokens WHERE hash IN (SELECT hash FROM tokens WHERE expires_at < now() LIMIT batch) RETURNING 1),
  gone_sessions AS (
    DELETE FROM sessions WHERE id IN (
      SELECT s.id FROM sessions s
      WHERE s.created_at < now() - interval '1 hour'
        AND NOT EXISTS (SELECT FROM tokens t WHERE t.session_id = s.id) LIMIT batch) RETURNING 1)
  SELECT (SELECT count(*) FROM gone_tokens)::int + (SELECT count(*) FROM gone_sessions)::int
$$;
CREATE INDEX tokens_expires_at ON tokens (expires_at) WHERE expires_at IS NOT NULL;

-- False for a session that ended before: there is nothing to end.
CREATE OR REPLACE FUNCTION tiketti.revoke_session(owner uuid, session uuid) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH ended AS (
    UPDATE sessions SET revoked_at = now() WHERE id = session AND user_id = owner AND revoked_at IS NULL RETURNING 1)
  SELECT EXISTS (SELECT FROM ended)
$$;

ALTER FUNCTION tiketti.claim_company_prefix() OWNER TO tiketti_gate;
REVOKE ALL ON FUNCTION tiketti.claim_company_prefix() FROM PUBLIC;
ALTER FUNCTION tiketti.put_invitation_token(bytea, uuid) OWNER TO tiketti_gate;
ALTER FUNCTION tiketti.find_invitation(bytea) OWNER TO tiketti_gate;
ALTER FUNCTION tiketti.organizations_with_due_work(timestamptz, int) OWNER TO tiketti_gate;
ALTER FUNCTION tiketti.remove_expired(int) OWNER TO tiketti_gate;
REVOKE CREATE ON SCHEMA tiketti FROM tiketti_gate;
REVOKE ALL ON FUNCTION
  tiketti.put_invitation_token(bytea, uuid), tiketti.find_invitation(bytea),
  tiketti.organizations_with_due_work(timestamptz, int), tiketti.remove_expired(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
  tiketti.put_invitation_token(bytea, uuid), tiketti.find_invitation(bytea),
  tiketti.organizations_with_due_work(timestamptz, int), tiketti.remove_expired(int) TO tiketti_app;
