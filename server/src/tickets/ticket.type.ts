import { requireViewer } from "../access/viewer.ts";
import { visibleMessages } from "../access/visibility.ts";
import { listOf } from "../entities/lists.ts";
import { MessageVisibility } from "../messages/message.enums.ts";
import { MessageConnection } from "../messages/message.type.ts";
import { builder } from "../schema/builder.ts";
import { connectionType, orderInput, type PageArgs } from "../schema/connections.ts";
import { fieldsOf, objectOf } from "../schema/entity-types.ts";
import { findVisibleTicket } from "../schema/loaders.ts";
import { linkedRows, relatedList } from "../schema/related.ts";
import type { RowKey } from "../schema/rows.ts";
import { ticketAbilities } from "./ticket.abilities.ts";
import { ticketEntity } from "./ticket.entity.ts";
import { TicketStatus } from "./ticket.enums.ts";
import { allowedStatuses, type TicketStatus as Status } from "./ticket.status.ts";

export const TicketOrder = orderInput(listOf("Ticket"));

const TicketAbilities = builder.objectRef<ReturnType<typeof ticketAbilities>>("TicketAbilities").implement({
  description: "What the viewer can do with a ticket.",
  fields: (t) => ({
    reply: t.exposeBoolean("reply", { description: "Whether the viewer can write public replies." }),
    note: t.exposeBoolean("note", { description: "Whether the viewer can write notes." }),
    update: t.exposeBoolean("update", {
      description: "Whether the viewer can change subject, status, priority, contact, company and labels.",
    }),
    assign: t.exposeBoolean("assign", { description: "Whether the viewer can assign and unassign it." }),
    delete: t.exposeBoolean("delete", { description: "Whether the viewer can delete and restore it." }),
    merge: t.exposeBoolean("merge", { description: "Whether the viewer can merge it with another ticket." }),
    logTime: t.exposeBoolean("logTime", {
      description: "Whether the viewer can log their own time on it and start a timer.",
    }),
  }),
});

export const Ticket = builder.prismaObject("Ticket", {
  ...objectOf(ticketEntity),
  fields: (t) => ({
    ...fieldsOf(t, ticketEntity),
    assignee: t.relation("assignee", {
      nullable: true,
      description: "The member who works on it; null when it is unassigned.",
    }),
    contact: t.relation("contact", { description: "The customer." }),
    company: t.relation("company", { nullable: true, description: "The customer's company; null when there is none." }),
    labels: linkedRows(t, "Label", {
      relation: "labels",
      through: "label",
      existing: { label: { deletedAt: null } },
      description: "The labels, by name; at most 50.",
    }),
    participants: linkedRows(t, "Contact", {
      relation: "participants",
      through: "contact",
      description: "The contacts who get the replies in addition to the ticket's contact, by name; at most 50.",
    }),
    messages: relatedList<PageArgs & { visibility?: string | null }>(t, {
      connection: MessageConnection,
      of: "Message",
      relation: "messages",
      parent: "ticketId",
      description: "The messages of the thread, oldest first. Without `note.view`, notes are left out.",
      args: {
        visibility: t.arg({
          type: MessageVisibility,
          description: "The visibility to include: PUBLIC or INTERNAL. Default: both.",
        }),
      },
      where: (context, { visibility }) => ({
        AND: [visibleMessages(requireViewer(context)), visibility ? { visibility } : {}],
      }),
    }),
    lastMessage: t.field({
      type: "Message",
      nullable: true,
      description: "The last public message; null while there is none.",
      select: (_args, _context, nested) => ({
        messages: nested({
          where: { visibility: "PUBLIC", deletedAt: null },
          orderBy: [{ createdAt: "desc" }, { id: "desc" }],
          take: 1,
          select: { organizationId: true, id: true },
        }),
      }),
      resolve: (ticket) => (ticket as unknown as { messages: RowKey[] }).messages[0] ?? null,
    }),
    followUpOf: t.field({
      type: "Ticket",
      nullable: true,
      select: { followUpOfId: true },
      description: "The closed ticket that this one follows up; null when there is none or the viewer can't see it.",
      resolve: ({ followUpOfId }, _args, context) => findVisibleTicket(context, followUpOfId),
    }),
    mergedInto: t.field({
      type: "Ticket",
      nullable: true,
      select: { mergedIntoId: true },
      description: "The ticket that this one was merged into; null when there is none or the viewer can't see it.",
      resolve: ({ mergedIntoId }, _args, context) => findVisibleTicket(context, mergedIntoId),
    }),
    viewerCan: t.field({
      type: TicketAbilities,
      select: { assigneeId: true, deletedAt: true, mergedIntoId: true },
      description: "What the viewer can do with it, by the same rules that the mutations enforce.",
      resolve: (ticket, _args, context) => ticketAbilities(requireViewer(context), ticket),
    }),
    allowedStatuses: t.field({
      type: [TicketStatus],
      select: { status: true, assigneeId: true, deletedAt: true, mergedIntoId: true },
      description:
        "The statuses that the viewer can set now; empty without the permission, in the trash and after a merge.",
      resolve: ({ status, ...ticket }, _args, context) =>
        ticketAbilities(requireViewer(context), ticket).update ? [...allowedStatuses(status as Status)] : [],
    }),
  }),
});

/** Tickets nested in another type: a contact's or a company's. */
export const NestedTicketConnection = connectionType("Ticket", Ticket, false, "NestedTicketConnection");
export const TicketConnection = connectionType("Ticket", Ticket, true);
