import type { FieldRef } from "@pothos/core";
import type { Types } from "./builder.ts";

/** Creates a field from options built at run time, which the types of Pothos's builders can't express. */
export function fieldOf(t: unknown, options: object): FieldRef<Types, unknown> {
  return (t as { field(options: object): FieldRef<Types, unknown> }).field(options);
}
