import { entity } from "../entities/entity.ts";
import { instant, integer, line, reference, text } from "../entities/kinds.ts";

const managed = { read: "integration.manage" } as const;

export const apiKeyEntity = entity("ApiKey", {
  description:
    "A key for a program: belongs to the organization and has a role. The key itself is shown once, when it is created.",
  isActor: true,
  fields: {
    name: line(200, {
      description: "What it is for.",
      inputs: { create: "What it is for, at most 200 characters." },
    }),
    prefix: text({
      ...managed,
      description: "The key's first characters, to tell keys apart; null without the permission.",
    }),
    role: reference("Role", managed),
    createdBy: reference("Member", { ...managed, column: "createdByMemberId", isNullable: true }),
    createdByKey: reference("ApiKey", { ...managed, column: "createdByApiKeyId", isNullable: true }),
    expiresAt: instant({
      ...managed,
      isNullable: true,
      description: "When it stops working; null: never, or without the permission.",
      inputs: { create: "When it stops working. Default: never." },
    }),
    pointsPerMinute: integer({
      ...managed,
      isNullable: true,
      description:
        "The most points that it may use a minute; null: what the organization's plan allows, or without the permission.",
    }),
    lastUsedAt: instant({
      ...managed,
      isNullable: true,
      description: "When it was used last, to the minute; null: never, or without the permission.",
      isLogged: false,
    }),
    revokedAt: instant({
      ...managed,
      isNullable: true,
      description: "When it was revoked; null: it wasn't, or without the permission.",
    }),
    createdAt: instant({ description: "When it was created." }),
    updatedAt: instant({ description: "When it changed last." }),
    version: integer({ description: "Counts its changes." }),
  },
  inner: {},
});
