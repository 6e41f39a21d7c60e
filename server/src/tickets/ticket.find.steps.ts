/** Finds the ticket that an operation is about, under its lock. */
import { visibleTickets } from "../access/visibility.ts";
import type { Prisma } from "../db/index.ts";
import type { Write } from "../db/write.ts";
import { DomainError, notFound } from "../errors.ts";
import { describeRef, type TicketRef } from "../inputs/references.ts";
import { type LockedTicket, lockReferredTicket } from "./ticket.steps.ts";

/**
 * The ticket to work on. The code of one that was merged finds the ticket that took its messages over;
 * an id means that very ticket, and a merged one can't be worked on.
 *
 * @throws NOT_FOUND, also for what the viewer can't see; CONFLICT for a merged one
 */
export async function getTicket(write: Write, ref: TicketRef): Promise<LockedTicket> {
  const ticket = await getOwnTicket(write, ref);
  if (ticket.mergedIntoId === null) return ticket;
  // Flat: a merge points all that was merged before to the one that is kept.
  if (ref.code !== undefined) return getOwnTicket(write, { id: ticket.mergedIntoId });
  throw new DomainError(
    "CONFLICT",
    `Ticket ${ticket.code} was merged into another; use its code, which finds the one that is kept.`,
    { details: { ticketId: ticket.mergedIntoId } },
  );
}

/** The very ticket, merged or not: to delete, restore and merge it. @throws NOT_FOUND */
export async function getOwnTicket(
  write: Write,
  ref: TicketRef,
  visible: Prisma.TicketWhereInput = visibleTickets(write.viewer),
  where = "",
): Promise<LockedTicket> {
  const ticket = await lockReferredTicket(write, ref, visible);
  if (!ticket) throw notFound(`${describeRef("Ticket", ref)}${where && ` ${where}`}`);
  return ticket;
}
