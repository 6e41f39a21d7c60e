/** The inputs of a custom role's operations, and the rules of its grants. */
import { z } from "zod";
import { type Grant, permissionNames, permissions, reaches } from "../access/permissions.ts";
import { fieldsIn } from "../entities/inputs.ts";
import { expectedVersion } from "../inputs/fields.ts";
import { inputObject } from "../inputs/input.ts";
import { roleRef } from "../inputs/references.ts";
import { roleEntity } from "./role.entity.ts";

const grant = inputObject("GrantInput", "A permission to grant and, for ticket permissions, its reach.", {
  permission: z
    .enum(permissionNames)
    .meta({ graphql: "Permission", description: "The permission; you must hold it yourself." }),
  reach: z.enum(reaches).nullish().meta({
    graphql: "Reach",
    description:
      "The reach. Required for permissions that take one (`permissions { takesReach }`), not allowed for others; never wider than that of TICKET_VIEW.",
  }),
});

/** Each permission at most once, a reach exactly where it takes one, and none wider than that of ticket.view. */
const grantList = z
  .array(grant)
  .max(permissionNames.length, "must name each permission at most once")
  .transform((list): Grant[] => list.map(({ permission, reach }) => ({ permission, reach: reach ?? null })))
  .superRefine((list, context) => {
    const view = list.find(({ permission }) => permission === "ticket.view")?.reach ?? null;
    for (const [index, { permission, reach }] of list.entries()) {
      const message = faultOf(list, index, permission, reach, view);
      if (message) context.addIssue({ code: "custom", path: [index], message, params: { code: "INVALID_GRANT" } });
    }
  });

function faultOf(
  list: readonly Grant[],
  index: number,
  permission: Grant["permission"],
  reach: Grant["reach"],
  view: Grant["reach"],
): string | null {
  if (list.findIndex((other) => other.permission === permission) !== index) return `${permission} is named twice`;
  if (!permissions[permission].takesReach)
    return reach === null ? null : `${permission} takes no reach; leave reach out`;
  if (reach === null) return `${permission} needs a reach: ${reaches.join(", ")}`;
  if (view === null) return `${permission} also needs ticket.view: members can't work on tickets they can't see`;
  if (reaches.indexOf(reach) > reaches.indexOf(view))
    return `the reach ${reach} of ${permission} is wider than that of ticket.view, which is ${view}`;
  return null;
}

export const roleCreateInput = inputObject("RoleCreateInput", "A new custom role.", {
  ...fieldsIn(roleEntity, "create"),
  grants: grantList.describe("The permissions that it grants; you must hold each of them yourself."),
});

export const roleUpdateInput = inputObject(
  "RoleUpdateInput",
  "Changes to a custom role. Omitted fields stay; null clears.",
  {
    ...fieldsIn(roleEntity, "update"),
    grants: grantList
      .optional()
      .describe(
        "The complete set of its permissions from now on. Permissions it already had can stay, even if you don't hold them.",
      ),
    expectedVersion,
  },
);

export const roleDeleteInput = inputObject(
  "RoleDeleteInput",
  "The input of `roleDelete`: the role that its members, API keys and waiting invitations get.",
  {
    reassignTo: roleRef
      .nullish()
      .describe(
        "The role that its members, API keys and waiting invitations get; required if it has any. API keys get the Viewer role instead if this role is wider than the deleted one.",
      ),
  },
);
