/** Finds the ticket that an operation is about, under its lock. */
import { visibleTickets } from "../access/visibility.ts";
import type { Prisma } from "../db/index.ts";
import type { Write } from "../db/write.ts";
import { notFound } from "../errors.ts";
import { describeRef, type TicketRef } from "../inputs/references.ts";
import { ticketWhere } from "./ticket.reference.ts";
import { type LockedTicket, lockTicket } from "./ticket.steps.ts";

/**
 * The ticket to work on: of one that was merged, the ticket that took its messages over.
 *
 * @throws NOT_FOUND, also for what the viewer can't see
 */
export async function getTicket(write: Write, ref: TicketRef): Promise<LockedTicket> {
  const ticket = await getOwnTicket(write, ref);
  // Flat: a merge points all that was merged before to the one that is kept.
  return ticket.mergedIntoId === null ? ticket : getOwnTicket(write, { id: ticket.mergedIntoId });
}

/** The very ticket, merged or not: to delete, restore and merge it. @throws NOT_FOUND */
export async function getOwnTicket(
  write: Write,
  ref: TicketRef,
  visible: Prisma.TicketWhereInput = visibleTickets(write.viewer),
): Promise<LockedTicket> {
  const ticket = await lockTicket(write, { AND: [visible, ticketWhere(ref)] });
  if (!ticket) throw notFound(describeRef("Ticket", ref));
  return ticket;
}
