import { requireViewer } from "../access/viewer.ts";
import { visibleTickets, visibleTimeEntries } from "../access/visibility.ts";
import type { Context } from "../context.ts";
import { builder } from "../schema/builder.ts";
import { Money } from "../schema/money.ts";
import { mutationField } from "../schema/mutation.ts";
import { TicketRefInput } from "../schema/reference-inputs.ts";
import { toGlobalId } from "../wire/ids.ts";
import {
  TimeEntriesInvoiceInput,
  TimeEntriesRepriceInput,
  TimeEntryCreateInput,
  TimeEntryUpdateInput,
  TimerStartInput,
  TimerStopInput,
} from "./time-entry.inputs.ts";
import { timeEntryCreate, timeEntryDelete, timeEntryUpdate } from "./time-entry.service.ts";
import { TimeEntry } from "./time-entry.type.ts";
import { type InvoicePreview, timeEntriesInvoice, timeEntriesUninvoice } from "./time-entry-invoice.service.ts";
import { type RepriceOutcome, timeEntriesReprice } from "./time-entry-reprice.service.ts";
import { toAmounts } from "./time-totals.read.ts";
import { timerDiscard, timerStart, timerStop } from "./timer.service.ts";

type Found = { ids: { timeEntryId: string; ticketId: string | null } };

const timeEntry = {
  type: TimeEntry,
  nullable: true,
  description: "The time entry; null when the viewer can't see it (any more).",
  resolve: (query: object, { ids }: Found, _args: object, context: Context) => find(context, query, ids.timeEntryId),
} as const;

const ticket = {
  type: "Ticket",
  nullable: true,
  description: "Its ticket; null when it is gone or the viewer can't see it.",
  resolve: (query: object, { ids }: Found, _args: object, context: Context) =>
    ids.ticketId &&
    context.db.ticket.findFirst({
      ...query,
      where: { AND: [visibleTickets(requireViewer(context)), { id: ids.ticketId }] },
    }),
} as const;

function find(context: Context, query: object, id: string | null) {
  if (!id) return null;
  const where = { AND: [visibleTimeEntries(requireViewer(context)), { id }] };
  return context.db.timeEntry.findFirst({ ...query, where });
}

const which = { type: "ID", required: true, description: "The time entry's id." } as const;
const onTicket = { type: TicketRefInput, required: true, description: "The ticket that it is about." } as const;

mutationField("timeEntryCreate", {
  operation: timeEntryCreate,
  description:
    "Logs time on a ticket, priced by the first rate that is set of the entry's, the company's, the member's and the organization's.",
  args: (arg) => ({
    ticket: arg(onTicket),
    input: arg({ type: TimeEntryCreateInput, required: true, description: "The time." }),
  }),
  payload: (t) => ({ timeEntry: t.prismaField(timeEntry as never), ticket: t.prismaField(ticket as never) }),
});

mutationField("timeEntryUpdate", {
  operation: timeEntryUpdate,
  description: "Changes a time entry: one's own, or with `time.manage` anybody's. An invoiced one is fixed.",
  args: (arg) => ({
    id: arg(which),
    input: arg({ type: TimeEntryUpdateInput, required: true, description: "What to change." }),
  }),
  payload: (t) => ({ timeEntry: t.prismaField(timeEntry as never), ticket: t.prismaField(ticket as never) }),
});

mutationField("timeEntryDelete", {
  operation: timeEntryDelete,
  description: "Deletes a time entry: one's own, or with `time.manage` anybody's. An invoiced one is fixed.",
  args: (arg) => ({
    id: arg(which),
    expectedVersion: arg({ type: "Int", description: "The version read before; another one there now is CONFLICT." }),
  }),
  payload: (t) => ({
    deletedTimeEntryId: t.id({
      description: "The id of the entry that is gone.",
      resolve: ({ ids }) => toGlobalId("TimeEntry", ids.timeEntryId),
    }),
    ticket: t.prismaField(ticket as never),
  }),
});

mutationField("timerStart", {
  operation: timerStart,
  description:
    "Starts the viewer's timer on a ticket. If the viewer's timer runs on this ticket already, it goes on unchanged, whatever the input says (`isChanged: false`). If it runs on another ticket, it is stopped and saved, or dropped when it was started less than 10 seconds ago and has no description; the payload tells which. A timer that has run for more than 10 hours has to be stopped with a duration first (TIMER_TOO_LONG).",
  args: (arg) => ({
    ticket: arg(onTicket),
    input: arg({ type: TimerStartInput, description: "How it begins. Default: now, billable." }),
  }),
  payload: (t) => ({
    timeEntry: t.prismaField(timeEntry as never),
    stoppedTimeEntry: t.prismaField({
      type: TimeEntry,
      nullable: true,
      description: "The entry of the timer that ran before and was stopped by this; null when none ran.",
      resolve: (query: object, { ids }: { ids: { stoppedId: string | null } }, _args: object, context: Context) =>
        find(context, query, ids.stoppedId),
    } as never),
    droppedTimeEntryId: t.id({
      nullable: true,
      description:
        "The id of the timer that ran before and was dropped, because it was started less than 10 seconds ago; null when none was.",
      resolve: ({ ids }) => (ids.droppedId ? toGlobalId("TimeEntry", ids.droppedId) : null),
    }),
    ticket: t.prismaField(ticket as never),
  }),
});

