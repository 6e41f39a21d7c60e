-- Why: the ground. Organizations with members, roles, API keys, contacts, companies, labels, tickets,
-- messages, the change log and idempotency; the walls between organizations (composite keys, row
-- security); and the few tables and functions that work before a tenant is known.
-- The first part is what Prisma derives from schema.prisma; the second stands below it.

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "organizations" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "ticket_prefix" TEXT NOT NULL,
    "default_currency" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "default_hourly_rate" DECIMAL(12,4),
    "logo_url" TEXT,
    "primary_color" TEXT,
    "email_signature" TEXT,
    "outbound_mailbox_mode" TEXT NOT NULL DEFAULT 'RECEIVING',
    "closed_ticket_reply" TEXT NOT NULL DEFAULT 'FOLLOW_UP',
    "reopen_within_days" SMALLINT NOT NULL DEFAULT 30,
    "auto_close_resolved_after_days" SMALLINT DEFAULT 7,
    "billing_increment_minutes" SMALLINT NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "organizations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "roles" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "description" TEXT,
    "built_in" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "roles_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "role_grants" (
    "organization_id" UUID NOT NULL,
    "role_id" UUID NOT NULL,
    "permission" TEXT NOT NULL,
    "reach" TEXT,

    CONSTRAINT "role_grants_pkey" PRIMARY KEY ("organization_id","role_id","permission")
);

-- CreateTable
CREATE TABLE "members" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "role_id" UUID NOT NULL,
    "hourly_rate" DECIMAL(12,4),
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "removed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "members_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "role_id" UUID NOT NULL,
    "created_by_member_id" UUID,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "companies" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "hourly_rate" DECIMAL(12,4),
    "currency" TEXT,
    "ticket_prefix" TEXT,
    "notes" TEXT,
    "external_id" TEXT,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "companies_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "company_domains" (
    "organization_id" UUID NOT NULL,
    "domain" TEXT NOT NULL,
    "company_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "company_domains_pkey" PRIMARY KEY ("organization_id","domain")
);

-- CreateTable
CREATE TABLE "contacts" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "email" TEXT,
    "email_key" TEXT,
    "phone" TEXT,
    "company_id" UUID,
    "company_source" TEXT,
    "notes" TEXT,
    "external_id" TEXT,
    "is_blocked" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "contacts_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "contact_addresses" (
    "organization_id" UUID NOT NULL,
    "address_key" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "contact_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contact_addresses_pkey" PRIMARY KEY ("organization_id","address_key")
);

-- CreateTable
CREATE TABLE "labels" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "color" TEXT NOT NULL,
    "description" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "labels_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "ticket_counters" (
    "organization_id" UUID NOT NULL,
    "prefix" TEXT NOT NULL,
    "last_number" INTEGER NOT NULL,

    CONSTRAINT "ticket_counters_pkey" PRIMARY KEY ("organization_id","prefix")
);

-- CreateTable
CREATE TABLE "tickets" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "prefix" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "code" TEXT NOT NULL GENERATED ALWAYS AS ("prefix" || '-' || "number"::text) STORED,
    "code_order" TEXT NOT NULL GENERATED ALWAYS AS ("prefix" || '-' || lpad("number"::text, 10, '0')) STORED,
    "subject" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'OPEN',
    "status_rank" SMALLINT NOT NULL GENERATED ALWAYS AS (
        CASE "status" WHEN 'OPEN' THEN 0 WHEN 'PENDING' THEN 1 WHEN 'RESOLVED' THEN 2 ELSE 3 END) STORED,
    "priority" SMALLINT NOT NULL DEFAULT 1,
    "channel" TEXT NOT NULL,
    "assignee_id" UUID,
    "contact_id" UUID NOT NULL,
    "company_id" UUID,
    "external_id" TEXT,
    "follow_up_of_id" UUID,
    "merged_into_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "last_activity_at" TIMESTAMPTZ(3) NOT NULL,
    "waiting_since" TIMESTAMPTZ(3),
    "first_replied_at" TIMESTAMPTZ(3),
    "resolved_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "pending_until" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "tickets_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "ticket_labels" (
    "organization_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "label_id" UUID NOT NULL,

    CONSTRAINT "ticket_labels_pkey" PRIMARY KEY ("organization_id","ticket_id","label_id")
);

