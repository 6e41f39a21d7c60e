import DataLoader from "dataloader";
import { requireViewer } from "../access/viewer.ts";
import { visibleOf } from "../access/visibility.ts";
import type { Context } from "../context.ts";
import type { IdType } from "../wire/ids.ts";

const loaders = new WeakMap<Context, Map<string, DataLoader<string, unknown>>>();

/** The request's loader of this name: one statement for all parents of a list. */
export function loaderOf<Value>(
  context: Context,
  name: string,
  load: (ids: readonly string[]) => Promise<Map<string, Value>>,
  missing: Value,
): DataLoader<string, Value> {
  const own = loaders.get(context) ?? new Map<string, DataLoader<string, unknown>>();
  loaders.set(context, own);
  let loader = own.get(name);
  if (!loader) {
    loader = new DataLoader(async (ids: readonly string[]) => {
      const found = await load(ids);
      return ids.map((id) => (found.has(id) ? found.get(id) : missing));
    });
    own.set(name, loader);
  }
  return loader as DataLoader<string, Value>;
}

/** The number of rows of each parent; `name` distinguishes counts with different conditions. */
export function countFor(
  context: Context,
  name: string,
  parentId: string,
  count: (parentIds: string[]) => Promise<{ parentId: string; count: number }[]>,
): Promise<number> {
  const load = async (ids: readonly string[]) =>
    new Map((await count([...ids])).map((row) => [row.parentId, row.count]));
  return loaderOf(context, `count ${name}`, load, 0).load(parentId);
}

interface RowKey {
  type: IdType;
  organizationId: string;
  id: string;
}

/**
 * The key of a row that another row points to, or null if it was deleted or the viewer can't see it. Foreign keys
 * exclude other organizations, but don't check reach, deletion or permission.
 */
export function findVisibleNode(context: Context, type: IdType, id: string | null): Promise<RowKey | null> {
  if (id === null) return Promise.resolve(null);
  const delegate = context.db[(type.charAt(0).toLowerCase() + type.slice(1)) as "ticket"] as unknown as {
    findMany(args: object): Promise<{ organizationId: string; id: string }[]>;
  };
  const load = async (ids: readonly string[]) => {
    const rows = await delegate.findMany({
      where: { AND: [visibleOf[type](requireViewer(context)), { id: { in: [...ids] } }] },
      // An organization is its own tenant.
      select: type === "Organization" ? { id: true } : { organizationId: true, id: true },
    });
    return new Map(rows.map((row) => [row.id, { ...row, type }]));
  };
  return loaderOf<RowKey | null>(context, `visible ${type}`, load, null).load(id);
}

export const findVisibleTicket = (context: Context, id: string | null) => findVisibleNode(context, "Ticket", id);
export const findVisibleContact = (context: Context, id: string | null) => findVisibleNode(context, "Contact", id);
export const findVisibleCompany = (context: Context, id: string | null) => findVisibleNode(context, "Company", id);
export const findVisibleMessage = (context: Context, id: string | null) => findVisibleNode(context, "Message", id);
