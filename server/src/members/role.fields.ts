/** The rules of a custom role's grants. */
import { z } from "zod";
import { type Grant, permissionNames, permissions, reaches } from "../access/permissions.ts";
import { line, longText } from "../inputs/fields.ts";

export const roleName = line(200);
export const roleDescription = longText(1_000);

const grant = z.object({ permission: z.enum(permissionNames), reach: z.enum(reaches).nullish() });

/** Each permission once; a reach exactly where it takes one, and none wider than that of ticket.view. */
export const grantList = z
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
