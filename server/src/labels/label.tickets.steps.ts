/** Removes a deleted label from its tickets; readers no longer see it from the moment it was deleted. */

import { imageOf } from "../entities/image.ts";
import { ticketEntity } from "../tickets/ticket.entity.ts";
import { lockTickets } from "../tickets/ticket.steps.ts";
import { batchSize } from "../writes/deferred.ts";
import type { Write } from "../writes/write.ts";

/** Removes one batch immediately and leaves the rest to a job. */
export async function removeLabelRows(write: Write, labelId: string): Promise<void> {
  if (!(await removeLabelBatch(write, labelId))) await write.defer({ kind: "LABEL_ROWS_REMOVE", labelId });
}

/**
 * Removes the label from one batch of tickets that still have it, and records the tickets where another label
 * replaced it in the change log. Returns true when none are left.
 */
export async function removeLabelBatch(write: Write, labelId: string): Promise<boolean> {
  const { tx, now, record } = write;
  const rows = await tx.ticketLabel.findMany({
    where: { OR: [{ labelId }, { fromLabelId: labelId }] },
    orderBy: { ticketId: "asc" },
    take: batchSize,
  });
  if (rows.length === 0) return true;
  const successors = new Map(rows.map((row) => [row.ticketId, row.labelId === labelId ? null : row.labelId]));
  const ticketIds = [...successors.keys()];
  const tickets = await lockTickets(write, { id: { in: ticketIds } });
  await tx.ticketLabel.deleteMany({ where: { labelId, ticketId: { in: ticketIds } } });
  await tx.ticketLabel.updateMany({
    where: { fromLabelId: labelId, ticketId: { in: ticketIds } },
    data: { fromLabelId: null },
  });
  await tx.ticket.updateMany({
    where: { id: { in: ticketIds } },
    data: { updatedAt: now, version: { increment: 1 } },
  });
  for (const ticket of tickets) {
    const successor = successors.get(ticket.id);
    const before = { ...ticket, labelIds: [...ticket.labelIds.filter((id) => id !== successor), labelId].toSorted() };
    const after = { ...ticket, updatedAt: now, version: ticket.version + 1 };
    for (const kind of ["ticket.updated", "ticket.labels_changed"] as const)
      record({
        kind,
        subjectId: ticket.id,
        ticketId: ticket.id,
        before: imageOf(ticketEntity, before),
        after: imageOf(ticketEntity, after),
      });
  }
  return rows.length < batchSize;
}
