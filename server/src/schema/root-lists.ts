import { queryFromInfo } from "@pothos/plugin-prisma";
import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from "graphql";
import { requireViewer } from "../access/viewer.ts";
import type { Context } from "../context.ts";
import type { ListSpec } from "../entities/lists.ts";
import { compileFilter } from "../filters/compile.ts";
import type { FilterSpec } from "../filters/filter.ts";
import { filterContext } from "../filters/filter-context.ts";
import type { Condition } from "../lib/condition.ts";
import { type Connection, type PageArgs, readPage } from "./connections.ts";
import { nodePaths } from "./related.ts";

interface Delegate {
  findMany(args: object): Promise<{ id: string }[]>;
  count(args: object): Promise<number>;
}

interface ListedRow {
  organizationId: string;
  id: string;
}

/** A root list: one page of the rows that match the filter and are visible; the total is counted only if selected. */
export async function resolveRootList(
  context: Context,
  info: GraphQLResolveInfo,
  delegate: (context: Context) => unknown,
  spec: ListSpec,
  filter: FilterSpec,
  visible: Condition,
  args: PageArgs & { filter?: unknown },
): Promise<Connection<ListedRow>> {
  const rows = delegate(context) as Delegate;
  const page = readPage(context, spec, args);
  const filtered = args.filter
    ? compileFilter(filter, args.filter, filterContext(requireViewer(context), context.clock.now()))
    : {};
  const where = { AND: [visible, filtered] };
  // Read before the rows: a change in between appears again after this position.
  const asOf = isSelected(info, "asOf") ? await readHead(context) : null;
  const query = queryFromInfo({ context, info, typeName: spec.name, paths: nodePaths }) as { select?: object };
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
