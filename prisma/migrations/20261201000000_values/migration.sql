-- Why: one value has one form wherever it is written, looked up or compared (search_key, key_version); what a contact, a
-- company or a label was known by before a merge still finds it; and erasing a contact finds every address that it had, in
-- every message, without reading the change log, which is pruned.
-- Keys are made by the server and never by SQL: `db/rekey.ts` fills them after this.

-- A server of the release before can't serve from these tables, and would write keys of before beside the new ones.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_stat_activity
             WHERE datname = current_database() AND usename IN ('tiketti_app', 'tiketti_worker') AND pid <> pg_backend_pid()) THEN
    RAISE EXCEPTION 'servers or workers are still connected to this database, and this migration changes tables under them'
      USING HINT = 'Stop every server and worker of the release before, then migrate.';
  END IF;
END
$$;

-- The owner sees no row of a tenant while row security is forced.
ALTER TABLE messages NO FORCE ROW LEVEL SECURITY;
ALTER TABLE contacts NO FORCE ROW LEVEL SECURITY;
ALTER TABLE contact_addresses NO FORCE ROW LEVEL SECURITY;
ALTER TABLE changes NO FORCE ROW LEVEL SECURITY;

-- AlterTable
ALTER TABLE "roles" ADD COLUMN     "search_key" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "members" ADD COLUMN     "search_key" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "companies" ADD COLUMN     "search_key" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "company_domains" ADD COLUMN     "search_key" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "contacts" ADD COLUMN     "other_phones" TEXT[] NOT NULL DEFAULT '{}',
ADD COLUMN     "search_key" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "contact_addresses" ADD COLUMN     "search_key" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "labels" ADD COLUMN     "merged_into_id" UUID,
ADD COLUMN     "search_key" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "contact_former" (
    "organization_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contact_former_pkey" PRIMARY KEY ("organization_id","contact_id","kind","value")
);

-- CreateTable
CREATE TABLE "company_former" (
    "organization_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "company_former_pkey" PRIMARY KEY ("organization_id","company_id","kind","value")
);

-- CreateTable
CREATE TABLE "message_addresses" (
    "organization_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "position" SMALLINT NOT NULL,
    "address" TEXT NOT NULL,
    "address_key" TEXT NOT NULL,
    "contact_id" UUID,

    CONSTRAINT "message_addresses_pkey" PRIMARY KEY ("organization_id","message_id","kind","position")
);

-- CreateIndex
CREATE INDEX "contact_former_organization_id_kind_value_idx" ON "contact_former"("organization_id", "kind", "value");

-- CreateIndex
CREATE INDEX "message_addresses_organization_id_address_key_idx" ON "message_addresses"("organization_id", "address_key");

-- CreateIndex
CREATE INDEX "message_addresses_organization_id_contact_id_idx" ON "message_addresses"("organization_id", "contact_id");

-- AddForeignKey
ALTER TABLE "contact_former" ADD CONSTRAINT "contact_former_organization_id_contact_id_fkey" FOREIGN KEY ("organization_id", "contact_id") REFERENCES "contacts"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "company_former" ADD CONSTRAINT "company_former_organization_id_company_id_fkey" FOREIGN KEY ("organization_id", "company_id") REFERENCES "companies"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "labels" ADD CONSTRAINT "labels_organization_id_merged_into_id_fkey" FOREIGN KEY ("organization_id", "merged_into_id") REFERENCES "labels"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "message_addresses" ADD CONSTRAINT "message_addresses_organization_id_message_id_fkey" FOREIGN KEY ("organization_id", "message_id") REFERENCES "messages"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "message_addresses" ADD CONSTRAINT "message_addresses_organization_id_contact_id_fkey" FOREIGN KEY ("organization_id", "contact_id") REFERENCES "contacts"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- Tied to contacts by the keys of before, of which each is one contact's.
INSERT INTO message_addresses (organization_id, message_id, kind, position, address, address_key, contact_id)
SELECT m.organization_id, m.id, a.kind, a.position - 1, a.address, lower(a.address), coalesce(a.author_id, c.contact_id)
FROM messages m CROSS JOIN LATERAL (
  SELECT 'FROM', 1::bigint, m.from_address, m.author_contact_id WHERE m.from_address IS NOT NULL
  UNION ALL SELECT 'TO', ordinality, address, NULL FROM unnest(m.to_addresses) WITH ORDINALITY AS t(address, ordinality)
  UNION ALL SELECT 'CC', ordinality, address, NULL FROM unnest(m.cc_addresses) WITH ORDINALITY AS t(address, ordinality)
) a(kind, position, address, author_id)
LEFT JOIN contact_addresses c ON c.organization_id = m.organization_id AND c.address_key = lower(a.address);

