import { z } from "zod";
import { memberId, requirePermission, requireReach } from "../access/viewer.ts";
import { visibleMessages } from "../access/visibility.ts";
import { getCompany } from "../customers/company.steps.ts";
import { getNamedContact, keepTyped, type NamedContact } from "../customers/contact.named.steps.ts";
import { getContact } from "../customers/contact.steps.ts";
import { Prisma } from "../db/index.ts";
import { columnsOf } from "../entities/inputs.ts";
import { ticketRef } from "../inputs/references.ts";
import { getLabelIds } from "../labels/label.steps.ts";
import { getAssignableMember } from "../members/member.tickets.steps.ts";
import { parseBody, previewOf } from "../messages/message.body.ts";
import { insertMessage } from "../messages/message.steps.ts";
import { operation } from "../operations/operation.ts";
import { refuseTakenTicket } from "../tickets/ticket.clash.steps.ts";
import { ticketEntity } from "../tickets/ticket.entity.ts";
import { getTicket, requireTicketReach } from "../tickets/ticket.find.steps.ts";
import { changeStatus, statusAfterReply } from "../tickets/ticket.status.ts";
import { type LockedTicket, type TicketPatch, updateTicket } from "../tickets/ticket.steps.ts";
import { insertTimeEntry, requireSelf } from "../time-entries/time-entry.steps.ts";
import { moveToCompany } from "../time-entries/time-entry-move.steps.ts";
import { DomainError, invalid } from "../wire/errors.ts";
import { requireVersion } from "../writes/version.ts";
import type { Write } from "../writes/write.ts";
import {
  maxParticipants,
  ticketAssignInput,
  ticketLabelsUpdateInput,
  ticketNoteAddInput,
  ticketParticipantsUpdateInput,
  ticketReplyInput,
  ticketStatusSetInput,
  ticketUpdateInput,
} from "./ticket.input.ts";
import { changedLabels } from "./ticket.labels.ts";

export const ticketReply = operation({
  permission: "ticket.reply",
  errors: ["NOT_FOUND", "INVALID_STATUS_TRANSITION", "ALREADY_EXISTS"],
  input: z.object({
    ticket: ticketRef.describe("The ticket."),
    input: ticketReplyInput.describe("The reply."),
  }),
  async run(write, { ticket: ref, input }) {
    const { viewer, now } = write;
    const ticket = await getTicket(write, ref);
    await requireTicketReach(write, "ticket.reply", ticket);
    if (input.status) await requireTicketReach(write, "ticket.update", ticket);
    if (input.timeEntry) requireReach(viewer, "time.log", ticket);
    await requireLastMessage(write, ticket, input.ifLastMessageId);
    const recipients = await holdRecipients(write, [ticket.contactId, ...ticket.participantIds]);
    // The contact first, then the participants.
    const to = recipients.toSorted((a, b) => Number(b.id === ticket.contactId) - Number(a.id === ticket.contactId));
    const takes = ticket.assigneeId === null && input.assign !== false;
    const message = await insertMessage(write, {
      ticketId: ticket.id,
      visibility: "PUBLIC",
      direction: "OUTBOUND",
      ...parseBody(input),
      externalId: input.externalId,
      to: to.map(({ email }) => email),
      cc: input.cc ?? [],
      isMailed: input.sendEmail ?? true,
    });
    const entry = input.timeEntry && (await logTime(write, ticket, message.id, input.timeEntry));
    await updateTicket(write, ticket, {
      ...changeStatus(ticket, statusAfterReply(ticket, input.status), now),
      assigneeId: takes ? memberId(viewer) : ticket.assigneeId,
      lastActivityAt: now,
      waitingSince: null,
      firstRepliedAt: ticket.firstRepliedAt ?? now,
    });
    return { ids: { ticketId: ticket.id, messageId: message.id, timeEntryId: entry?.id ?? null } };
  },
});

async function logTime(
  write: Write,
  ticket: LockedTicket,
  messageId: string,
  { duration: durationMinutes, ...fields }: { duration: number; description?: string | null | undefined },
): Promise<{ id: string }> {
  const self = requireSelf(write.viewer, ["input", "timeEntry"], "log it with timeEntryCreate, which takes a member");
  return insertTimeEntry(write, { ticket, memberId: self, messageId, durationMinutes, ...fields });
}

/** Locked until the commit, so that an erased address never gets into a message afterwards. */
function holdRecipients({ tx, viewer }: Write, contactIds: string[]): Promise<{ id: string; email: string }[]> {
  return tx.$queryRaw(Prisma.sql`
    select id, email from contacts where organization_id = ${viewer.organizationId}::uuid
      and id = any(${contactIds}::uuid[]) and email is not null order by id for share`);
}

/** @throws CONFLICT with the newer messages, when the caller replies to an older state of the thread */
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
  if (!seen)
    throw invalid(
      ["input", "ifLastMessageId"],
      `Ticket ${ticket.code} has no message with this id; give the id of a message of this ticket.`,
      "NOT_FOUND",
    );
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
    {
      details: {
        newerMessages: newer.map(({ id, bodyText, ...message }) => ({
          messageId: id,
          ...message,
          bodyText: previewOf(bodyText),
        })),
      },
    },
  );
}

