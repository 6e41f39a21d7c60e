/**
 * Lists: Relay connections that page by keyset. A cursor holds the sort key and the id of a row, so a
 * changed or deleted row neither breaks nor shifts a page; rows without a key come last.
 */

import type { OutputRef } from "@pothos/core";
import { requireViewer } from "../access/viewer.ts";
import type { Context } from "../context.ts";
import { plural } from "../entities/entity.ts";
import type { ListSpec, Order, OrderField } from "../entities/lists.ts";
import type { Condition } from "../lib/condition.ts";
import { invalid } from "../wire/errors.ts";
import { defaultPageSize, maxPageSize } from "../wire/page-size.ts";
import { builder } from "./builder.ts";
import { OrderDirection } from "./enums.ts";

export interface PageArgs {
  first?: number | null | undefined;
  last?: number | null | undefined;
  after?: string | null | undefined;
  before?: string | null | undefined;
  orderBy?: Order | null | undefined;
}

export interface Page {
  where: Condition;
  orderBy: Record<string, unknown>[];
  take: number;
  /** Where it begins and ends, for lists that aren't read through Prisma. */
  bounds: { after: Bound | null; before: Bound | null; isBackward: boolean };
  /** Columns that cursors are made of. */
  columns: Record<string, true>;
  /** The connection of the rows that came back. */
  connect<Row extends { id: string }>(rows: Row[], count: () => Promise<number>): Connection<Row>;
}

export interface Connection<Row> {
  nodes: Row[];
  edges: { node: Row; cursor: string }[];
  pageInfo: PageInfoShape;
  count: () => Promise<number>;
  /** Of root lists: the change-log position that was read before the rows. */
  asOf?: () => Promise<string>;
  /** Of root lists: what all its rows hold. */
  where?: Condition;
}

interface Bound {
  key: string | number | null;
  id: string;
}

interface PageInfoShape {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor: string | null;
  endCursor: string | null;
}

/** Everything that one page needs, from its arguments. @throws VALIDATION */
export function readPage(context: Context, spec: ListSpec, args: PageArgs): Page {
  const size = pageSize(args);
  const order = args.orderBy ?? spec.defaultOrder;
  const field = spec.orders[order.field] as OrderField;
  const isBackward = args.last != null;
  const list = `${spec.name} ${order.field} ${order.direction}`;
  const { organizationId } = requireViewer(context);
  const position = (cursor: string | null | undefined, argument: string) =>
    // An empty one is a bad one: taken as none, a client that loops would read the first page for ever.
    cursor == null ? null : context.cursors.decodePage(organizationId, list, cursor, argument);
  const after = position(args.after, "after");
  const before = position(args.before, "before");
  const isAscending = (order.direction === "ASC") !== isBackward;
  const conditions = [
    after && beyond(field, order.direction === "ASC", false, after.key, after.id),
    before && beyond(field, order.direction !== "ASC", true, before.key, before.id),
  ].filter((condition) => condition !== null);
  const sort = isAscending ? "asc" : "desc";
  return {
    where: { AND: conditions },
    // Backward, what is last comes first: rows without a key too.
    orderBy: [
      { [field.column]: field.isNullable ? { sort, nulls: isBackward ? "first" : "last" } : sort },
      { id: sort },
    ],
    take: size + 1,
    bounds: { after, before, isBackward },
    columns: { id: true, [field.column]: true },
    connect(rows, count) {
      const kept = rows.slice(0, size);
      if (isBackward) kept.reverse();
      const edges = kept.map((node) => ({
        node,
        cursor: context.cursors.encodePage(organizationId, {
          list,
          key: toKey((node as Record<string, unknown>)[field.column]),
          id: node.id,
        }),
      }));
      const hasMore = rows.length > size;
      const pageInfo = {
        hasNextPage: isBackward ? before !== null : hasMore,
        hasPreviousPage: isBackward ? hasMore : after !== null,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      };
      return { nodes: kept, edges, pageInfo, count };
    },
  };
}

function pageSize({ first, last, after, before }: PageArgs): number {
  if (first != null && last != null) throw invalid(["last"], "Give first or last, not both.", "EXACTLY_ONE");
  if (last != null && after != null)
    throw invalid(["after"], "after goes with first; with last give before.", "WRONG_ARGUMENT");
  if (last == null && before != null)
    throw invalid(["before"], "before goes with last; with first give after.", "WRONG_ARGUMENT");
  const size = first ?? last ?? defaultPageSize;
  if (size >= 1 && size <= maxPageSize) return size;
  throw invalid(
    [last != null ? "last" : "first"],
    `${last != null ? "last" : "first"} must be 1 to ${maxPageSize}; it is ${size}.`,
    "OUT_OF_RANGE",
  );
}

