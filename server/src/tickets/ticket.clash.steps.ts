import { visibleTicketsAndTrash } from "../access/visibility.ts";
import { alreadyExists } from "../inputs/clash.ts";
import { lockNames } from "../writes/lock.ts";
import type { Write } from "../writes/write.ts";

/** @throws ALREADY_EXISTS when another ticket has the externalId, including one in the trash */
export async function refuseTakenTicket(
  write: Write,
  externalId: string | null | undefined,
  ownId?: string,
): Promise<void> {
  if (!externalId) return;
  const { tx, viewer } = write;
  await lockNames(write, [`ticket ${externalId}`]);
  const taken = await tx.ticket.findFirst({
    where: { externalId, ...(ownId ? { NOT: { id: ownId } } : {}) },
    select: { id: true },
  });
  if (!taken) return;
  const seen = await tx.ticket.findFirst({
    where: { AND: [visibleTicketsAndTrash(viewer), { id: taken.id }] },
    select: { id: true, code: true, deletedAt: true },
  });
  const owner = seen && {
    name: `Ticket ${seen.code}${seen.deletedAt ? ", which is in the trash," : ""}`,
    details: { ticketId: seen.id, code: seen.code },
  };
  throw alreadyExists({ what: "ticket", field: "externalId", value: externalId, owner });
}
