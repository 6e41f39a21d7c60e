import { z } from "zod";
import { requireReach } from "../access/viewer.ts";
import { visibleTickets } from "../access/visibility.ts";
import { moveTyped } from "../customers/contact.named.steps.ts";
import { imageOf } from "../entities/image.ts";
import { describeRef, type TicketRef, ticketRef } from "../inputs/references.ts";
import { operation } from "../operations/operation.ts";
import { ticketEntity } from "../tickets/ticket.entity.ts";
import { getOwnTicket } from "../tickets/ticket.find.steps.ts";
import { ticketWhere } from "../tickets/ticket.reference.ts";
import { changeStatus } from "../tickets/ticket.status.ts";
import { type LockedTicket, updateTicket } from "../tickets/ticket.steps.ts";
import { DomainError, invalid, notFound } from "../wire/errors.ts";
import { lockRows } from "../writes/lock.ts";
import { moveRows } from "../writes/move-rows.ts";
import type { Write } from "../writes/write.ts";

export const ticketMerge = operation({
  permission: "ticket.delete",
  errors: ["NOT_FOUND"],
  input: z.object({
    ticket: ticketRef.describe("The ticket to merge and close."),
    into: ticketRef.describe("The ticket to keep."),
  }),
  async run(write, refs) {
    const ids = [await findId(write, refs.ticket), await findId(write, refs.into)] as const;
    if (ids[0] === ids[1])
      throw invalid(["into"], "A ticket can't be merged into itself; give another ticket.", "SAME");
    await lockRows(write, "tickets", ids);
    const other = await getOwnTicket(write, { id: ids[0] });
    const kept = await getOwnTicket(write, { id: ids[1] });
    for (const ticket of [other, kept]) {
      requireReach(write.viewer, "ticket.delete", ticket);
      if (ticket.mergedIntoId)
        throw new DomainError(
          "CONFLICT",
          `Ticket ${ticket.code} was merged into another earlier; use the kept ticket instead.`,
        );
    }
    await moveThread(write, other, kept);
    await close(write, other, kept);
    return { ids: { ticketId: kept.id, mergedId: other.id } };
  },
});

async function findId({ tx, viewer }: Write, ref: TicketRef): Promise<string> {
  const found = await tx.ticket.findFirst({
    where: { AND: [visibleTickets(viewer), ticketWhere(ref)] },
    select: { id: true },
  });
  if (!found) throw notFound(describeRef("Ticket", ref));
  return found.id;
}

/** Moves messages, time and participants; the other's contact becomes a participant and keeps getting replies. */
async function moveThread(write: Write, other: LockedTicket, kept: LockedTicket): Promise<void> {
  const { tx, record } = write;
  await tx.message.updateMany({ where: { ticketId: other.id }, data: { ticketId: kept.id } });
  await moveTyped(write, "ticket_id", other.id, kept.id);
  // Entries keep the day, company, price and code that they were logged with, so no past total changes.
  await moveRows(write, "TimeEntry", { ticketId: other.id }, { ticketId: kept.id });
  await tx.ticket.updateMany({ where: { mergedIntoId: other.id }, data: { mergedIntoId: kept.id } });
  const participantIds = [...new Set([...kept.participantIds, ...other.participantIds, other.contactId])];
  // A waiting customer must not end up in a closed ticket: the kept one reopens as if the message had arrived there.
  const reopens = other.waitingSince !== null && kept.status !== "OPEN";
  const after = await updateTicket(write, kept, {
    ...(reopens ? changeStatus(kept, "OPEN", write.now) : {}),
    participantIds: participantIds.filter((id) => id !== kept.contactId).toSorted(),
    lastActivityAt: latest(kept.lastActivityAt, other.lastActivityAt),
    waitingSince: earliest(kept.waitingSince, other.waitingSince),
    firstRepliedAt: earliest(kept.firstRepliedAt, other.firstRepliedAt),
  });
  record({
    kind: "ticket.merged",
    subjectId: kept.id,
    ticketId: kept.id,
    before: imageOf(ticketEntity, kept),
    after: { ...imageOf(ticketEntity, after), mergedTicketId: other.id },
  });
}

async function close(write: Write, other: LockedTicket, kept: LockedTicket): Promise<void> {
  await updateTicket(write, other, {
    ...changeStatus(other, "CLOSED", write.now),
    mergedIntoId: kept.id,
    participantIds: [],
    waitingSince: null,
  });
}

function latest(a: Date, b: Date): Date {
  return a > b ? a : b;
}

function earliest(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
