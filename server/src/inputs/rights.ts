/** The permissions of single input fields, as declared by the entity's table or the input. */
import { type ZodObject, type ZodType, z } from "zod";
import type { Permission } from "../access/permissions.ts";
import { can, requirePermission, type Viewer } from "../access/viewer.ts";

/** Whether the viewer holds the permissions of all given fields. */
export function holdsRightsOf(viewer: Viewer, input: ZodObject, given: object): boolean {
  return rightsOf(input, given).every((permission) => can(viewer, permission));
}

/** @throws FORBIDDEN when the viewer lacks the permission of a given field */
export function requireRightsOf(viewer: Viewer, input: ZodObject, given: object): void {
  for (const permission of rightsOf(input, given)) requirePermission(viewer, permission);
}

function rightsOf({ shape }: ZodObject, given: object): Permission[] {
  return Object.entries(shape).flatMap(([name, rule]) => {
    if (given[name as keyof typeof given] === undefined) return [];
    return [z.globalRegistry.get(rule as ZodType)?.access?.permission ?? []].flat();
  });
}
