import type { FieldRef } from "@pothos/core";
import type { Types } from "./builder.ts";

/** Makes a field from options that are put together at run time, where the types of Pothos's builders can't follow. */
export function fieldOf(t: unknown, options: object): FieldRef<Types, unknown> {
  return (t as { field(options: object): FieldRef<Types, unknown> }).field(options);
}
