/**
 * Lists: Relay connections that page by keyset. A cursor holds the sort key and the id of a row, so a changed or
 * deleted row neither breaks nor shifts a page. Rows without a key come last.
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
  /** The start and end of the page, for lists that aren't read through Prisma. */
  bounds: { after: Bound | null; before: Bound | null; isBackward: boolean };
  /** The columns that cursors consist of. */
  columns: Record<string, true>;
  /** Builds the connection from the rows read. */
  connect<Row extends { id: string }>(rows: Row[], count: () => Promise<number>): Connection<Row>;
}

export interface Connection<Row> {
  nodes: Row[];
  edges: { node: Row; cursor: string }[];
  pageInfo: PageInfoShape;
  count: () => Promise<number>;
  /** For root lists: the change-log position read before the rows. */
  asOf?: () => Promise<string>;
  /** For root lists: values shared by all rows. */
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

/** Everything needed to read one page, from its arguments. @throws VALIDATION */
export function readPage(context: Context, spec: ListSpec, args: PageArgs): Page {
  const size = pageSize(args);
  const order = args.orderBy ?? spec.defaultOrder;
  const field = spec.orders[order.field] as OrderField;
  const isBackward = args.last != null;
  const list = `${spec.name} ${order.field} ${order.direction}`;
  const { organizationId } = requireViewer(context);
  const position = (cursor: string | null | undefined, argument: string) =>
    // An empty cursor is invalid: if it counted as none, a looping client would read the first page endlessly.
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
    // Backward, the last rows come first, including rows without a key.
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
    throw invalid(["after"], "after requires first; with last, give before.", "WRONG_ARGUMENT");
  if (last == null && before != null)
    throw invalid(["before"], "before requires last; with first, give after.", "WRONG_ARGUMENT");
  const size = first ?? last ?? defaultPageSize;
  if (size >= 1 && size <= maxPageSize) return size;
  throw invalid(
    [last != null ? "last" : "first"],
    `${last != null ? "last" : "first"} must be 1 to ${maxPageSize}; it is ${size}.`,
    "OUT_OF_RANGE",
  );
}

/**
 * The rows past a row in a direction, by key and then id. The first condition looks redundant, but with it the database
 * starts in the index at the key instead of at the beginning of the list.
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
  description: "The position of a page in its list.",
  fields: (t) => ({
    hasNextPage: t.exposeBoolean("hasNextPage", { description: "Whether rows come after this page." }),
    hasPreviousPage: t.exposeBoolean("hasPreviousPage", { description: "Whether rows come before this page." }),
    startCursor: t.expose("startCursor", {
      type: "Cursor",
      nullable: true,
      description: "The cursor of the first row; null on an empty page.",
    }),
    endCursor: t.expose("endCursor", {
      type: "Cursor",
      nullable: true,
      description: "The cursor of the last row, for `after`; null on an empty page.",
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
      // as never: Pothos can't express what a row of any type resolves to.
      node: t.field({ type: node, description: "The row.", resolve: (edge) => edge.node as never }),
      cursor: t.expose("cursor", { type: "Cursor", description: "The row's cursor, for `after` and `before`." }),
    }),
  });
  return builder.objectRef<Connection<Row>>(typeName).implement({
    description: `A page of a list of ${plural(name)}.`,
    fields: (t) => ({
      nodes: t.field({ type: [node], description: "The rows of the page.", resolve: (page) => page.nodes }),
      edges: t.field({ type: [Edge], description: "The rows with their cursors.", resolve: (page) => page.edges }),
      pageInfo: t.field({
        type: PageInfo,
        description: "The position of the page in the list.",
        resolve: (page) => page.pageInfo,
      }),
      totalCount: t.int({
        description: "The number of rows in the whole list; counted only if selected.",
        resolve: (page) => page.count(),
      }),
      ...(isRoot
        ? {
            asOf: t.field({
              type: "ChangeCursor",
              description:
                "The change-log position just before the rows were read. Reading changes from here misses nothing.",
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
    description: `The sort keys of ${plural(spec.name)}.`,
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
