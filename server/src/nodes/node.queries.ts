import { queryFromInfo } from "@pothos/plugin-prisma";
import type { GraphQLResolveInfo } from "graphql";
import { requireViewer } from "../access/viewer.ts";
import { visibleOf } from "../access/visibility.ts";
import type { Context } from "../context.ts";
import { delegateOf } from "../db/delegates.ts";
import { findKeptLabels } from "../labels/label.steps.ts";
import { builder } from "../schema/builder.ts";
import { Node } from "../schema/interfaces.ts";
import type { TypedRow } from "../schema/rows.ts";
import { invalid, notFound } from "../wire/errors.ts";
import { type IdType, parseAnyId } from "../wire/ids.ts";

const maxIds = 100;

builder.queryFields((t) => ({
  node: t.field({
    type: Node,
    nullable: true,
    description: "Anything by its id.",
    errors: ["VALIDATION", "NOT_FOUND"],
    args: { id: t.arg({ type: "ID", required: true, description: "The global id." }) },
    resolve: async (_root, { id }, context, info) => {
      const { type, uuid } = parseAnyId(id);
      const row = (await findNodes(context, info, type, [uuid])).get(uuid);
      if (!row) throw notFound(`This ${type.toLowerCase()}`);
      return row;
    },
  }),
  nodes: t.field({
    type: [Node],
    nullable: { list: false, items: true },
    description: `Up to ${maxIds} things by their ids, in the same order; null where the viewer can't see one.`,
    errors: ["VALIDATION"],
    args: { ids: t.arg({ type: ["ID"], required: true, description: "The global ids." }) },
    resolve: async (_root, { ids }, context, info) => {
      if (ids.length > maxIds)
        throw invalid(["ids"], `At most ${maxIds} ids at once; these are ${ids.length}.`, "TOO_MANY");
      const parsed = ids.map((id, index) => parseAnyId(id, ["ids", index]));
      const byType = Map.groupBy(parsed, ({ type }) => type);
      const found = new Map<string, TypedRow>();
      for (const [type, group] of byType) {
        const rows = await findNodes(context, info, type, [...new Set(group.map(({ uuid }) => uuid))]);
        for (const [id, row] of rows) found.set(`${type} ${id}`, row);
      }
      return parsed.map(({ type, uuid }) => found.get(`${type} ${uuid}`) ?? null);
    },
  }),
}));

/** By the id that was asked for; one that was merged into another is that one. */
async function findNodes(
  context: Context,
  info: GraphQLResolveInfo,
  type: IdType,
  ids: string[],
): Promise<Map<string, TypedRow>> {
  const found = new Map((await readNodes(context, info, type, ids)).map((row) => [row.id, row]));
  const kept = await findKept(
    context,
    type,
    ids.filter((id) => !found.has(id)),
  );
  if (kept.size === 0) return found;
  const rows = new Map((await readNodes(context, info, type, [...new Set(kept.values())])).map((row) => [row.id, row]));
  for (const [id, keptId] of kept) {
    const row = rows.get(keptId);
    if (row) found.set(id, row);
  }
  return found;
}

/** For the ids of what was merged into another, that one's. */
async function findKept({ db }: Context, type: IdType, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const where = { kind: "ID", value: { in: ids } };
  switch (type) {
    case "Contact":
      return new Map((await db.contactFormer.findMany({ where })).map((row) => [row.value, row.contactId]));
    case "Company":
      return new Map((await db.companyFormer.findMany({ where })).map((row) => [row.value, row.companyId]));
    case "Label":
      return findKeptLabels(db, ids);
    default:
      return new Map();
  }
}

async function readNodes(context: Context, info: GraphQLResolveInfo, type: IdType, ids: string[]): Promise<TypedRow[]> {
  const delegate = delegateOf<TypedRow>(context.db, type);
  const query = queryFromInfo({ context, info, typeName: type });
  const rows = await delegate.findMany({
    ...query,
    where: { AND: [visibleOf[type](requireViewer(context)), { id: { in: ids } }] },
  });
  return rows.map((row) => ({ ...row, type }));
}
