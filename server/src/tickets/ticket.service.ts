import { z } from "zod";
import { operation } from "../access/operation.ts";
import { can, memberId, requireReach, type Viewer } from "../access/viewer.ts";
import { visibleMessages, visibleTickets } from "../access/visibility.ts";
import { getCompany } from "../companies/company.steps.ts";
import { getContact } from "../contacts/contact.steps.ts";
import { requireVersion } from "../db/version.ts";
import type { Write } from "../db/write.ts";
import { DomainError, invalid, notFound } from "../errors.ts";
import { expectedVersion, externalId } from "../inputs/fields.ts";
import {
  companyRef,
  contactRef,
  describeRef,
  globalId,
  memberRef,
  type TicketRef,
  ticketRef,
} from "../inputs/references.ts";
import { getLabelIds } from "../labels/label.steps.ts";
import { getAssignableMember } from "../members/member.steps.ts";
import { parseBody } from "../messages/message.body.ts";
import { insertMessage } from "../messages/message.steps.ts";
import { body, cc, labels, maxLabels, priority, status, subject } from "./ticket.fields.ts";
import { priorityRank } from "./ticket.priority.ts";
import { ticketWhere } from "./ticket.reference.ts";
import { changeStatus, statusAfterReply } from "./ticket.status.ts";
import { type LockedTicket, lockTicket, type TicketPatch, updateTicket } from "./ticket.steps.ts";

export const ticketReply = operation({
  permission: "ticket.reply",
  errors: ["NOT_FOUND", "INVALID_STATUS_TRANSITION"],
  input: z.object({
    ticket: ticketRef,
    input: z.object({
      ...body,
      cc: cc.nullish(),
      sendEmail: z.boolean().nullish(),
      status: status.nullish(),
      assign: z.boolean().nullish(),
      ifLastMessageId: globalId("Message").nullish(),
    }),
  }),
  async run(write, { ticket: ref, input }) {
    const { viewer, now, tx } = write;
    const ticket = await getTicket(write, ref);
    requireReach(viewer, "ticket.reply", ticket);
    if (input.status) requireReach(viewer, "ticket.update", ticket);
    await requireLastMessage(write, ticket, input.ifLastMessageId);
    const contact = await tx.contact.findFirstOrThrow({ where: { id: ticket.contactId }, select: { email: true } });
    const takes = ticket.assigneeId === null && input.assign !== false;
    const message = await insertMessage(write, {
      ticketId: ticket.id,
      visibility: "PUBLIC",
      direction: "OUTBOUND",
      ...parseBody(input),
      to: contact.email ? [contact.email] : [],
      cc: input.cc ?? [],
      isMailed: input.sendEmail ?? true,
    });
    await updateTicket(write, ticket, {
      ...changeStatus(ticket, statusAfterReply(ticket, input.status), now),
      assigneeId: takes ? memberId(viewer) : ticket.assigneeId,
      lastActivityAt: now,
      waitingSince: null,
      firstRepliedAt: ticket.firstRepliedAt ?? now,
    });
    return { ids: { ticketId: ticket.id, messageId: message.id } };
  },
});

