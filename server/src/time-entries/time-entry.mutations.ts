import { builder } from "../schema/builder.ts";
import { Money } from "../schema/money.ts";
import { affected, gone, mutationField } from "../schema/mutation.ts";
import { toGlobalId } from "../wire/ids.ts";
import { timeEntryCreate, timeEntryDelete, timeEntryUpdate } from "./time-entry.service.ts";
import { type InvoicePreview, timeEntriesInvoice, timeEntriesUninvoice } from "./time-entry-invoice.service.ts";
import { type RepriceOutcome, timeEntriesReprice } from "./time-entry-reprice.service.ts";
import { toAmounts } from "./time-totals.read.ts";
import { timerDiscard, timerStart, timerStop } from "./timer.service.ts";

const timeEntry = affected("TimeEntry", "timeEntryId", "The time entry; null if the viewer can't see it (any more).");
const ticket = affected("Ticket", "ticketId", "Its ticket; null if it was deleted or the viewer can't see it.");

mutationField(
  "timeEntryCreate",
  timeEntryCreate,
  "Logs time on a ticket. The first rate set applies: the entry's, the company's, the member's, then the organization's.",
  {
    timeEntry,
    ticket,
  },
);

mutationField(
  "timeEntryUpdate",
  timeEntryUpdate,
  "Changes a time entry: your own, or anyone's with `time.manage`. Invoiced entries can't be changed.",
  {
    timeEntry,
    ticket,
  },
);

mutationField(
  "timeEntryDelete",
  timeEntryDelete,
  "Deletes a time entry: your own, or anyone's with `time.manage`. Invoiced entries can't be deleted.",
  {
    deletedTimeEntryId: gone("TimeEntry", "timeEntryId", "The id of the deleted entry."),
    ticket,
  },
);

mutationField(
  "timerStart",
  timerStart,
  "Starts the viewer's timer on a ticket. If the viewer's timer already runs on this ticket, it continues unchanged, whatever the input says (`isChanged: false`). If it runs on another ticket, it is stopped and saved, or discarded if it was started less than 10 seconds ago and has no description; the payload shows which. A timer that has run for more than 10 hours must first be stopped with a duration (TIMER_TOO_LONG).",
  {
    timeEntry,
    stoppedTimeEntry: affected(
      "TimeEntry",
      "stoppedId",
      "The entry of the previous timer that this call stopped; null if none was stopped.",
    ),
    droppedTimeEntryId: (t) =>
      t.id({
        nullable: true,
        description:
          "The id of the previous timer that this call discarded, because it was started less than 10 seconds ago; null if none was.",
        resolve: ({ ids }) => (ids.droppedId ? toGlobalId("TimeEntry", ids.droppedId) : null),
      }),
    ticket,
  },
);

mutationField(
  "timerStop",
  timerStop,
  "Stops the viewer's timer and saves its time, rounded up to whole minutes unless a duration is given. Works without `time.log` too.",
  {
    timeEntry,
    ticket,
  },
);

mutationField(
  "timerDiscard",
  timerDiscard,
  "Discards the viewer's timer without saving its time. Works without `time.log` too.",
  {
    deletedTimeEntryId: gone("TimeEntry", "timeEntryId", "The id of the discarded timer."),
    ticket,
  },
);

const InvoiceSummary = builder.objectRef<InvoicePreview>("InvoiceSummary").implement({
  description: "A summary of what this call puts, or in a dry run would put, on an invoice.",
  fields: (t) => ({
    entryCount: t.exposeInt("count", { description: "The number of time entries." }),
    minutes: t.exposeInt("minutes", { description: "The sum of the entries' durations." }),
    billedMinutes: t.exposeInt("billedMinutes", { description: "The sum of the entries' billed minutes." }),
    unpricedCount: t.exposeInt("unpricedCount", {
      description: "The number of entries without a rate; any such entry makes the call fail.",
    }),
    amounts: t.field({
      type: [Money],
      description: "The sum in each currency, in the form that `expected` takes.",
      resolve: ({ amounts }) => toAmounts(amounts),
    }),
    existingEntryCount: t.exposeInt("existingCount", {
      description: "The number of entries already on the invoice, not counting these; 0 for a new reference.",
    }),
    problems: t.exposeStringList("problems", {
      description: "In a dry run, the reasons why the call would be refused, as sentences; empty if it would succeed.",
    }),
  }),
});

mutationField(
  "timeEntriesInvoice",
  timeEntriesInvoice,
  "Puts time entries on an invoice, all or nothing; they are fixed from then on. A dry run shows the count and sums that the real call must pass as `expected`.",
  {
    invoiceReference: (t) =>
      t.string({
        description: "The invoice's reference, for `timeEntries(filter: {invoiceReference: {eq: …}})`.",
        resolve: ({ ids }) => ids.reference,
      }),
    isDryRun: (t) =>
      t.boolean({
        description: "Whether this was a dry run, which changes nothing.",
        resolve: ({ ids }) => (JSON.parse(ids.preview) as InvoicePreview).isDryRun,
      }),
    summary: (t) =>
      t.field({
        type: InvoiceSummary,
        description: "What this call puts, or in a dry run would put, on the invoice.",
        resolve: ({ ids }) => JSON.parse(ids.preview) as InvoicePreview,
      }),
  },
);

mutationField(
  "timeEntriesUninvoice",
  timeEntriesUninvoice,
  "Takes all time entries off an invoice; they can be changed and invoiced again.",
  {
    invoiceReference: (t) => t.string({ description: "The invoice's reference.", resolve: ({ ids }) => ids.reference }),
    entryCount: (t) =>
      t.int({
        description: "The number of time entries that the invoice had.",
        resolve: ({ ids }) => Number(ids.count),
      }),
  },
);

const outcomeOf = ({ ids }: { ids: { outcome: string } }) => JSON.parse(ids.outcome) as RepriceOutcome;

mutationField(
  "timeEntriesReprice",
  timeEntriesReprice,
  "Reprices finished time entries at the current rates. Entries on an invoice or with a rate of their own stay as they are; minutes never change.",
  {
    isDryRun: (t) =>
      t.boolean({
        description: "Whether this was a dry run, which changes nothing.",
        resolve: (result) => outcomeOf(result).isDryRun,
      }),
    changedCount: (t) =>
      t.int({
        description: "The number of entries whose price changed, or in a dry run would change.",
        resolve: (result) => outcomeOf(result).changedCount,
      }),
    unchangedCount: (t) =>
      t.int({
        description: "The number of entries whose price stays the same.",
        resolve: (result) => outcomeOf(result).unchangedCount,
      }),
    skippedCount: (t) =>
      t.int({
        description: "The number of given ids that were skipped: on an invoice, with a rate of their own, or running.",
        resolve: (result) => outcomeOf(result).skippedCount,
      }),
    unpricedCount: (t) =>
      t.int({
        description: "The number of billable entries without a rate afterwards.",
        resolve: (result) => outcomeOf(result).unpricedCount,
      }),
    amountsBefore: (t) =>
      t.field({
        type: [Money],
        description: "The totals before repricing, over all selected entries.",
        resolve: (result) => toAmounts(outcomeOf(result).before),
      }),
    amountsAfter: (t) =>
      t.field({
        type: [Money],
        description: "The totals after repricing, over the same entries.",
        resolve: (result) => toAmounts(outcomeOf(result).after),
      }),
  },
);