export const ticketNoteAdd = operation({
  permission: "note.write",
  errors: ["NOT_FOUND", "ALREADY_EXISTS"],
  input: z.object({
    ticket: ticketRef.describe("The ticket."),
    input: ticketNoteAddInput.describe("The note."),
  }),
  async run(write, { ticket: ref, input }) {
    const ticket = await getTicket(write, ref);
    requireReach(write.viewer, "note.write", ticket);
    // A note changes no column of the ticket: viewers who can't see notes must not notice it.
    const { externalId } = input;
    const note = { ticketId: ticket.id, visibility: "INTERNAL" as const, ...parseBody(input), externalId };
    const message = await insertMessage(write, note);
    return { ids: { ticketId: ticket.id, messageId: message.id } };
  },
});

export const ticketAssign = operation({
  permission: "ticket.assign",
  errors: ["NOT_FOUND"],
  input: z.object({
    ticket: ticketRef.describe("The ticket."),
    input: ticketAssignInput.describe("The new assignee."),
  }),
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
    ticket: ticketRef.describe("The ticket."),
    input: ticketStatusSetInput.describe("The new status."),
  }),
  async run(write, { ticket: ref, input }) {
    const ticket = await getTicket(write, ref);
    await requireTicketReach(write, "ticket.update", ticket);
    await requireVersion(write, `Ticket ${ticket.code}`, ticket, input.expectedVersion);
    if (input.pendingUntil) requirePendingUntil(input.status, input.pendingUntil, write.now);
    await updateTicket(write, ticket, changeStatus(ticket, input.status, write.now, input.pendingUntil));
    return { ids: { ticketId: ticket.id } };
  },
});

function requirePendingUntil(to: string, pendingUntil: Date, now: Date): void {
  const path = ["input", "pendingUntil"];
  if (to !== "PENDING")
    throw invalid(
      path,
      "pendingUntil is allowed with the status PENDING only; leave it out, or set PENDING.",
      "NOT_PENDING",
    );
  if (pendingUntil <= now) throw invalid(path, "pendingUntil must be in the future; give a later time.", "IN_THE_PAST");
}

export const ticketUpdate = operation({
  permission: "ticket.update",
  errors: ["NOT_FOUND", "ALREADY_EXISTS"],
  input: z.object({
    ticket: ticketRef.describe("The ticket."),
    input: ticketUpdateInput.describe("The changes."),
  }),
  async run(write, { ticket: ref, input }) {
    if (input.moveTimeEntries) requirePermission(write.viewer, "time.manage");
    const ticket = await getTicket(write, ref);
    await requireTicketReach(write, "ticket.update", ticket);
    await requireVersion(write, `Ticket ${ticket.code}`, ticket, input.expectedVersion);
    const patch: TicketPatch = columnsOf(ticketEntity, input);
    if (input.contact !== undefined) {
      const { id } = await getContact(write, input.contact);
      Object.assign(patch, { contactId: id, participantIds: ticket.participantIds.filter((other) => other !== id) });
    }
    if (input.company !== undefined)
      patch.companyId = input.company ? (await getCompany(write, input.company)).id : null;
    await refuseTakenTicket(write, input.externalId, ticket.id);
    if (input.addLabels || input.removeLabels) {
      const removed = await getLabelIds(write, input.removeLabels ?? []);
      const added = await getLabelIds(write, input.addLabels ?? []);
      patch.labelIds = changedLabels(ticket, added, removed);
    }
    await updateTicket(write, ticket, patch);
    const companyId = patch.companyId === undefined ? ticket.companyId : patch.companyId;
    const time = input.moveTimeEntries ? await moveToCompany(write, ticket, companyId) : null;
    return { ids: { ticketId: ticket.id, time: time && JSON.stringify(time) } };
  },
});

export const ticketLabelsUpdate = operation({
  permission: "ticket.update",
  errors: ["NOT_FOUND"],
  input: z.object({
    ticket: ticketRef.describe("The ticket."),
    input: ticketLabelsUpdateInput.describe("The labels to add and remove."),
  }),
  async run(write, { ticket: ref, input }) {
    const ticket = await getTicket(write, ref);
    await requireTicketReach(write, "ticket.update", ticket);
    const removed = await getLabelIds(write, input.removeLabels ?? []);
    const added = await getLabelIds(write, input.addLabels ?? []);
    await updateTicket(write, ticket, { labelIds: changedLabels(ticket, added, removed) });
    return { ids: { ticketId: ticket.id } };
  },
});

export const ticketParticipantsUpdate = operation({
  permission: "ticket.update",
  errors: ["NOT_FOUND"],
  input: z.object({
    ticket: ticketRef.describe("The ticket."),
    input: ticketParticipantsUpdateInput.describe("The participants to add and remove."),
  }),
  async run(write, { ticket: ref, input }) {
    const ticket = await getTicket(write, ref);
    await requireTicketReach(write, "ticket.update", ticket);
    const ids = new Set(ticket.participantIds);
    for (const contact of input.removeParticipants ?? []) ids.delete((await getContact(write, contact)).id);
    const added: NamedContact[] = [];
    for (const participant of input.addParticipants ?? []) {
      const named = await getNamedContact(write, participant);
      // What was typed now doesn't become the name of somebody who is on the ticket already.
      if (ids.has(named.contact.id) || named.contact.id === ticket.contactId) continue;
      added.push(named);
      ids.add(named.contact.id);
    }
    // The contact gets every reply anyway.
    ids.delete(ticket.contactId);
    if (ids.size > maxParticipants)
      throw invalid(
        ["input", "addParticipants"],
        `A ticket can have at most ${maxParticipants} participants; remove some first.`,
        "TOO_MANY",
      );
    await updateTicket(write, ticket, { participantIds: [...ids].toSorted() });
    await keepTyped(write, ticket.id, added);
    return { ids: { ticketId: ticket.id } };
  },
});
