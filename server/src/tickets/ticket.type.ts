import { visibleMessages } from "../access/visibility.ts";
import { requireViewer } from "../context.ts";
import { trashDays } from "../lib/retention.ts";
import { MessageConnection, messageList } from "../messages/message.type.ts";
import { builder } from "../schema/builder.ts";
import { connectionType, type ListSpec, orderInput, type PageArgs, readPage } from "../schema/connections.ts";
import { MessageVisibility, TicketChannel, TicketPriority, TicketStatus } from "../schema/enums.ts";
import { toGlobalId } from "../schema/ids.ts";
import { Node } from "../schema/interfaces.ts";
import { countFor, findVisibleTicket } from "../schema/loaders.ts";
import { pageArgs, relatedPage } from "../schema/related.ts";
import { priorityOfRank } from "./ticket.priority.ts";
import { ticketAbilities } from "./ticket.service.ts";
import { allowedStatuses, type TicketStatus as Status } from "./ticket.status.ts";

export const ticketList: ListSpec = {
  name: "Ticket",
  orders: {
    CREATED_AT: { column: "createdAt", kind: "instant", description: "When it was opened." },
    UPDATED_AT: { column: "updatedAt", kind: "instant", description: "When its own fields changed last." },
    LAST_ACTIVITY_AT: { column: "lastActivityAt", kind: "instant", description: "Its last public message." },
    WAITING_SINCE: {
      column: "waitingSince",
      kind: "instant",
      isNullable: true,
      description: "Its oldest customer message without an answer.",
    },
    PRIORITY: { column: "priority", kind: "number", description: "LOW to URGENT." },
    STATUS: { column: "statusRank", kind: "number", description: "OPEN to CLOSED." },
    CODE: { column: "codeOrder", kind: "text", description: "Its code; ACME-9 comes before ACME-10." },
  },
  defaultOrder: { field: "LAST_ACTIVITY_AT", direction: "DESC" },
};

export const TicketOrder = orderInput(ticketList);

const TicketAbilities = builder.objectRef<ReturnType<typeof ticketAbilities>>("TicketAbilities").implement({
  description: "What the viewer may do with a ticket.",
  fields: (t) => ({
    reply: t.exposeBoolean("reply", { description: "Write public replies." }),
    note: t.exposeBoolean("note", { description: "Write notes." }),
    update: t.exposeBoolean("update", {
      description: "Change subject, status, priority, contact, company and labels.",
    }),
    assign: t.exposeBoolean("assign", { description: "Assign it to a member or to nobody." }),
    delete: t.exposeBoolean("delete", { description: "Delete and restore it." }),
    merge: t.exposeBoolean("merge", { description: "Merge it with another." }),
    logTime: t.exposeBoolean("logTime", { description: "Log one's own time on it and start a timer." }),
  }),
});