/**
 * The rows past a row in a direction, by key and then id. The first condition looks needless; with it
 * the database starts in the index at the key and not at the beginning of the list.
 */
function beyond(
  field: OrderField,
  isUpward: boolean,
  isTowardsStart: boolean,
  key: string | number | null,
  id: string,
): Condition {
  const { column } = field;
  const [past, from] = isUpward ? ["gt", "gte"] : ["lt", "lte"];
  if (key === null) {
    const amongNull = { [column]: null, id: { [past]: id } };
    return isTowardsStart ? { OR: [amongNull, { [column]: { not: null } }] } : amongNull;
  }
  const value = field.kind === "instant" ? new Date(key) : key;
  const step = { OR: [{ [column]: { [past]: value } }, { [column]: value, id: { [past]: id } }] };
  if (!field.isNullable) return { AND: [{ [column]: { [from]: value } }, step] };
  return isTowardsStart ? step : { OR: [...step.OR, { [column]: null }] };
}

function toKey(value: unknown): string | number | null {
  return value instanceof Date ? value.toISOString() : ((value as string | number | null) ?? null);
}

const PageInfo = builder.objectRef<PageInfoShape>("PageInfo").implement({
  description: "Where a page lies in its list.",
  fields: (t) => ({
    hasNextPage: t.exposeBoolean("hasNextPage", { description: "Whether rows come after this page." }),
    hasPreviousPage: t.exposeBoolean("hasPreviousPage", { description: "Whether rows come before this page." }),
    startCursor: t.expose("startCursor", {
      type: "Cursor",
      nullable: true,
      description: "The first row's cursor; null on an empty page.",
    }),
    endCursor: t.expose("endCursor", {
      type: "Cursor",
      nullable: true,
      description: "The last row's cursor, for `after`; null on an empty page.",
    }),
  }),
});

/** The connection and edge types of a listed type. `isRoot` adds asOf. */
export function connectionType<Row>(
  name: string,
  node: OutputRef<Row>,
  isRoot: boolean,
  typeName = `${name}Connection`,
) {
  const Edge = builder.objectRef<{ node: Row; cursor: string }>(typeName.replace(/Connection$/, "Edge")).implement({
    description: `One row of a list of ${plural(name)}, with its position.`,
    fields: (t) => ({
      // as never: Pothos can't say what a row of any type is resolved to.
      node: t.field({ type: node, description: "The row.", resolve: (edge) => edge.node as never }),
      cursor: t.expose("cursor", { type: "Cursor", description: "Its position, for `after` and `before`." }),
    }),
  });
  return builder.objectRef<Connection<Row>>(typeName).implement({
    description: `A page of a list of ${plural(name)}.`,
    fields: (t) => ({
      nodes: t.field({ type: [node], description: "The rows of the page.", resolve: (page) => page.nodes }),
      edges: t.field({ type: [Edge], description: "The rows with their cursors.", resolve: (page) => page.edges }),
      pageInfo: t.field({ type: PageInfo, description: "Where the page lies.", resolve: (page) => page.pageInfo }),
      totalCount: t.int({
        description: "How many rows the whole list has; counted only when asked for.",
        resolve: (page) => page.count(),
      }),
      ...(isRoot
        ? {
            asOf: t.field({
              type: "ChangeCursor",
              description: "A change-log position from before the rows were read: changes after it miss nothing.",
              resolve: (page) => (page.asOf as () => Promise<string>)(),
            }),
          }
        : {}),
    }),
  });
}

/** The input type of a list's order. */
export function orderInput(spec: ListSpec) {
  const Field = builder.enumType(`${spec.name}OrderField`, {
    description: `What ${plural(spec.name)} can be ordered by.`,
    values: Object.fromEntries(Object.entries(spec.orders).map(([name, { description }]) => [name, { description }])),
  });

  return builder.inputRef<Order>(`${spec.name}Order`).implement({
    description: `The order of ${plural(spec.name)}: one key, then the id.`,
    fields: (t) => ({
      field: t.field({ type: Field, required: true, description: "The sort key." }),
      direction: t.field({ type: OrderDirection, required: true, description: "The direction." }),
    }),
  });
}
