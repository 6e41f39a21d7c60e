/**
 * Inputs, written once: the rules that a value is held to, and what the schema says of it. GraphQL's input types and
 * arguments derive from them (schema/input-types.ts), so a field that only one side knows can't be.
 */
import { type ZodObject, type ZodRawShape, z } from "zod";
import type { Permission } from "../access/permissions.ts";
import type { FilterSpec } from "../filters/filter.ts";

declare module "zod" {
  interface GlobalMeta {
    /** The scalar or enum of the schema; without it, what the rule is made for (String, Int, Boolean, DateTime). */
    graphql?: string;
    /** Of an input type; with `isOneOf` exactly one field is given. */
    inputType?: { name: string; description: string; isOneOf?: true };
    /** What is taken where nothing is given, shown in the schema. */
    defaultValue?: unknown;
    /** The right that giving the field needs; `isEnforcedHere: false` where the operation asks it. */
    access?: { permission: Permission | readonly Permission[]; isEnforcedHere?: false };
    /** Of a value that is looked at later: the rule of it. Unknown, since a rule's type within its own metadata has no end. */
    typedAs?: unknown;
    /** Of a filter: its table. */
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

/** A filter as an argument or a field of an input; what it means is compiled later. */
export function filterArgument(filterSpec: () => FilterSpec) {
  return z.record(z.string(), z.unknown()).meta({ filterSpec });
}
