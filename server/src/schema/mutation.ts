import type { FieldRef } from "@pothos/core";
import { requireViewer } from "../access/viewer.ts";
import { visibleOf } from "../access/visibility.ts";
import type { Context } from "../context.ts";
import { delegateOf } from "../db/delegates.ts";
import { commonErrors, type Operation, type Result } from "../operations/operation.ts";
import { type IdType, toGlobalId } from "../wire/ids.ts";
import type { Ids } from "../writes/idempotency.ts";
import { requireInputRights } from "./access-plugin.ts";
import { builder, type Types } from "./builder.ts";
import { argumentsOf } from "./input-types.ts";

type PayloadBuilder<Shape> = PothosSchemaTypes.ObjectFieldBuilder<Types, Shape>;

/** A payload field that is looked up by an id in the result. */
export interface PayloadField<Key extends string> {
  key: Key;
  make(t: unknown): FieldRef<Types, unknown>;
}

type Payload<I extends Ids, Once> = Record<
  string,
  PayloadField<keyof I & string> | ((t: PayloadBuilder<Result<I, Once>>) => FieldRef<Types, unknown>)
>;

/**
 * Defines a mutation; arguments, permission and error codes come from its operation.
 *
 * @param payload the payload's fields besides the cursor, `isChanged` and the viewer
 */
export function mutationField<I extends Ids, Once>(
  name: string,
  operation: Operation<never, I, Once> | Operation<unknown, I, Once>,
  description: string,
  payload: Payload<I, Once>,
): void {
  const Payload = builder
    .objectRef<Result<I, Once>>(`${name.charAt(0).toUpperCase()}${name.slice(1)}Payload`)
    .implement({
      description: `The result of \`${name}\`.`,
      fields: (t) => ({
        ...Object.fromEntries(
          Object.entries(payload).map(([field, one]) => [field, typeof one === "function" ? one(t) : one.make(t)]),
        ),
        cursor: t.field({
          type: "ChangeCursor",
          description: "The position of this change in the change log.",
          resolve: (result, _args, context) =>
            context.cursors.encodeChange(requireViewer(context).organizationId, result.changeNumber),
        }),
        isChanged: t.boolean({
          description: "Whether anything was changed; false if nothing needed changing, and for a dry run.",
          resolve: ({ isChanged }) => isChanged,
        }),
        viewer: t.field({
          type: "Viewer",
          description: "The viewer, to refresh counts in the same request.",
          resolve: (_result, _args, context) => requireViewer(context),
        }),
      }),
    });
  const { permission, errors, input } = operation;
  builder.mutationField(name, (t) =>
    t.field({
      type: Payload,
      // Nullable, so that a failing mutation doesn't discard other answers in the document, or a secret shown once.
      nullable: true,
      description,
      args: argumentsOf(input, t.arg),
      errors: [...commonErrors, ...errors],
      ...(permission ? { access: { permission, isEnforcedHere: false } } : {}),
      resolve: (_root, given, context, info) => {
        requireInputRights(requireViewer(context), info, given);
        return operation(context, given, String(info.path.key));
      },
    }),
  );
}

interface Shape {
  ids: Ids;
}

/** The current row that a mutation applies to; null if the viewer can't see it, unless it `isAlwaysSeen`. */
export function affected<Key extends string>(
  type: IdType,
  key: Key,
  description: string,
  { isAlwaysSeen = false }: { isAlwaysSeen?: boolean } = {},
): PayloadField<Key> {
  const resolve = (query: object, { ids }: Shape, _args: object, context: Context) => {
    const id = ids[key];
    const where = { AND: [visibleOf[type](requireViewer(context)), { id }] };
    return id ? delegateOf(context.db, type).findFirst({ ...query, where }) : null;
  };
  return {
    key,
    make: (t) =>
      (t as { prismaField(options: object): FieldRef<Types, unknown> }).prismaField({
        type,
        ...(isAlwaysSeen ? {} : { nullable: true }),
        description,
        resolve,
      }),
  };
}

/** The id of the deleted object. */
export function gone<Key extends string>(type: IdType, key: Key, description: string): PayloadField<Key> {
  return {
    key,
    make: (t) =>
      (t as PayloadBuilder<Shape>).id({ description, resolve: ({ ids }) => toGlobalId(type, ids[key] as string) }),
  };
}
