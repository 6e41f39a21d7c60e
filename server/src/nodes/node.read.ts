import { queryFromInfo } from "@pothos/plugin-prisma";
import type { GraphQLResolveInfo } from "graphql";
import { requireViewer } from "../access/viewer.ts";
import { visibleOf } from "../access/visibility.ts";
import type { Context } from "../context.ts";
import { delegateOf } from "../db/delegates.ts";
import { findKeptLabels } from "../labels/label.steps.ts";
import type { TypedRow } from "../schema/rows.ts";
import type { IdType } from "../wire/ids.ts";

/** The rows by the requested ids; for an object that was merged into another, the kept one. */
export async function findNodes(
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

/** Maps the ids of merged objects to the ids of the objects that they were merged into. */
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
