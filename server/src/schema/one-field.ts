import type { FieldRef } from "@pothos/core";
import { type ZodObject, z } from "zod";
import { requireViewer } from "../access/viewer.ts";
import type { Context } from "../context.ts";
import { parseInput } from "../operations/operation.ts";
import { type AnyRef, findRow, type Lookup } from "../writes/lookup.ts";
import type { Types } from "./builder.ts";
import { inputTypeOf } from "./input-types.ts";

interface OneField<Ref> {
  /** The reference that the argument `by` takes. */
  ref: ZodObject;
  /** The description of that argument. */
  by: string;
  lookup: Lookup<Ref>;
  description: string;
}

/** One row at the root, by its reference. */
export function oneField<Ref extends AnyRef>(
  t: unknown,
  { ref, by: which, lookup, description }: OneField<Ref>,
): FieldRef<Types, unknown> {
  const { arg, prismaField } = t as {
    arg(options: object): unknown;
    prismaField(options: object): FieldRef<Types, unknown>;
  };
  return prismaField.call(t, {
    type: lookup.type,
    nullable: true,
    description,
    errors: ["VALIDATION", "NOT_FOUND"],
    args: { by: arg({ type: inputTypeOf(ref), required: true, description: which }) },
    resolve: (query: object, _root: unknown, args: unknown, context: Context) => {
      const { by } = parseInput(z.object({ by: ref }), args) as { by: Ref };
      return findRow(context.db, requireViewer(context), lookup, by, query);
    },
  });
}
