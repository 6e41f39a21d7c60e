import { moneyPermissions } from "../access/permissions.ts";
import { entity } from "../entities/entity.ts";
import {
  boolean,
  currency,
  day,
  decimal,
  enumeration,
  instant,
  integer,
  longText,
  reference,
  text,
  textBy,
} from "../entities/kinds.ts";
import { toLine } from "../lib/visible.ts";
import { toTicketCode } from "../tickets/ticket.code.ts";
import { rateSources } from "./time-entry.rate.ts";

const money = { read: moneyPermissions } as const;

export const timeEntryEntity = entity("TimeEntry", {
  description:
    "Work on a ticket by a member, or a timer that still runs. It keeps code, subject, company and contact of the ticket as they were: what becomes of the ticket changes no past sum.",
  fields: {
    member: reference("Member", {
      filter: "By whose time it is; `{isMe: true}` is the viewer's.",
      isLive: "By whose time it is.",
    }),
    ticket: reference("Ticket", {
      isNullable: true,
      isSeenOnly: true,
      filter:
        'By the ticket as it is now, with its labels: `{labels: {some: {name: {eq: "VIP"}}}}`. Those in the trash match too; isNull: true are the entries of purged tickets.',
      isLive: "By the ticket.",
    }),
    message: reference("Message", { isNullable: true }),
    ticketCode: textBy(
      { toKey: toTicketCode },
      {
        description: "The ticket's code when the time was logged.",
        filter: "By the ticket's code when the time was logged, without case; also of purged and merged tickets.",
      },
    ),
    ticketSubject: text({ description: "The ticket's subject when the time was logged." }),
    company: reference("Company", {
      isNullable: true,
      isSeenOnly: true,
      filter: "By the company that the ticket had when the time was logged.",
      isLive: "By the company.",
    }),
    contact: reference("Contact", {
      isSeenOnly: true,
      filter: "By the contact that the ticket had when the time was logged.",
    }),
    description: longText(2_000, { description: "What was done; may be empty." }),
    isBillable: boolean({
      description: "Whether it is billed.",
      filter: "By whether it is billed.",
      isLive: true,
    }),
    workedOn: day({
      description: "The day of the work; of a timer, the day on which it was started.",
      filter: "By the day of the work.",
      order: ["WORKED_ON", "The day of the work."],
    }),
    durationMinutes: integer({
      isNullable: true,
      description: "How long it took, in minutes: 1 to 1,440; null while the timer runs.",
    }),
    billedMinutes: integer({
      isNullable: true,
      description:
        "The duration rounded up to the organization's billing increment of then; null while the timer runs.",
    }),
    startedAt: instant({
      isNullable: true,
      description: "When its timer was started; null when it was logged without one.",
    }),
    rate: decimal({ ...money, isNullable: true }),
    rateSource: enumeration("RateSource", rateSources, {
      ...money,
      isNullable: true,
      description: "Where the rate came from; null while the timer runs, and without a permission for money.",
      filter: "By where its rate came from; NONE are those that still need one.",
    }),
    currency: currency({
      ...money,
      isNullable: true,
      description:
        "The currency of rate and amount, also where there is no rate; null while the timer runs, and without a permission for money.",
    }),
    amount: decimal({ ...money, isNullable: true, ownerReads: "memberId" }),
    invoiceReference: textBy(
      { toKey: toLine },
      {
        isNullable: true,
        description: "The invoice that it is on, which makes it fixed; null: none.",
        filter: "By the invoice that it is on, exactly.",
      },
    ),
    invoicedOn: day({ isNullable: true, description: "The day of the invoice; null: none." }),
    invoicedAt: instant({
      isNullable: true,
      description: "When it was put on the invoice; null: it wasn't.",
    }),
    createdAt: instant({
      description: "When it was logged or started.",
      filter: "By when it was logged or started.",
      order: ["CREATED_AT", "When it was logged or started."],
    }),
    updatedAt: instant({ description: "When it changed last.", filter: "By when it changed last." }),
    version: integer({ description: "Counts its changes; for `expectedVersion`." }),
  },
  inner: {},
  extras: { reason: { field: "reason" } },
  filters: {
    isInvoiced: {
      kind: "boolean",
      column: "invoicedAt",
      toCondition: (value) => ({ invoicedAt: value ? { not: null } : null }),
      description: "By whether it is on an invoice.",
    },
    isRunning: {
      kind: "boolean",
      column: "durationMinutes",
      toCondition: (value) => ({ durationMinutes: value ? null : { not: null } }),
      description: "By whether its timer still runs.",
    },
  },
  defaultOrder: ["WORKED_ON", "DESC"],
});
