/** Finds the ticket that an operation is about, under its lock. */
import type { Permission } from "../access/permissions.ts";
import { can, requireReach } from "../access/viewer.ts";
import { visibleTickets } from "../access/visibility.ts";
import type { Prisma } from "../db/index.ts";
import { describeRef, type TicketRef } from "../inputs/references.ts";
import { DomainError, notFound } from "../wire/errors.ts";
import type { Write } from "../writes/write.ts";
import { type LockedTicket, lockReferredTicket } from "./ticket.steps.ts";

/**
 * The ticket to work on. The code of a merged ticket finds the ticket that it was merged into. An id means
 * exactly that ticket, and a merged ticket can't be worked on.
 *
 * @throws NOT_FOUND, also when the viewer can't see the ticket; CONFLICT when it was merged
 */
export async function getTicket(write: Write, ref: TicketRef): Promise<LockedTicket> {
  const ticket = await getOwnTicket(write, ref);
  if (ticket.mergedIntoId === null) return ticket;
  // One step is enough: a merge repoints all tickets merged earlier to the kept one.
  if (ref.code !== undefined) return getOwnTicket(write, { id: ticket.mergedIntoId });
  throw new DomainError(
    "CONFLICT",
    `Ticket ${ticket.code} was merged into another; use its code, which finds the kept ticket.`,
    { details: { ticketId: ticket.mergedIntoId } },
  );
}

/** An assignment this recent counts as simultaneous with a request that expects the ticket to be unassigned. */
const atOnceMs = 60_000;

/**
 * Requires the permission for the ticket as it is under its lock.
 *
 * @throws FORBIDDEN when it is out of reach; CONFLICT when it was in reach until a colleague took it a moment ago
 */
export async function requireTicketReach(write: Write, permission: Permission, ticket: LockedTicket): Promise<void> {
  const { tx, viewer, now } = write;
  const isOutOfReach = can(viewer, permission) && !can(viewer, permission, ticket);
  if (isOutOfReach && ticket.assigneeId !== null && can(viewer, permission, { assigneeId: null })) {
    const since = new Date(now.getTime() - atOnceMs);
    const taken = await tx.change.findFirst({
      where: { subjectId: ticket.id, kinds: { has: "ticket.assigned" }, occurredAt: { gte: since } },
      select: { before: true },
      orderBy: { number: "desc" },
    });
    if ((taken?.before as { assigneeId?: unknown } | undefined)?.assigneeId === null)
      throw await takenBy(write, ticket.assigneeId, ticket);
  }
  requireReach(viewer, permission, ticket);
}

async function takenBy({ tx }: Write, assigneeId: string, { code }: LockedTicket): Promise<DomainError> {
  const { name } = await tx.member.findFirstOrThrow({ where: { id: assigneeId }, select: { name: true } });
  return new DomainError(
    "CONFLICT",
    `Ticket ${code} was assigned to ${name} a moment ago, so nothing was changed. Read the ticket again; to continue with it, assign it to yourself (ticketAssign).`,
    { details: { assignee: { memberId: assigneeId, name } } },
  );
}

/** Exactly this ticket, merged or not, to delete, restore or merge it. @throws NOT_FOUND */
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
