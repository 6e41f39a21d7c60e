import DataLoader from "dataloader";
import {
  visibleCompanies,
  visibleContacts,
  visibleMessagesOfVisibleTickets,
  visibleTickets,
} from "../access/visibility.ts";
import { type Context, requireViewer } from "../context.ts";
import type { Condition } from "../filters/filter.ts";

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

/** How many rows each parent has; `name` tells apart what is counted under which condition. */
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
  organizationId: string;
  id: string;
}

/**
 * The key of a row that another row points to, or null when it is gone or the viewer can't see it: keys
 * stop other organizations, not reach, deletion or permission.
 */
function findVisible(
  context: Context,
  name: "ticket" | "contact" | "company" | "message",
  visible: Condition,
  id: string | null,
): Promise<RowKey | null> {
  if (id === null) return Promise.resolve(null);
  const delegate = context.db[name] as unknown as { findMany(args: object): Promise<RowKey[]> };
  const load = async (ids: readonly string[]) => {
    const rows = await delegate.findMany({
      where: { AND: [visible, { id: { in: [...ids] } }] },
      select: { organizationId: true, id: true },
    });
    return new Map(rows.map((row) => [row.id, row]));
  };
  return loaderOf<RowKey | null>(context, `visible ${name}`, load, null).load(id);
}

export function findVisibleTicket(context: Context, id: string | null): Promise<RowKey | null> {
  return findVisible(context, "ticket", visibleTickets(requireViewer(context)), id);
}

export function findVisibleContact(context: Context, id: string | null): Promise<RowKey | null> {
  return findVisible(context, "contact", visibleContacts(requireViewer(context)), id);
}

export function findVisibleCompany(context: Context, id: string | null): Promise<RowKey | null> {
  return findVisible(context, "company", visibleCompanies(requireViewer(context)), id);
}

export function findVisibleMessage(context: Context, id: string | null): Promise<RowKey | null> {
  return findVisible(context, "message", visibleMessagesOfVisibleTickets(requireViewer(context)), id);
}