mutationField("timerStop", {
  operation: timerStop,
  description:
    "Stops the viewer's timer and saves its time, rounded up to whole minutes unless a duration is given. Always possible, also without `time.log`.",
  args: (arg) => ({ input: arg({ type: TimerStopInput, description: "The review of what it measured." }) }),
  payload: (t) => ({ timeEntry: t.prismaField(timeEntry as never), ticket: t.prismaField(ticket as never) }),
});

mutationField("timerDiscard", {
  operation: timerDiscard,
  description: "Ends the viewer's timer without saving its time. Always possible, also without `time.log`.",
  args: () => ({}),
  payload: (t) => ({
    deletedTimeEntryId: t.id({
      description: "The id of the timer that is gone.",
      resolve: ({ ids }) => toGlobalId("TimeEntry", ids.timeEntryId),
    }),
    ticket: t.prismaField(ticket as never),
  }),
});

const InvoiceSummary = builder.objectRef<InvoicePreview>("InvoiceSummary").implement({
  description: "What is or would be on an invoice by this call.",
  fields: (t) => ({
    entryCount: t.exposeInt("count", { description: "How many time entries." }),
    minutes: t.exposeInt("minutes", { description: "The sum of their durations." }),
    billedMinutes: t.exposeInt("billedMinutes", { description: "The sum of their billed minutes." }),
    unpricedCount: t.exposeInt("unpricedCount", { description: "How many have no rate, for which it is refused." }),
    amounts: t.field({
      type: [Money],
      description: "The sum in each currency; `expected` takes the same.",
      resolve: ({ amounts }) => toAmounts(amounts),
    }),
    existingEntryCount: t.exposeInt("existingCount", {
      description: "How many entries the invoice has beside these: 0 for a new reference.",
    }),
    problems: t.exposeStringList("problems", {
      description: "In a dry run: for what it would be refused, as sentences; empty when it wouldn't.",
    }),
  }),
});

mutationField("timeEntriesInvoice", {
  operation: timeEntriesInvoice,
  description:
    "Puts time entries on an invoice, all or nothing; they are fixed from then on. A dry run shows count and sums, which the real call has to expect.",
  args: (arg) => ({
    input: arg({ type: TimeEntriesInvoiceInput, required: true, description: "Which, and on which invoice." }),
  }),
  payload: (t) => ({
    invoiceReference: t.string({
      description: "The invoice, for `timeEntries(filter: {invoiceReference: {eq: …}})`.",
      resolve: ({ ids }) => ids.reference,
    }),
    isDryRun: t.boolean({
      description: "Whether nothing was changed.",
      resolve: ({ ids }) => (JSON.parse(ids.preview) as InvoicePreview).isDryRun,
    }),
    summary: t.field({
      type: InvoiceSummary,
      description: "What is, or in a dry run would be, on the invoice by this call.",
      resolve: ({ ids }) => JSON.parse(ids.preview) as InvoicePreview,
    }),
  }),
});

const TimeEntriesUninvoiceInput = builder.inputType("TimeEntriesUninvoiceInput", {
  description: "Which invoice to take back.",
  fields: (t) => ({
    reference: t.string({ required: true, description: "The invoice's number or name." }),
    reason: t.string({
      required: true,
      description: "Why, at most 500 characters; it is kept in the change log.",
    }),
  }),
});

mutationField("timeEntriesUninvoice", {
  operation: timeEntriesUninvoice,
  description: "Takes all time entries off an invoice; they can be changed and invoiced again.",
  args: (arg) => ({
    input: arg({ type: TimeEntriesUninvoiceInput, required: true, description: "Which one, and why." }),
  }),
  payload: (t) => ({
    invoiceReference: t.string({ description: "The invoice that it was.", resolve: ({ ids }) => ids.reference }),
    entryCount: t.int({ description: "How many time entries it had.", resolve: ({ ids }) => Number(ids.count) }),
  }),
});

const outcomeOf = ({ ids }: { ids: { outcome: string } }) => JSON.parse(ids.outcome) as RepriceOutcome;

mutationField("timeEntriesReprice", {
  operation: timeEntriesReprice,
  description:
    "Prices finished time entries by the rates of now. Those on an invoice and those with a rate of their own stay as they are; minutes stay too.",
  args: (arg) => ({
    input: arg({ type: TimeEntriesRepriceInput, required: true, description: "Which ones." }),
  }),
  payload: (t) => ({
    isDryRun: t.boolean({
      description: "Whether nothing was changed.",
      resolve: (result) => outcomeOf(result).isDryRun,
    }),
    changedCount: t.int({
      description: "How many have, or in a dry run would have, another price.",
      resolve: (result) => outcomeOf(result).changedCount,
    }),
    unchangedCount: t.int({
      description: "How many have the same price by the rates of now.",
      resolve: (result) => outcomeOf(result).unchangedCount,
    }),
    skippedCount: t.int({
      description: "How many of the ids given are left alone: on an invoice, with a rate of their own, or running.",
      resolve: (result) => outcomeOf(result).skippedCount,
    }),
    unpricedCount: t.int({
      description: "How many billable ones have no rate afterwards.",
      resolve: (result) => outcomeOf(result).unpricedCount,
    }),
    amountsBefore: t.field({
      type: [Money],
      description: "The sums before, of those that were looked at.",
      resolve: (result) => toAmounts(outcomeOf(result).before),
    }),
    amountsAfter: t.field({
      type: [Money],
      description: "The sums afterwards.",
      resolve: (result) => toAmounts(outcomeOf(result).after),
    }),
  }),
});
