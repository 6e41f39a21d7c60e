import { companyFilter } from "../companies/company.filter.ts";
import { contactFilter } from "../contacts/contact.filter.ts";
import { asIs, type FilterSpec } from "../filters/filter.ts";
import { toExternalId } from "../inputs/fields.ts";
import { labelFilter } from "../labels/label.filter.ts";
import { memberFilter } from "../members/member.filter.ts";
import { toTicketCode } from "./ticket.code.ts";
import { priorityRank, type TicketPriority } from "./ticket.priority.ts";

export const ticketFilter: FilterSpec = {
  name: "TicketFilter",
  description: "Which tickets: all given conditions hold together.",
  fields: {
    id: { kind: "id", type: "Ticket", column: "id", description: "By id." },
    code: { kind: "text", column: "code", toKey: toTicketCode, description: "By code, without case." },
    status: { kind: "enum", column: "status", name: "TicketStatus", toColumn: asIs, description: "By status." },
    priority: {
      kind: "enum",
      column: "priority",
      name: "TicketPriority",
      toColumn: (value) => priorityRank(value as TicketPriority),
      description: "By priority.",
    },
    channel: {
      kind: "enum",
      column: "channel",
      name: "TicketChannel",
      toColumn: asIs,
      description: "By how it came in.",
    },
    assignee: {
      kind: "one",
      relation: "assignee",
      column: "assigneeId",
      isNullable: true,
      filter: () => memberFilter,
      description: "By assignee; isNull: true is unassigned.",
    },
    contact: {
      kind: "one",
      relation: "contact",
      column: "contactId",
      isNullable: false,
      filter: () => contactFilter,
      description: "By contact.",
    },
    company: {
      kind: "one",
      relation: "company",
      column: "companyId",
      isNullable: true,
      filter: () => companyFilter,
      description: "By company.",
    },
    labels: {
      kind: "many",
      relation: "labels",
      through: "label",
      existing: { deletedAt: null },
      filter: () => labelFilter,
      description: "By labels.",
    },
    createdAt: { kind: "instant", column: "createdAt", description: "By when it was opened." },
    updatedAt: { kind: "instant", column: "updatedAt", description: "By when its own fields changed last." },
    lastActivityAt: { kind: "instant", column: "lastActivityAt", description: "By its last public message." },
    waitingSince: {
      kind: "instant",
      column: "waitingSince",
      isNullable: true,
      description: "By the oldest customer message without an answer.",
    },
    firstRepliedAt: {
      kind: "instant",
      column: "firstRepliedAt",
      isNullable: true,
      description: "By the first reply to the customer.",
    },
    resolvedAt: { kind: "instant", column: "resolvedAt", isNullable: true, description: "By when it was resolved." },
    closedAt: { kind: "instant", column: "closedAt", isNullable: true, description: "By when it was closed." },
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
    externalId: {
      kind: "text",
      column: "externalId",
      isNullable: true,
      toKey: toExternalId,
      description: "By its id in another system, exactly.",
    },
  },
};
