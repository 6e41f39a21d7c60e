-- Why: time entries and running timers, with what they cost and the invoice they are on.

-- CreateTable
CREATE TABLE "time_entries" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "ticket_id" UUID,
    "message_id" UUID,
    "ticket_code" TEXT NOT NULL,
    "ticket_subject" TEXT NOT NULL,
    "company_id" UUID,
    "contact_id" UUID NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "is_billable" BOOLEAN NOT NULL DEFAULT true,
    "worked_on" DATE NOT NULL,
    "duration_minutes" SMALLINT,
    "billed_minutes" SMALLINT,
    "started_at" TIMESTAMPTZ(3),
    "rate" DECIMAL(12,4),
    "rate_source" TEXT,
    "currency" TEXT,
    "amount" DECIMAL(19,4),
    "invoice_reference" TEXT,
    "invoiced_on" DATE,
    "invoiced_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "time_entries_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateIndex
CREATE INDEX "time_entries_organization_id_worked_on_id_idx" ON "time_entries"("organization_id", "worked_on", "id");

-- CreateIndex
CREATE INDEX "time_entries_organization_id_created_at_id_idx" ON "time_entries"("organization_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "time_entries_organization_id_member_id_worked_on_id_idx" ON "time_entries"("organization_id", "member_id", "worked_on", "id");

-- CreateIndex
CREATE INDEX "time_entries_organization_id_ticket_id_worked_on_id_idx" ON "time_entries"("organization_id", "ticket_id", "worked_on", "id");

-- CreateIndex
CREATE INDEX "time_entries_organization_id_company_id_worked_on_id_idx" ON "time_entries"("organization_id", "company_id", "worked_on", "id");

-- CreateIndex
CREATE INDEX "time_entries_organization_id_contact_id_idx" ON "time_entries"("organization_id", "contact_id");

-- CreateIndex
CREATE INDEX "time_entries_organization_id_message_id_idx" ON "time_entries"("organization_id", "message_id");

-- CreateIndex
CREATE INDEX "time_entries_organization_id_invoice_reference_idx" ON "time_entries"("organization_id", "invoice_reference");

-- AddForeignKey
ALTER TABLE "time_entries" ADD CONSTRAINT "time_entries_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "time_entries" ADD CONSTRAINT "time_entries_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "members"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "time_entries" ADD CONSTRAINT "time_entries_organization_id_ticket_id_fkey" FOREIGN KEY ("organization_id", "ticket_id") REFERENCES "tickets"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "time_entries" ADD CONSTRAINT "time_entries_organization_id_message_id_fkey" FOREIGN KEY ("organization_id", "message_id") REFERENCES "messages"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "time_entries" ADD CONSTRAINT "time_entries_organization_id_company_id_fkey" FOREIGN KEY ("organization_id", "company_id") REFERENCES "companies"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "time_entries" ADD CONSTRAINT "time_entries_organization_id_contact_id_fkey" FOREIGN KEY ("organization_id", "contact_id") REFERENCES "contacts"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;


-- By hand from here on ------------------------------------------------------------------------------------

-- A purged ticket takes its messages with it; the work that was done on it stays.
ALTER TABLE time_entries
  DROP CONSTRAINT time_entries_organization_id_ticket_id_fkey,
  DROP CONSTRAINT time_entries_organization_id_message_id_fkey,
  ADD CONSTRAINT time_entries_organization_id_ticket_id_fkey FOREIGN KEY (organization_id, ticket_id)
    REFERENCES tickets (organization_id, id) ON DELETE SET NULL (ticket_id),
  ADD CONSTRAINT time_entries_organization_id_message_id_fkey FOREIGN KEY (organization_id, message_id)
    REFERENCES messages (organization_id, id) ON DELETE SET NULL (message_id);

-- One running timer per member.
CREATE UNIQUE INDEX time_entries_running_key ON time_entries (organization_id, member_id) WHERE duration_minutes IS NULL;

ALTER TABLE time_entries
  ADD CONSTRAINT time_entries_duration CHECK (duration_minutes BETWEEN 1 AND 1440),
  ADD CONSTRAINT time_entries_billed CHECK (billed_minutes BETWEEN duration_minutes AND duration_minutes + 240),
  ADD CONSTRAINT time_entries_rate_source CHECK (rate_source IN ('ENTRY', 'COMPANY', 'MEMBER', 'ORGANIZATION', 'NONE')),
  ADD CONSTRAINT time_entries_running CHECK (CASE WHEN duration_minutes IS NULL
    THEN started_at IS NOT NULL AND num_nonnulls(billed_minutes, rate, rate_source, currency, amount, invoice_reference) = 0
    ELSE num_nulls(billed_minutes, rate_source, currency) = 0 END),
  ADD CONSTRAINT time_entries_price CHECK (CASE WHEN rate_source = 'NONE'
    THEN rate IS NULL AND (amount IS NULL) = is_billable AND coalesce(amount, 0) = 0
    ELSE rate >= 0 AND amount >= 0 AND (is_billable OR amount = 0) END),
  ADD CONSTRAINT time_entries_invoice CHECK (num_nulls(invoice_reference, invoiced_on, invoiced_at) IN (0, 3)
    AND (invoice_reference IS NULL OR amount IS NOT NULL));

ALTER TABLE time_entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE time_entries FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON time_entries
  USING (organization_id = (SELECT nullif(current_setting('tiketti.organization_id', true), '')::uuid))
  WITH CHECK (organization_id = (SELECT nullif(current_setting('tiketti.organization_id', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON time_entries TO tiketti_app;
