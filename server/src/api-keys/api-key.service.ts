import { z } from "zod";
import { memberId } from "../access/viewer.ts";
import { visibleApiKeys } from "../access/visibility.ts";
import { newToken, tokenHash, visiblePrefix } from "../auth/tokens.ts";
import { globalId } from "../inputs/references.ts";
import { newUuid } from "../lib/uuid.ts";
import { getRole, grantsOfRole, requireGrantable } from "../members/role.steps.ts";
import { operation } from "../operations/operation.ts";
import { invalid, notFound } from "../wire/errors.ts";
import { recordCreated } from "../writes/save-row.ts";
import type { Write } from "../writes/write.ts";
import { apiKeyEntity } from "./api-key.entity.ts";
import { apiKeyCreateInput } from "./api-key.input.ts";
import { revokeKeys } from "./api-key.steps.ts";

/** As in the database's check constraint. */
const mostPoints = 1_000_000_000;

export const apiKeyCreate = operation({
  permission: "integration.manage",
  errors: ["NOT_FOUND"],
  input: z.object({
    input: apiKeyCreateInput.describe("The key."),
  }),
  async run(write, { input }) {
    const { tx, viewer, now } = write;
    const role = await getRole(write, input.role);
    requireGrantable(viewer, grantsOfRole(role), "A key");
    if (input.expiresAt && input.expiresAt <= now)
      throw invalid(
        ["input", "expiresAt"],
        "expiresAt must be in the future; leave it out for a key that never expires.",
        "IN_THE_PAST",
      );
    const secret = newToken("apiKey");
    const key = await tx.apiKey.create({
      data: {
        organizationId: viewer.organizationId,
        id: newUuid(now.getTime()),
        name: input.name,
        prefix: visiblePrefix(secret),
        roleId: role.id,
        createdByMemberId: memberId(viewer),
        createdByApiKeyId: viewer.actor.kind === "API_KEY" ? viewer.actor.id : null,
        ...(await limitsOf(write, { expiresAt: input.expiresAt ?? null, points: input.pointsPerMinute ?? null })),
        createdAt: now,
        updatedAt: now,
      },
    });
    await tx.$queryRaw`select tiketti.put_api_key_token(${new Uint8Array(tokenHash(secret))}, ${key.id}::uuid, ${key.expiresAt}::timestamptz)::text`;
    recordCreated(write, apiKeyEntity, "api_key.created", key);
    return { ids: { apiKeyId: key.id }, once: { secret } };
  },
});

export const apiKeyRevoke = operation({
  permission: "integration.manage",
  errors: ["NOT_FOUND"],
  input: z.object({
    id: globalId("ApiKey").describe("The key's id."),
  }),
  async run(write, { id }) {
    const { tx, viewer } = write;
    const key = await tx.apiKey.findFirst({ where: { AND: [visibleApiKeys(viewer), { id }] } });
    if (!key) throw notFound("This API key");
    // Revoking twice is not an error: the key is revoked either way.
    await revokeKeys(write, [key]);
    return { ids: { apiKeyId: id } };
  },
});

/** A key created by another key expires no later than its creator, and has no more points. */
async function limitsOf(
  { tx, viewer }: Write,
  { expiresAt, points }: { expiresAt: Date | null; points: number | null },
) {
  if (viewer.actor.kind !== "API_KEY") return { expiresAt, pointsPerMinute: points };
  const maker = await tx.apiKey.findFirstOrThrow({
    where: { id: viewer.actor.id },
    select: { expiresAt: true, pointsPerMinute: true },
  });
  return {
    expiresAt: maker.expiresAt && (!expiresAt || expiresAt > maker.expiresAt) ? maker.expiresAt : expiresAt,
    pointsPerMinute: maker.pointsPerMinute === null ? points : Math.min(points ?? mostPoints, maker.pointsPerMinute),
  };
}
