import { visibleMessagesOfVisibleTickets } from "../access/visibility.ts";
import { alreadyExists } from "../inputs/clash.ts";
import { lockNames } from "../writes/lock.ts";
import type { Write } from "../writes/write.ts";

/**
 * Makes two deliveries of the same message wait for each other; the second learns which message the first created.
 *
 * @throws ALREADY_EXISTS
 */
export async function refuseTakenMessage(write: Write, externalId: string | null | undefined): Promise<void> {
  if (!externalId) return;
  const { tx, viewer } = write;
  await lockNames(write, [`message ${externalId}`]);
  const taken = await tx.message.findFirst({ where: { externalId }, select: { id: true } });
  if (!taken) return;
  const seen = await tx.message.findFirst({
    where: { AND: [visibleMessagesOfVisibleTickets(viewer), { id: taken.id }] },
    select: { id: true, ticket: { select: { id: true, code: true } } },
  });
  const owner = seen && {
    name: `A message of ticket ${seen.ticket.code}`,
    details: { messageId: seen.id, ticketId: seen.ticket.id, code: seen.ticket.code },
  };
  throw alreadyExists({ what: "message", field: "externalId", value: externalId, owner });
}
