import { entity } from "../entities/entity.ts";
import { filterOf } from "../entities/filters.ts";
import { enumeration, externalId, instant, integer, line, reference, textBy } from "../entities/kinds.ts";
import { trashDays } from "../lib/retention.ts";
import { toTicketCode } from "./ticket.code.ts";
import { priorityOfRank, priorityRank, ticketPriorities } from "./ticket.priority.ts";
import { ticketStatuses } from "./ticket.status.ts";

export const ticketChannels = ["EMAIL", "API", "MANUAL"] as const;

export const ticketEntity = entity("Ticket", {
  description: "A customer's matter, from the first message to its end.",
  fields: {
    code: textBy(
      { toKey: toTicketCode },
      {
        description: "Prefix and number, such as `ACME-42`; never changes and is never used again.",
        filter: "By code, without case.",
        isLive: true,
        order: ["CODE", "Its code; ACME-9 comes before ACME-10.", "codeOrder"],
      },
    ),
    subject: line(300, {
      description: "What it is about, at most 300 characters.",
      inputs: { create: "What it is about, at most 300 characters.", update: "The subject; can't be cleared." },
    }),
    status: enumeration("TicketStatus", ticketStatuses, {
      description: "Where it stands.",
      filter: "By status.",
      isLive: true,
      order: ["STATUS", "OPEN to CLOSED.", "statusRank"],
    }),
    priority: enumeration(
      "TicketPriority",
      ticketPriorities,
      {
        description: "How urgent it is.",
        inputs: {
          create: { description: "How urgent it is.", takesNull: true, defaultValue: "NORMAL" },
          update: "How urgent it is; can't be cleared.",
          bulk: { description: "How urgent they are.", access: { permission: "ticket.update" } },
        },
        filter: "By priority.",
        isLive: true,
        order: ["PRIORITY", "LOW to URGENT."],
      },
      { to: priorityRank, from: priorityOfRank },
    ),
    channel: enumeration("TicketChannel", ticketChannels, {
      description: "How it came in.",
      filter: "By how it came in.",
      isLive: true,
    }),
    externalId: externalId({
      isNullable: true,
      description: "Its id in another system, unique in the organization; null without one.",
      inputs: {
        create: "Its id in another system, unique in the organization.",
        update: "Its id in another system.",
      },
      filter: "By its id in another system, exactly.",
      isLive: true,
    }),
    assignee: reference("Member", {
      isNullable: true,
      filter: "By assignee; isNull: true is unassigned.",
      isLive: true,
    }),
    contact: reference("Contact", { filter: "By contact.", isLive: true }),
    company: reference("Company", { isNullable: true, filter: "By company.", isLive: true }),
    followUpOf: reference("Ticket", { isNullable: true }),
    mergedInto: reference("Ticket", { isNullable: true }),
    createdAt: instant({
      description: "When it was opened.",
      filter: "By when it was opened.",
      isLive: true,
      order: ["CREATED_AT", "When it was opened."],
    }),
    updatedAt: instant({
      description: "When its own fields changed last.",
      filter: "By when its own fields changed last.",
      isLive: true,
      order: ["UPDATED_AT", "When its own fields changed last."],
    }),
    lastActivityAt: instant({
      description: "When its last public message was written.",
      filter: "By its last public message.",
      isLive: true,
      order: ["LAST_ACTIVITY_AT", "Its last public message."],
    }),
    waitingSince: instant({
      isNullable: true,
      description: "The oldest customer message without an answer; null when nobody waits.",
      filter: "By the oldest customer message without an answer.",
      isLive: true,
      order: ["WAITING_SINCE", "Its oldest customer message without an answer."],
    }),
    firstRepliedAt: instant({
      isNullable: true,
      description:
        "The first reply to the customer; null before, also after an opening by `outbound`, which answers nothing.",
      filter: "By the first reply to the customer.",
      isLive: true,
    }),
    resolvedAt: instant({
      isNullable: true,
      description: "When it was resolved; null while it isn't.",
      filter: "By when it was resolved.",
      isLive: true,
    }),
    closedAt: instant({
      isNullable: true,
      description: "When it was closed; null while it isn't.",
      filter: "By when it was closed.",
      isLive: true,
    }),
    pendingUntil: instant({
      isNullable: true,
      description: "When a PENDING ticket comes back by itself; null: it doesn't.",
    }),
    deletedAt: instant({
      isNullable: true,
      description: `When it was moved to the trash; null: it wasn't. ${trashDays} days later it is purged.`,
    }),
    version: integer({ description: "Counts the changes of its own fields; for `expectedVersion`." }),
  },
  inner: {
    prefix: "The first part of the code.",
    number: "The second part of the code.",
    codeOrder: "Generated, to order codes by number.",
    statusRank: "Generated, to order by status.",
  },
  extras: {
    labelIds: {
      field: "labels",
      type: "Label",
      filter: {
        kind: "many",
        relation: "labels",
        through: "label",
        existing: { deletedAt: null },
        filter: () => filterOf("Label"),
        description: "By labels.",
      },
      isLive: true,
    },
    participantIds: { field: "participants", type: "Contact" },
    mergedTicketId: { field: "mergedTicket", type: "Ticket" },
  },
  filters: {
    hasTime: {
      kind: "boolean",
      column: "id",
      toCondition: (value) => ({ timeEntries: value ? { some: {} } : { none: {} } }),
      description: "By whether time was logged on it, a running timer included.",
    },
    isDeleted: {
      kind: "boolean",
      column: "deletedAt",
      widens: true,
      toCondition: (value) => ({ deletedAt: value ? { not: null } : null }),
      description:
        "By whether it is in the trash. Without this filter only tickets outside of it are listed; with it, also those in the trash that the viewer may restore (ticket.delete).",
    },
  },
  defaultOrder: ["LAST_ACTIVITY_AT", "DESC"],
});
