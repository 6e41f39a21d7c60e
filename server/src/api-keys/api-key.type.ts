import type { BuiltInRole } from "../access/permissions.ts";
import { effectiveGrants, grantsBeyond } from "../access/roles.ts";
import { builder } from "../schema/builder.ts";
import { fieldsOf, objectOf } from "../schema/entity-types.ts";
import { apiKeyEntity } from "./api-key.entity.ts";

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
  ...objectOf(apiKeyEntity),
  fields: (t) => ({
    ...fieldsOf(t, apiKeyEntity),
    role: t.relation("role", {
      ...needsIntegrationManage,
      description: "The role that says what it can do; null without the permission.",
    }),
    createdBy: t.relation("createdBy", {
      nullable: true,
      access: { permission: "integration.manage" },
      description: "The member who created it; null if an API key did, or without the permission.",
    }),
    needsReview: t.boolean({
      ...needsIntegrationManage,
      select: {
        role: { select: { builtIn: true, grants: true } },
        createdBy: { select: { isActive: true, role: { select: { builtIn: true, grants: true } } } },
      },
      description:
        "Whether it should be reviewed, because its creator left, was deactivated or no longer holds all of its permissions; null without the permission.",
      resolve: ({ createdBy, role }) => createdBy !== null && needsReview(createdBy, role),
    }),
  }),
});
