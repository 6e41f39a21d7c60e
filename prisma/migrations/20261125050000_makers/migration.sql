-- Why: an invitation, or a key, that an API key made outlived the key: whoever held its token became a member with
-- rights that nobody stood for any more. What a key makes remembers the key, and ends with it.

-- AlterTable
ALTER TABLE "api_keys" ADD COLUMN     "created_by_api_key_id" UUID;

-- AlterTable
ALTER TABLE "invitations" ADD COLUMN     "invited_by_api_key_id" UUID;

-- CreateIndex
CREATE INDEX "api_keys_organization_id_created_by_api_key_id_idx" ON "api_keys"("organization_id", "created_by_api_key_id");

-- CreateIndex
CREATE INDEX "invitations_organization_id_invited_by_api_key_id_idx" ON "invitations"("organization_id", "invited_by_api_key_id");

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_organization_id_created_by_api_key_id_fkey" FOREIGN KEY ("organization_id", "created_by_api_key_id") REFERENCES "api_keys"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_organization_id_invited_by_api_key_id_fkey" FOREIGN KEY ("organization_id", "invited_by_api_key_id") REFERENCES "api_keys"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- Whether a token, also one that has expired, is of an earlier session of the account with this address: its device is
-- let through where wrong passwords from elsewhere have slowed the account's sign-ins down.
GRANT CREATE ON SCHEMA tiketti TO tiketti_gate;
CREATE FUNCTION tiketti.is_token_of(token_hash bytea, address_key text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (
    SELECT FROM tokens t JOIN sessions s ON s.id = t.session_id JOIN users u ON u.id = s.user_id
    WHERE t.hash = token_hash AND u.email_key = address_key AND s.revoked_at IS NULL)
$$;
ALTER FUNCTION tiketti.is_token_of(bytea, text) OWNER TO tiketti_gate;
REVOKE CREATE ON SCHEMA tiketti FROM tiketti_gate;
REVOKE ALL ON FUNCTION tiketti.is_token_of(bytea, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tiketti.is_token_of(bytea, text) TO tiketti_app;
