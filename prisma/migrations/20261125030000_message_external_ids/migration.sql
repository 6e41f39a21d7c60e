-- Why: a web form's post that is delivered again, also after the Idempotency-Key is forgotten, must add no second
-- message; so messages have an id of the other system too, unique in the organization.

-- AlterTable
ALTER TABLE "messages" ADD COLUMN "external_id" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "messages_organization_id_external_id_key" ON "messages"("organization_id", "external_id");
