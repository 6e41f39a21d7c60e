import { entity } from "../entities/entity.ts";
import { filterOf } from "../entities/filters.ts";
import { enumeration, externalId, instant, integer, line, reference, textBy } from "../entities/kinds.ts";
import { trashDays } from "../lib/retention.ts";
import { toTicketCode } from "./ticket.code.ts";
import { priorityOfRank, priorityRank, ticketPriorities } from "./ticket.priority.ts";
import { ticketStatuses } from "./ticket.status.ts";

export const ticketChannels = ["EMAIL", "API", "MANUAL"] as const;

export const ticketEntity = entity("Ticket", {
  description: "A customer's request, from the first message until it is closed.",
  fields: {
    code: textBy(
      { toKey: toTicketCode },
      {
        description: "The code: prefix and number, such as `ACME-42`. It never changes and is never reused.",
        filter: "By code, ignoring case.",
        isLive: true,
        order: ["CODE", "The code; ACME-9 comes before ACME-10.", "codeOrder"],
      },
    ),
    subject: line(300, {
      description: "The subject, at most 300 characters.",
      inputs: {
        create: "The subject, at most 300 characters.",
        update: "The subject, at most 300 characters; can't be cleared.",
      },
    }),
    status: enumeration("TicketStatus", ticketStatuses, {
      description: "The status.",
      filter: "By status.",
      isLive: true,
      order: ["STATUS", "The status, from OPEN to CLOSED.", "statusRank"],
    }),
    priority: enumeration(
      "TicketPriority",
      ticketPriorities,
      {
        description: "The priority.",
        inputs: {
          create: { description: "The priority.", takesNull: true, defaultValue: "NORMAL" },
          update: "The priority; can't be cleared.",
          bulk: { description: "The priority to set.", access: { permission: "ticket.update" } },
        },
        filter: "By priority.",
        isLive: true,
        order: ["PRIORITY", "The priority, from LOW to URGENT."],
      },
      { to: priorityRank, from: priorityOfRank },
    ),
    channel: enumeration("TicketChannel", ticketChannels, {
      description: "The channel that it came in through.",
      filter: "By channel.",
      isLive: true,
    }),
    externalId: externalId({
      isNullable: true,
      description: "The id in another system, unique in the organization; null when there is none.",
      inputs: {
        create: "The id in another system, unique in the organization.",
        update: "The id in another system; null clears it.",
      },
      filter: "By the id in another system, matched exactly.",
      isLive: true,
    }),
    assignee: reference("Member", {
      isNullable: true,
      filter: "By assignee; `isNull: true` finds unassigned tickets.",
      isLive: true,
    }),
    contact: reference("Contact", { filter: "By contact.", isLive: true }),
    company: reference("Company", { isNullable: true, filter: "By company.", isLive: true }),
    followUpOf: reference("Ticket", { isNullable: true }),
    mergedInto: reference("Ticket", { isNullable: true }),
    createdAt: instant({
      description: "When it was opened.",
      filter: "By the opening time.",
      isLive: true,
      order: ["CREATED_AT", "When it was opened."],
    }),
    updatedAt: instant({
      description: "When its own fields last changed.",
      filter: "By the last change of the ticket's own fields.",
      isLive: true,
      order: ["UPDATED_AT", "When its own fields last changed."],
    }),
    lastActivityAt: instant({
      description: "When its last public message was written.",
      filter: "By the time of the last public message.",
      isLive: true,
      order: ["LAST_ACTIVITY_AT", "When its last public message was written."],
    }),
    waitingSince: instant({
      isNullable: true,
      description: "When the oldest unanswered customer message was written; null when no customer is waiting.",
      filter: "By the time of the oldest unanswered customer message.",
      isLive: true,
      order: ["WAITING_SINCE", "When the oldest unanswered customer message was written."],
    }),
    firstRepliedAt: instant({
      isNullable: true,
      description:
        "When the first reply to the customer was written; null before. A first message given as `outbound` doesn't count, because it answers nothing.",
      filter: "By the time of the first reply to the customer.",
      isLive: true,
    }),
    resolvedAt: instant({
      isNullable: true,
      description: "When it was resolved; null while it isn't.",
      filter: "By the time of resolution.",
      isLive: true,
    }),
    closedAt: instant({
      isNullable: true,
      description: "When it was closed; null while it isn't.",
      filter: "By the closing time.",
      isLive: true,
    }),
    pendingUntil: instant({
      isNullable: true,
      description: "When a PENDING ticket becomes OPEN again automatically; null when it doesn't.",
    }),
    deletedAt: instant({
      isNullable: true,
      description: `When it was moved to the trash; null when it isn't there. It is purged ${trashDays} days later.`,
    }),
    version: integer({
      description: "The version, which counts the changes to the ticket's own fields; send it as `expectedVersion`.",
    }),
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
      description: "By whether time was logged on it, including a running timer.",
    },
    isDeleted: {
      kind: "boolean",
      column: "deletedAt",
      widens: true,
      toCondition: (value) => ({ deletedAt: value ? { not: null } : null }),
      description:
        "By whether it is in the trash. Without this filter, only tickets outside the trash are listed. With it, the tickets in the trash that the viewer can restore (`ticket.delete`) are listed too.",
    },
  },
  defaultOrder: ["LAST_ACTIVITY_AT", "DESC"],
});
