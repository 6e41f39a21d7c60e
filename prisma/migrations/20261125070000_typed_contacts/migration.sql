-- Why: who may not see contacts named one by its address and was shown the stored name and main address. Now that is
-- what was typed, until the contact is on a ticket of theirs in another way.

-- CreateTable
CREATE TABLE "typed_contacts" (
    "organization_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "typed_contacts_pkey" PRIMARY KEY ("organization_id","ticket_id","contact_id")
);

-- CreateIndex
CREATE INDEX "typed_contacts_organization_id_contact_id_ticket_id_idx" ON "typed_contacts"("organization_id", "contact_id", "ticket_id");

-- AddForeignKey
ALTER TABLE "typed_contacts" ADD CONSTRAINT "typed_contacts_organization_id_ticket_id_fkey" FOREIGN KEY ("organization_id", "ticket_id") REFERENCES "tickets"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "typed_contacts" ADD CONSTRAINT "typed_contacts_organization_id_contact_id_fkey" FOREIGN KEY ("organization_id", "contact_id") REFERENCES "contacts"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE typed_contacts ENABLE ROW LEVEL SECURITY;
ALTER TABLE typed_contacts FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON typed_contacts
  USING (organization_id = (SELECT nullif(current_setting('tiketti.organization_id', true), '')::uuid))
  WITH CHECK (organization_id = (SELECT nullif(current_setting('tiketti.organization_id', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON typed_contacts TO tiketti_app;
