import { z } from "zod";
import { operation } from "../access/operation.ts";
import { can, memberId, requirePermission, requireReach, type Viewer } from "../access/viewer.ts";
import { visibleContacts, visibleMessages, visibleTickets } from "../access/visibility.ts";
import { getCompany } from "../companies/company.steps.ts";
import { contactWhere } from "../contacts/contact.reference.ts";
import { findOrInsertContact } from "../contacts/contact.steps.ts";
import type { ContactModel as Contact } from "../db/index.ts";
import { requireVersion } from "../db/version.ts";
import type { Write } from "../db/write.ts";
import { DomainError, invalid, notFound } from "../errors.ts";
import { emailAddress, expectedVersion, externalId, line } from "../inputs/fields.ts";
import {
  companyRef,
  contactRef,
  describeRef,
  globalId,
  labelRef,
  memberRef,
  type TicketRef,
  ticketRef,
} from "../inputs/references.ts";
import { getLabelIds } from "../labels/label.steps.ts";
import { getAssignableMember } from "../members/member.steps.ts";
import { parseBody } from "../messages/message.body.ts";
import { insertMessage } from "../messages/message.steps.ts";
import { priorityRank, ticketPriorities } from "./ticket.priority.ts";
import { ticketWhere } from "./ticket.reference.ts";
import { changeStatus, statusAfterReply, ticketStatuses } from "./ticket.status.ts";
import { insertTicket, type LockedTicket, lockTicket, type TicketPatch, updateTicket } from "./ticket.steps.ts";

const subject = line(300);
const priority = z.enum(ticketPriorities);
const status = z.enum(ticketStatuses);
const body = { bodyText: z.string().nullish(), bodyHtml: z.string().nullish() };
const labels = z.array(labelRef).max(50, "must have at most 50 labels");
const maxLabels = 50;

const cc = z.array(emailAddress).max(20, "must have at most 20 addresses");

export const ticketCreate = operation({
  permission: "ticket.create",
  errors: ["NOT_FOUND", "ALREADY_EXISTS"],
  input: z.object({
    input: z.object({
      subject,
      contact: z.object({
        ...contactRef.shape,
        person: z.object({ name: line(200).nullish(), email: emailAddress }).optional(),
      }),
      description: z.string().nullish(),
      outbound: z.object({ ...body, cc: cc.nullish(), sendEmail: z.boolean().nullish() }).nullish(),
      priority: priority.nullish(),
      assignee: memberRef.nullish(),
      company: companyRef.nullish(),
      labels: labels.nullish(),
      externalId: externalId.nullish(),
    }),
  }),
  async run(write, { input }) {
    const { viewer, now } = write;
    if (input.description && input.outbound) {
      throw invalid(
        ["input", "outbound"],
        "Give either description (the customer's words) or outbound (yours), not both.",
        "EXACTLY_ONE",
      );
    }
    if (input.description != null && input.description.trim() === "")
      throw invalid(["input", "description"], "The description has nothing to read in it; leave it out.", "EMPTY");
    if (input.assignee) requirePermission(viewer, "ticket.assign");
    const { person, ...ref } = input.contact;
    const contact = person
      ? await findOrInsertContact(write, { name: person.name ?? null, email: person.email })
      : await getContact(write, ref);
    const company = input.company ? await getCompany(write, input.company) : null;
    const assignee = input.assignee ? await getAssignableMember(write, input.assignee) : null;
    // A new ticket is nobody's: giving it to somebody else needs a reach that goes there.
    if (assignee && assignee.id !== memberId(viewer))
      requireReach(viewer, "ticket.assign", { code: "to be opened", assigneeId: null });
    const labelIds = await getLabelIds(write, input.labels ?? []);
    if (input.outbound)
      requireReach(viewer, "ticket.reply", { code: "to be opened", assigneeId: assignee?.id ?? null });
    const companyId = company?.id ?? (await holdCompanyOf(write, contact));
    const ticket = await insertTicket(write, {
      prefix: await prefixFor(write, companyId),
      subject: input.subject,
      status: input.outbound ? "PENDING" : "OPEN",
      priority: priorityRank(input.priority ?? "NORMAL"),
      channel: viewer.actor.kind === "API_KEY" ? "API" : "MANUAL",
      assigneeId: assignee?.id ?? null,
      contactId: contact.id,
      companyId,
      externalId: input.externalId ?? null,
      waitingSince: input.description ? now : null,
      labelIds,
    });
    const messageId = await firstMessage(write, ticket, contact, input);
    return { ids: { ticketId: ticket.id, messageId } };
  },
});

async function firstMessage(
  write: Write,
  ticket: LockedTicket,
  contact: Contact,
  input: { description?: string | null | undefined; outbound?: OutboundInput | null | undefined },
): Promise<string | null> {
  const thread = { ticketId: ticket.id, visibility: "PUBLIC" as const };
  if (input.description) {
    const body = parseBody({ bodyText: input.description });
    const fromAddress = contact.email;
    return (
      await insertMessage(write, { ...thread, ...body, direction: "INBOUND", contactId: contact.id, fromAddress })
    ).id;
  }
  if (!input.outbound) return null;
  const { cc: copies, sendEmail, ...body } = input.outbound;
  const addresses = { to: contact.email ? [contact.email] : [], cc: copies ?? [], isMailed: sendEmail ?? true };
  return (await insertMessage(write, { ...thread, ...parseBody(body), direction: "OUTBOUND", ...addresses })).id;
}

interface OutboundInput {
  bodyText?: string | null | undefined;
  bodyHtml?: string | null | undefined;
  cc?: string[] | null | undefined;
  sendEmail?: boolean | null | undefined;
}

/** The contact's company, held until the commit: one that changes at the same time would miss this ticket. */
async function holdCompanyOf({ tx, viewer }: Write, contact: Contact): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ company_id: string | null }[]>`
    select company_id from contacts where organization_id = ${viewer.organizationId}::uuid and id = ${contact.id}::uuid for share`;
  return row?.company_id ?? null;
}

async function prefixFor({ tx, viewer }: Write, companyId: string | null): Promise<string> {
  const company = companyId
    ? await tx.company.findFirst({ where: { id: companyId }, select: { ticketPrefix: true } })
    : null;
  if (company?.ticketPrefix) return company.ticketPrefix;
  const organization = await tx.organization.findFirstOrThrow({
    where: { id: viewer.organizationId },
    select: { ticketPrefix: true },
  });
  return organization.ticketPrefix;
}

async function getContact({ tx, viewer }: Write, ref: z.output<typeof contactRef>): Promise<Contact> {
  const parsed = contactRef.safeParse(ref, { reportInput: false });
  if (!parsed.success && Object.values(ref).filter(Boolean).length !== 1) {
    throw invalid(["input", "contact"], "Give exactly one of id, email, externalId and person.", "EXACTLY_ONE");
  }
  const contact = await tx.contact.findFirst({ where: { AND: [visibleContacts(viewer), contactWhere(ref, viewer)] } });
  if (!contact) throw notFound(describeRef("Contact", ref));
  return contact;
}

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
