import { moneyPermissions } from "../access/visibility.ts";
import { companyFilter } from "../companies/company.filter.ts";
import { contactFilter } from "../contacts/contact.filter.ts";
import { asIs, type FilterSpec } from "../filters/filter.ts";
import { toLine } from "../lib/visible.ts";
import { memberFilter } from "../members/member.filter.ts";
import { toTicketCode } from "../tickets/ticket.code.ts";
import { ticketFilter } from "../tickets/ticket.filter.ts";

export const timeEntryFilter: FilterSpec = {
  name: "TimeEntryFilter",
  description: "Which time entries: all given conditions hold together.",
  fields: {
    id: { kind: "id", type: "TimeEntry", column: "id", description: "By id." },
    workedOn: { kind: "day", column: "workedOn", description: "By the day of the work." },
    member: {
      kind: "one",
      relation: "member",
      column: "memberId",
      isNullable: false,
      filter: () => memberFilter,
      description: "By whose time it is; `{isMe: true}` is the viewer's.",
    },
    company: {
      kind: "one",
      relation: "company",
      column: "companyId",
      isNullable: true,
      seenAs: "Company",
      filter: () => companyFilter,
      description: "By the company that the ticket had when the time was logged.",
    },
    contact: {
      kind: "one",
      relation: "contact",
      column: "contactId",
      isNullable: false,
      seenAs: "Contact",
      filter: () => contactFilter,
      description: "By the contact that the ticket had when the time was logged.",
    },
    ticket: {
      kind: "one",
      relation: "ticket",
      column: "ticketId",
      isNullable: true,
      seenAs: "Ticket",
      filter: () => ticketFilter,
      description:
        'By the ticket as it is now, with its labels: `{labels: {some: {name: {eq: "VIP"}}}}`. Those in the trash match too; isNull: true are the entries of purged tickets.',
    },
    ticketCode: {
      kind: "text",
      column: "ticketCode",
      toKey: toTicketCode,
      description: "By the ticket's code when the time was logged, without case; also of purged and merged tickets.",
    },
    isBillable: { kind: "boolean", column: "isBillable", description: "By whether it is billed." },
    isInvoiced: {
      kind: "boolean",
      column: "invoicedAt",
      toCondition: (value) => ({ invoicedAt: value ? { not: null } : null }),
      description: "By whether it is on an invoice.",
    },
    invoiceReference: {
      kind: "text",
      column: "invoiceReference",
      isNullable: true,
      toKey: toLine,
      description: "By the invoice that it is on, exactly.",
    },
    isRunning: {
      kind: "boolean",
      column: "durationMinutes",
      toCondition: (value) => ({ durationMinutes: value ? null : { not: null } }),
      description: "By whether its timer still runs.",
    },
    rateSource: {
      kind: "enum",
      column: "rateSource",
      name: "RateSource",
      toColumn: asIs,
      isNullable: true,
      permission: moneyPermissions,
      description: "By where its rate came from; NONE are those that still need one.",
    },
    createdAt: { kind: "instant", column: "createdAt", description: "By when it was logged or started." },
    updatedAt: { kind: "instant", column: "updatedAt", description: "By when it changed last." },
  },
};
