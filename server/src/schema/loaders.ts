import DataLoader from "dataloader";
import { visibleTickets } from "../access/visibility.ts";
import { type Context, requireViewer } from "../context.ts";

const loaders = new WeakMap<Context, Map<string, DataLoader<string, unknown>>>();

/** The request's loader of this name: one statement for all parents of a list. */
function loaderOf<Value>(
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

/**
 * The key of a ticket that another row points to, or null when the viewer can't see it: keys stop
 * other organizations, not reach, deletion or permission.
 */
export function findVisibleTicket(
  context: Context,
  id: string | null,
): Promise<{ organizationId: string; id: string } | null> {
  if (id === null) return Promise.resolve(null);
  const load = async (ids: readonly string[]) => {
    const rows = await context.db.ticket.findMany({
      where: { AND: [visibleTickets(requireViewer(context)), { id: { in: [...ids] } }] },
      select: { organizationId: true, id: true },
    });
    return new Map(rows.map((row) => [row.id, row]));
  };
  return loaderOf<{ organizationId: string; id: string } | null>(context, "visible ticket", load, null).load(id);
}
