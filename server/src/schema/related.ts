import type { Context } from "../context.ts";
import type { ListSpec } from "../entities/lists.ts";
import type { Condition } from "../lib/condition.ts";
import { defaultPageSize, maxPageSize } from "../wire/page-size.ts";
import { type PageArgs, readPage } from "./connections.ts";

/** The part of Pothos's field builders that makes arguments, whatever the parent. */
type Arg = { arg: { int(options: object): never; (options: object): never } };

/** first, after, last and before, described once. */
export function pageArgs(t: unknown) {
  const { arg } = t as Arg;
  return {
    first: arg.int({ description: `How many rows from the start: 1 to ${maxPageSize}, default ${defaultPageSize}.` }),
    after: arg({ type: "Cursor", description: "Only rows after this position; goes with first." }),
    last: arg.int({ description: `How many rows from the end: 1 to ${maxPageSize}.` }),
    before: arg({ type: "Cursor", description: "Only rows before this position; goes with last." }),
  };
}

type Nested = (query: unknown, path: unknown) => { select?: object };

/** Where the rows of a connection are selected in a document. */
export const nodePaths = [[{ name: "nodes" }], [{ name: "edges" }, { name: "node" }]];

/** What to select of a parent row for one page of a relation; nested pages page by keyset too. */
export function relatedPage(
  context: Context,
  spec: ListSpec,
  args: PageArgs,
  relation: string,
  typeName: string,
  nested: Nested,
  visible: Condition,
): object {
  const page = readPage(context, spec, args);
  const selection = nested(
    { where: { AND: [visible, page.where] }, orderBy: page.orderBy, take: page.take },
    { getType: () => typeName, paths: nodePaths },
  );
  return { [relation]: { ...selection, select: { organizationId: true, ...page.columns, ...selection.select } } };
}
