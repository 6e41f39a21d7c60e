import { addDays } from "../lib/days.ts";
import type { MessageBody } from "../messages/message.body.ts";
import { insertMessage } from "../messages/message.steps.ts";
import { prefixFor } from "../tickets/ticket.prefix.steps.ts";
import { changeStatus } from "../tickets/ticket.status.ts";
import { insertTicket, type LockedTicket, lockTicket, updateTicket } from "../tickets/ticket.steps.ts";
import type { Write } from "../writes/write.ts";

/**
 * Records a customer's message, received by mail or in another way. The customer waits for an answer from now
 * on, and a PENDING or RESOLVED ticket becomes OPEN. On a CLOSED ticket, the organization's settings decide
 * whether it is reopened or followed up by a new one. Returns the ticket that holds the message.
 */
export async function receiveMessage(
  write: Write,
  ticket: LockedTicket,
  sender: { id: string; email: string | null },
  body: MessageBody & { externalId?: string | null | undefined },
): Promise<{ ticketId: string; messageId: string }> {
  const { now } = write;
  const isFollowedUp = ticket.status === "CLOSED" && !(await mayReopen(write, ticket));
  const target = isFollowedUp ? ((await findFollowUp(write, ticket)) ?? (await openFollowUp(write, ticket))) : ticket;
  const message = await insertMessage(write, {
    ticketId: target.id,
    visibility: "PUBLIC",
    direction: "INBOUND",
    contactId: sender.id,
    fromAddress: sender.email,
    ...body,
  });
  await updateTicket(write, target, {
    ...(target.status === "OPEN" ? {} : changeStatus(target, "OPEN", now)),
    lastActivityAt: now,
    waitingSince: target.waitingSince ?? now,
  });
  return { ticketId: target.id, messageId: message.id };
}

async function mayReopen({ tx, viewer, now }: Write, { closedAt }: LockedTicket): Promise<boolean> {
  const { closedTicketReply, reopenWithinDays } = await tx.organization.findFirstOrThrow({
    where: { id: viewer.organizationId },
    select: { closedTicketReply: true, reopenWithinDays: true },
  });
  return closedTicketReply === "REOPEN" && closedAt !== null && now <= addDays(closedAt, reopenWithinDays);
}

/** The follow-up that isn't closed yet: a second message goes there instead of opening a second follow-up. */
function findFollowUp(write: Write, { id }: LockedTicket): Promise<LockedTicket | null> {
  return lockTicket(write, { followUpOfId: id, status: { not: "CLOSED" }, deletedAt: null });
}

/** Opens a ticket with the closed one's subject, contact, company and labels, and its assignee if still active. */
async function openFollowUp(write: Write, ticket: LockedTicket): Promise<LockedTicket> {
  const { tx, viewer } = write;
  const assignee = ticket.assigneeId
    ? await tx.member.findFirst({ where: { id: ticket.assigneeId, isActive: true }, select: { id: true } })
    : null;
  return insertTicket(write, {
    prefix: await prefixFor(write, ticket.companyId),
    subject: ticket.subject,
    status: "OPEN",
    priority: 1,
    channel: viewer.actor.kind === "API_KEY" ? "API" : "MANUAL",
    assigneeId: assignee?.id ?? null,
    contactId: ticket.contactId,
    companyId: ticket.companyId,
    externalId: null,
    waitingSince: write.now,
    followUpOfId: ticket.id,
    labelIds: ticket.labelIds,
  });
}
