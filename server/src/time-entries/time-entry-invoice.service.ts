import { z } from "zod";
import { managedTimeEntries, visibleTimeEntries } from "../access/visibility.ts";
import type { TimeEntryModel as TimeEntry } from "../db/index.ts";
import { dayIn, fromDate, toDate } from "../lib/calendar.ts";
import { operation } from "../operations/operation.ts";
import { DomainError, invalid, notFound } from "../wire/errors.ts";
import { lockNames, lockRows } from "../writes/lock.ts";
import { saveRows } from "../writes/save-row.ts";
import type { Write } from "../writes/write.ts";
import { timeEntryEntity } from "./time-entry.entity.ts";
import { timeEntriesInvoiceInput, timeEntriesUninvoiceInput } from "./time-entry.input.ts";
import { isSameAmount, sumAmounts } from "./time-entry.money.ts";
import { requireNotFuture } from "./time-entry.steps.ts";
import { type Eligible, lockEntrySet } from "./time-entry-set.steps.ts";

const eligible: Eligible = {
  condition: { durationMinutes: { not: null }, isBillable: true, invoiceReference: null },
  isEligible: (entry) => entry.durationMinutes !== null && entry.isBillable && entry.invoiceReference === null,
};

export const timeEntriesInvoice = operation({
  permission: "time.manage",
  errors: ["NOT_FOUND", "ENTRY_INVOICED"],
  input: z.object({
    input: timeEntriesInvoiceInput.describe("The entries and the invoice."),
  }),
  async run(write, { input }) {
    const { viewer, now } = write;
    const { reference, dryRun } = input;
    if (!dryRun && !input.expected)
      throw invalid(
        ["input", "expected"],
        "Give expected with the count and amounts that a dry run (dryRun: true) shows, so that nothing is invoiced unseen.",
        "REQUIRED",
      );
    if (input.invoicedOn) requireNotFuture(input.invoicedOn, now, ["input", "invoicedOn"]);
    // Calls with the same reference wait for each other: it stands for one company and one currency.
    await lockNames(write, [`invoice ${reference}`]);
    const { entries, others } = await lockEntrySet(write, input, eligible);
    const found = { count: entries.length, amounts: sumAmounts(entries) };
    if (!dryRun && input.expected) requireExpected(input.expected, found, others);
    const existing = await findExisting(write, reference);
    const on = input.invoicedOn ?? existing.invoicedOn ?? dayIn(now, viewer.timeZone);
    const problems = findProblems(entries, others, { ...input, on }, existing);
    if (!dryRun) {
      if (problems[0]) throw problems[0];
      await mark(write, entries, reference, toDate(on));
    }
    const preview = {
      isDryRun: dryRun ?? false,
      ...found,
      minutes: sum(entries, "durationMinutes"),
      billedMinutes: sum(entries, "billedMinutes"),
      unpricedCount: entries.filter((entry) => entry.rateSource === "NONE").length,
      existingCount: existing.count,
      problems: problems.map(({ message }) => message),
    };
    return { ids: { reference, preview: JSON.stringify(preview) } };
  },
});

/** A replay answers with it too, so it is kept with the ids. */
export interface InvoicePreview {
  isDryRun: boolean;
  count: number;
  amounts: Record<string, string>;
  minutes: number;
  billedMinutes: number;
  unpricedCount: number;
  /** Entries already on the invoice. */
  existingCount: number;
  problems: string[];
}

interface Existing {
  count: number;
  invoicedOn: string | null;
  kinds: string[];
}

const kindOf = ({ companyId, currency: code }: Pick<TimeEntry, "companyId" | "currency">) => `${companyId} ${code}`;

/** What is already on the invoice. @throws FORBIDDEN when some of it is outside the viewer's reach */
async function findExisting({ tx, viewer }: Write, reference: string): Promise<Existing> {
  const on = { invoiceReference: reference };
  const groups = await tx.timeEntry.groupBy({
    by: ["companyId", "currency", "invoicedOn"],
    where: on,
    _count: { id: true },
  });
  const count = groups.reduce((total, group) => total + group._count.id, 0);
  const managed = { AND: [visibleTimeEntries(viewer), managedTimeEntries(viewer), on] };
  if (count > 0 && (await tx.timeEntry.count({ where: managed })) < count) throw outOfReach(reference);
  const [first] = groups;
  return { count, invoicedOn: first?.invoicedOn ? fromDate(first.invoicedOn) : null, kinds: groups.map(kindOf) };
}

function outOfReach(reference: string): DomainError {
  return new DomainError(
    "FORBIDDEN",
    `The invoice ${reference} has time entries outside your reach; use another reference, or ask someone who can manage all of them.`,
  );
}

function sum(entries: TimeEntry[], field: "durationMinutes" | "billedMinutes"): number {
  return entries.reduce((total, entry) => total + (entry[field] ?? 0), 0);
}

interface Expected {
  count: number;
  amounts: { amount: string; currency: string }[];
}

