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
    "Work by a member on a ticket, or a running timer. It keeps the ticket's code, subject, company and contact as they were, so later changes to the ticket don't change past sums.",
  ownedBy: "memberId",
  fields: {
    member: reference("Member", {
      filter: "By the member whose time it is; `{isMe: true}` matches the viewer's.",
      isLive: "By the member whose time it is.",
    }),
    ticket: reference("Ticket", {
      isNullable: true,
      isSeenOnly: true,
      filter:
        'By the ticket as it is now, including its labels: `{labels: {some: {name: {eq: "VIP"}}}}`. Tickets in the trash match too; isNull: true matches entries of purged tickets.',
      isLive: "By the ticket.",
    }),
    message: reference("Message", { isNullable: true }),
    ticketCode: textBy(
      { toKey: toTicketCode },
      {
        description: "The ticket's code when the time was logged.",
        filter: "By the ticket's code when the time was logged, ignoring case; also matches purged and merged tickets.",
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
    description: longText(2_000, { description: "A description of the work; can be empty." }),
    isBillable: boolean({
      description: "Whether it is billable.",
      filter: "By whether it is billable.",
      isLive: true,
    }),
    workedOn: day({
      description: "The day of the work; for a timer, the day it was started.",
      filter: "By the day of the work.",
      order: ["WORKED_ON", "The day of the work."],
    }),
    durationMinutes: integer({
      isNullable: true,
      description: "The duration in minutes, 1 to 1,440; null while the timer runs.",
    }),
    billedMinutes: integer({
      isNullable: true,
      description:
        "The duration in minutes, rounded up to the billing increment that applied when it was logged; null while the timer runs.",
    }),
    startedAt: instant({
      isNullable: true,
      description: "When its timer was started; null if it was logged without one.",
    }),
    rate: decimal({ ...money, isNullable: true }),
    rateSource: enumeration("RateSource", rateSources, {
      ...money,
      isNullable: true,
      description: "The source of the rate; null while the timer runs, and if the viewer lacks the permission.",
      filter: "By the source of the rate; NONE matches entries that still need one.",
    }),
    currency: currency({
      ...money,
      isNullable: true,
      description:
        "The currency of the rate and amount, set even without a rate; null while the timer runs, and if the viewer lacks the permission.",
    }),
    amount: decimal({ ...money, isNullable: true, ownerReads: "memberId" }),
    invoiceReference: textBy(
      { toKey: toLine },
      {
        isNullable: true,
        description: "The reference of its invoice; null if it isn't on one. An invoiced entry is fixed.",
        filter: "By the exact invoice reference.",
      },
    ),
    invoicedOn: day({ isNullable: true, description: "The date of the invoice; null if it isn't on one." }),
    invoicedAt: instant({
      isNullable: true,
      description: "When it was put on the invoice; null if it isn't on one.",
    }),
    createdAt: instant({
      description: "When it was logged or started.",
      filter: "By the time of logging; for a timer, by the time of its start.",
      order: ["CREATED_AT", "When it was logged or started."],
    }),
    updatedAt: instant({ description: "When it was last changed.", filter: "By the time of the last change." }),
    version: integer({ description: "The version, for `expectedVersion`; it increases with every change." }),
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
      description: "By whether its timer is running.",
    },
  },
  defaultOrder: ["WORKED_ON", "DESC"],
});
