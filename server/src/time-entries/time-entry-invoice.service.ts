import { z } from "zod";
import { operation } from "../access/operation.ts";
import { managedTimeEntries, visibleTimeEntries } from "../access/visibility.ts";
import type { TimeEntryModel as TimeEntry } from "../db/index.ts";
import { lockNames, lockRows } from "../db/lock.ts";
import type { Write } from "../db/write.ts";
import { DomainError, invalid, notFound } from "../errors.ts";
import { currency, line } from "../inputs/fields.ts";
import { dayIn, toDate } from "../lib/calendar.ts";
import { day, invoiceReference } from "./time-entry.fields.ts";
import { isSameAmount, sumAmounts } from "./time-entry.money.ts";
import { imageOf, requireNotFuture, requireNotInvoiced, subjectOf } from "./time-entry.steps.ts";
import { type Eligible, entrySet, lockEntrySet } from "./time-entry-set.steps.ts";

const eligible: Eligible = {
  condition: { durationMinutes: { not: null }, isBillable: true, invoiceReference: null },
  isEligible: (entry) => entry.durationMinutes !== null && entry.isBillable && entry.invoiceReference === null,
};

const amount = z
  .string()
  .trim()
  .regex(/^\d{1,15}(\.\d{1,4})?$/, 'must be an amount such as "112.50"');

export const timeEntriesInvoice = operation({
  permission: "time.manage",
  errors: ["NOT_FOUND", "ENTRY_INVOICED"],
  input: z.object({
    input: z.object({
      ...entrySet,
      reference: invoiceReference,
      invoicedOn: day.nullish(),
      expected: z.object({ count: z.int(), amounts: z.array(z.object({ amount, currency })) }).nullish(),
      allowMixed: z.boolean().nullish(),
      dryRun: z.boolean().nullish(),
    }),
  }),
  async run(write, { input }) {
    const { viewer, now } = write;
    const { reference, dryRun } = input;
    if (!dryRun && !input.expected)
      throw invalid(
        ["input", "expected"],
        "Give expected with the count and the amounts that a dry run (dryRun: true) shows, so that nothing is invoiced that nobody has seen.",
        "REQUIRED",
      );
    if (input.invoicedOn) requireNotFuture(input.invoicedOn, now, ["input", "invoicedOn"]);
    // Who uses the same reference waits: it is for one company and one currency.
    await lockNames(write, [`invoice ${reference}`]);
    const { entries, others } = await lockEntrySet(write, input, eligible);
    const found = { count: entries.length, amounts: sumAmounts(entries) };
    if (!dryRun && input.expected) requireExpected(input.expected, found, others);
    const problems = await findProblems(write, entries, others, input);
    if (!dryRun) {
      if (problems[0]) throw problems[0];
      await mark(write, entries, reference, toDate(input.invoicedOn ?? dayIn(now, viewer.timeZone)));
    }
    const preview = {
      isDryRun: dryRun ?? false,
      ...found,
      minutes: sum(entries, "durationMinutes"),
      billedMinutes: sum(entries, "billedMinutes"),
      unpricedCount: entries.filter((entry) => entry.rateSource === "NONE").length,
      problems: problems.map(({ message }) => message),
    };
    return { ids: { reference, preview: JSON.stringify(preview) } };
  },
});

/** What a replay answers too, so it is kept with the ids. */
export interface InvoicePreview {
  isDryRun: boolean;
  count: number;
  amounts: Record<string, string>;
  minutes: number;
  billedMinutes: number;
  unpricedCount: number;
  problems: string[];
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
  const isSame =
    expected.count === found.count &&
    expected.amounts.length === Object.keys(found.amounts).length &&
    expected.amounts.every(({ currency: code, amount: expectedAmount }) => {
      const real = found.amounts[code];
      return real !== undefined && isSameAmount(real, expectedAmount);
    });
  if (isSame) return;
  const invoiced = others.filter((entry) => entry.invoiceReference !== null).length;
  const sums = Object.entries(found.amounts).map(([code, text]) => `${text} ${code}`);
  throw new DomainError(
    "CONFLICT",
    `The time entries changed since the preview: now it is ${found.count === 1 ? "1 entry" : `${found.count} entries`}${sums.length > 0 ? ` of ${sums.join(" and ")}` : ""}${invoiced > 0 ? `, and ${invoiced} ${invoiced === 1 ? "is" : "are"} on an invoice already` : ""}. Look at them again with a dry run.`,
    {
      details: {
        count: found.count,
        amounts: Object.entries(found.amounts).map(([code, text]) => ({ amount: text, currency: code })),
      },
    },
  );
}