-- CreateTable
CREATE TABLE "messages" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "visibility" TEXT NOT NULL,
    "direction" TEXT,
    "author_kind" TEXT NOT NULL,
    "author_member_id" UUID,
    "author_contact_id" UUID,
    "author_api_key_id" UUID,
    "from_address" TEXT,
    "to_addresses" TEXT[],
    "cc_addresses" TEXT[],
    "body_text" TEXT NOT NULL,
    "body_html" TEXT,
    "delivery_state" TEXT NOT NULL DEFAULT 'NONE',
    "edited_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "change_heads" (
    "organization_id" UUID NOT NULL,
    "last_number" BIGINT NOT NULL DEFAULT 0,
    "floor_number" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "change_heads_pkey" PRIMARY KEY ("organization_id")
);

-- CreateTable
CREATE TABLE "changes" (
    "organization_id" UUID NOT NULL,
    "number" BIGINT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "kinds" TEXT[],
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "subject_type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "ticket_id" UUID,
    "needs_note_view" BOOLEAN NOT NULL DEFAULT false,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "changes_pkey" PRIMARY KEY ("organization_id","number")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "organization_id" UUID NOT NULL,
    "scope" BYTEA NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "result" JSONB NOT NULL,
    "change_number" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("organization_id","scope")
);

-- CreateIndex
CREATE UNIQUE INDEX "roles_organization_id_name_key_key" ON "roles"("organization_id", "name_key");

-- CreateIndex
CREATE INDEX "members_organization_id_email_key_idx" ON "members"("organization_id", "email_key");

-- CreateIndex
CREATE INDEX "members_organization_id_role_id_idx" ON "members"("organization_id", "role_id");

-- CreateIndex
CREATE INDEX "members_organization_id_name_id_idx" ON "members"("organization_id", "name", "id");