/** @throws CONFLICT with the newer messages, when the caller answers to an older state of the thread */
async function requireLastMessage(
  { tx, viewer }: Write,
  ticket: LockedTicket,
  lastMessageId: string | null | undefined,
): Promise<void> {
  if (!lastMessageId) return;
  const thread = { ticketId: ticket.id, visibility: "PUBLIC", deletedAt: null };
  const seen = await tx.message.findFirst({
    where: { AND: [visibleMessages(viewer), { ticketId: ticket.id, id: lastMessageId }] },
    select: { id: true, createdAt: true },
  });
  if (!seen) throw invalid(["input", "ifLastMessageId"], `Ticket ${ticket.code} has no such message.`, "NOT_FOUND");
  const newer = await tx.message.findMany({
    where: {
      AND: [
        thread,
        { OR: [{ createdAt: { gt: seen.createdAt } }, { createdAt: seen.createdAt, id: { gt: seen.id } }] },
      ],
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: 20,
    select: { id: true, createdAt: true, direction: true, bodyText: true },
  });
  if (newer.length === 0) return;
  throw new DomainError(
    "CONFLICT",
    `Ticket ${ticket.code} has ${newer.length === 1 ? "a newer message" : `${newer.length} newer messages`}; read ${newer.length === 1 ? "it" : "them"} before you reply.`,
    { details: { newerMessages: newer.map(({ id, ...message }) => ({ messageId: id, ...message })) } },
  );
}

export const ticketNoteAdd = operation({
  permission: "note.write",
  errors: ["NOT_FOUND"],
  input: z.object({ ticket: ticketRef, input: z.object(body) }),
  async run(write, { ticket: ref, input }) {
    const ticket = await getTicket(write, ref);
    requireReach(write.viewer, "note.write", ticket);
    // A note changes no column of the ticket: whoever can't see notes must not notice it.
    const message = await insertMessage(write, { ticketId: ticket.id, visibility: "INTERNAL", ...parseBody(input) });
    return { ids: { ticketId: ticket.id, messageId: message.id } };
  },
});

export const ticketAssign = operation({
  permission: "ticket.assign",
  errors: ["NOT_FOUND"],
  input: z.object({ ticket: ticketRef, input: z.object({ assignee: memberRef.nullable(), expectedVersion }) }),
  async run(write, { ticket: ref, input }) {
    const ticket = await getTicket(write, ref);
    requireReach(write.viewer, "ticket.assign", ticket);
    await requireVersion(write, `Ticket ${ticket.code}`, ticket, input.expectedVersion);
    const assignee = input.assignee && (await getAssignableMember(write, input.assignee));
    await updateTicket(write, ticket, { assigneeId: assignee?.id ?? null });
    return { ids: { ticketId: ticket.id } };
  },
});

export const ticketStatusSet = operation({
  permission: "ticket.update",
  errors: ["NOT_FOUND", "INVALID_STATUS_TRANSITION"],
  input: z.object({
    ticket: ticketRef,
    input: z.object({ status, pendingUntil: z.date().nullish(), expectedVersion }),
  }),
  async run(write, { ticket: ref, input }) {
    const ticket = await getTicket(write, ref);
    requireReach(write.viewer, "ticket.update", ticket);
    await requireVersion(write, `Ticket ${ticket.code}`, ticket, input.expectedVersion);
    if (input.pendingUntil) requirePendingUntil(input.status, input.pendingUntil, write.now);
    await updateTicket(write, ticket, changeStatus(ticket, input.status, write.now, input.pendingUntil));
    return { ids: { ticketId: ticket.id } };
  },
});

function requirePendingUntil(to: string, pendingUntil: Date, now: Date): void {
  const path = ["input", "pendingUntil"];
  if (to !== "PENDING") throw invalid(path, "pendingUntil goes with the status PENDING only.", "NOT_PENDING");
  if (pendingUntil <= now) throw invalid(path, "pendingUntil must be in the future.", "IN_THE_PAST");
}

export const ticketUpdate = operation({
  permission: "ticket.update",
  errors: ["NOT_FOUND", "ALREADY_EXISTS"],
  input: z.object({
    ticket: ticketRef,
    input: z.object({
      subject: subject.optional(),
      priority: priority.optional(),
      contact: contactRef.optional(),
      company: companyRef.nullish(),
      addLabels: labels.nullish(),
      removeLabels: labels.nullish(),
      externalId: externalId.nullish(),
      expectedVersion,
    }),
  }),
  async run(write, { ticket: ref, input }) {
    const ticket = await getTicket(write, ref);
    requireReach(write.viewer, "ticket.update", ticket);
    await requireVersion(write, `Ticket ${ticket.code}`, ticket, input.expectedVersion);
    const patch: TicketPatch = {};
    if (input.subject !== undefined) patch.subject = input.subject;
    if (input.priority !== undefined) patch.priority = priorityRank(input.priority);
    if (input.contact !== undefined) patch.contactId = (await getContact(write, input.contact)).id;
    if (input.company !== undefined)
      patch.companyId = input.company ? (await getCompany(write, input.company)).id : null;
    if (input.externalId !== undefined) patch.externalId = input.externalId;
    if (input.addLabels || input.removeLabels) {
      const removed = await getLabelIds(write, input.removeLabels ?? []);
      const added = await getLabelIds(write, input.addLabels ?? []);
      patch.labelIds = [...new Set([...ticket.labelIds.filter((id) => !removed.includes(id)), ...added])].toSorted();
      if (patch.labelIds.length > maxLabels)
        throw invalid(["input", "addLabels"], `A ticket can have ${maxLabels} labels.`, "TOO_MANY");
    }
    await updateTicket(write, ticket, patch);
    return { ids: { ticketId: ticket.id } };
  },
});

/** The ticket under its lock. @throws NOT_FOUND, also for what the viewer can't see */
async function getTicket(write: Write, ref: TicketRef): Promise<LockedTicket> {
  const ticket = await lockTicket(write, { AND: [visibleTickets(write.viewer), ticketWhere(ref)] });
  if (!ticket) throw notFound(describeRef("Ticket", ref));
  return ticket;
}

/** What the viewer may do with the ticket, from the same table as the operations' checks. */
export function ticketAbilities(viewer: Viewer, ticket: { assigneeId: string | null }) {
  return {
    reply: can(viewer, "ticket.reply", ticket),
    note: can(viewer, "note.write", ticket),
    update: can(viewer, "ticket.update", ticket),
    assign: can(viewer, "ticket.assign", ticket),
    delete: can(viewer, "ticket.delete", ticket),
    merge: can(viewer, "ticket.delete", ticket),
    logTime: can(viewer, "time.log", ticket),
  };
}