/** All that stands against the invoice; a dry run tells, the invoice is refused by the first. */
async function findProblems(
  { tx }: Write,
  entries: TimeEntry[],
  others: TimeEntry[],
  { reference, allowMixed }: { reference: string; allowMixed?: boolean | null | undefined },
): Promise<DomainError[]> {
  const problems: DomainError[] = [];
  for (const entry of others) {
    if (entry.invoiceReference !== null) problems.push(caught(() => requireNotInvoiced(entry)));
    else {
      const why = entry.durationMinutes === null ? "is a timer that still runs" : "is not billable";
      problems.push(invalid(["input", "ids"], `The time entry on ${entry.ticketCode} ${why}; leave it out.`));
    }
  }
  const unpriced = entries.filter((entry) => entry.rateSource === "NONE");
  if (unpriced.length > 0)
    problems.push(
      new DomainError(
        "VALIDATION",
        `${unpriced.length} of these time entries ${unpriced.length === 1 ? "has" : "have"} no rate (${codes(unpriced)}); give the company, the member or the organization one and run timeEntriesReprice, give the entries one, or make them not billable.`,
        { details: { timeEntries: unpriced.slice(0, 20).map(({ id }) => ({ timeEntryId: id })) } },
      ),
    );
  if (!allowMixed) {
    const there = await tx.timeEntry.groupBy({ by: ["companyId", "currency"], where: { invoiceReference: reference } });
    const kinds = new Set([...there, ...entries].map(({ companyId, currency: code }) => `${companyId} ${code}`));
    if (kinds.size > 1)
      problems.push(
        invalid(
          ["input", "allowMixed"],
          `The invoice ${reference} would have entries of several companies or currencies; narrow the filter, use another reference, or say allowMixed: true.`,
          "MIXED",
        ),
      );
  }
  if (entries.length === 0 && others.length === 0)
    problems.push(invalid(["input"], "No time entry that can be invoiced matches.", "NOTHING_TO_INVOICE"));
  return problems;
}

function caught(run: () => void): DomainError {
  try {
    run();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error("It was to be refused.");
}

function codes(entries: TimeEntry[]): string {
  const unique = [...new Set(entries.map(({ ticketCode }) => ticketCode))];
  return unique.length > 5 ? `${unique.slice(0, 5).join(", ")} …` : unique.join(", ");
}

async function mark({ tx, now, record }: Write, entries: TimeEntry[], reference: string, on: Date): Promise<void> {
  const data = { invoiceReference: reference, invoicedOn: on, invoicedAt: now, updatedAt: now };
  await tx.timeEntry.updateMany({
    where: { id: { in: entries.map(({ id }) => id) } },
    data: { ...data, version: { increment: 1 } },
  });
  for (const entry of entries)
    record({
      kind: "time_entry.invoiced",
      ...subjectOf(entry),
      before: imageOf(entry),
      after: imageOf({ ...entry, ...data, version: entry.version + 1 }),
    });
}

export const timeEntriesUninvoice = operation({
  permission: "time.manage",
  errors: ["NOT_FOUND"],
  input: z.object({ input: z.object({ reference: invoiceReference, reason: line(500) }) }),
  async run(write, { input: { reference, reason } }) {
    const { tx, viewer, now, record } = write;
    await lockNames(write, [`invoice ${reference}`]);
    const on = { invoiceReference: reference };
    const all = await tx.timeEntry.findMany({ where: on, select: { id: true }, orderBy: { id: "asc" } });
    const seen = await tx.timeEntry.count({ where: { AND: [visibleTimeEntries(viewer), on] } });
    if (seen === 0) throw notFound(`An invoice "${reference}" with time entries`);
    const managed = await tx.timeEntry.count({
      where: { AND: [visibleTimeEntries(viewer), managedTimeEntries(viewer), on] },
    });
    if (managed < all.length)
      throw new DomainError(
        "FORBIDDEN",
        `The invoice ${reference} has time entries out of your reach; ask somebody who may manage all of them.`,
      );
    const ids = all.map(({ id }) => id);
    await lockRows(write, "time_entries", ids);
    const entries = await tx.timeEntry.findMany({ where: { AND: [{ id: { in: ids } }, on] } });
    const data = { invoiceReference: null, invoicedOn: null, invoicedAt: null, updatedAt: now };
    await tx.timeEntry.updateMany({ where: { id: { in: ids } }, data: { ...data, version: { increment: 1 } } });
    for (const entry of entries)
      record({
        kind: "time_entry.uninvoiced",
        ...subjectOf(entry),
        before: imageOf(entry),
        after: { ...imageOf({ ...entry, ...data, version: entry.version + 1 }), reason },
      });
    return { ids: { reference, count: String(entries.length) } };
  },
});
