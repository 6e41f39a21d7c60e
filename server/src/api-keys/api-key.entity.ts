import { entity } from "../entities/entity.ts";
import { instant, integer, line, reference, text } from "../entities/kinds.ts";

const managed = { read: "integration.manage" } as const;

export const apiKeyEntity = entity("ApiKey", {
  description:
    "A credential for a program. It belongs to the organization and has a role. The key itself is shown only once, when it is created.",
  isActor: true,
  fields: {
    name: line(200, {
      description: "The name of the program or purpose it is for.",
      inputs: { create: "The name of the program or purpose it is for, at most 200 characters." },
    }),
    prefix: text({
      ...managed,
      description: "The first characters of the key, to tell keys apart; null without the permission.",
    }),
    role: reference("Role", managed),
    createdBy: reference("Member", { ...managed, column: "createdByMemberId", isNullable: true }),
    createdByKey: reference("ApiKey", { ...managed, column: "createdByApiKeyId", isNullable: true }),
    expiresAt: instant({
      ...managed,
      isNullable: true,
      description: "When it stops working; null if it never does, or without the permission.",
      inputs: { create: "When it stops working. Default: never." },
    }),
    pointsPerMinute: integer({
      ...managed,
      isNullable: true,
      description:
        "The maximum points it can use per minute; null if only the organization's limit applies, or without the permission.",
    }),
    lastUsedAt: instant({
      ...managed,
      isNullable: true,
      description: "When it was last used, to the minute; null if never, or without the permission.",
      isLogged: false,
    }),
    revokedAt: instant({
      ...managed,
      isNullable: true,
      description: "When it was revoked; null if it wasn't, or without the permission.",
    }),
    createdAt: instant({ description: "When it was created." }),
    updatedAt: instant({ description: "When it was last changed." }),
    version: integer({ description: "The version; it increases with every change." }),
  },
  inner: {},
});
