import type { ChangeKind } from "../changes/topics.ts";
import { delegateOf } from "../db/delegates.ts";
import { type Entity, entityOf } from "../entities/entity.ts";
import type { Condition } from "../lib/condition.ts";
import type { IdType } from "../wire/ids.ts";
import { batchSize } from "./deferred.ts";
import { type LockedTable, lockRows } from "./lock.ts";
import { saveRows } from "./save-row.ts";
import type { Write } from "./write.ts";

/** What rows of a type are moved as: the table that is locked, and the kind of each change. */
const moved = {
  TimeEntry: { table: "time_entries", kind: "time_entry.updated" },
} as const satisfies Partial<Record<IdType, { table: LockedTable; kind: ChangeKind }>>;

interface Row {
  id: string;
  version: number;
  ticketId: string | null;
}

/**
 * Rows that point to what was merged into another follow it, in batches, each with a change of its own. Any feature can
 * merge without knowing the features whose rows point to it.
 */
export async function moveRows(write: Write, type: keyof typeof moved, from: Condition, to: object): Promise<void> {
  const { table, kind } = moved[type];
  const entity: Entity = entityOf(type);
  const rows = delegateOf<Row>(write.tx, type);
  for (let more = true; more; ) {
    const found = await rows.findMany({ where: from, select: { id: true }, orderBy: { id: "asc" }, take: batchSize });
    const ids = found.map(({ id }) => id);
    await lockRows(write, table, ids);
    const held = await rows.findMany({ where: { AND: [{ id: { in: ids } }, from] } });
    await saveRows(write, entity, kind, held, to, { ticketOf: ({ ticketId }) => ticketId });
    more = found.length === batchSize;
  }
}
