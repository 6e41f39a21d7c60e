/** Rights of single fields of an input, as its table or its own words say them. */
import { type ZodObject, type ZodType, z } from "zod";
import type { Permission } from "../access/permissions.ts";
import { can, requirePermission, type Viewer } from "../access/viewer.ts";

/** Whether the viewer holds the rights of all fields that are given. */
export function holdsRightsOf(viewer: Viewer, input: ZodObject, given: object): boolean {
  return rightsOf(input, given).every((permission) => can(viewer, permission));
}

/** @throws FORBIDDEN when a field is given whose right the viewer lacks */
export function requireRightsOf(viewer: Viewer, input: ZodObject, given: object): void {
  for (const permission of rightsOf(input, given)) requirePermission(viewer, permission);
}

function rightsOf({ shape }: ZodObject, given: object): Permission[] {
  return Object.entries(shape).flatMap(([name, rule]) => {
    if (given[name as keyof typeof given] === undefined) return [];
    return [z.globalRegistry.get(rule as ZodType)?.access?.permission ?? []].flat();
  });
}