-- What the change log still knows of addresses that contacts had.
INSERT INTO contact_former (organization_id, contact_id, kind, value, created_at)
SELECT DISTINCT ON (k.organization_id, k.id, lower(v.value)) k.organization_id, k.id, 'ADDRESS', lower(v.value), c.occurred_at
FROM changes c
JOIN contacts k ON k.organization_id = c.organization_id AND k.id = c.subject_id
CROSS JOIN LATERAL (VALUES (c.before), (c.after)) i(image)
CROSS JOIN LATERAL (
  SELECT i.image ->> 'email'
  UNION ALL SELECT jsonb_array_elements_text(
    CASE WHEN jsonb_typeof(i.image -> 'addresses') = 'array' THEN i.image -> 'addresses' ELSE '[]' END)
) v(value)
WHERE c.subject_type = 'contact' AND k.anonymized_at IS NULL AND jsonb_typeof(i.image) = 'object'
  AND v.value IS NOT NULL AND NOT EXISTS (
    SELECT FROM contact_addresses a
    WHERE a.organization_id = k.organization_id AND a.contact_id = k.id AND a.address_key = lower(v.value));

ALTER TABLE messages DROP CONSTRAINT messages_note_is_never_sent;
ALTER TABLE messages DROP COLUMN cc_addresses, DROP COLUMN from_address, DROP COLUMN to_addresses;
ALTER TABLE messages ADD CONSTRAINT messages_note_is_never_sent CHECK (visibility = 'PUBLIC' OR delivery_state = 'NONE');
ALTER TABLE message_addresses ADD CONSTRAINT message_addresses_kind
  CHECK (kind IN ('TO', 'CC') OR (kind = 'FROM' AND position = 0));

CREATE FUNCTION tiketti.refuse_address_of_note() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_catalog AS $$
BEGIN
  IF EXISTS (SELECT FROM messages
             WHERE organization_id = NEW.organization_id AND id = NEW.message_id AND visibility = 'INTERNAL') THEN
    RAISE EXCEPTION 'a note goes to nobody' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION tiketti.refuse_address_of_note() FROM PUBLIC;
CREATE TRIGGER message_addresses_are_of_public_messages BEFORE INSERT OR UPDATE OF message_id ON message_addresses
  FOR EACH ROW EXECUTE FUNCTION tiketti.refuse_address_of_note();

ALTER TABLE contact_former ADD CONSTRAINT contact_former_kind CHECK (kind IN ('ID', 'EXTERNAL_ID', 'ADDRESS'));
ALTER TABLE company_former ADD CONSTRAINT company_former_kind CHECK (kind IN ('ID', 'EXTERNAL_ID'));
-- Each id and externalId finds one; several contacts may have had an address.
CREATE UNIQUE INDEX contact_former_finds_one ON contact_former (organization_id, kind, value) WHERE kind <> 'ADDRESS';
CREATE UNIQUE INDEX company_former_finds_one ON company_former (organization_id, kind, value);
ALTER TABLE contacts ADD CONSTRAINT contacts_other_phones CHECK (phone IS NOT NULL OR other_phones = '{}');
ALTER TABLE labels ADD CONSTRAINT labels_merged_is_deleted CHECK (merged_into_id IS NULL OR deleted_at IS NOT NULL);

-- Which forms the stored keys have; db/rekey.ts makes them anew when the server's are newer.
ALTER TABLE tiketti.installation ADD COLUMN key_version int NOT NULL DEFAULT 0;

ALTER TABLE messages FORCE ROW LEVEL SECURITY;
ALTER TABLE contacts FORCE ROW LEVEL SECURITY;
ALTER TABLE contact_addresses FORCE ROW LEVEL SECURITY;
ALTER TABLE changes FORCE ROW LEVEL SECURITY;

DO $$
DECLARE tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['contact_former', 'company_former', 'message_addresses'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant ON %I
        USING (organization_id = (SELECT nullif(current_setting(''tiketti.organization_id'', true), '''')::uuid))
        WITH CHECK (organization_id = (SELECT nullif(current_setting(''tiketti.organization_id'', true), '''')::uuid))',
      tenant_table);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO tiketti_app', tenant_table);
  END LOOP;
END
$$;
