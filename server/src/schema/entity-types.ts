/**
 * Builds schema types from entity tables. Fields backed by a column are declared there; computed fields are written by
 * hand.
 */

import type { FieldRef } from "@pothos/core";
import type { Entity } from "../entities/entity.ts";
import { columnOf, type Field } from "../entities/field.ts";
import { toGlobalId } from "../wire/ids.ts";
import type { Types } from "./builder.ts";
import { fieldOf } from "./fields.ts";
import { Actor, Node } from "./interfaces.ts";

/** Starts an entity's object type. */
export function objectOf({ description, isActor }: Entity) {
  return {
    description,
    // as never: a Prisma object wants its own fields in the shape of its interfaces.
    interfaces: (isActor ? [Node, Actor] : [Node]) as never,
    select: { organizationId: true, id: true },
    findUnique: ({ organizationId, id }: { organizationId: string; id: string }) => ({
      organizationId_id: { organizationId, id },
    }),
  } as const;
}

/**
 * The entity's fields that are backed by a column, with their descriptions and permissions; each selects only that
 * column.
 */
export function fieldsOf(
  t: unknown,
  { name, fields, idDescription }: Entity,
): Record<string, FieldRef<Types, unknown>> {
  return {
    id: fieldOf(t, {
      type: "ID",
      description: idDescription ?? "The global id.",
      resolve: ({ id }: { id: string }) => toGlobalId(name, id),
    }),
    ...Object.fromEntries(
      Object.entries(fields)
        .filter(([, { kind, options }]) => kind.graphql !== null && options.description !== undefined)
        .map(([field, one]) => [field, fieldOf(t, optionsOf(field, one as Field))]),
    ),
  };
}

function optionsOf(name: string, field: Field): object {
  const { kind, options } = field;
  const column = columnOf(name, field);
  const { description, read, isNullable } = options;
  const from = kind.fromColumn as ((value: unknown) => unknown) | undefined;
  return {
    type: kind.isList ? [kind.graphql] : kind.graphql,
    description,
    // Viewers who can't read it get null.
    ...(isNullable || read ? { nullable: true } : {}),
    ...(read ? { access: { permission: read } } : {}),
    select: { [column]: true },
    resolve: (row: Record<string, unknown>) => (from ? from(row[column]) : row[column]),
  };
}
