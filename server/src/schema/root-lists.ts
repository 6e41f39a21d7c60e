import type { FieldRef } from "@pothos/core";
import { queryFromInfo } from "@pothos/plugin-prisma";
import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from "graphql";
import { requireViewer, type Viewer } from "../access/viewer.ts";
import type { Context } from "../context.ts";
import { delegateOf } from "../db/delegates.ts";
import { filterOf } from "../entities/filters.ts";
import { listOf } from "../entities/lists.ts";
import { compileFilter } from "../filters/compile.ts";
import { filterContext } from "../filters/filter-context.ts";
import type { Condition } from "../lib/condition.ts";
import type { ErrorCode } from "../wire/errors.ts";
import type { IdType } from "../wire/ids.ts";
import type { AccessRule } from "./access-plugin.ts";
import type { Types } from "./builder.ts";
import { type Connection, type PageArgs, readPage } from "./connections.ts";
import { fieldOf } from "./fields.ts";
import { filterInput } from "./filter-inputs.ts";
import { nodePaths, pageArgs } from "./related.ts";

interface ListedRow {
  organizationId: string;
  id: string;
}

interface RootList {
  /** The connection type, and the input of the order. */
  connection: unknown;
  order: unknown;
  /** The order's default, as the description says it. */
  defaultOrder: string;
  /** The filter's description. */
  filter: string;
  description: string;
  access?: AccessRule;
  errors?: readonly ErrorCode[];
  /** Which rows exist for the viewer. */
  visible(viewer: Viewer, filter: unknown): Condition;
}

/** A list at the root, of the rows of a type: filter AND visible, by keyset. */
export function rootList(t: unknown, type: IdType, list: RootList): FieldRef<Types, unknown> {
  const { arg } = t as { arg(options: object): unknown };
  return fieldOf(t, {
    type: list.connection,
    description: list.description,
    ...(list.access ? { access: list.access } : {}),
    errors: list.errors ?? ["VALIDATION"],
    args: {
      filter: arg({ type: filterInput(filterOf(type)), description: list.filter }),
      orderBy: arg({ type: list.order, description: `The order. Default: ${list.defaultOrder}.` }),
      ...pageArgs(t),
    },
    resolve: (_root: unknown, args: ListArgs, context: Context, info: GraphQLResolveInfo) =>
      resolveRootList(context, info, type, list.visible(requireViewer(context), args.filter), args),
  });
}

type ListArgs = PageArgs & { filter?: unknown };

/** One page; its total is counted only when it is selected. */
export async function resolveRootList(
  context: Context,
  info: GraphQLResolveInfo,
  type: IdType,
  visible: Condition,
  args: ListArgs,
): Promise<Connection<ListedRow>> {
  const rows = delegateOf(context.db, type);
  const page = readPage(context, listOf(type), args);
  const filtered = args.filter
    ? compileFilter(filterOf(type), args.filter, filterContext(requireViewer(context), context.clock.now()))
    : {};
  const where = { AND: [visible, filtered] };
  // Read before the rows: a change in between appears again after this position.
  const asOf = isSelected(info, "asOf") ? await readHead(context) : null;
  const query = queryFromInfo({ context, info, typeName: type, paths: nodePaths }) as { select?: object };
  const found =
    isSelected(info, "nodes") || isSelected(info, "edges") || isSelected(info, "pageInfo")
      ? await rows.findMany({
          ...query,
          select: { organizationId: true, ...page.columns, ...query.select },
          where: { AND: [where, page.where] },
          orderBy: page.orderBy,
          take: page.take,
        })
      : [];
  return {
    ...page.connect(found, () => rows.count({ where })),
    where,
    asOf: async () => asOf as string,
  } as unknown as Connection<ListedRow>;
}

async function readHead(context: Context): Promise<string> {
  const { organizationId } = requireViewer(context);
  const head = await context.db.changeHead.findFirst({ select: { lastNumber: true } });
  return context.cursors.encodeChange(organizationId, head?.lastNumber ?? 0n);
}

/** Whether the document selects a field directly below this one, also through fragments. */
function isSelected(info: GraphQLResolveInfo, name: string): boolean {
  const within = (selections: SelectionSetNode | undefined): boolean =>
    (selections?.selections ?? []).some((selection) => {
      if (selection.kind === Kind.FIELD) return (selection as FieldNode).name.value === name;
      if (selection.kind === Kind.INLINE_FRAGMENT) return within(selection.selectionSet);
      return within(info.fragments[selection.name.value]?.selectionSet);
    });
  return info.fieldNodes.some((node) => within(node.selectionSet));
}