/** @throws CONFLICT with the real count and sums */
function requireExpected(
  expected: Expected,
  found: { count: number; amounts: Record<string, string> },
  others: TimeEntry[],
): void {
  const given = new Set(expected.amounts.map(({ currency: code }) => code));
  const isSame =
    expected.count === found.count &&
    given.size === expected.amounts.length &&
    given.size === Object.keys(found.amounts).length &&
    expected.amounts.every(({ currency: code, amount: expectedAmount }) => {
      const real = found.amounts[code];
      return real !== undefined && isSameAmount(real, expectedAmount);
    });
  if (isSame) return;
  const invoiced = others.filter((entry) => entry.invoiceReference !== null).length;
  const sums = Object.entries(found.amounts).map(([code, text]) => `${text} ${code}`);
  throw new DomainError(
    "CONFLICT",
    `The time entries changed since the preview, which now shows ${found.count === 1 ? "1 entry" : `${found.count} entries`}${sums.length > 0 ? ` of ${sums.join(" and ")}` : ""}${invoiced > 0 ? `, and ${invoiced} ${invoiced === 1 ? "is" : "are"} already on an invoice` : ""}. Check them again with a dry run.`,
    {
      details: {
        count: found.count,
        amounts: Object.entries(found.amounts).map(([code, text]) => ({ amount: text, currency: code })),
      },
    },
  );
}

/** Every reason to refuse the invoice: a dry run lists all, the real call fails with the first. */
function findProblems(
  entries: TimeEntry[],
  others: TimeEntry[],
  { reference, allowMixed, on }: { reference: string; allowMixed?: boolean | null | undefined; on: string },
  existing: Existing,
): DomainError[] {
  const problems: DomainError[] = [];
  const refuse = (list: TimeEntry[], path: string, why: string, code?: "ENTRY_INVOICED") => {
    if (list.length === 0) return;
    const details = { timeEntries: list.slice(0, 20).map(({ id }) => ({ timeEntryId: id })) };
    const message = `${list.length === 1 ? "1 of these time entries" : `${list.length} of these time entries`} (${codes(list)}) ${why}`;
    const issues = [{ path: ["input", path], message, code: code ?? "INVALID" }];
    problems.push(new DomainError(code ?? "VALIDATION", message, code ? { details } : { details, issues }));
  };
  const invoiced = others.filter((entry) => entry.invoiceReference !== null);
  const references = [...new Set(invoiced.map((entry) => entry.invoiceReference))].slice(0, 5).join(", ");
  refuse(invoiced, "ids", `can't be invoiced again: already on ${references}; leave them out.`, "ENTRY_INVOICED");
  const free = others.filter((entry) => entry.invoiceReference === null);
  refuse(
    free.filter((entry) => entry.durationMinutes === null),
    "ids",
    "can't be invoiced while the timer runs; leave them out.",
  );
  refuse(
    free.filter((entry) => entry.durationMinutes !== null),
    "ids",
    "can't be invoiced because they aren't billable; leave them out.",
  );
  refuse(
    entries.filter((entry) => entry.rateSource === "NONE"),
    "filter",
    "can't be invoiced without a rate; set one for the company, the member or the organization and run timeEntriesReprice, set one for the entries, or make them non-billable.",
  );
  if (!allowMixed && new Set([...existing.kinds, ...entries.map(kindOf)]).size > 1)
    problems.push(
      invalid(
        ["input", "allowMixed"],
        `The invoice ${reference} would have entries of several companies or currencies; narrow the filter, use another reference, or give allowMixed: true.`,
        "MIXED",
      ),
    );
  if (existing.invoicedOn !== null && existing.invoicedOn !== on)
    problems.push(
      invalid(
        ["input", "invoicedOn"],
        `The invoice ${reference} is dated ${existing.invoicedOn} and already has ${existing.count} entries; use another reference, or that date.`,
        "OTHER_DAY",
      ),
    );
  if (entries.length === 0 && others.length === 0)
    problems.push(invalid(["input"], "No matching time entry can be invoiced.", "NOTHING_TO_INVOICE"));
  return problems;
}

function codes(entries: TimeEntry[]): string {
  const unique = [...new Set(entries.map(({ ticketCode }) => ticketCode))];
  return unique.length > 5 ? `${unique.slice(0, 5).join(", ")} …` : unique.join(", ");
}

function mark(write: Write, entries: TimeEntry[], reference: string, on: Date): Promise<void> {
  const data = { invoiceReference: reference, invoicedOn: on, invoicedAt: write.now };
  return saveRows(write, timeEntryEntity, "time_entry.invoiced", entries, data, {
    ticketOf: ({ ticketId }) => ticketId,
  });
}

export const timeEntriesUninvoice = operation({
  permission: "time.manage",
  errors: ["NOT_FOUND"],
  input: z.object({
    input: timeEntriesUninvoiceInput.describe("The invoice and the reason."),
  }),
  async run(write, { input: { reference, reason } }) {
    const { tx, viewer } = write;
    await lockNames(write, [`invoice ${reference}`]);
    const on = { invoiceReference: reference };
    const all = await tx.timeEntry.findMany({ where: on, select: { id: true }, orderBy: { id: "asc" } });
    const seen = await tx.timeEntry.count({ where: { AND: [visibleTimeEntries(viewer), on] } });
    if (seen === 0) throw notFound(`An invoice "${reference}" with time entries`);
    const managed = await tx.timeEntry.count({
      where: { AND: [visibleTimeEntries(viewer), managedTimeEntries(viewer), on] },
    });
    if (managed < all.length) throw outOfReach(reference);
    const ids = all.map(({ id }) => id);
    await lockRows(write, "time_entries", ids);
    const entries = await tx.timeEntry.findMany({ where: { AND: [{ id: { in: ids } }, on] } });
    const data = { invoiceReference: null, invoicedOn: null, invoicedAt: null };
    await saveRows(write, timeEntryEntity, "time_entry.uninvoiced", entries, data, {
      ticketOf: ({ ticketId }) => ticketId,
      after: { reason },
    });
    return { ids: { reference, count: String(entries.length) } };
  },
});