-- CreateIndex
CREATE INDEX "members_organization_id_created_at_id_idx" ON "members"("organization_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "members_organization_id_user_id_key" ON "members"("organization_id", "user_id");

-- CreateIndex
CREATE INDEX "api_keys_organization_id_created_at_id_idx" ON "api_keys"("organization_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "api_keys_organization_id_role_id_idx" ON "api_keys"("organization_id", "role_id");

-- CreateIndex
CREATE INDEX "api_keys_organization_id_created_by_member_id_idx" ON "api_keys"("organization_id", "created_by_member_id");

-- CreateIndex
CREATE INDEX "companies_organization_id_name_key_id_idx" ON "companies"("organization_id", "name_key", "id");

-- CreateIndex
CREATE UNIQUE INDEX "companies_organization_id_external_id_key" ON "companies"("organization_id", "external_id");

-- CreateIndex
CREATE INDEX "company_domains_organization_id_company_id_idx" ON "company_domains"("organization_id", "company_id");

-- CreateIndex
CREATE INDEX "contacts_organization_id_name_key_id_idx" ON "contacts"("organization_id", "name_key", "id");

-- CreateIndex
CREATE INDEX "contacts_organization_id_created_at_id_idx" ON "contacts"("organization_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "contacts_organization_id_updated_at_id_idx" ON "contacts"("organization_id", "updated_at", "id");

-- CreateIndex
CREATE INDEX "contacts_organization_id_company_id_name_key_id_idx" ON "contacts"("organization_id", "company_id", "name_key", "id");

-- CreateIndex
CREATE UNIQUE INDEX "contacts_organization_id_external_id_key" ON "contacts"("organization_id", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "contact_addresses_organization_id_contact_id_address_key_key" ON "contact_addresses"("organization_id", "contact_id", "address_key");

-- CreateIndex
CREATE UNIQUE INDEX "labels_organization_id_name_key_key" ON "labels"("organization_id", "name_key");

-- CreateIndex
CREATE INDEX "tickets_organization_id_last_activity_at_id_idx" ON "tickets"("organization_id", "last_activity_at", "id");

-- CreateIndex
CREATE INDEX "tickets_organization_id_created_at_id_idx" ON "tickets"("organization_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "tickets_organization_id_updated_at_id_idx" ON "tickets"("organization_id", "updated_at", "id");

-- CreateIndex
CREATE INDEX "tickets_organization_id_waiting_since_id_idx" ON "tickets"("organization_id", "waiting_since", "id");

-- CreateIndex
CREATE INDEX "tickets_organization_id_priority_id_idx" ON "tickets"("organization_id", "priority", "id");

-- CreateIndex
CREATE INDEX "tickets_organization_id_status_rank_id_idx" ON "tickets"("organization_id", "status_rank", "id");

-- CreateIndex
CREATE INDEX "tickets_organization_id_code_order_id_idx" ON "tickets"("organization_id", "code_order", "id");

-- CreateIndex
CREATE INDEX "tickets_organization_id_status_last_activity_at_id_idx" ON "tickets"("organization_id", "status", "last_activity_at", "id");

-- CreateIndex
CREATE INDEX "tickets_organization_id_assignee_id_status_last_activity_at_idx" ON "tickets"("organization_id", "assignee_id", "status", "last_activity_at", "id");

-- CreateIndex
CREATE INDEX "tickets_organization_id_contact_id_last_activity_at_id_idx" ON "tickets"("organization_id", "contact_id", "last_activity_at", "id");

-- CreateIndex
CREATE INDEX "tickets_organization_id_company_id_last_activity_at_id_idx" ON "tickets"("organization_id", "company_id", "last_activity_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "tickets_organization_id_prefix_number_key" ON "tickets"("organization_id", "prefix", "number");

-- CreateIndex
CREATE UNIQUE INDEX "tickets_organization_id_code_key" ON "tickets"("organization_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "tickets_organization_id_external_id_key" ON "tickets"("organization_id", "external_id");

-- CreateIndex
CREATE INDEX "ticket_labels_organization_id_label_id_ticket_id_idx" ON "ticket_labels"("organization_id", "label_id", "ticket_id");

-- CreateIndex
CREATE INDEX "messages_organization_id_ticket_id_created_at_id_idx" ON "messages"("organization_id", "ticket_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "messages_organization_id_ticket_id_visibility_created_at_id_idx" ON "messages"("organization_id", "ticket_id", "visibility", "created_at", "id");

-- CreateIndex
CREATE INDEX "changes_organization_id_ticket_id_number_idx" ON "changes"("organization_id", "ticket_id", "number");

-- CreateIndex
CREATE INDEX "changes_organization_id_subject_id_number_idx" ON "changes"("organization_id", "subject_id", "number");

-- CreateIndex
CREATE INDEX "idempotency_keys_organization_id_created_at_idx" ON "idempotency_keys"("organization_id", "created_at");

-- AddForeignKey
ALTER TABLE "roles" ADD CONSTRAINT "roles_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_organization_id_role_id_fkey" FOREIGN KEY ("organization_id", "role_id") REFERENCES "roles"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_organization_id_role_id_fkey" FOREIGN KEY ("organization_id", "role_id") REFERENCES "roles"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_organization_id_role_id_fkey" FOREIGN KEY ("organization_id", "role_id") REFERENCES "roles"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_organization_id_created_by_member_id_fkey" FOREIGN KEY ("organization_id", "created_by_member_id") REFERENCES "members"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "companies" ADD CONSTRAINT "companies_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "company_domains" ADD CONSTRAINT "company_domains_organization_id_company_id_fkey" FOREIGN KEY ("organization_id", "company_id") REFERENCES "companies"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_organization_id_company_id_fkey" FOREIGN KEY ("organization_id", "company_id") REFERENCES "companies"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "contact_addresses" ADD CONSTRAINT "contact_addresses_organization_id_contact_id_fkey" FOREIGN KEY ("organization_id", "contact_id") REFERENCES "contacts"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "labels" ADD CONSTRAINT "labels_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ticket_counters" ADD CONSTRAINT "ticket_counters_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_organization_id_assignee_id_fkey" FOREIGN KEY ("organization_id", "assignee_id") REFERENCES "members"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_organization_id_contact_id_fkey" FOREIGN KEY ("organization_id", "contact_id") REFERENCES "contacts"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_organization_id_company_id_fkey" FOREIGN KEY ("organization_id", "company_id") REFERENCES "companies"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_organization_id_follow_up_of_id_fkey" FOREIGN KEY ("organization_id", "follow_up_of_id") REFERENCES "tickets"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_organization_id_merged_into_id_fkey" FOREIGN KEY ("organization_id", "merged_into_id") REFERENCES "tickets"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ticket_labels" ADD CONSTRAINT "ticket_labels_organization_id_ticket_id_fkey" FOREIGN KEY ("organization_id", "ticket_id") REFERENCES "tickets"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ticket_labels" ADD CONSTRAINT "ticket_labels_organization_id_label_id_fkey" FOREIGN KEY ("organization_id", "label_id") REFERENCES "labels"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_organization_id_ticket_id_fkey" FOREIGN KEY ("organization_id", "ticket_id") REFERENCES "tickets"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_organization_id_author_member_id_fkey" FOREIGN KEY ("organization_id", "author_member_id") REFERENCES "members"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_organization_id_author_contact_id_fkey" FOREIGN KEY ("organization_id", "author_contact_id") REFERENCES "contacts"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_organization_id_author_api_key_id_fkey" FOREIGN KEY ("organization_id", "author_api_key_id") REFERENCES "api_keys"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "change_heads" ADD CONSTRAINT "change_heads_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "changes" ADD CONSTRAINT "changes_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- ---------------------------------------------------------------------------------------------------
-- What Prisma can't say
-- ---------------------------------------------------------------------------------------------------

-- Rules that the database holds. Each name says the rule; server/src/db/faults.ts turns some into answers.

ALTER TABLE organizations
  ADD CONSTRAINT organizations_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
  ADD CONSTRAINT organizations_ticket_prefix_form CHECK (ticket_prefix ~ '^[A-Z][A-Z0-9]{1,9}$'),
  ADD CONSTRAINT organizations_default_currency_form CHECK (default_currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT organizations_default_hourly_rate_range CHECK (default_hourly_rate >= 0),
  ADD CONSTRAINT organizations_primary_color_form CHECK (primary_color ~ '^#[0-9a-f]{6}$'),
  ADD CONSTRAINT organizations_outbound_mailbox_mode CHECK (outbound_mailbox_mode IN ('RECEIVING', 'DEFAULT')),
  ADD CONSTRAINT organizations_closed_ticket_reply CHECK (closed_ticket_reply IN ('FOLLOW_UP', 'REOPEN')),
  ADD CONSTRAINT organizations_reopen_within_days_range CHECK (reopen_within_days BETWEEN 0 AND 365),
  ADD CONSTRAINT organizations_auto_close_range CHECK (auto_close_resolved_after_days BETWEEN 1 AND 365),
  ADD CONSTRAINT organizations_billing_increment_range CHECK (billing_increment_minutes BETWEEN 1 AND 240);

ALTER TABLE roles
  ADD CONSTRAINT roles_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
  ADD CONSTRAINT roles_built_in CHECK (built_in IN ('ADMIN', 'MANAGER', 'AGENT', 'VIEWER'));
CREATE UNIQUE INDEX roles_built_in_once ON roles (organization_id, built_in) WHERE built_in IS NOT NULL;

ALTER TABLE role_grants
  ADD CONSTRAINT role_grants_reach CHECK (
    CASE WHEN permission IN ('ticket.view', 'ticket.reply', 'ticket.update', 'ticket.assign', 'ticket.delete',
                             'note.write', 'time.log', 'time.manage')
      THEN coalesce(reach, '') IN ('ALL', 'AVAILABLE', 'ASSIGNED') ELSE reach IS NULL END);

ALTER TABLE members
  ADD CONSTRAINT members_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
  ADD CONSTRAINT members_hourly_rate_range CHECK (hourly_rate >= 0),
  ADD CONSTRAINT members_removed_is_inactive CHECK (removed_at IS NULL OR NOT is_active);

ALTER TABLE api_keys ADD CONSTRAINT api_keys_name_length CHECK (char_length(name) BETWEEN 1 AND 200);

ALTER TABLE companies
  ADD CONSTRAINT companies_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
  ADD CONSTRAINT companies_hourly_rate_range CHECK (hourly_rate >= 0),
  ADD CONSTRAINT companies_currency_form CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT companies_ticket_prefix_form CHECK (ticket_prefix ~ '^[A-Z][A-Z0-9]{1,9}$');

ALTER TABLE company_domains
  ADD CONSTRAINT company_domains_form CHECK (
    char_length(domain) <= 253 AND domain ~ '^[^@[:space:].]+([.][^@[:space:].]+)+$');

ALTER TABLE contacts
  ADD CONSTRAINT contacts_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
  ADD CONSTRAINT contacts_email_or_phone CHECK (email IS NOT NULL OR phone IS NOT NULL),
  ADD CONSTRAINT contacts_company_source CHECK (company_source IN ('DOMAIN', 'MANUAL')),
  ADD CONSTRAINT contacts_company_has_source CHECK (company_id IS NULL OR company_source IS NOT NULL);

ALTER TABLE contact_addresses
  ADD CONSTRAINT contact_addresses_length CHECK (char_length(address) <= 254);

-- A contact's primary address is one of its addresses; deferred, because the two rows need each other.
ALTER TABLE contacts
  ADD CONSTRAINT contacts_email_is_own_address FOREIGN KEY (organization_id, id, email_key)
    REFERENCES contact_addresses (organization_id, contact_id, address_key) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE labels
  ADD CONSTRAINT labels_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
  ADD CONSTRAINT labels_color_form CHECK (color ~ '^#[0-9a-f]{6}$');

ALTER TABLE ticket_counters
  ADD CONSTRAINT ticket_counters_prefix_form CHECK (prefix ~ '^[A-Z][A-Z0-9]{1,9}$'),
  ADD CONSTRAINT ticket_counters_positive CHECK (last_number > 0);

ALTER TABLE tickets
  ADD CONSTRAINT tickets_prefix_form CHECK (prefix ~ '^[A-Z][A-Z0-9]{1,9}$'),
  ADD CONSTRAINT tickets_number_positive CHECK (number > 0),
  ADD CONSTRAINT tickets_subject_length CHECK (char_length(subject) BETWEEN 1 AND 300),
  ADD CONSTRAINT tickets_status CHECK (status IN ('OPEN', 'PENDING', 'RESOLVED', 'CLOSED')),
  ADD CONSTRAINT tickets_priority CHECK (priority BETWEEN 0 AND 3),
  ADD CONSTRAINT tickets_channel CHECK (channel IN ('EMAIL', 'API', 'MANUAL')),
  ADD CONSTRAINT tickets_closed_at_when_closed CHECK ((status = 'CLOSED') = (closed_at IS NOT NULL)),
  ADD CONSTRAINT tickets_resolved_at_when_resolved CHECK (status <> 'RESOLVED' OR resolved_at IS NOT NULL),
  ADD CONSTRAINT tickets_pending_until_when_pending CHECK (pending_until IS NULL OR status = 'PENDING'),
  ADD CONSTRAINT tickets_merged_is_closed CHECK (merged_into_id IS NULL OR (status = 'CLOSED' AND merged_into_id <> id)),
  ADD CONSTRAINT tickets_no_follow_up_of_itself CHECK (follow_up_of_id <> id);

-- Descending with nulls last is another order than the index of schema.prisma read backwards.
CREATE INDEX tickets_waiting_since_desc ON tickets (organization_id, waiting_since DESC NULLS LAST, id DESC);

ALTER TABLE messages
  ADD CONSTRAINT messages_visibility CHECK (visibility IN ('PUBLIC', 'INTERNAL')),
  ADD CONSTRAINT messages_direction CHECK (direction IN ('INBOUND', 'OUTBOUND')),
  ADD CONSTRAINT messages_note_has_no_direction CHECK ((visibility = 'INTERNAL') = (direction IS NULL)),
  ADD CONSTRAINT messages_note_is_never_sent CHECK (
    visibility = 'PUBLIC' OR (delivery_state = 'NONE' AND to_addresses = '{}' AND cc_addresses = '{}')),
  ADD CONSTRAINT messages_delivery_state CHECK (delivery_state IN ('NONE', 'QUEUED')),
  ADD CONSTRAINT messages_inbound_is_not_sent CHECK (direction IS DISTINCT FROM 'INBOUND' OR delivery_state = 'NONE'),
  ADD CONSTRAINT messages_one_author CHECK (
    num_nonnulls(author_member_id, author_contact_id, author_api_key_id) = (author_kind <> 'SYSTEM')::int
    AND CASE author_kind
      WHEN 'MEMBER' THEN author_member_id IS NOT NULL
      WHEN 'CONTACT' THEN author_contact_id IS NOT NULL
      WHEN 'API_KEY' THEN author_api_key_id IS NOT NULL
      ELSE author_kind = 'SYSTEM'
    END),
  ADD CONSTRAINT messages_contact_writes_inbound CHECK (author_kind <> 'CONTACT' OR coalesce(direction, '') = 'INBOUND'),
  ADD CONSTRAINT messages_body_length CHECK (char_length(body_text) <= 500000),
  ADD CONSTRAINT messages_tombstone_is_empty CHECK (deleted_at IS NULL OR (body_text = '' AND body_html IS NULL));

ALTER TABLE change_heads ADD CONSTRAINT change_heads_order CHECK (floor_number BETWEEN 0 AND last_number);

ALTER TABLE changes
  ADD CONSTRAINT changes_number_positive CHECK (number > 0),
  ADD CONSTRAINT changes_actor_kind CHECK (actor_kind IN ('MEMBER', 'CONTACT', 'API_KEY', 'SYSTEM')),
  ADD CONSTRAINT changes_system_has_no_actor CHECK ((actor_kind = 'SYSTEM') = (actor_id IS NULL)),
  ADD CONSTRAINT changes_have_kinds CHECK (cardinality(kinds) > 0);

ALTER TABLE idempotency_keys
  ADD CONSTRAINT idempotency_keys_hashes CHECK (octet_length(scope) = 32 AND octet_length(request_hash) = 32);

-- Before a tenant is known --------------------------------------------------------------------------
-- No role of the server has a grant on these tables. What the server needs of them, it asks the
-- functions below, which belong to tiketti_gate, a role that nobody can sign in as.

CREATE TABLE users (
  id uuid PRIMARY KEY,
  email text NOT NULL,
  email_key text NOT NULL CONSTRAINT users_email_key UNIQUE,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
  -- argon2id in PHC string format; null when the user can't sign in by password.
  password_hash text CHECK (password_hash LIKE '$argon2id$%'),
  email_verified_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

ALTER TABLE members ADD CONSTRAINT members_user_fkey FOREIGN KEY (user_id) REFERENCES users (id);

-- A sign-in and all tokens that came of it: the "family" of a refresh token.
CREATE TABLE sessions (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  user_agent text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  last_used_at timestamptz(3) NOT NULL DEFAULT now(),
  revoked_at timestamptz(3)
);
CREATE INDEX sessions_user ON sessions (user_id);

-- SHA-256 of every opaque token; the tokens themselves are nowhere.
CREATE TABLE tokens (
  hash bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
  kind text NOT NULL CHECK (kind IN ('ACCESS', 'REFRESH', 'API_KEY')),
  session_id uuid REFERENCES sessions (id) ON DELETE CASCADE,
  organization_id uuid,
  api_key_id uuid,
  expires_at timestamptz(3),
  -- A refresh token that was exchanged; seen again, it ends the session.
  used_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT tokens_owner CHECK (
    CASE kind
      WHEN 'API_KEY' THEN session_id IS NULL AND organization_id IS NOT NULL AND api_key_id IS NOT NULL
      ELSE session_id IS NOT NULL AND organization_id IS NULL AND api_key_id IS NULL AND expires_at IS NOT NULL
    END),
  FOREIGN KEY (organization_id, api_key_id) REFERENCES api_keys (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX tokens_session ON tokens (session_id);
CREATE INDEX tokens_api_key ON tokens (organization_id, api_key_id);

-- A ticket prefix belongs for ever to the organization that took it first: codes stand in customers' mail.
CREATE TABLE ticket_prefixes (
  prefix text CONSTRAINT ticket_prefixes_taken PRIMARY KEY,
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ticket_prefixes_organization ON ticket_prefixes (organization_id);

-- Row security ---------------------------------------------------------------------------------------
-- Nothing is visible and nothing can be written but rows of the organization that the connection is set to.

DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'roles', 'role_grants', 'members', 'api_keys', 'companies', 'company_domains', 'contacts', 'contact_addresses',
    'labels', 'ticket_counters', 'tickets', 'ticket_labels', 'messages', 'change_heads', 'changes', 'idempotency_keys'
  ] LOOP
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

ALTER TABLE organizations ENABLE ROW LEVEL SECURITY;
ALTER TABLE organizations FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON organizations
  USING (id = (SELECT nullif(current_setting('tiketti.organization_id', true), '')::uuid))
  WITH CHECK (id = (SELECT nullif(current_setting('tiketti.organization_id', true), '')::uuid));

-- Grants: only what the server does. Nothing deletes an organization, a member, a change or a counter.
GRANT USAGE ON SCHEMA public TO tiketti_app, tiketti_gate;
GRANT SELECT, INSERT, UPDATE ON
  organizations, members, api_keys, change_heads, changes, ticket_counters TO tiketti_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON
  roles, role_grants, companies, company_domains, contacts, contact_addresses, labels,
  tickets, ticket_labels, messages, idempotency_keys TO tiketti_app;

-- The gate: who a token belongs to ---------------------------------------------------------------------

CREATE SCHEMA tiketti;
GRANT USAGE ON SCHEMA tiketti TO tiketti_app;
GRANT USAGE, CREATE ON SCHEMA tiketti TO tiketti_gate;
GRANT SELECT, INSERT, UPDATE ON users, sessions, tokens TO tiketti_gate;
GRANT SELECT, INSERT ON ticket_prefixes TO tiketti_gate;
GRANT SELECT ON organizations, members, roles, role_grants, api_keys TO tiketti_gate;
GRANT UPDATE (last_used_at) ON api_keys TO tiketti_gate;

CREATE POLICY gate ON organizations FOR SELECT TO tiketti_gate USING (true);
CREATE POLICY gate ON members FOR SELECT TO tiketti_gate USING (true);
CREATE POLICY gate ON roles FOR SELECT TO tiketti_gate USING (true);
CREATE POLICY gate ON role_grants FOR SELECT TO tiketti_gate USING (true);
CREATE POLICY gate ON api_keys TO tiketti_gate USING (true) WITH CHECK (true);

-- The role's id, name and grants as JSON; the grants of built-in roles are in the code.
CREATE FUNCTION tiketti.role_json(organization uuid, role uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT jsonb_build_object(
    'id', r.id, 'name', r.name, 'builtIn', r.built_in,
    'grants', coalesce((
      SELECT jsonb_agg(jsonb_build_object('permission', g.permission, 'reach', g.reach))
      FROM role_grants g WHERE g.organization_id = r.organization_id AND g.role_id = r.id), '[]'))
  FROM roles r WHERE r.organization_id = organization AND r.id = role
$$;

-- Who an access token or API key belongs to, in the organization asked for; null when it opens nothing.
CREATE FUNCTION tiketti.authenticate(token_hash bytea, wanted_organization uuid) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  token tokens;
  login users;
  chosen members;
  key api_keys;
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
    RETURN jsonb_build_object('kind', 'API_KEY', 'organizationId', key.organization_id, 'id', key.id,
      'name', key.name, 'timeZone', (SELECT o.time_zone FROM organizations o WHERE o.id = key.organization_id),
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

  RETURN jsonb_build_object('kind', 'SESSION', 'sessionId', token.session_id,
    'user', jsonb_build_object('id', login.id, 'email', login.email, 'name', login.name,
      'isEmailVerified', login.email_verified_at IS NOT NULL),
    'memberships', all_memberships,
    'member', CASE WHEN chosen.id IS NULL THEN NULL ELSE jsonb_build_object(
      'organizationId', chosen.organization_id, 'id', chosen.id, 'name', chosen.name,
      'timeZone', (SELECT o.time_zone FROM organizations o WHERE o.id = chosen.organization_id),
      'role', tiketti.role_json(chosen.organization_id, chosen.role_id)) END);
END
$$;

CREATE FUNCTION tiketti.find_login(wanted_email_key text) RETURNS TABLE (user_id uuid, password_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT u.id, u.password_hash FROM users u WHERE u.email_key = wanted_email_key
$$;

CREATE FUNCTION tiketti.put_session_tokens(
  session uuid, access_hash bytea, access_seconds int, refresh_hash bytea, refresh_seconds int
) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  INSERT INTO tokens (hash, kind, session_id, expires_at) VALUES
    (access_hash, 'ACCESS', session, now() + make_interval(secs => access_seconds)),
    (refresh_hash, 'REFRESH', session, now() + make_interval(secs => refresh_seconds))
$$;

CREATE FUNCTION tiketti.start_session(
  session uuid, session_user_id uuid, agent text,
  access_hash bytea, access_seconds int, refresh_hash bytea, refresh_seconds int
) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  INSERT INTO sessions (id, user_id, user_agent) VALUES (session, session_user_id, agent);
  SELECT tiketti.put_session_tokens(session, access_hash, access_seconds, refresh_hash, refresh_seconds)
$$;

-- Exchanges a refresh token, once. A token seen a second time may have been stolen, by either of the
-- two who hold it: the whole session ends (RFC 9700, section 4.14.2).
CREATE FUNCTION tiketti.refresh_session(
  old_hash bytea, access_hash bytea, access_seconds int, refresh_hash bytea, refresh_seconds int
) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  token tokens;
BEGIN
  SELECT * INTO token FROM tokens t WHERE t.hash = old_hash AND t.kind = 'REFRESH' FOR UPDATE;
  IF NOT FOUND THEN RETURN 'UNKNOWN'; END IF;
  IF token.used_at IS NOT NULL THEN
    UPDATE sessions SET revoked_at = coalesce(revoked_at, now()) WHERE id = token.session_id;
    RETURN 'REUSED';
  END IF;
  PERFORM FROM sessions s WHERE s.id = token.session_id AND s.revoked_at IS NULL;
  IF NOT FOUND THEN RETURN 'ENDED'; END IF;
  IF token.expires_at <= now() THEN RETURN 'EXPIRED'; END IF;
  UPDATE tokens SET used_at = now() WHERE hash = old_hash;
  UPDATE sessions SET last_used_at = now() WHERE id = token.session_id;
  PERFORM tiketti.put_session_tokens(token.session_id, access_hash, access_seconds, refresh_hash, refresh_seconds);
  RETURN 'REFRESHED';
END
$$;

CREATE FUNCTION tiketti.end_session(session uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE sessions SET revoked_at = coalesce(revoked_at, now()) WHERE id = session
$$;

-- Stores the hash of a new API key of the organization that the connection is set to.
CREATE FUNCTION tiketti.put_api_key_token(key_hash bytea, key_id uuid, key_expires_at timestamptz) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  INSERT INTO tokens (hash, kind, organization_id, api_key_id, expires_at)
  VALUES (key_hash, 'API_KEY', nullif(current_setting('tiketti.organization_id', true), '')::uuid, key_id, key_expires_at)
$$;

-- A login for an address that has none yet; null when it has one. For the operator's commands.
CREATE FUNCTION tiketti.create_user(
  new_id uuid, new_email text, new_email_key text, new_name text, new_password_hash text, verified boolean
) RETURNS uuid
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  INSERT INTO users (id, email, email_key, name, password_hash, email_verified_at)
  VALUES (new_id, new_email, new_email_key, new_name, new_password_hash, CASE WHEN verified THEN now() END)
  ON CONFLICT (email_key) DO NOTHING
  RETURNING id
$$;

-- Whether any organization is there at all: the start says how to make the first owner.
CREATE FUNCTION tiketti.has_organizations() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM organizations)
$$;

-- The organization with this prefix, for the operator's commands.
CREATE FUNCTION tiketti.find_organization(wanted_prefix text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT o.id FROM organizations o WHERE o.ticket_prefix = wanted_prefix
$$;

-- A user whose address is not proven holds one membership only: else anybody could sign up with a
-- stranger's address and wait to be let into the stranger's organizations.
CREATE FUNCTION tiketti.check_membership() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  is_verified boolean;
BEGIN
  -- The lock makes two memberships at once wait for each other.
  SELECT u.email_verified_at IS NOT NULL INTO is_verified FROM users u WHERE u.id = NEW.user_id FOR NO KEY UPDATE;
  IF NOT is_verified AND EXISTS (
    SELECT FROM members m
    WHERE m.user_id = NEW.user_id AND m.removed_at IS NULL AND m.organization_id <> NEW.organization_id
  ) THEN
    -- Named in the message too: the driver passes nothing else on.
    RAISE EXCEPTION 'a user with an unproven address holds one membership only: constraint "members_unproven_user_holds_one"'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'members_unproven_user_holds_one';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION tiketti.claim_ticket_prefix() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM FROM ticket_prefixes p WHERE p.prefix = NEW.ticket_prefix AND p.organization_id = NEW.id;
  IF NOT FOUND THEN
    INSERT INTO ticket_prefixes (prefix, organization_id) VALUES (NEW.ticket_prefix, NEW.id);
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER members_unproven_user_holds_one BEFORE INSERT OR UPDATE OF user_id, removed_at ON members
  FOR EACH ROW WHEN (NEW.removed_at IS NULL) EXECUTE FUNCTION tiketti.check_membership();
CREATE TRIGGER organizations_claim_prefix BEFORE INSERT OR UPDATE OF ticket_prefix ON organizations
  FOR EACH ROW EXECUTE FUNCTION tiketti.claim_ticket_prefix();

DO $$
DECLARE
  gate_function regprocedure;
BEGIN
  FOR gate_function IN SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'tiketti'::regnamespace LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO tiketti_gate', gate_function);
  END LOOP;
END
$$;
REVOKE CREATE ON SCHEMA tiketti FROM tiketti_gate;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA tiketti FROM PUBLIC;

GRANT EXECUTE ON FUNCTION
  tiketti.authenticate(bytea, uuid),
  tiketti.find_login(text),
  tiketti.start_session(uuid, uuid, text, bytea, int, bytea, int),
  tiketti.refresh_session(bytea, bytea, int, bytea, int),
  tiketti.end_session(uuid),
  tiketti.put_api_key_token(bytea, uuid, timestamptz),
  tiketti.create_user(uuid, text, text, text, text, boolean),
  tiketti.has_organizations(),
  tiketti.find_organization(text)
TO tiketti_app;
