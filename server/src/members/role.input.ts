/** The inputs of a custom role's operations, and the rules of its grants. */
import { z } from "zod";
import { type Grant, permissionNames, permissions, reaches } from "../access/permissions.ts";
import { fieldsIn } from "../entities/inputs.ts";
import { expectedVersion } from "../inputs/fields.ts";
import { inputObject } from "../inputs/input.ts";
import { roleRef } from "../inputs/references.ts";
import { roleEntity } from "./role.entity.ts";

const grant = inputObject("GrantInput", "A permission to grant and, on ticket permissions, how far it goes.", {
  permission: z
    .enum(permissionNames)
    .meta({ graphql: "Permission", description: "The permission; you must hold it yourself." }),
  reach: z.enum(reaches).nullish().meta({
    graphql: "Reach",
    description:
      "How far it goes: required on permissions that take a reach (`permissions { takesReach }`), left out on others; never wider than that of TICKET_VIEW.",
  }),
});

/** Each permission once; a reach exactly where it takes one, and none wider than that of ticket.view. */
const grantList = z
  .array(grant)
  .max(permissionNames.length, "must name each permission once at most")
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
  if (view === null) return `${permission} needs ticket.view beside it: nobody works on what they can't see`;
  if (reaches.indexOf(reach) > reaches.indexOf(view))
    return `the reach ${reach} of ${permission} is wider than that of ticket.view, which is ${view}`;
  return null;
}

export const roleCreateInput = inputObject("RoleCreateInput", "A new custom role.", {
  ...fieldsIn(roleEntity, "create"),
  grants: grantList.describe("What it allows; nobody grants more than they hold."),
});

export const roleUpdateInput = inputObject(
  "RoleUpdateInput",
  "What to change of a custom role: an absent field stays, null clears.",
  {
    ...fieldsIn(roleEntity, "update"),
    grants: grantList
      .optional()
      .describe("All that it allows from now on. What it allowed before may stay, also where you don't hold it."),
    expectedVersion,
  },
);

export const roleDeleteInput = inputObject("RoleDeleteInput", "What becomes of those who have the role.", {
  reassignTo: roleRef
    .nullish()
    .describe(
      "The role that its members, API keys and waiting invitations get; required while there are any. API keys get the Viewer role instead where this one is wider than theirs.",
    ),
});
