import { builder } from "../schema/builder.ts";
import { Money } from "../schema/money.ts";
import { affected, gone, mutationField } from "../schema/mutation.ts";
import { toGlobalId } from "../wire/ids.ts";
import { timeEntryCreate, timeEntryDelete, timeEntryUpdate } from "./time-entry.service.ts";
import { type InvoicePreview, timeEntriesInvoice, timeEntriesUninvoice } from "./time-entry-invoice.service.ts";
import { type RepriceOutcome, timeEntriesReprice } from "./time-entry-reprice.service.ts";
import { toAmounts } from "./time-totals.read.ts";
import { timerDiscard, timerStart, timerStop } from "./timer.service.ts";

const timeEntry = affected("TimeEntry", "timeEntryId", "The time entry; null when the viewer can't see it (any more).");
const ticket = affected("Ticket", "ticketId", "Its ticket; null when it is gone or the viewer can't see it.");

mutationField(
  "timeEntryCreate",
  timeEntryCreate,
  "Logs time on a ticket, priced by the first rate that is set of the entry's, the company's, the member's and the organization's.",
  {
    timeEntry,
    ticket,
  },
);

mutationField(
  "timeEntryUpdate",
  timeEntryUpdate,
  "Changes a time entry: one's own, or with `time.manage` anybody's. An invoiced one is fixed.",
  {
    timeEntry,
    ticket,
  },
);

mutationField(
  "timeEntryDelete",
  timeEntryDelete,
  "Deletes a time entry: one's own, or with `time.manage` anybody's. An invoiced one is fixed.",
  {
    deletedTimeEntryId: gone("TimeEntry", "timeEntryId", "The id of the entry that is gone."),
    ticket,
  },
);

mutationField(
  "timerStart",
  timerStart,
  "Starts the viewer's timer on a ticket. If the viewer's timer runs on this ticket already, it goes on unchanged, whatever the input says (`isChanged: false`). If it runs on another ticket, it is stopped and saved, or dropped when it was started less than 10 seconds ago and has no description; the payload tells which. A timer that has run for more than 10 hours has to be stopped with a duration first (TIMER_TOO_LONG).",
  {
    timeEntry,
    stoppedTimeEntry: affected(
      "TimeEntry",
      "stoppedId",
      "The entry of the timer that ran before and was stopped by this; null when none ran.",
    ),
    droppedTimeEntryId: (t) =>
      t.id({
        nullable: true,
        description:
          "The id of the timer that ran before and was dropped, because it was started less than 10 seconds ago; null when none was.",
        resolve: ({ ids }) => (ids.droppedId ? toGlobalId("TimeEntry", ids.droppedId) : null),
      }),
    ticket,
  },
);

mutationField(
  "timerStop",
  timerStop,
  "Stops the viewer's timer and saves its time, rounded up to whole minutes unless a duration is given. Always possible, also without `time.log`.",
  {
    timeEntry,
    ticket,
  },
);

mutationField(
  "timerDiscard",
  timerDiscard,
  "Ends the viewer's timer without saving its time. Always possible, also without `time.log`.",
  {
    deletedTimeEntryId: gone("TimeEntry", "timeEntryId", "The id of the timer that is gone."),
    ticket,
  },
);

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

mutationField(
  "timeEntriesInvoice",
  timeEntriesInvoice,
  "Puts time entries on an invoice, all or nothing; they are fixed from then on. A dry run shows count and sums, which the real call has to expect.",
  {
    invoiceReference: (t) =>
      t.string({
        description: "The invoice, for `timeEntries(filter: {invoiceReference: {eq: …}})`.",
        resolve: ({ ids }) => ids.reference,
      }),
    isDryRun: (t) =>
      t.boolean({
        description: "Whether nothing was changed.",
        resolve: ({ ids }) => (JSON.parse(ids.preview) as InvoicePreview).isDryRun,
      }),
    summary: (t) =>
      t.field({
        type: InvoiceSummary,
        description: "What is, or in a dry run would be, on the invoice by this call.",
        resolve: ({ ids }) => JSON.parse(ids.preview) as InvoicePreview,
      }),
  },
);

mutationField(
  "timeEntriesUninvoice",
  timeEntriesUninvoice,
  "Takes all time entries off an invoice; they can be changed and invoiced again.",
  {
    invoiceReference: (t) => t.string({ description: "The invoice that it was.", resolve: ({ ids }) => ids.reference }),
    entryCount: (t) => t.int({ description: "How many time entries it had.", resolve: ({ ids }) => Number(ids.count) }),
  },
);

const outcomeOf = ({ ids }: { ids: { outcome: string } }) => JSON.parse(ids.outcome) as RepriceOutcome;

mutationField(
  "timeEntriesReprice",
  timeEntriesReprice,
  "Prices finished time entries by the rates of now. Those on an invoice and those with a rate of their own stay as they are; minutes stay too.",
  {
    isDryRun: (t) =>
      t.boolean({
        description: "Whether nothing was changed.",
        resolve: (result) => outcomeOf(result).isDryRun,
      }),
    changedCount: (t) =>
      t.int({
        description: "How many have, or in a dry run would have, another price.",
        resolve: (result) => outcomeOf(result).changedCount,
      }),
    unchangedCount: (t) =>
      t.int({
        description: "How many have the same price by the rates of now.",
        resolve: (result) => outcomeOf(result).unchangedCount,
      }),
    skippedCount: (t) =>
      t.int({
        description: "How many of the ids given are left alone: on an invoice, with a rate of their own, or running.",
        resolve: (result) => outcomeOf(result).skippedCount,
      }),
    unpricedCount: (t) =>
      t.int({
        description: "How many billable ones have no rate afterwards.",
        resolve: (result) => outcomeOf(result).unpricedCount,
      }),
    amountsBefore: (t) =>
      t.field({
        type: [Money],
        description: "The sums before, of those that were looked at.",
        resolve: (result) => toAmounts(outcomeOf(result).before),
      }),
    amountsAfter: (t) =>
      t.field({
        type: [Money],
        description: "The sums afterwards.",
        resolve: (result) => toAmounts(outcomeOf(result).after),
      }),
  },
);
