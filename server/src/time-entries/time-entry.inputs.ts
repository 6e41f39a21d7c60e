import { builder } from "../schema/builder.ts";
import { filterInput } from "../schema/filter-inputs.ts";
import { CompanyRefInput, MemberRefInput, TicketRefInput } from "../schema/reference-inputs.ts";
import { timeEntryFilter } from "./time-entry.filter.ts";

const expectedVersion = "The version read before; another one there now is CONFLICT, with what changed since.";
const duration = "How long it took: 1 minute to 24 hours.";
const descriptionText = "What was done, at most 2,000 characters.";
const isBillable = "Whether it is billed. Default: true.";
const workedOn =
  "The day of the work, not later than today anywhere on earth. Default: today in the organization's time zone.";
const rate =
  "What an hour of it costs, in the currency of the ticket's company, else of the organization; at most 8 digits and 4 decimals.";

export const TimeEntryCreateInput = builder.inputType("TimeEntryCreateInput", {
  description: "Time that was worked.",
  fields: (t) => ({
    duration: t.field({ type: "Duration", required: true, description: duration }),
    description: t.string({ description: descriptionText }),
    isBillable: t.boolean({ description: isBillable }),
    workedOn: t.field({ type: "Date", description: workedOn }),
    member: t.field({
      type: MemberRefInput,
      description: "Whose time it is; another's needs `time.manage`. Default: the viewer; an API key must name one.",
    }),
    rate: t.field({
      type: "Decimal",
      access: { permission: "time.manage", isEnforcedHere: false },
      description: `${rate} Default: the first that is set of the company's, the member's and the organization's.`,
    }),
    messageId: t.id({ description: "The reply or note of the ticket that it belongs to." }),
  }),
});

export const TimeEntryUpdateInput = builder.inputType("TimeEntryUpdateInput", {
  description: "What to change of a time entry; an absent field stays. Its rate stays frozen unless said otherwise.",
  fields: (t) => ({
    duration: t.field({
      type: "Duration",
      description: `${duration} A running timer is stopped by it.`,
    }),
    description: t.string({ description: `${descriptionText} "" clears it.` }),
    isBillable: t.boolean({ description: "Whether it is billed." }),
    workedOn: t.field({ type: "Date", description: "The day of the work; a running timer's stays as it is." }),
    ticket: t.field({
      type: TicketRefInput,
      description: "The ticket that it belongs to: it takes over that one's company, and is priced by it.",
    }),
    company: t.field({
      type: CompanyRefInput,
      access: { permission: "time.manage", isEnforcedHere: false },
      description:
        "The company that it is billed to, whatever its ticket's is. The entry is repriced by the usual rates, unless it has its own rate. null: no company.",
    }),
    rate: t.field({
      type: "Decimal",
      access: { permission: "time.manage", isEnforcedHere: false },
      description: `${rate} null prices it by the rates of now.`,
    }),
    expectedVersion: t.int({ description: expectedVersion }),
  }),
});

export const ReplyTimeEntryInput = builder.inputType("ReplyTimeEntryInput", {
  description: "Time that the reply took, logged for the viewer, today.",
  fields: (t) => ({
    duration: t.field({ type: "Duration", required: true, description: duration }),
    description: t.string({ description: descriptionText }),
    isBillable: t.boolean({ description: isBillable }),
  }),
});

export const TimerStartInput = builder.inputType("TimerStartInput", {
  description: "How a timer begins.",
  fields: (t) => ({
    startedAt: t.field({
      type: "DateTime",
      description: "Since when it runs: at most 12 hours ago, also yesterday, and not in the future. Default: now.",
    }),
    description: t.string({ description: "What is being done, at most 2,000 characters." }),
    isBillable: t.boolean({ description: isBillable }),
  }),
});

export const TimerStopInput = builder.inputType("TimerStopInput", {
  description: "The review of what the timer measured; an absent field stays.",
  fields: (t) => ({
    duration: t.field({
      type: "Duration",
      description:
        "What was really worked. Default: the time since the start, rounded up to whole minutes; required after 10 hours.",
    }),
    description: t.string({ description: descriptionText }),
    isBillable: t.boolean({ description: "Whether it is billed." }),
  }),
});

const AmountInput = builder.inputType("MoneyInput", {
  description: "An amount in a currency.",
  fields: (t) => ({
    amount: t.field({ type: "Decimal", required: true, description: "The amount." }),
    currency: t.field({ type: "CurrencyCode", required: true, description: "The currency." }),
  }),
});

const ExpectedTotalsInput = builder.inputType("ExpectedTotalsInput", {
  description: "What the preview showed.",
  fields: (t) => ({
    count: t.int({ required: true, description: "How many entries." }),
    amounts: t.field({
      type: [AmountInput],
      required: true,
      description: "The sum in each currency.",
    }),
  }),
});

const ids = "These entries, at most 5,000. Exactly one of filter and ids is given.";

export const TimeEntriesInvoiceInput = builder.inputType("TimeEntriesInvoiceInput", {
  description: "Time entries for an invoice.",
  fields: (t) => ({
    filter: t.field({
      type: filterInput(timeEntryFilter),
      description:
        "The billable entries that match and are on no invoice yet, at most 5,000. Exactly one of filter and ids is given.",
    }),
    ids: t.idList({ description: ids }),
    reference: t.string({
      required: true,
      description: "The invoice's number or name, at most 100 characters.",
    }),
    invoicedOn: t.field({
      type: "Date",
      description:
        "The day of the invoice. Default: that of the entries which it has already, else today in the organization's time zone.",
    }),
    expected: t.field({
      type: ExpectedTotalsInput,
      description:
        "Count and sums as a dry run showed them; what changed since is CONFLICT, with the real ones. Required, but for a dry run.",
    }),
    allowMixed: t.boolean({
      description: "Whether entries of several companies or currencies may be on this invoice. Default: false.",
    }),
    dryRun: t.boolean({ description: "Only shows what would be invoiced, and changes nothing. Default: false." }),
  }),
});

export const TimeEntriesRepriceInput = builder.inputType("TimeEntriesRepriceInput", {
  description: "Which time entries to price by the rates of now.",
  fields: (t) => ({
    filter: t.field({
      type: filterInput(timeEntryFilter),
      description: "The finished entries that match, at most 5,000. Exactly one of filter and ids is given.",
    }),
    ids: t.idList({ description: ids }),
    dryRun: t.boolean({ description: "Only shows what would change, and changes nothing. Default: false." }),
  }),
});
