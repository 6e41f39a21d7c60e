import type { FieldRef } from "@pothos/core";
import type { Context } from "../context.ts";
import { delegateOf } from "../db/delegates.ts";
import { listOf } from "../entities/lists.ts";
import type { Condition } from "../lib/condition.ts";
import type { IdType } from "../wire/ids.ts";
import { defaultPageSize, maxPageSize } from "../wire/page-size.ts";
import type { AccessRule } from "./access-plugin.ts";
import type { Types } from "./builder.ts";
import { type PageArgs, readPage } from "./connections.ts";
import { fieldOf } from "./fields.ts";
import { countFor } from "./loaders.ts";

/** The part of Pothos's field builders that creates arguments, for any parent. */
type Arg = { arg: { int(options: object): never; (options: object): never } };

/** first, after, last and before, described once. */
export function pageArgs(t: unknown) {
  const { arg } = t as Arg;
  return {
    first: arg.int({
      description: `The number of rows from the start: 1 to ${maxPageSize}, default ${defaultPageSize}.`,
    }),
    after: arg({ type: "Cursor", description: "The cursor to start after; requires first." }),
    last: arg.int({ description: `The number of rows from the end: 1 to ${maxPageSize}.` }),
    before: arg({ type: "Cursor", description: "The cursor to end before; requires last." }),
  };
}

/** The paths at which a document selects the rows of a connection. */
export const nodePaths = [[{ name: "nodes" }], [{ name: "edges" }, { name: "node" }]];

interface RelatedList<Args extends object> {
  /** The connection type of the rows. */
  connection: unknown;
  /** The type of the rows, and the relation of the parent that holds them. */
  of: IdType;
  relation: string;
  /** The column of the rows that points to the parent. */
  parent: string;
  description: string;
  /** The rows that the viewer can see. */
  where(context: Context, args: Args): Condition;
  args?: Record<string, unknown>;
  access?: AccessRule;
}

type Nested = (query: object, path: object) => { select?: object };

/** A page of the rows that point to each parent, paged by keyset; one statement reads the rows of all parents. */
export function relatedList<Args extends PageArgs = PageArgs>(
  t: unknown,
  list: RelatedList<Args>,
): FieldRef<Types, unknown> {
  const { of, relation, parent, where, access } = list;
  return fieldOf(t, {
    type: list.connection,
    description: list.description,
    args: { ...pageArgs(t), ...list.args },
    // Viewers without the permission get null.
    ...(access ? { access, nullable: true } : {}),
    select: (args: Args, context: Context, nested: Nested) => {
      const page = readPage(context, listOf(of), args);
      const selection = nested(
        { where: { AND: [where(context, args), page.where] }, orderBy: page.orderBy, take: page.take },
        { getType: () => of, paths: nodePaths },
      );
      return { [relation]: { ...selection, select: { organizationId: true, ...page.columns, ...selection.select } } };
    },
    resolve: (row: { id: string } & Record<string, unknown>, args: Args, context: Context) =>
      readPage(context, listOf(of), args).connect(row[relation] as { id: string }[], () =>
        countRelated(context, of, parent, row.id, where(context, args)),
      ),
  });
}

/** The number of rows of each parent, in one statement for all parents of a list. */
export function countRelated(
  context: Context,
  of: IdType,
  parent: string,
  parentId: string,
  where: Condition,
): Promise<number> {
  return countFor(context, `${of} by ${parent} ${JSON.stringify(where)}`, parentId, async (ids) => {
    const groups = await delegateOf(context.db, of).groupBy({
      by: [parent],
      where: { AND: [where, { [parent]: { in: ids } }] },
      _count: { id: true },
    });
    return groups.map((group) => ({ parentId: group[parent] as string, count: (group._count as { id: number }).id }));
  });
}

/** Rows behind a join table, by name. */
export function linkedRows(
  t: unknown,
  type: IdType,
  {
    relation,
    through,
    existing,
    description,
  }: { relation: string; through: string; existing?: Condition; description: string },
): FieldRef<Types, unknown> {
  const columns = { select: { organizationId: true, id: true, nameKey: true } };
  return fieldOf(t, {
    type: [type],
    description,
    select: (_args: object, _context: Context, nested: (query: object) => object) => ({
      [relation]: { ...(existing ? { where: existing } : {}), select: { [through]: nested(columns) } },
    }),
    resolve: (row: Record<string, Record<string, { nameKey: string }>[]>) =>
      (row[relation] ?? [])
        .map((link) => link[through] as { nameKey: string })
        .sort((a, b) => (a.nameKey < b.nameKey ? -1 : 1)),
  });
}