export const Ticket = builder.prismaObject("Ticket", {
  description: "A customer's matter, from the first message to its end.",
  interfaces: [Node] as never,
  select: { organizationId: true, id: true },
  findUnique: ({ organizationId, id }) => ({ organizationId_id: { organizationId, id } }),
  fields: (t) => ({
    id: t.id({ description: "The global id.", resolve: ({ id }) => toGlobalId("Ticket", id) }),
    code: t.exposeString("code", {
      description: "Prefix and number, such as `ACME-42`; never changes and is never used again.",
    }),
    subject: t.exposeString("subject", { description: "What it is about, at most 300 characters." }),
    status: t.field({
      type: TicketStatus,
      select: { status: true },
      description: "Where it stands.",
      resolve: ({ status }) => status as Status,
    }),
    priority: t.field({
      type: TicketPriority,
      select: { priority: true },
      description: "How urgent it is.",
      resolve: ({ priority }) => priorityOfRank(priority),
    }),
    channel: t.field({
      type: TicketChannel,
      select: { channel: true },
      description: "How it came in.",
      resolve: ({ channel }) => channel as never,
    }),
    externalId: t.exposeString("externalId", {
      nullable: true,
      description: "Its id in another system, unique in the organization; null without one.",
    }),
    assignee: t.relation("assignee", { nullable: true, description: "The member who works on it; null: nobody." }),
    contact: t.relation("contact", { description: "The customer." }),
    company: t.relation("company", { nullable: true, description: "The customer's company; null without one." }),
    labels: t.field({
      type: ["Label" as never],
      description: "Its labels, by name; at most 50.",
      select: (_args, _context, nested) => ({
        labels: {
          where: { label: { deletedAt: null } },
          select: { label: nested({ select: { organizationId: true, id: true, nameKey: true } } as never) as never },
        },
      }),
      resolve: ({ labels }) =>
        (labels as unknown as { label: { nameKey: string } }[])
          .map(({ label }) => label)
          .sort((a, b) => (a.nameKey < b.nameKey ? -1 : 1)) as never,
    }),
    participants: t.field({
      type: ["Contact" as never],
      description: "Contacts who get its replies too, by name; at most 50.",
      select: (_args, _context, nested) => ({
        participants: {
          select: { contact: nested({ select: { organizationId: true, id: true, nameKey: true } } as never) as never },
        },
      }),
      resolve: ({ participants }) =>
        (participants as unknown as { contact: { nameKey: string } }[])
          .map(({ contact }) => contact)
          .sort((a, b) => (a.nameKey < b.nameKey ? -1 : 1)) as never,
    }),
    messages: t.field({
      type: MessageConnection,
      description: "Its thread, oldest first. Without note.view notes don't exist.",
      args: {
        ...pageArgs(t),
        visibility: t.arg({ type: MessageVisibility, description: "Only replies, or only notes. Default: both." }),
      },
      select: (args, context, nested) =>
        relatedPage(context, messageList, args as PageArgs, "messages", "Message", nested as never, {
          AND: [visibleMessages(requireViewer(context)), args.visibility ? { visibility: args.visibility } : {}],
        }) as never,
      resolve: (ticket, args, context) => {
        const where = {
          AND: [visibleMessages(requireViewer(context)), args.visibility ? { visibility: args.visibility } : {}],
        };
        return readPage(context, messageList, args as PageArgs).connect(
          (ticket as unknown as { messages: { id: string }[] }).messages,
          () =>
            countFor(context, `Ticket.messages ${args.visibility ?? ""}`, ticket.id, async (ids) => {
              const groups = await context.db.message.groupBy({
                by: ["ticketId"],
                where: { AND: [where, { ticketId: { in: ids } }] },
                _count: { id: true },
              });
              return groups.map((group) => ({ parentId: group.ticketId, count: group._count.id }));
            }),
        ) as never;
      },
    }),
    lastMessage: t.field({
      type: "Message" as never,
      nullable: true,
      description: "Its last public message; null while there is none.",
      select: (_args, _context, nested) => ({
        messages: nested({
          where: { visibility: "PUBLIC", deletedAt: null },
          orderBy: [{ createdAt: "desc" }, { id: "desc" }],
          take: 1,
          select: { organizationId: true, id: true },
        } as never) as never,
      }),
      resolve: (ticket) => ((ticket as unknown as { messages: unknown[] }).messages[0] ?? null) as never,
    }),
    followUpOf: t.field({
      type: "Ticket" as never,
      nullable: true,
      select: { followUpOfId: true },
      description: "The closed ticket that this one follows up; null when there is none or the viewer can't see it.",
      resolve: ({ followUpOfId }, _args, context) => findVisibleTicket(context, followUpOfId) as never,
    }),
    mergedInto: t.field({
      type: "Ticket" as never,
      nullable: true,
      select: { mergedIntoId: true },
      description: "The ticket that took over this one's messages; null when there is none or the viewer can't see it.",
      resolve: ({ mergedIntoId }, _args, context) => findVisibleTicket(context, mergedIntoId) as never,
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was opened." }),
    updatedAt: t.expose("updatedAt", { type: "DateTime", description: "When its own fields changed last." }),
    lastActivityAt: t.expose("lastActivityAt", {
      type: "DateTime",
      description: "When its last public message was written.",
    }),
    waitingSince: t.expose("waitingSince", {
      type: "DateTime",
      nullable: true,
      description: "The oldest customer message without an answer; null when nobody waits.",
    }),
    firstRepliedAt: t.expose("firstRepliedAt", {
      type: "DateTime",
      nullable: true,
      description:
        "The first reply to the customer; null before, also after an opening by `outbound`, which answers nothing.",
    }),
    resolvedAt: t.expose("resolvedAt", {
      type: "DateTime",
      nullable: true,
      description: "When it was resolved; null while it isn't.",
    }),
    closedAt: t.expose("closedAt", {
      type: "DateTime",
      nullable: true,
      description: "When it was closed; null while it isn't.",
    }),
    pendingUntil: t.expose("pendingUntil", {
      type: "DateTime",
      nullable: true,
      description: "When a PENDING ticket comes back by itself; null: it doesn't.",
    }),
    deletedAt: t.expose("deletedAt", {
      type: "DateTime",
      nullable: true,
      description: `When it was moved to the trash; null: it wasn't. ${trashDays} days later it is purged.`,
    }),
    version: t.exposeInt("version", { description: "Counts the changes of its own fields; for `expectedVersion`." }),
    viewerCan: t.field({
      type: TicketAbilities,
      select: { assigneeId: true, deletedAt: true, mergedIntoId: true },
      description: "What the viewer may do with it, by the same rules that the mutations ask.",
      resolve: (ticket, _args, context) => ticketAbilities(requireViewer(context), ticket),
    }),
    allowedStatuses: t.field({
      type: [TicketStatus],
      select: { status: true, assigneeId: true, deletedAt: true, mergedIntoId: true },
      description: "What the viewer may set its status to now; empty without the right, in the trash and once merged.",
      resolve: ({ status, ...ticket }, _args, context) =>
        ticketAbilities(requireViewer(context), ticket).update ? [...allowedStatuses(status as Status)] : [],
    }),
  }),
});

/** Tickets below another type: a contact's or a company's. */
export const NestedTicketConnection = connectionType("Ticket", Ticket, false, "NestedTicketConnection");
export const TicketConnection = connectionType("Ticket", Ticket, true);
