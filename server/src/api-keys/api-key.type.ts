import type { BuiltInRole } from "../access/permissions.ts";
import { effectiveGrants, grantsBeyond } from "../access/roles.ts";
import { builder } from "../schema/builder.ts";
import { Actor, Node } from "../schema/interfaces.ts";
import { toGlobalId } from "../wire/ids.ts";

interface StoredRole {
  builtIn: string | null;
  grants: { permission: string; reach: string | null }[];
}

function needsReview(creator: { isActive: boolean; role: StoredRole }, role: StoredRole): boolean {
  const grantsOf = ({ builtIn, grants }: StoredRole) => effectiveGrants(builtIn as BuiltInRole | null, grants);
  return !creator.isActive || grantsBeyond(grantsOf(role), grantsOf(creator.role)).length > 0;
}

const needsIntegrationManage = { access: { permission: "integration.manage" }, nullable: true } as const;

export const ApiKey = builder.prismaObject("ApiKey", {
  description:
    "A key for a program: belongs to the organization and has a role. The key itself is shown once, when it is created.",
  interfaces: [Node, Actor] as never,
  select: { organizationId: true, id: true },
  findUnique: ({ organizationId, id }) => ({ organizationId_id: { organizationId, id } }),
  fields: (t) => ({
    id: t.id({ description: "The global id.", resolve: ({ id }) => toGlobalId("ApiKey", id) }),
    name: t.exposeString("name", { description: "What it is for." }),
    prefix: t.exposeString("prefix", {
      ...needsIntegrationManage,
      description: "The key's first characters, to tell keys apart; null without the permission.",
    }),
    role: t.relation("role", {
      ...needsIntegrationManage,
      description: "What it may do; null without the permission.",
    }),
    createdBy: t.relation("createdBy", {
      nullable: true,
      access: { permission: "integration.manage" },
      description: "The member who created it; null when a program did, or without the permission.",
    }),
    expiresAt: t.expose("expiresAt", {
      type: "DateTime",
      ...needsIntegrationManage,
      description: "When it stops working; null: never, or without the permission.",
    }),
    pointsPerMinute: t.exposeInt("pointsPerMinute", {
      ...needsIntegrationManage,
      description:
        "The most points that it may use a minute; null: what the organization's plan allows, or without the permission.",
    }),
    lastUsedAt: t.expose("lastUsedAt", {
      type: "DateTime",
      ...needsIntegrationManage,
      description: "When it was used last, to the minute; null: never, or without the permission.",
    }),
    revokedAt: t.expose("revokedAt", {
      type: "DateTime",
      ...needsIntegrationManage,
      description: "When it was revoked; null: it wasn't, or without the permission.",
    }),
    needsReview: t.boolean({
      ...needsIntegrationManage,
      select: {
        role: { select: { builtIn: true, grants: true } },
        createdBy: { select: { isActive: true, role: { select: { builtIn: true, grants: true } } } },
      },
      description:
        "Whether its creator left, was deactivated or doesn't hold all of its rights any more, so that somebody should look at it; null without the permission.",
      resolve: ({ createdBy, role }) => createdBy !== null && needsReview(createdBy, role),
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was created." }),
    updatedAt: t.expose("updatedAt", { type: "DateTime", description: "When it changed last." }),
    version: t.exposeInt("version", { description: "Counts its changes." }),
  }),
});
