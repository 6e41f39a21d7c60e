/**
 * Inputs, declared once: the rules for a value and its description in the schema. GraphQL's input types and arguments
 * derive from them (schema/input-types.ts), so the two sides always have the same fields.
 */
import { type ZodObject, type ZodRawShape, z } from "zod";
import type { Permission } from "../access/permissions.ts";
import type { FilterSpec } from "../filters/filter.ts";

declare module "zod" {
  interface GlobalMeta {
    /** The scalar or enum of the schema; by default, the type of the rule (String, Int, Boolean, DateTime). */
    graphql?: string;
    /** For an input type; with `isOneOf`, exactly one field must be given. */
    inputType?: { name: string; description: string; isOneOf?: true };
    /** The default value, shown in the schema. */
    defaultValue?: unknown;
    /** The permission needed to give the field; `isEnforcedHere: false` where the operation checks it. */
    access?: { permission: Permission | readonly Permission[]; isEnforcedHere?: false };
    /**
     * For a value that is checked later: its rule. Unknown, because a rule's type within its own metadata would be
     * infinite.
     */
    typedAs?: unknown;
    /** For a filter: its table. */
    filterSpec?: () => FilterSpec;
  }
}

/** An input type of the schema, with the rules of its fields. */
export function inputObject<Shape extends ZodRawShape>(
  name: string,
  description: string,
  shape: Shape,
): ZodObject<Shape> {
  return z.object(shape).meta({ inputType: { name, description } });
}

/** A filter as an argument or a field of an input; it is compiled later. */
export function filterArgument(filterSpec: () => FilterSpec) {
  return z.record(z.string(), z.unknown()).meta({ filterSpec });
}
