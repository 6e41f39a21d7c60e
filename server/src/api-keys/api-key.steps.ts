import type { ApiKeyModel as ApiKey } from "../db/index.ts";
import { invitationEntity } from "../invitations/invitation.entity.ts";
import { saveRow, saveRows } from "../writes/save-row.ts";
import type { Write } from "../writes/write.ts";
import { apiKeyEntity } from "./api-key.entity.ts";

/** The longest chain of keys that create keys; no sensible use needs a longer one. */
const deepest = 20;

/** Revokes a key, its invitations that weren't accepted, and the keys it created, with theirs. */
export async function revokeKeys(write: Write, keys: readonly ApiKey[], depth = 0): Promise<void> {
  const { tx, now } = write;
  const open = keys.filter(({ revokedAt }) => revokedAt === null);
  if (open.length === 0 || depth > deepest) return;
  for (const key of open) {
    await saveRow(write, apiKeyEntity, "api_key.revoked", key, { revokedAt: now });
  }
  const ids = open.map(({ id }) => id);
  await revokeInvitations(write, ids);
  await revokeKeys(write, await tx.apiKey.findMany({ where: { createdByApiKeyId: { in: ids } } }), depth + 1);
}

async function revokeInvitations(write: Write, keyIds: string[]): Promise<void> {
  const invitations = await write.tx.invitation.findMany({
    where: { invitedByApiKeyId: { in: keyIds }, acceptedAt: null, revokedAt: null },
    orderBy: { id: "asc" },
  });
  await saveRows(write, invitationEntity, "invitation.revoked", invitations, { revokedAt: write.now });
}
