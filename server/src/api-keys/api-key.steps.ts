import type { ApiKeyModel as ApiKey } from "../db/index.ts";
import { imageOf as imageOfInvitation } from "../invitations/invitation.steps.ts";
import type { Write } from "../writes/write.ts";

/** Most keys that descend from one another; a longer chain is nobody's plan. */
const deepest = 20;

/** Revokes a key, what it invited and has not been accepted, and the keys that it made, with theirs. */
export async function revokeKeys(write: Write, keys: readonly ApiKey[], depth = 0): Promise<void> {
  const { tx, viewer, now, record } = write;
  const open = keys.filter(({ revokedAt }) => revokedAt === null);
  if (open.length === 0 || depth > deepest) return;
  for (const key of open) {
    const row = await tx.apiKey.update({
      where: { organizationId_id: { organizationId: viewer.organizationId, id: key.id } },
      data: { revokedAt: now, updatedAt: now, version: { increment: 1 } },
    });
    record({ kind: "api_key.revoked", subjectId: key.id, before: imageOf(key), after: imageOf(row) });
  }
  const ids = open.map(({ id }) => id);
  await revokeInvitations(write, ids);
  await revokeKeys(write, await tx.apiKey.findMany({ where: { createdByApiKeyId: { in: ids } } }), depth + 1);
}

async function revokeInvitations({ tx, viewer, now, record }: Write, keyIds: string[]): Promise<void> {
  const invitations = await tx.invitation.findMany({
    where: { invitedByApiKeyId: { in: keyIds }, acceptedAt: null, revokedAt: null },
    orderBy: { id: "asc" },
  });
  for (const invitation of invitations) {
    const row = await tx.invitation.update({
      where: { organizationId_id: { organizationId: viewer.organizationId, id: invitation.id } },
      data: { revokedAt: now, updatedAt: now, version: { increment: 1 } },
    });
    record({
      kind: "invitation.revoked",
      subjectId: invitation.id,
      before: imageOfInvitation(invitation),
      after: imageOfInvitation(row),
    });
  }
}

export function imageOf(key: ApiKey): Record<string, unknown> {
  const { organizationId: _organization, lastUsedAt: _used, ...columns } = key;
  return columns;
}
